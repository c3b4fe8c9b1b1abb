"""`inv weekly-check` on a built site and a real store: what it finds, whom it tells, what stays."""

import json
import shutil
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from forms_api.site_links import (
    REGISTER,
    Links,
    broken_files,
    broken_inside,
    broken_outside,
    links_of,
)
from forms_api.store import migrate, open_store
from forms_api.store.outbox_rows import waiting
from forms_api.store.tables import checks
from forms_api.weekly_check import checked
from service_policy.content import read
from tests.service_policy.conftest import TODAY, local
from tests.support.site import BuiltSite
from tooling.paths import CONTENT
from tooling.weekly_check import take_over, weekly_check
from tooling.words import Refused


@pytest.fixture
def output(built_site: BuiltSite, tmp_path: Path) -> Path:
    """A copy of the built site that a test may damage."""
    return Path(shutil.copytree(built_site.output, tmp_path / "output"))


def test_every_link_of_the_built_site_answers(built_site: BuiltSite) -> None:
    links = links_of(built_site.output)
    assert len(links.inside) > 300
    assert [one.what for one in broken_inside(built_site.output, links)] == []


def test_a_lost_file_an_empty_one_and_a_lost_anchor_are_found(output: Path) -> None:
    (output / "bao-hanh/mat-phieu/index.html").unlink()
    (output / "robots.txt").write_bytes(b"")
    page = output / "cam-ket/index.html"
    html = page.read_text(encoding="utf-8")
    added = '<a href="#khong-co">x</a><a href="/robots.txt">x</a><a href="/api/v1/x">x</a></main>'
    page.write_text(html.replace("</main>", added), encoding="utf-8")
    found = {one.what: one.where for one in broken_inside(output, links_of(output))}
    assert "/bao-hanh/mat-phieu/ không có" in found
    assert found["/robots.txt không có"] == "/cam-ket/"
    assert found["/cam-ket/#khong-co không có mục này"] == "/cam-ket/"
    assert not [what for what in found if "/api/" in what]


def test_a_document_that_is_not_what_the_register_says_is_found(output: Path) -> None:
    register = output / REGISTER
    register.parent.mkdir(parents=True, exist_ok=True)
    files = {
        "csv": {"url": "/robots.txt", "bytes": 1, "sha256": "0" * 64},
        "pdf": {"url": "/khong-co.pdf", "bytes": 1, "sha256": "0" * 64},
    }
    document = {"id": "BG-2026.11", "version": 2, "files": files}
    register.write_text(json.dumps({"documents": [document]}), encoding="utf-8")
    assert [one.what for one in broken_files(output)] == [
        "/robots.txt khác với sổ tài liệu",
        "/khong-co.pdf không có",
    ]


def test_other_sites_are_asked_only_for_their_head() -> None:
    asked = []

    class Answers(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            asked.append(self.path)
            self.send_response(200 if self.path == "/co" else 404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        links = Links(outside={f"{base}/co": "/a/", f"{base}/mat": "/b/"})
        found = [(one.where, one.what) for one in broken_outside(links)]
        server.shutdown()
    assert asked == ["/co", "/mat"]
    assert [where for where, _ in found] == ["/b/"]


def test_a_document_with_a_broken_page_is_not_counted_as_right(output: Path) -> None:
    library = read(CONTENT, TODAY)
    before = checked(library, output, [], external=False)
    issue = next(one for one in library.register.issues if one.state(TODAY) == "current")
    page = output / issue.url.lstrip("/") / "index.html"
    html = page.read_text(encoding="utf-8").replace("</main>", '<a href="/mat/">x</a></main>')
    page.write_text(html, encoding="utf-8")
    after = checked(library, output, [], external=False)
    assert before.documents == after.documents > 10
    assert after.documents_right == before.documents_right - 1


def test_the_result_stays_in_the_content_the_store_and_a_letter(
    built_site: BuiltSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = Path(shutil.copytree(built_site.content, tmp_path / "content"))
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    monkeypatch.setenv("PORTAL_DATABASE_URL", url)
    monkeypatch.setenv("PORTAL_VAR_DIR", str(tmp_path))
    store = open_store(url)
    migrate.upgrade(store)
    file, result = weekly_check(content=content, output=built_site.output)
    assert file == content / "kiem-tra" / f"{result.checked_on.isoformat()}.json"
    again = read(content, result.checked_on).last_check
    assert again is not None
    assert again.model_copy(update={"path": ""}) == result
    assert store.read(waiting) == 1
    store.close()


def test_without_a_built_site_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="inv build"):
        weekly_check(output=tmp_path)


def test_what_the_server_checked_is_taken_into_the_content_once(
    built_site: BuiltSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = Path(shutil.copytree(built_site.content, tmp_path / "content"))
    monkeypatch.setenv("PORTAL_DATABASE_URL", f"sqlite:///{tmp_path / 'portal.db'}")
    monkeypatch.setenv("PORTAL_VAR_DIR", str(tmp_path))
    assert take_over(content) == []
    assert not (tmp_path / "portal.db").exists()
    store = open_store(f"sqlite:///{tmp_path / 'portal.db'}")
    assert take_over(content) == []  # a store without tables has nothing to tell
    migrate.upgrade(store)
    for day in ("2026-11-09", "2026-11-23", "2026-11-30"):
        result = {"checked_on": day, "links": 9, "documents": 2, "documents_right": 1}
        row = {"reference": day, "at": local(f"{day}T08:00"), "result": result}
        store.write(Connection.execute, insert(checks), row)
    files = take_over(content)
    assert [one.name for one in files] == ["2026-11-23.json", "2026-11-30.json"]
    last = read(content, date(2026, 12, 1)).last_check
    assert last is not None
    assert (f"{last.checked_on}", last.documents_right) == ("2026-11-30", 1)
    assert take_over(content) == []
    store.close()
