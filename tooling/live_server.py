"""The web server of `inv livereload`: the newest edition, and news of the next one.

A page carries a script that listens to `/__changes` (server-sent events). It reloads its page when
another edition is there, and shows what is wrong while the content has faults.
"""

import mimetypes
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from jinja2 import TemplateError

from plugins.editing.page import ADDRESS
from tooling.live_site import LiveSite

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
