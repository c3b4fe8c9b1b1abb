"""The search box in a real browser: typing, keyboard, screen reader, hostile titles, failure."""

import functools
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, cast

import pytest
from playwright.sync_api import Browser, Page, expect

from search_index import browser as browser_index
from search_index.library import KINDS
from search_index.published import INDEX_FOLDER, modules
from tests.search_index.conftest import DOCUMENTS, LANGUAGE, ROOT, put

pytestmark = pytest.mark.browser

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "worker-src 'self'; img-src 'self'; form-action 'self'"
)
PAGE = """<!doctype html><html lang="vi"><title>t</title>
<link rel="stylesheet" href="/theme/css/site.css">
<script type="module" src="/theme/js/main.js?v=1"></script>
<form class="search" action="/tim-kiem/" role="search" data-module="search"
 data-ask="/gui/cau-hoi/">
<label for="search-q">Tìm</label><input id="search-q" name="q" type="search">
<button>Tìm</button></form><main><h1>Trang</h1><textarea id="other"></textarea></main></html>"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder with the portal's policy; its server keeps what was asked for."""

    extensions_map: ClassVar = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
    }

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP)
        super().end_headers()

    def do_GET(self) -> None:
        server = cast(Server, self.server)
        server.asked.append(self.path)
        if server.index_is_away and INDEX_FOLDER in self.path:
            self.send_error(404)
        else:
            # A page that was left does not wait for its files.
            with suppress(BrokenPipeError, ConnectionResetError):
                super().do_GET()

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        sent = json.loads(self.rfile.read(length))
        server = cast(Server, self.server)
        with server.arrival:
            server.posted.append((self.path, sent, self.headers.get("Cookie")))
            server.arrival.notify_all()
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Keep the test output quiet."""


class Server(http.server.ThreadingHTTPServer):
    """A site on a free port."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        self.asked: list[str] = []
        self.posted: list[tuple[str, Any, str | None]] = []
        self.arrival = threading.Condition()
        self.index_is_away = False

    def reported(self) -> list[tuple[str, Any, str | None]]:
        """Wait for the first report of a miss, and return those that have come."""
        with self.arrival:
            self.arrival.wait_for(lambda: self.posted, timeout=180)
            return list(self.posted)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "theme" / "static", folder / "theme")
    put(modules(), folder)
    language = {**LANGUAGE, "kinds": KINDS}
    browser_index.build(DOCUMENTS, language, folder / INDEX_FOLDER)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    for name in ("tim-kiem", *(document.url.strip("/") for document in DOCUMENTS)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "index.html").write_text("<!doctype html><title>đích</title>")
    with Server(folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def site(running: Server) -> Server:
    running.asked.clear()
    running.posted.clear()
    running.index_is_away = False
    return running


@pytest.fixture
def page(chromium: Browser, site: Server) -> Iterator[Page]:
    tab = chromium.new_page(viewport={"width": 390, "height": 800})
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.goto(f"http://127.0.0.1:{site.server_port}")
    expect(tab.locator("#search-q")).to_have_attribute("role", "combobox")
    yield tab
    tab.close()
    assert faults == []


def test_typing_shows_results_and_marks_what_was_found(page: Page) -> None:
    page.locator("#search-q").press_sequentially("mat phieu bao hanh")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Tôi làm mất phiếu bảo hành")
    expect(first).to_contain_text("Hỏi đáp")
    expect(first.locator("mark").first).to_have_text("mất phiếu bảo hành")
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_contain_text("kết quả")


def test_the_key_and_the_words_before_the_box_has_come_to_life_are_not_lost(page: Page) -> None:
    held = []
    page.route("**/modules/search.js*", lambda route: held.append(route))
    with page.expect_request("**/modules/search.js*"):
        page.reload()
    page.keyboard.press("/")
    page.keyboard.type("mat phieu bao hanh")
    expect(page.get_by_role("combobox")).to_have_count(0)
    held.pop().continue_()
    expect(page.get_by_role("option").first).to_contain_text("Tôi làm mất phiếu bảo hành")


def test_nothing_is_loaded_before_the_box_is_used(page: Page, site: Server) -> None:
    assert not any("search-index" in path or "worker" in path for path in site.asked)
    page.keyboard.press("/")
    expect(page.locator("#search-q")).to_be_focused()
    page.locator("#search-q").fill("hoa don")
    expect(page.get_by_role("option").first).to_be_visible()
    assert sum("search-index/index-" in path for path in site.asked) == 1


def test_a_slash_typed_into_a_field_stays_there(page: Page) -> None:
    page.locator("#other").press("/")
    expect(page.locator("#other")).to_have_value("/")


def test_the_arrow_keys_choose_and_enter_opens(page: Page) -> None:
    box = page.locator("#search-q")
    box.fill("hd sai mst")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    box.press("ArrowUp")
    expect(first).to_have_attribute("aria-selected", "false")
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/hoi-dap/sai-ma-so-thue/")


def test_enter_without_a_choice_asks_the_server(page: Page) -> None:
    page.locator("#search-q").fill("hd sai mst")
    expect(page.get_by_role("option").first).to_be_visible()
    page.locator("#search-q").press("Enter")
    page.wait_for_url("**/tim-kiem/?q=hd+sai+mst")


def test_escape_closes_the_list_and_keeps_what_was_typed(page: Page) -> None:
    box = page.locator("#search-q")
    box.fill("hoa don")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("hoa don")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_leaving_the_box_closes_the_list(page: Page) -> None:
    page.locator("#search-q").fill("hoa don")
    expect(page.get_by_role("option").first).to_be_visible()
    page.mouse.click(200, 700)
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_hostile_title_is_shown_as_text(page: Page) -> None:
    page.locator("#search-q").fill("noi com")
    expect(page.get_by_role("option").first).to_contain_text('<img src=x onerror="alert(1)">')
    assert page.locator(".search img").count() == 0


def test_a_question_that_nobody_answers_may_be_asked(page: Page) -> None:
    page.locator("#search-q").fill("tuyển dụng kế toán mất điện")
    expect(page.get_by_role("status")).to_contain_text("Chưa chắc có câu trả lời")
    ask = page.get_by_role("link", name="Gửi câu hỏi cho chúng tôi")
    expect(ask).to_have_attribute(
        "href",
        "/gui/cau-hoi/?q=tuy%E1%BB%83n%20d%E1%BB%A5ng%20k%E1%BA%BF%20to%C3%A1n%20m%E1%BA%A5t%20%C4%91i%E1%BB%87n",
    )
    page.locator("#search-q").fill("mat phieu bao hanh")
    expect(page.get_by_role("status")).to_contain_text("Dùng phím mũi tên")
    expect(ask).to_be_hidden()


def test_a_click_on_a_result_opens_it(page: Page) -> None:
    page.locator("#search-q").fill("ship bao lau")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/hoi-dap/giao-hang-bao-lau/")


def test_without_the_index_the_box_leads_to_the_server(page: Page, site: Server) -> None:
    site.index_is_away = True
    page.locator("#search-q").fill("mất phiếu")
    link = page.get_by_role("link", name="Tìm trên trang kết quả")
    expect(link).to_have_attribute("href", "/tim-kiem/?q=m%E1%BA%A5t%20phi%E1%BA%BFu")
    expect(page.get_by_role("status")).to_contain_text("Chưa mở được")


def test_the_box_works_without_a_network_once_it_was_used(chromium: Browser, site: Server) -> None:
    with chromium.new_context() as context:
        first, second = context.new_page(), context.new_page()
        for page in (first, second):
            page.goto(f"http://127.0.0.1:{site.server_port}")
            expect(page.locator("#search-q")).to_have_attribute("role", "combobox")
        first.locator("#search-q").fill("hoa don")
        expect(first.get_by_role("option").first).to_be_visible()
        first.evaluate("navigator.serviceWorker.ready")
        first.wait_for_function("navigator.serviceWorker.controller !== null")
        second.wait_for_function("navigator.serviceWorker.controller !== null")
        context.set_offline(True)
        second.locator("#search-q").fill("mat phieu bao hanh")
        found = second.get_by_role("option").first
        expect(found).to_contain_text("Tôi làm mất phiếu bảo hành")


def test_the_box_recovers_when_the_index_is_back(page: Page, site: Server) -> None:
    site.index_is_away = True
    page.locator("#search-q").fill("mất phiếu")
    expect(page.get_by_role("status")).to_contain_text("Chưa mở được")
    site.index_is_away = False
    page.locator("#search-q").fill("mất phiếu bảo")
    expect(page.get_by_role("option").first).to_contain_text("Tôi làm mất phiếu")


MISS = "/api/v1/search-misses"
NOBODY_ANSWERS = "qwxzj 0912345678"


def nothing_found(page: Page) -> None:
    page.locator("#search-q").fill(NOBODY_ANSWERS)
    expect(page.get_by_role("status")).to_contain_text("Chưa thấy câu trả lời")


def test_what_found_nothing_leads_to_the_question_form_with_the_words(page: Page) -> None:
    nothing_found(page)
    link = page.get_by_role("link", name="Không thấy câu trả lời?")
    expect(link).to_have_attribute("href", "/gui/cau-hoi/?q=qwxzj%200912345678")
    box = link.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    for _ in range(3):  # past the button of the form, and perhaps the link to all results
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/gui/cau-hoi/?q=qwxzj%200912345678")


def test_a_search_without_an_answer_is_reported_once_when_it_has_settled(
    page: Page, site: Server
) -> None:
    nothing_found(page)
    with page.expect_request(f"**{MISS}"):
        pass  # nobody types on
    page.locator("#search-q").press("Space")
    page.locator("#search-q").press("Backspace")
    page.mouse.click(200, 700)
    assert site.reported() == [(MISS, {"q": NOBODY_ANSWERS}, None)]


def test_a_search_without_an_answer_is_reported_when_the_box_is_left(
    page: Page, site: Server
) -> None:
    nothing_found(page)
    with page.expect_request(f"**{MISS}"):
        page.mouse.click(200, 700)
    assert [one for _, one, _ in site.reported()] == [{"q": NOBODY_ANSWERS}]


def test_words_on_the_way_to_a_question_are_not_reported(page: Page, site: Server) -> None:
    nothing_found(page)
    page.locator("#search-q").fill("hoa don")
    expect(page.get_by_role("option").first).to_be_visible()
    page.mouse.click(200, 700)
    page.locator("#search-q").fill("")
    page.locator("#search-q").fill(NOBODY_ANSWERS)
    expect(page.get_by_role("status")).to_contain_text("Chưa thấy câu trả lời")
    page.locator("#search-q").press("Enter")  # the server's page counts what it is asked
    page.wait_for_url("**/tim-kiem/?q=*")
    assert site.posted == []
