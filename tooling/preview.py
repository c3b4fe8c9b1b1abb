"""Serve what was built, with the forms or alone, and build after each change.

Screenshots and tests look at the files alone; editors use `tooling.livereload`.
"""

import threading
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import watch

from tooling.build import build
from tooling.fingerprint import SOURCES, is_current
from tooling.paths import CONTENT, OUTPUT, ROOT


class _Handler(SimpleHTTPRequestHandler):
    """Files of the output folder, and the site's own page for wrong addresses."""

    def do_GET(self) -> None:
        """Answer with a file, or with the 404 page."""
        if Path(self.translate_path(self.path)).exists():
            super().do_GET()
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """Let no browser keep a file that the next build changes."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the console for the builds."""


def static_server(host: str, port: int, output: Path = OUTPUT) -> ThreadingHTTPServer:
    """Return a server of the built files, bound and not yet running. Port 0 takes a free one."""
    return ThreadingHTTPServer((host, port), partial(_Handler, directory=str(output)))


def regenerate(rebuild: Callable[[], None], stop: threading.Event | None = None) -> None:
    """Call `rebuild` now and after every change of a source file, until `stop` is set."""
    rebuild()
    watched = [CONTENT, *(ROOT / name for name in SOURCES if (ROOT / name).exists())]
    for _ in watch(*watched, stop_event=stop, raise_interrupt=False):
        rebuild()


def serve(host: str, port: int) -> None:
    """Build the site when its sources changed, then serve site and forms until interrupted.

    The server prints one line `Ready: http://HOST:PORT` once it answers. Raises what `build`
    raises.
    """
    if not is_current():
        print("Building the site", flush=True)
        built = build()
        print(f"Built {built.pages} pages in {built.seconds:.1f} s", flush=True)
    # The forms need Flask and a database driver; building the site needs neither.
    from forms_api import embedded
    from tooling.sample_ledger.first import load_sample

    embedded.main(host, port, OUTPUT, load_sample)
