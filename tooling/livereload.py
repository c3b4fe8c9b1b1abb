"""`inv livereload`: follow the sources, and show each change in every open page.

For editors and theme work. Forms and search pages need `inv serve`. `inv cms` adds the page on
which the content of this folder is written in the browser.

A page carries a script that listens to `/__changes` (server-sent events). It reloads its page when
another edition is there, and shows what is wrong while the content has faults.
"""

import mimetypes
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from jinja2 import TemplateError
from watchfiles import watch

from plugins.editing.page import ADDRESS
from plugins.editing.repository import LOCAL, SETTING
from service_policy.content.folder import is_dropping
from theme.assets import STATIC, forget_versions
from theme.bundle import bundles
from theme.bundle import main as join_styles
from tooling.fingerprint import SOURCES
from tooling.live_site import LiveSite
from tooling.paths import CONTENT, ROOT

SCRIPT_URL = "/__reload.js"
CHANGES_URL = "/__changes"
_RETRY_MS = 300
"""How soon a page asks again after the server went away, for example to load new code."""
_SCRIPT = f"""
const shown = new URL(import.meta.url).hash.slice(1);
const problems = document.createElement("pre");
problems.setAttribute("role", "alert");
new EventSource("{CHANGES_URL}").onmessage = (message) => {{
  const news = JSON.parse(message.data);
  if (news.edition !== shown) location.reload();
  problems.textContent = news.problem;
  if (news.problem) document.body.prepend(problems); else problems.remove();
}};
"""


class _Handler(BaseHTTPRequestHandler):
    """Answers with files of the newest edition."""

    site: LiveSite

    def do_GET(self) -> None:
        """Answer the script, the stream of changes, a file, or the site's page for a miss."""
        path = unquote(urlsplit(self.path).path)
        if path == SCRIPT_URL:
            self._send(_SCRIPT.encode(), "text/javascript")
        elif path == CHANGES_URL:
            self._stream()
        else:
            self._file(path.lstrip("/"))

    def log_message(self, format: str, *args: object) -> None:
        """Keep the console for faults of the content."""

    def _file(self, name: str) -> None:
        edition = self.site.edition
        if not name or name.endswith("/"):
            name += "index.html"
        status = HTTPStatus.OK
        try:
            body = edition.read(name)
            if body is None:
                name, status = "404.html", HTTPStatus.NOT_FOUND
                body = edition.read(name) or b""
        except TemplateError as error:
            problem = f"{type(error).__name__}: {error}\n"
            self._send(problem.encode(), "text/plain", HTTPStatus.INTERNAL_SERVER_ERROR)
            return
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        # Whoever is writing in the editors' page would lose it with every file that is saved.
        if kind == "text/html" and not name.startswith(ADDRESS.lstrip("/")):
            script = f'<script type="module" src="{SCRIPT_URL}#{edition.name}"></script></body>'
            body = body.replace(b"</body>", script.encode())
        self._send(body, kind, status)

    def _stream(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(f"retry: {_RETRY_MS}\n\n".encode())
        told: str | None = None
        while (news := self.site.news(told)) is not None:
            line = ": \n\n" if news == told else f"data: {news}\n\n"
            told = news
            try:
                self.wfile.write(line.encode())
                self.wfile.flush()
            except ConnectionError:
                return

    def _send(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        text = kind.startswith("text/") or kind.endswith("json")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def live_server(host: str, port: int, site: LiveSite) -> ThreadingHTTPServer:
    """Return a server of the newest edition, bound and not yet running. Port 0: a free one."""
    handler: type[Any] = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer((host, port), handler)
    server.daemon_threads = True
    return server


def livereload(host: str, port: int, *, drafts: bool = False, at: str = "") -> None:
    """Serve the pages and reload them after each change, until interrupted.

    `drafts` shows drafts and what is to be published later as well; `at` is the page to begin with.

    Raises:
        ContentErrors: the content has faults at the start.
    """
    join_styles()
    with live(host, port, CONTENT, drafts=drafts) as (server, site):
        print(f"Ready: http://{host}:{server.server_port}{at}", flush=True)
        new_code = follow(site)
    if new_code:
        # A new process reads it, and the open pages find their way to that by themselves.
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606


@contextmanager
def live(
    host: str, port: int, content: Path, *, drafts: bool = False
) -> Iterator[tuple[ThreadingHTTPServer, LiveSite]]:
    """Serve the newest edition of a content folder, in threads, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="cam-ket-live-") as work:
        site = LiveSite(Path(work), content, drafts=drafts)
        with live_server(host, port, site) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                yield server, site
            finally:
                site.close()
                server.shutdown()


def follow(site: LiveSite, stop: threading.Event | None = None) -> bool:
    """Show an edition after each change of the content or the theme, until it is interrupted.

    Returns early, with True, when Python code changed, which this process has loaded already.
    """
    theme = f"{STATIC.parent}{os.sep}"
    derived = {str(STATIC / "css" / name) for name in bundles()}
    written = f"{site.content.resolve()}{os.sep}"
    sources = [path for name in SOURCES if (path := ROOT / name).exists()]
    for changes in watch(site.content, *sources, stop_event=stop, raise_interrupt=False):
        changed = {path for _, path in changes if not is_dropping(Path(path).name)} - derived
        code = {path for path in changed if not str(Path(path).absolute()).startswith(written)}
        if any(path.endswith((".py", ".txt")) for path in code):
            return True
        if any(path.startswith(theme) for path in changed):
            join_styles()
            forget_versions()
        if changed:
            site.refresh()
    return False


def cms(port: int) -> None:
    """Serve the editors' page beside the pages that it changes, until interrupted.

    The browser itself reads and writes the folder; the server only follows its changes, and shows
    what is wrong with them.

    Raises:
        ContentErrors: the content has faults at the start.
    """
    os.environ[SETTING] = os.environ.get(SETTING, "").strip() or LOCAL
    print("Mở địa chỉ dưới đây bằng Chrome hoặc Edge, chọn “Làm việc với kho mã nguồn cục bộ”,")
    print("rồi chọn thư mục gốc của kho git đang chứa nội dung (thư mục có .git).", flush=True)
    # A browser opens folders for pages of this machine only.
    livereload("127.0.0.1", port, drafts=True, at=ADDRESS)
