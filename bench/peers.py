"""The engines of a search bench: ours by its published protocol, peers installed below ``var/``.

Ours is also measured in a real Chromium whose page runs four times slower. Chromium's throttle
slows the thread of the page. Whether it reaches workers depends on the version, so a piece of
arithmetic is timed in both, and the questions are asked in both: through the worker, as a reader
asks, and on the page's own thread, where they certainly run slowed.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

from bench.questions import Question
from search_index.published import INDEX_FOLDER, modules
from tooling.chromium import FLAGS, find_chromium
from tooling.paths import ROOT, VAR
from tooling.preview import static_server

HERE: Final = Path(__file__).parent
FOLDER: Final = VAR / "bench" / "search"
OURS: Final = "Cam kết"
SERVER: Final = "Cam kết, server (Whoosh)"
TUNED: Final = "MiniSearch, folded and tuned"
_WARM_UP: Final = 50


@dataclass(frozen=True, slots=True)
class Engine:
    """A search engine as a program: ``command`` with ``{documents}`` and ``{index}`` to fill in.

    With several ``passes`` the fastest answer to each question counts: other work on the machine
    only ever adds.
    """

    name: str
    command: tuple[str, ...]
    passes: int = 1


@dataclass(slots=True)
class Run:
    """What one engine answered: ids by question, times in milliseconds, sizes in bytes."""

    found: dict[str, list[str]]
    times: list[float]
    load_ms: float
    sizes: dict[str, int] = field(default_factory=dict)

    def percentile(self, share: float) -> float:
        """The time that this share of the questions took at most; 0 without questions."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def install() -> None:
    """Bring the locked peers into ``var/``, once for each version of the lock file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    shutil.copytree(HERE / "js", FOLDER / "js", dirs_exist_ok=True)
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    stamp = FOLDER / "installed.json"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == lock:
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, FOLDER / name)
    shutil.copy(ROOT / ".npmrc", FOLDER / ".npmrc")
    # Not `npm ci`: it refuses a lock without the Pagefind of every other system.
    subprocess.run([_program("npm"), "install", "--silent"], cwd=FOLDER, check=True)
    stamp.write_text(lock, encoding="utf-8")


def engines() -> tuple[Engine, ...]:
    """Ours first, then every peer."""
    node = _program("node")
    script = str(FOLDER / "js")

    def peer(name: str, file: str, *options: str) -> Engine:
        return Engine(name, (node, f"{script}/{file}", "{documents}", "{index}", *options))

    return (
        Engine(OURS, (node, str(ROOT / "search_index" / "rank.mjs"), "{folder}"), passes=3),
        Engine(
            SERVER,
            (sys.executable, "-m", "search_index", "rank", "--whoosh", "{folder}"),
        ),
        peer(TUNED, "minisearch.mjs", "tuned"),
        peer("MiniSearch", "minisearch.mjs"),
        peer("lunr.js", "lunr.mjs"),
        peer("Pagefind", "pagefind.mjs"),
    )


def run(engine: Engine, documents: Path, folder: Path, questions: Sequence[Question]) -> Run:
    """Ask an engine, after some questions that only warm it up.

    ``folder`` holds our indexes of the documents. Raises CalledProcessError when the engine fails.
    """
    index = documents.with_suffix(".index")
    places = {"{documents}": str(documents), "{index}": str(index), "{folder}": str(folder)}
    command = [places.get(part, part) for part in engine.command]
    asked = [(f"warm {n}", one.text) for n, one in enumerate(questions[:_WARM_UP])]
    asked += [(one.id, one.text) for one in questions] * engine.passes
    given = "".join(
        json.dumps({"qid": qid, "q": text, "k": 10, "kind": "*"}) + "\n" for qid, text in asked
    )
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode != 0:
        raise RuntimeError(f"{engine.name}: {done.stderr[-2000:]}")
    answers: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    measured = [one for one in answers[1:] if not one["qid"].startswith("warm ")]
    times: dict[str, float] = {}
    for one in measured:
        times[one["qid"]] = min(one["ms"], times.get(one["qid"], one["ms"]))
    if engine.name == OURS:
        index = next(folder.glob("index-*.txt"))
    return Run(
        found={one["qid"]: one["ids"] for one in measured},
        times=list(times.values()),
        load_ms=answers[0]["meta"]["load_ms"],
        sizes=sizes(index) if index.exists() and engine.name != SERVER else {},
    )


def load_ms(engine: Engine, documents: Path, folder: Path, times: int = 5) -> float:
    """The middle of several loads, each in a process of its own that has not run before."""
    loads = sorted(run(engine, documents, folder, ()).load_ms for _ in range(times))
    return loads[times // 2]


def code_sizes() -> dict[str, int]:
    """The bytes of our search modules and of Lunr, which a browser fetches beside an index."""
    static = ROOT / "theme" / "static"
    modules = [*(ROOT / "search_index" / "js").glob("*.mjs"), static / "vendor" / "lunr.mjs"]
    return sizes(*modules, *(static / "js" / "modules").glob("search*.js"))


def sizes(*files: Path) -> dict[str, int]:
    """The bytes of files, added up: ``raw``, ``gz`` and ``br``."""
    command = [_program("node"), str(HERE / "js" / "sizes.mjs"), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, int] = json.loads(done.stdout)
    return found


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise RuntimeError(f"{name} is needed for this bench")
    return found


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
