"""How long an editor waits: from saving a file to the new page, against a full build.

The figures come from a copy of the sample company's content and the product's own server. The
full build runs in the same minute on the same machine, so that their ratio says more than either;
`processor_ms` is what a save costs when nothing else keeps the machine busy.
"""

import shutil
import statistics
import tempfile
import threading
import time
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Final

import httpx

from bench.results import Goal, report
from tooling.build import build
from tooling.livereload import CHANGES_URL, follow, live
from tooling.paths import CONTENT

SAVES: Final = 15
GOALS: Final = {
    "saved_to_served_ms": Goal("<=", 1000),
    "saved_to_served_worst_ms": Goal("<=", 1000),
    "processor_ms": Goal("<=", 1000),
    "ratio_to_build": Goal("<=", 0.25),
}
_EDITED: Final = {
    "hoi-dap/bh-01.md": "/hoi-dap/mat-phieu-bao-hanh/",
    "cam-ket/ck-04.md": "/cam-ket/ck-04/",
    "san-pham/bt-40d.md": "/san-pham/bt-40d/",
}
"""Files that are edited in turn, and the page of each that is open."""
_WATCHING_AFTER_SECONDS: Final = 1.0
"""A change that comes before the watch has begun is not seen."""


def bench(_: Path | None) -> list[str]:
    """Write ``results/livereload.json``; returns a line for each goal missed."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(shutil.copytree(CONTENT, Path(folder) / "content"))
        built = build(Path(folder) / "output", content)
        busy = time.process_time()
        waits = _waits(content)
        busy = time.process_time() - busy
    figures = {
        "saved_to_served_ms": statistics.median(waits) * 1000,
        "saved_to_served_worst_ms": max(waits) * 1000,
        "processor_ms": busy / len(waits) * 1000,
        "build_ms": built.seconds * 1000,
        "ratio_to_build": statistics.median(waits) / built.seconds,
        "pages": built.pages,
        "saves": len(waits),
    }
    return report("livereload", figures, GOALS)


def _waits(content: Path) -> list[float]:
    """Return the seconds from each save to the last byte of the page with the saved words."""
    stop = threading.Event()
    with live("127.0.0.1", 0, content) as (server, site):
        following = threading.Thread(target=follow, args=(site, stop))
        following.start()
        time.sleep(_WATCHING_AFTER_SECONDS)
        try:
            return _save_and_look(content, server.server_port)
        finally:
            stop.set()
            following.join()


def _save_and_look(content: Path, port: int) -> list[float]:
    changes = HTTPConnection("127.0.0.1", port, timeout=60)
    changes.request("GET", CHANGES_URL)
    stream = changes.getresponse()
    _next_edition(stream)
    waits = []
    for number in range(SAVES):
        name, url = list(_EDITED.items())[number % len(_EDITED)]
        words = "Thêm " + "ơ" * (number + 1) + " vào đây."
        text = (content / name).read_text(encoding="utf-8")
        started = time.monotonic()
        (content / name).write_text(f"{text}\n\n{words}\n", encoding="utf-8")
        _next_edition(stream)
        if words not in httpx.get(f"http://127.0.0.1:{port}{url}", timeout=60).text:
            raise AssertionError(f"{url} does not show what was saved")
        waits.append(time.monotonic() - started)
    changes.close()
    return waits


def _next_edition(stream: HTTPResponse) -> None:
    """Wait for the line with which the server tells open pages to reload."""
    while not stream.readline().startswith(b"data:"):
        pass
