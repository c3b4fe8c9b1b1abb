"""``/readyz`` is red while writes fail, and says in numbers how things are."""

import os
import shutil
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from forms_api.web import finder
from search_index.server import SearchServer, in_memory
from service_policy.content import Library
from tests.support.disks import SmallDisk, small_disk
from tests.support.submissions import COMPLAINT
from tests.support.together import together
from tests.web.conftest import MakeApp

__all__ = ["small_disk"]


@pytest.fixture
def cramped(make_app: MakeApp, small_disk: SmallDisk, empty_file: Path) -> Flask:
    """Make an application whose data lies on a small disk."""
    file = shutil.copy(empty_file, small_disk.path / "portal.db")
    return make_app(f"sqlite:///{file}")


def test_a_full_disk_is_red_before_and_after_a_post_fails(
    cramped: Flask, small_disk: SmallDisk
) -> None:
    client = cramped.test_client()
    assert client.get("/readyz").status_code == 200
    hog = small_disk.fill()
    full = client.get("/readyz")
    assert full.status_code == 503
    assert full.json["database_free_bytes"] < 64 * 1024
    answers = [client.post("/api/v1/complaints", json=COMPLAINT).status_code for _ in range(60)]
    assert 503 in answers
    red = client.get("/readyz")
    assert red.status_code == 503
    assert "seconds_since_failed_write" in red.json["wrong"]
    hog.unlink()
    assert client.post("/api/v1/complaints", json=COMPLAINT).status_code == 201
    assert "database_free_bytes" not in client.get("/readyz").json["wrong"]


def test_a_disk_that_became_read_only_is_red(cramped: Flask, small_disk: SmallDisk) -> None:
    client = cramped.test_client()
    with small_disk.read_only():
        assert client.get("/readyz").status_code == 503


def test_a_full_folder_of_uploads_is_red(
    make_app: MakeApp, sqlite_url: str, small_disk: SmallDisk
) -> None:
    client = make_app(sqlite_url, PORTAL_UPLOAD_DIR=str(small_disk.path)).test_client()
    assert client.get("/readyz").status_code == 200
    small_disk.fill()
    assert client.get("/readyz").json["wrong"] == ["upload_free_bytes"]


def test_the_search_answers_on_a_full_disk(
    make_app: MakeApp, sqlite_url: str, small_disk: SmallDisk, var_dir: Path
) -> None:
    disk_app = make_app(sqlite_url, PORTAL_VAR_DIR=str(small_disk.path))
    small_disk.fill()
    page = disk_app.test_client().get("/tim-kiem/?q=bao+hanh")
    assert page.status_code == 200
    usual = make_app(sqlite_url).test_client().get("/tim-kiem/?q=bao+hanh")
    assert page.text == usual.text


def test_the_search_answers_where_its_folder_is_a_file(
    make_app: MakeApp, sqlite_url: str, tmp_path: Path
) -> None:
    (tmp_path / "search").write_text("not a folder", encoding="ascii")
    client = make_app(sqlite_url, PORTAL_VAR_DIR=str(tmp_path)).test_client()
    assert client.get("/tim-kiem/?q=mat+phieu").status_code == 200
    assert client.get("/api/v1/search?q=mat+phieu").status_code == 200


def half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def nothing(file: Path) -> None:
    file.write_bytes(b"")


def zeros(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


# The reader of the index leaves a file open in which it found no sense.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("files", "harm"),
    [
        *(("*/manifest.json", half), ("*/index-*.txt", nothing)),
        *(("*/whoosh/*.toc", half), ("*/whoosh/*.toc", nothing), ("*/whoosh/*.seg", zeros)),
        *(("*/whoosh/*.seg", half), ("*/whoosh/*", Path.unlink), ("*/whoosh", shutil.rmtree)),
    ],
)
def test_the_search_answers_whatever_became_of_its_files(
    make_app: MakeApp, sqlite_url: str, var_dir: Path, tmp_path: Path, files: str, harm
) -> None:
    usual = make_app(sqlite_url).test_client().get("/tim-kiem/?q=bao+hanh")
    shutil.copytree(var_dir / "search", tmp_path / "search")
    for one in (tmp_path / "search").glob(files):
        harm(one)
    client = make_app(sqlite_url, PORTAL_VAR_DIR=str(tmp_path)).test_client()
    assert client.get("/tim-kiem/?q=bao+hanh").text == usual.text
    assert client.get("/api/v1/search?q=mat+phieu").status_code == 200


def test_the_search_goes_on_when_its_files_vanish_under_the_running_server(
    make_app: MakeApp, sqlite_url: str, tmp_path: Path
) -> None:
    client = make_app(sqlite_url, PORTAL_VAR_DIR=str(tmp_path)).test_client()
    first = client.get("/tim-kiem/?q=bao+hanh")
    shutil.rmtree(tmp_path / "search")
    # Each of the server's threads opens the files for itself, some of them only now.
    asked = [partial(client.get, "/tim-kiem/?q=bao+hanh") for _ in range(4)]
    assert [one.text for one in together(asked)] == [first.text] * 4


def test_a_question_that_fails_in_memory_too_makes_no_index_again_and_again(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def counted(*given):
        made.append(given)
        return in_memory(*given)

    def fails(*_, **__):
        raise LookupError

    monkeypatch.setattr(finder, "in_memory", counted)
    searcher = finder.Finder(library, tmp_path, lambda: datetime(2026, 11, 23, 2, tzinfo=UTC))
    searcher.prepare()
    monkeypatch.setattr(SearchServer, "search", fails)
    for _ in range(4):
        with pytest.raises(LookupError):
            searcher.find("bảo hành")
    assert len(made) == 1


def test_a_sweep_that_lags_and_letters_that_wait_are_told_in_numbers(app: Flask, clock) -> None:
    client = app.test_client()
    assert client.get("/readyz").json["status"] == "ready"
    assert client.post("/api/v1/complaints", json=COMPLAINT).status_code == 201
    clock.move(hours=3)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["status"]) == (200, "degraded")
    assert ready.json["sweep_lag_seconds"] == 3 * 3600
    assert ready.json["oldest_letter_seconds"] == 3 * 3600
    assert set(ready.json["wrong"]) == {"sweep_lag_seconds", "oldest_letter_seconds"}
    assert "khach" not in ready.text
    assert os.fspath(app.extensions["portal"].settings.var_dir) not in ready.text
