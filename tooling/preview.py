"""Serve the built files alone, with a reload in the browser after each new build.

For editors and theme work. Forms and search pages need `inv serve`.
"""

import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import watch

from tooling.fingerprint import SOURCES, STAMP
from tooling.paths import CONTENT, OUTPUT, ROOT

_RELOAD_URL = "/__reload.js"
_STATE_URL = "/__built"
_RELOAD_SCRIPT = f"""
const state = () =>
  fetch("{_STATE_URL}", {{cache: "no-store"}}).then((answer) => answer.text());
const first = await state();
setInterval(async () => {{ if (await state() !== first) location.reload(); }}, 1000);
"""


class _Handler(SimpleHTTPRequestHandler):
    """Files of the output folder; pages get the script that reloads them."""

    def do_GET(self) -> None:
        """Answer the two addresses of the reload script, then files, then the 404 page."""
        if self.path == _RELOAD_URL:
            self._send(_RELOAD_SCRIPT.encode(), "text/javascript")
        elif self.path == _STATE_URL:
            stamp = Path(self.directory) / STAMP
            self._send(stamp.read_bytes() if stamp.exists() else b"", "text/plain")
        else:
            self._send_page_or_file()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the console for the builds."""

    def _send_page_or_file(self) -> None:
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if self.path.split("?")[0].endswith("/") else path
        if page.suffix == ".html" and page.is_file():
            self._send_html(page, HTTPStatus.OK)
        elif path.exists():
            super().do_GET()
        else:
            self._send_html(Path(self.directory) / "404.html", HTTPStatus.NOT_FOUND)

    def _send_html(self, page: Path, status: HTTPStatus) -> None:
        script = f'<script type="module" src="{_RELOAD_URL}"></script></body>'
        html = page.read_text(encoding="utf-8").replace("</body>", script)
        self._send(html.encode(), "text/html; charset=utf-8", status)

    def _send(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def static_server(host: str, port: int, output: Path = OUTPUT) -> ThreadingHTTPServer:
    """Return a server of the built files, bound and not yet running. Port 0 takes a free one."""

    def handler(*args: Any, **kwargs: Any) -> _Handler:
        return _Handler(*args, directory=str(output), **kwargs)

    return ThreadingHTTPServer((host, port), handler)


def regenerate(rebuild: Callable[[], None], stop: threading.Event | None = None) -> None:
    """Call `rebuild` now and after every change of a source file, until `stop` is set."""
    rebuild()
    watched = [CONTENT, *(ROOT / name for name in SOURCES if (ROOT / name).exists())]
    for _ in watch(*watched, stop_event=stop, raise_interrupt=False):
        rebuild()


def livereload(rebuild: Callable[[], None], host: str, port: int) -> None:
    """Serve the built files, build again after each change, reload open pages. Ctrl-C ends it."""
    with static_server(host, port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"Ready: http://{host}:{server.server_port}", flush=True)
        regenerate(rebuild)
        server.shutdown()
