"""A real Chromium for tests. Anything that goes wrong in a page fails the test that opened it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.support.site import BuiltSite
from tooling.chromium import FLAGS, SCREENS, find_chromium

Screen = Literal["phone", "tablet", "desktop"]
SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
    " img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'; manifest-src 'self'"
)
"""What the form server sends with every page."""

PATIENCE_MS = 20_000
"""How long a page may take before a test gives up: long, because machines are sometimes busy."""

Open = Callable[..., Page]

expect.set_options(timeout=PATIENCE_MS)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests with a browser last.

    Playwright keeps an event loop running in the main thread, and no other loop may run there.
    """
    items.sort(key=lambda item: "chromium" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium once."""
    executable = find_chromium()
    if executable is None:
        pytest.skip("needs Chromium (make test brings it)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Open]:
    """Give a function that opens an address in a fresh profile.

    `open_page(url, screen="phone", scheme="dark", javascript=False)` returns Playwright's page.
    After the test every error a page reported fails it: console errors, uncaught exceptions,
    requests that failed, and answers with an error status that the test did not expect
    (`expect_status={404}`).
    """
    problems: list[str] = []
    contexts = []

    def open_page(
        url: str,
        *,
        screen: Screen = "desktop",
        scheme: Literal["light", "dark"] = "light",
        javascript: bool = True,
        expect_status: frozenset[int] | set[int] = frozenset(),
    ) -> Page:
        width, height = SCREENS[screen]
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=javascript,
            has_touch=screen == "phone",
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        _listen(page, problems, frozenset(expect_status))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def _listen(page: Page, problems: list[str], expected: frozenset[int]) -> None:
    """Collect whatever goes wrong in a page."""

    def console(message: ConsoleMessage) -> None:
        # The browser repeats a failed answer on the console; `response` judges those.
        if message.type == "error" and "Failed to load resource" not in message.text:
            problems.append(f"{page.url}: {message.text}")

    def response(answer: Response) -> None:
        if answer.status >= 400 and answer.status not in expected:
            problems.append(f"{answer.url}: {answer.status}")

    def failed(request: Request) -> None:
        # A page that is left behind cancels what it was still loading.
        if request.failure != "net::ERR_ABORTED":
            problems.append(f"{request.url}: {request.failure}")

    page.on("console", console)
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on("response", response)
    page.on("requestfailed", failed)


class _Files(SimpleHTTPRequestHandler):
    """Static files with the security policy of the form server."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", SECURITY_POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output readable."""


@contextmanager
def serving(built: BuiltSite) -> Iterator[str]:
    """Serve the built files and give their address without a slash at the end."""
    handler = partial(_Files, directory=str(built.output))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def static_site(built_site: BuiltSite) -> Iterator[str]:
    """Serve the built site alone, as a plain web server would."""
    with serving(built_site) as address:
        yield address
