"""Mean reciprocal rank at ten, for each way of typing and on average over the ways."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bench.questions import Question
from bench.ways import CORE

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
