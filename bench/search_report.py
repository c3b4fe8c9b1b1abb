"""What the search bench measured, and its tables: in ``docs/search.md`` and on the screen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bench.peers import OURS, SERVER, Run
from bench.questions import FAQ, Question
from bench.results import Goal, machine
from bench.ways import CORE
from tooling.paths import ROOT

_FEWEST: Final = 10
"""Questions that a way needs to count in an average."""


@dataclass(slots=True)
class Scores:
    """Reciprocal ranks by family of questions and way of typing."""

    ranks: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, questions: Iterable[Question], found: Mapping[str, Sequence[str]]) -> None:
        """Count the answers of an engine; a question without answer counts 0."""
        for one in questions:
            ids = found.get(one.id, ())[:10]
            rank = next((n for n, identity in enumerate(ids, 1) if identity in one.answers), 0)
            self.ranks[one.family, one.way].append(1 / rank if rank else 0.0)

    def by_way(self, family: str) -> dict[str, float]:
        """The mean for each way of typing."""
        return {
            way: sum(ranks) / len(ranks)
            for (its_family, way), ranks in self.ranks.items()
            if its_family == family and len(ranks) >= _FEWEST
        }

    def macro(self, family: str, ways: Sequence[str] = ()) -> float:
        """The mean over the ways, each counting the same; ``ways`` chooses some."""
        means = self.by_way(family)
        chosen = [means[way] for way in means if not ways or way in ways]
        return sum(chosen) / len(chosen) if chosen else 0.0

    def core(self, family: str) -> float:
        """The mean over the eight ways that no rule of spelling could have made."""
        return self.macro(family, CORE)


FILE: Final = ROOT / "docs" / "search.md"
_MARK: Final = "<!-- Everything below is written by `inv bench search`. -->\n"
_TITLES: Final = {"own": "The sample company's own questions"}
_FAMILIES: Final = (("passage", "passages"), ("kw", "keywords"))


@dataclass(slots=True)
class Measured:
    """What was measured on one set of documents: scores and runs by engine, the browser's times."""

    name: str
    documents: int
    questions: int = 0
    scores: dict[str, Scores] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    loads: dict[str, float] = field(default_factory=dict)
    browser: dict[str, float] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The engines, ours first."""
        return list(self.runs)

    def best_peer(self, family: str = FAQ, *, core: bool = False) -> float:
        """The highest score that a peer reached."""
        peers_only = [name for name in self.names if name not in (OURS, SERVER)]
        return max(self.score(name, family, core=core) for name in peers_only)

    def score(self, name: str, family: str = FAQ, *, core: bool = False) -> float:
        """The score of one engine, over all ways of typing or the core eight."""
        scores = self.scores[name]
        return scores.core(family) if core else scores.macro(family)


def draw(
    measured: Sequence[Measured], figures: Mapping[str, float], goals: Mapping[str, Goal]
) -> str:
    """Write the tables below the hand-written part of the page, and return them."""
    code = f"{figures['code_brotli_bytes'] / 1000:.1f} KB"
    parts = [
        f"Measured on: {machine()}.\n",
        f"Our modules and Lunr, which a browser fetches beside the index: {code} with Brotli.\n",
        _goals(figures, goals),
    ]
    for one in measured:
        title = _TITLES.get(one.name, f"Development set, {one.documents} documents")
        parts.append(f"## {title}\n")
        parts.append(f"{one.documents} documents, {one.questions} questions.\n")
        parts += [_quality(one), _costs(one), _browser(one)]
    tables = "\n".join(parts)
    written = FILE.read_text(encoding="utf-8").partition(_MARK)[0]
    FILE.write_text(f"{written}{_MARK}\n{tables}", encoding="utf-8")
    return tables


def _goals(figures: Mapping[str, float], goals: Mapping[str, Goal]) -> str:
    rows = [
        (
            key,
            f"{figures[key]:.4g}",
            f"{goal.op} {goal.value:g}",
            "" if goal.holds(figures[key]) else "missed",
        )
        for key, goal in goals.items()
        if key in figures
    ]
    return _table(("Figure", "Measured", "Goal", ""), rows)


def _quality(one: Measured) -> str:
    means = {name: one.scores[name].by_way(FAQ) for name in one.names}
    rows = [(way, *(_score(means[name].get(way)) for name in one.names)) for way in means[OURS]]
    rows.append(("**all ways**", *(f"**{one.score(name):.3f}**" for name in one.names)))
    rows.append(("core eight", *(f"{one.score(name, core=True):.3f}" for name in one.names)))
    for family, title in _FAMILIES:
        if one.scores[OURS].by_way(family):
            rows.append((title, *(_family_score(one, name, family) for name in one.names)))
    return _table(("MRR@10", *one.names), rows)


def _family_score(one: Measured, name: str, family: str) -> str:
    return _score(one.score(name, family) if one.scores[name].by_way(family) else None)


def _score(mean: float | None) -> str:
    """A score, or a dash where an engine was asked too few questions."""
    return "–" if mean is None else f"{mean:.3f}"


def _costs(one: Measured) -> str:
    rows = []
    for name in one.names:
        run = one.runs[name]
        kilobytes = (
            f"{run.sizes[key] / 1000:.1f}" if run.sizes else "–" for key in ("raw", "gz", "br")
        )
        times = (one.loads[name], run.percentile(0.5), run.percentile(0.95))
        rows.append((name, *kilobytes, *(f"{time:.2f}" for time in times)))
    head = ("Engine", "Index, KB", "gzip", "Brotli", "Load, ms", "Query p50, ms", "p95, ms")
    return _table(head, rows)


def _browser(one: Measured) -> str:
    if not one.browser:
        return ""
    rows = [(key, f"{value:.1f}") for key, value in one.browser.items()]
    return _table(("Chromium, CPU throttled 4 ×", "ms or times"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    lines += [" | ".join(row) for row in rows]
    return "".join(f"| {line} |\n" for line in lines)
