"""What the search bench measured, and its tables: in ``docs/search.md`` and on the screen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from jinja2 import Template

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
_TEMPLATE: Final = Path(__file__).parent / "search.md.jinja"


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
    template = Template(_TEMPLATE.read_text(encoding="utf-8"), trim_blocks=True, lstrip_blocks=True)
    tables: str = template.render(
        machine=machine(),
        measured=measured,
        figures=figures,
        goals={key: goal for key, goal in goals.items() if key in figures},
        ours=OURS,
        faq=FAQ,
    )
    written = FILE.read_text(encoding="utf-8").partition(_MARK)[0]
    FILE.write_text(f"{written}{_MARK}\n{tables.rstrip()}\n", encoding="utf-8")
    return tables
