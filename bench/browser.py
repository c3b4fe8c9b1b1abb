"""Our search in a real Chromium whose page runs four times slower.

Chromium's throttle slows the thread of the page. Whether it reaches workers depends on the version,
so a piece of arithmetic is timed in both, and the questions are asked in both: through the worker,
as a reader asks, and on the page's own thread, where they certainly run slowed.
"""

import shutil
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

from bench.peers import HERE
from search_index.published import INDEX_FOLDER, modules
from tooling.chromium import FLAGS, find_chromium
from tooling.paths import ROOT
from tooling.preview import static_server

RATE: Final = 4
_PAGE: Final = '<!doctype html><title>bench</title><script type="module" src="/page.mjs"></script>'


def measure(index: Path, questions: Sequence[str]) -> dict[str, float]:
    """Figures in milliseconds for the index in a folder, and how much each thread was slowed."""
    program = find_chromium()
    if program is None:
        raise RuntimeError("Chromium is needed for this bench")
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        _publish(index, site)
        with static_server("127.0.0.1", 0, site) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
                page = browser.new_page()
                page.goto(f"http://127.0.0.1:{server.server_port}/")
                page.wait_for_function("window.bench !== undefined")
                figures = _ask(page, list(questions))
                browser.close()
            server.shutdown()
    return figures


def _publish(index: Path, site: Path) -> None:
    for name, content in modules().items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    (site / INDEX_FOLDER).mkdir()
    for file in [index / "manifest.json", *index.glob("index-*.txt")]:
        shutil.copy(file, site / INDEX_FOLDER)
    static = ROOT / "theme" / "static"
    shutil.copytree(static / "vendor", site / "theme" / "vendor")
    shutil.copytree(static / "js" / "modules", site / "theme" / "js" / "modules")
    shutil.copy(HERE / "js" / "page.mjs", site)
    (site / "index.html").write_text(_PAGE, encoding="utf-8")


def _ask(page: Any, questions: list[str]) -> dict[str, float]:
    session = page.context.new_cdp_session(page)
    before = page.evaluate("bench.work()"), page.evaluate("bench.workInWorker()")
    session.send("Emulation.setCPUThrottlingRate", {"rate": RATE})
    slowed = page.evaluate("bench.work()"), page.evaluate("bench.workInWorker()")
    worker = page.evaluate("q => bench.throughWorker(q)", questions)
    own = page.evaluate("q => bench.onPage(q)", questions)
    return {
        "page_slowed": slowed[0] / before[0],
        "worker_slowed": slowed[1] / before[1],
        "load_ms": worker["loadMs"],
        "page_pause_load_ms": worker["loadPause"],
        "page_pause_ask_ms": worker["askPause"],
        "worker_p95_ms": _p95(worker["times"]),
        "page_p50_ms": sorted(own["times"])[len(questions) // 2],
        "page_p95_ms": _p95(own["times"]),
        "page_load_ms": own["loadMs"],
    }


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
