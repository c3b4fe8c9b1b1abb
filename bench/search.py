"""The search bench: quality, bytes, load and query times, against peers in the same run."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from bench import peers, results, search_report
from bench.peers import OURS, SERVER, TUNED, Engine
from bench.questions import FAQ, Part, Question, own_parts, read_tier, write
from bench.results import Goal
from bench.search_report import Measured, Scores
from search_index import language, server
from search_index.documents import read_corpus
from tooling.paths import CONTENT

OWN: Final = "own"
TIERS: Final = (200, 2000, 10_000)
SAMPLE: Final = {200: 0, 2000: 2500, 10_000: 150}
"""Questions asked of every engine, in all ways of typing; 0 asks all of them."""
_BROWSER_QUESTIONS: Final = 200
_SERVER_QUESTIONS: Final = 300
_SERVER_MOST: Final = 2000
"""Documents up to which the server is asked: with more it takes longer than all others together."""
_ON_SAMPLE: Final = "ours, on the questions of the server"

GOALS: Final = {
    "faq_mrr_200": Goal(">=", 0.82),
    "faq_mrr_2000": Goal(">=", 0.78),
    "faq_ratio_200": Goal(">=", 1.25),
    "faq_ratio_2000": Goal(">=", 1.35),
    "core8_ratio_200": Goal(">=", 1.18),
    "core8_ratio_2000": Goal(">=", 1.18),
    "worst_way_200": Goal(">=", 0.62),
    "passage_ratio_2000": Goal(">=", 1.0),
    "keyword_ratio_2000": Goal(">=", 1.0),
    "brotli_ratio_200": Goal("<=", 1.1),
    "query_p95_ms_2000": Goal("<=", 2.0),
    "slow_browser_p95_ms_2000": Goal("<=", 16.0),
    "load_ms_200": Goal("<=", 25.0),
    "load_ms_2000": Goal("<=", 60.0),
    "server_ratio_200": Goal(">=", 0.95),
    "server_ratio_2000": Goal(">=", 0.95),
    "own_server_ratio": Goal(">=", 0.95),
}


def bench(data: Path | None) -> list[str]:
    """Run everything, print it, write the results; a line for each goal that is not reached.

    The results are written after each set, so that a run that is broken off leaves what it has.
    """
    peers.install()
    figures: dict[str, float] = {"code_brotli_bytes": peers.code_sizes()["br"]}
    measured: list[Measured] = []
    for name, parts in _sets(data):
        measured.append(_measure(name, parts))
        figures.update(_figures(measured[-1]))
        results.write("search", figures, GOALS)
        tables = search_report.draw(measured, figures, GOALS)
    print(tables)
    return results.missed(figures, GOALS)


def _sets(data: Path | None) -> Iterator[tuple[str, Iterable[Part]]]:
    yield OWN, own_parts()
    if data is not None:
        for tier in TIERS:
            yield str(tier), [read_tier(data, tier, SAMPLE[tier])]


def _measure(name: str, parts: Iterable[Part]) -> Measured:
    measured: Measured | None = None
    for number, part in enumerate(parts):
        documents = write(part, peers.FOLDER / "sets" / f"{name}-{number}.jsonl")
        folder = documents.with_suffix("")
        words = language.read(CONTENT / language.FILE)
        server.build(read_corpus(documents), words, folder)
        measured = measured or Measured(name, len(part.documents))
        measured.questions += len(part.questions)
        for engine in peers.engines():
            if engine.name == SERVER and len(part.documents) > _SERVER_MOST:
                continue
            _ask(measured, engine, documents, folder, part.questions)
        if number == 0 and name != str(TIERS[-1]):
            asked = [one.text for one in part.questions]
            step = max(1, len(asked) // _BROWSER_QUESTIONS)
            measured.browser = peers.measure(folder, asked[::step])
    if measured is None:
        raise ValueError(f"no documents in {name}")
    return measured


def _ask(
    measured: Measured, engine: Engine, documents: Path, folder: Path, asked: Iterable[Question]
) -> None:
    questions = tuple(asked)
    if engine.name == SERVER:
        # The server is much slower; it is compared with ours on the questions that it is asked.
        questions = questions[:: max(1, len(questions) // _SERVER_QUESTIONS)]
        measured.scores.setdefault(_ON_SAMPLE, Scores()).add(questions, measured.runs[OURS].found)
    print(f"{measured.name}: {engine.name}, {len(questions)} questions", flush=True)
    run = peers.run(engine, documents, folder, questions)
    measured.scores.setdefault(engine.name, Scores()).add(questions, run.found)
    if engine.name in measured.runs:
        measured.runs[engine.name].found.update(run.found)
    else:
        measured.runs[engine.name] = run
        again = engine.name == OURS
        measured.loads[engine.name] = (
            peers.load_ms(engine, documents, folder) if again else run.load_ms
        )


def _figures(one: Measured) -> Mapping[str, float]:
    """The figures of one set; those of the sample company begin with ``own_``."""
    ours = one.runs[OURS]
    figures = {
        "faq_mrr": one.score(OURS),
        "faq_best_peer": one.best_peer(),
        "faq_ratio": one.score(OURS) / one.best_peer(),
        "core8_mrr": one.score(OURS, core=True),
        "core8_ratio": one.score(OURS, core=True) / one.best_peer(core=True),
        "worst_way": min(one.scores[OURS].by_way(FAQ).values()),
        "brotli_bytes": ours.sizes["br"],
        "brotli_ratio": ours.sizes["br"] / one.runs[TUNED].sizes["br"],
        "load_ms": one.loads[OURS],
        "query_p50_ms": ours.percentile(0.5),
        "query_p95_ms": ours.percentile(0.95),
    }
    for family, name in (("passage", "passage"), ("kw", "keyword")):
        if one.scores[OURS].by_way(family):
            figures[f"{name}_ratio"] = one.score(OURS, family) / one.best_peer(family)
    if SERVER in one.scores:
        figures["server_ratio"] = one.score(SERVER) / one.score(_ON_SAMPLE)
    if one.browser:
        figures["slow_browser_p95_ms"] = one.browser["page_p95_ms"]
        figures["browser_page_pause_ms"] = one.browser["page_pause_ask_ms"]
    own = one.name == OWN
    return {f"own_{key}" if own else f"{key}_{one.name}": value for key, value in figures.items()}
