"""The editor's preview: the same bytes as a build, and each change in every open page."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.site import BUILD_EPOCH, SITE_URL, BuiltSite
from tooling import livereload
from tooling.fingerprint import PROMISES, STAMP
from tooling.live_site import LiveSite
from tooling.livereload import follow, live
from tooling.paths import CONTENT

ENTRY = "hoi-dap/bh-01.md"
ADDRESS = "hoi-dap/mat-phieu-bao-hanh/"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@contextmanager
def being_written(content: Path) -> Iterator[int]:
    """Serve a content folder and follow its changes; yields the port."""
    stop = threading.Event()
    with live("127.0.0.1", 0, content) as (server, site):
        following = threading.Thread(target=follow, args=(site, stop))
        following.start()
        try:
            yield server.server_port
        finally:
            stop.set()
            following.join()


def append(file: Path, text: str) -> None:
    """Add to a file in one write, as editors do."""
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_every_file_has_the_bytes_of_a_build(
    built_site: BuiltSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", BUILD_EPOCH)
    monkeypatch.setenv("PORTAL_SITE_URL", SITE_URL)
    edition = LiveSite(tmp_path, built_site.content).edition
    files = {
        path.relative_to(built_site.output).as_posix(): path.read_bytes()
        for path in built_site.output.rglob("*")
        if path.is_file() and path.name not in (STAMP, PROMISES)
    }
    assert [name for name, data in files.items() if edition.read(name) != data] == []


def test_a_file_outside_the_site_is_never_served(tmp_path: Path) -> None:
    edition = LiveSite(tmp_path).edition
    for name in ("../pelicanconf.py", "theme/../../pyproject.toml", "theme/css/../../env.py"):
        assert edition.read(name) is None


def test_the_colours_of_a_page_do_not_wait_for_papers_and_the_index(tmp_path: Path) -> None:
    edition = LiveSite(tmp_path).edition
    assert b"--paper:" in (edition.read("thuong-hieu/mau.css") or b"")
    assert [file.name for file in tmp_path.rglob("sitemap.xml")] == []
    assert edition.read("sitemap.xml") is not None


def test_an_open_page_shows_what_was_saved_and_what_is_wrong_with_it(
    content: Path, chromium: Browser
) -> None:
    with being_written(content) as port:
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{port}/{ADDRESS}")
        append(content / ENTRY, "\n\nCâu vừa viết thêm.\n")
        expect(page.get_by_text("Câu vừa viết thêm.")).to_be_visible()
        append(content / ENTRY, "\n\n[xem](/khong-co-trang-nay/)\n")
        expect(page.get_by_role("alert")).to_contain_text("broken_link")
        expect(page.get_by_text("Câu vừa viết thêm.")).to_be_visible()
        shutil.copy(CONTENT / ENTRY, content / ENTRY)
        expect(page.get_by_text("Câu vừa viết thêm.")).to_be_hidden()
        expect(page.get_by_role("alert")).to_have_count(0)
        page.close()


def test_a_wrong_address_gets_the_sites_own_page(content: Path) -> None:
    with live("127.0.0.1", 0, content) as (server, _):
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        connection.request("GET", "/khong-co/?x=1")
        answer = connection.getresponse()
        assert answer.status == 404
        assert "Không tìm thấy" in answer.read().decode()
        connection.close()


def test_new_code_asks_for_a_new_process(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, stop = tmp_path / "code", threading.Event()
    code.mkdir()
    monkeypatch.setattr(livereload, "SOURCES", (str(code),))

    def write_until_seen() -> None:
        until = time.monotonic() + 120
        while not stop.wait(0.5) and time.monotonic() < until:
            (code / "them.py").write_text(str(time.monotonic()), "utf-8")
        stop.set()

    with live("127.0.0.1", 0, content) as (_, site):
        shown = site.edition
        writer = threading.Thread(target=write_until_seen)
        writer.start()
        assert follow(site, stop) is True
        assert site.edition is shown
        stop.set()
        writer.join()


def shown(port: int, file: Path, words: str) -> bool:
    """Save a file again until its page shows some words; says whether it did.

    Whoever follows the folder may begin to do so after the first time.
    """
    text = file.read_text(encoding="utf-8") + f"\n\n{words}\n"
    until = time.monotonic() + 120
    while time.monotonic() < until:
        file.write_text(text, encoding="utf-8")
        time.sleep(1)
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("GET", f"/{ADDRESS}")
        if words in connection.getresponse().read().decode():
            return True
    return False


def test_what_an_editor_drops_beside_a_file_does_not_end_the_preview(content: Path) -> None:
    folder = content / "hoi-dap"
    with being_written(content) as port:
        assert shown(port, content / ENTRY, "Câu trước đó.")
        (folder / ".#bh-01.md").symlink_to("editor@machine.123:1")
        (folder / "bh-01.md~").touch()
        (folder / "._bh-01.md").write_bytes(b"\x00\x05\x16\x07")
        assert shown(port, content / ENTRY, "Câu thứ nhất.")
        (folder / ".#bh-01.md").unlink()
        # Neither new code nor a page: the preview says so and goes on.
        stray = folder / "bh-99.md.txt"
        stray.write_text("x", encoding="utf-8")
        time.sleep(1)
        stray.unlink()
        assert shown(port, content / ENTRY, "Câu thứ hai.")
