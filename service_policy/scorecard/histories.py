"""Months in Vietnam, and the histories that one is measured from: every case at the cutoff."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from service_policy.cases import Case, Event, due_work, fold
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.policy import Policy

CLOSING_DAY = 10
"""A month is closed on this day of the next one; what changes later is a correction."""


def month_after(month: str) -> date:
    """Return the first day of the month after ``month``."""
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(days=31)).replace(day=1)


def bounds(month: str) -> tuple[datetime, datetime]:
    """Return the first moment of a month in Vietnam and the first moment of the next."""
    midnight = datetime.min.time()
    first = datetime.combine(date.fromisoformat(f"{month}-01"), midnight, VIETNAM)
    return first, datetime.combine(month_after(month), midnight, VIETNAM)


def closing(month: str) -> datetime:
    """Return when the figures of a month become final: the tenth of the next month, 0:00."""
    day = month_after(month).replace(day=CLOSING_DAY)
    return datetime.combine(day, datetime.min.time(), VIETNAM)


def month_before(first: date) -> date:
    """Return the first day of the month before the one that begins on ``first``."""
    return (first - timedelta(days=1)).replace(day=1)


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
