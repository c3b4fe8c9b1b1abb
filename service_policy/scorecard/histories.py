"""The histories a month is measured from: every case as it stood when the figures were taken."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from service_policy.cases import Case, Event, due_work, fold
from service_policy.promises.policy import Policy
from service_policy.scorecard.months import bounds

E = TypeVar("E")


@dataclass(frozen=True)
class Period:
    """A month, and the moment up to which anything is known: ``start`` <= x < ``end``."""

    start: datetime
    end: datetime
    cutoff: datetime

    def has(self, moment: datetime) -> bool:
        """Say whether a moment lies in the month and is known."""
        return self.start <= moment < self.end and moment < self.cutoff

    def due_in(self, moment: datetime) -> bool:
        """Say whether a deadline lies in the month; it may lie ahead of the cutoff."""
        return self.start <= moment < self.end


@dataclass(frozen=True)
class History:
    """One case at the cutoff, and every event up to then, what was due but unwritten included."""

    case: Case
    events: tuple[Event, ...]

    def in_period(self, kind: type[E], period: Period) -> Iterator[E]:
        """Yield the events of a kind in the month."""
        for event in self.events:
            if isinstance(event, kind) and period.has(event.at):
                yield event


def period_of(month: str, cutoff: datetime) -> Period:
    """Return a month with the moment its figures are taken."""
    return Period(*bounds(month), cutoff)


def histories(
    stored: Iterable[Sequence[Event]], policy: Policy, cutoff: datetime
) -> tuple[History, ...]:
    """Rebuild each case at ``cutoff``, so that it does not matter when the sweep last ran."""
    found = []
    for events in stored:
        known = [event for event in events if event.at < cutoff]
        if not known:
            continue
        due = due_work(fold(known), policy, cutoff)
        happened = (*known, *due)
        found.append(History(fold(happened), happened))
    return tuple(found)
