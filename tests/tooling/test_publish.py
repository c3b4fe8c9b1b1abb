"""`inv publish`, `inv new` and the others, from the command line and on folders of a test."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.files import MAP, TABLE
from tests.support.site import BUILD_EPOCH, SITE_URL, BuiltSite
from tooling.build import build
from tooling.new import new
from tooling.paths import CONTENT, ROOT
from tooling.publish import copy_site, target_of
from tooling.words import Refused

OLD = "/hoi-dap/ten-cu/"


def inv(*arguments: str, cwd: Path = ROOT, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a task and return what it printed."""
    return subprocess.run(
        [sys.executable, "-m", "invoke", "--search-root", str(ROOT), *arguments],
        cwd=cwd,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def moved_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """A site in which one answer had another address."""
    folder = tmp_path_factory.mktemp("moved")
    content = Path(shutil.copytree(CONTENT, folder / "content"))
    entry = content / "hoi-dap" / "bh-01.md"
    text = entry.read_text(encoding="utf-8")
    entry.write_text(text.replace("\nslug: ", f"\naliases: [{OLD}, /cu.html]\nslug: ", 1), "utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOURCE_DATE_EPOCH", BUILD_EPOCH)
        environment.setenv("PORTAL_SITE_URL", SITE_URL)
        yield BuiltSite(build(folder / "output", content).output, content)


def test_an_old_address_leads_on_without_javascript(moved_site: BuiltSite) -> None:
    new_url = "/hoi-dap/mat-phieu-bao-hanh/"
    for name in ("hoi-dap/ten-cu/index.html", "cu.html"):
        html = moved_site.text(name)
        assert f'content="0; url={new_url}"' in html
        assert f'<link rel="canonical" href="{SITE_URL}{new_url}">' in html
        assert f'<a href="{new_url}">' in html
    assert json.loads(moved_site.text(TABLE)) == {OLD: new_url, "/cu.html": new_url}
    assert f"{OLD} {new_url};\n" in moved_site.text(MAP)
    assert OLD not in moved_site.text("sitemap.xml")


def test_the_server_answers_an_old_address_with_the_new_one(moved_site: BuiltSite) -> None:
    from werkzeug.test import Client

    from forms_api.web.publication import StaticSite

    def nothing(_: object, start: object) -> list[bytes]:
        start("404 Not Found", [])  # type: ignore[operator]
        return [b""]

    client = Client(StaticSite(nothing, moved_site.output, {}, lambda _: True))
    new_url = "/hoi-dap/mat-phieu-bao-hanh/"
    for old in (OLD, "/cu.html"):
        with client.get(old) as answer:
            assert (answer.status_code, answer.headers["Location"]) == (301, new_url)
    for url, status in ((new_url, 200), (f"/{TABLE}", 404)):
        with client.get(url) as answer:
            assert answer.status_code == status


def test_the_site_is_copied_whatever_the_folder_is_called(
    moved_site: BuiltSite, tmp_path: Path
) -> None:
    for name in ("có dấu cách", "a;b $HOME", "site"):
        target = target_of(str(tmp_path / name))
        copy_site(target, moved_site.output)
        (tmp_path / name / "cu.html").unlink()
        (tmp_path / name / "thua.html").write_text("thừa", encoding="utf-8")
        copy_site(target_of(str(tmp_path / name)), moved_site.output)
        copied = {path.relative_to(tmp_path / name) for path in (tmp_path / name).rglob("*")}
        assert copied == {
            path.relative_to(moved_site.output) for path in moved_site.output.rglob("*")
        }


@pytest.mark.parametrize(
    "to", [".", "content", "output/site", str(ROOT.parent), "/", "-e", "   ", "/khong/co/thu-muc"]
)
def test_the_site_is_never_copied_where_it_would_harm(
    to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(Refused):
        target_of(to)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "luan-van.docx").write_bytes(b"x")
    done = inv("publish", "--to", str(tmp_path), PORTAL_SITE_URL=SITE_URL)
    assert done.returncode == 1
    assert "luan-van.docx" in {path.name for path in tmp_path.iterdir()}
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/p",
        "https://x.example/?a=b",
        "https://x.example#a",
        "https://ten:mat@x.example",
        "https://x.example:99999",
        "ftp://x.example",
        "x.example",
    ],
)
def test_a_site_under_a_path_is_refused_by_site_and_forms(url: str) -> None:
    from forms_api.errors import SettingsError
    from forms_api.settings import Settings

    done = inv("build", PORTAL_SITE_URL=url)
    assert done.returncode == 1
    assert "PORTAL_SITE_URL" in done.stderr
    assert "Traceback" not in done.stderr
    with pytest.raises(SettingsError, match="PORTAL_SITE_URL"):
        Settings.from_environ({"PORTAL_SITE_URL": url})


@pytest.fixture(scope="module")
def busy_port() -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield str(taken.getsockname()[1])


@pytest.mark.parametrize(
    "arguments",
    [
        ("livereload", "--port", "{port}"),
        ("patterns", "--port", "{port}"),
        ("patterns", "--port", "99999"),
        ("livereload", "--port", "tám nghìn"),
        ("serve", "--port", "-1"),
        ("check", "{tmp}/khong-co"),
        ("check", "{tmp}"),
        ("quote", "{tmp}/khong-co.yaml"),
        ("quote", "{tmp}"),
        ("scorecard", "--month", "2026-13"),
        ("scorecard", "--orders", "{tmp}"),
        ("new", "khong-co", "ten"),
        ("new", "hoi-dap", "Tên Có Dấu"),
        ("publish", "--to", "{tmp}/a/b/c"),
    ],
)
def test_a_task_that_cannot_work_says_so_in_one_line(
    arguments: tuple[str, ...], busy_port: str, tmp_path: Path
) -> None:
    given = [one.format(port=busy_port, tmp=tmp_path) for one in arguments]
    done = inv(*given, cwd=tmp_path, PORTAL_VAR_DIR=str(tmp_path.parent / "var"))
    assert done.returncode != 0
    assert "Traceback" not in done.stderr + done.stdout
    assert len((done.stderr + done.stdout).strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_begun_while_another_one_is_broken(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    (content / "hoi-dap" / "bh-01.md").write_text("---\nid: [\n---\n", encoding="utf-8")
    assert new("hoi-dap", "cau-moi", content)[0].is_file()


@pytest.mark.parametrize("kind", ["hoi-dap", "catalogue", "cam-ket", "bang-gia"])
def test_the_first_file_of_a_kind_is_begun_in_a_folder_without_products(
    kind: str, tmp_path: Path
) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    shutil.rmtree(content / kind)
    if kind != "san-pham":
        shutil.rmtree(content / "san-pham")
    assert all(file.is_file() for file in new(kind, "dau-tien", content))
