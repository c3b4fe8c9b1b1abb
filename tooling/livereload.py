"""`inv livereload`: follow the sources, and show each change in every open page.

For editors and theme work. Forms and search pages need `inv serve`. `inv cms` adds the page on
which the content of this folder is written in the browser.
"""

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

from watchfiles import watch

from plugins.editing.page import ADDRESS
from plugins.editing.repository import LOCAL, SETTING
from service_policy.content.folder import is_dropping
from theme.assets import STATIC, forget_versions
from theme.bundle import bundles
from theme.bundle import main as join_styles
from tooling.fingerprint import SOURCES
from tooling.live_server import live_server
from tooling.live_site import LiveSite
from tooling.paths import CONTENT, ROOT


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
