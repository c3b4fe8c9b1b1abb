"""Months in Vietnam, the histories that one is measured from, and how its cases ended."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from service_policy.cases import Case, Event, due_work, fold
from service_policy.cases.refusal.refusing import RefusalIssued
from service_policy.cases.resolution.proposing import ResolutionConfirmed, ResolutionProposed
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.policy import Policy
from service_policy.values import Model, Number

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


NOT_COUNTED = "chưa đếm"
"""What stands for a count in a month that was written before it was counted."""

MEANINGS: dict[str, tuple[str, str]] = {
    "closed": (
        "Phiếu đã đóng",
        "Mỗi lần một phiếu đóng trong kỳ: khách xác nhận, hết hạn phản đối, hoặc sau xem xét lại.",
    ),
    "by_silence": (
        "Đóng vì khách im lặng",
        "Kết luận đã đến tay khách, hết hạn phản đối mà khách không nói gì ở kênh nào.",
    ),
    "unconfirmed": (
        "Đóng mà không tính là giữ lời",
        "Khách đã phản đối hoặc được giải quyết cách khác mà không xác nhận. Vẫn nằm ở mẫu số.",
    ),
    "explained": (
        "Đóng bằng lời giải thích",
        "Kết luận là một lời giải thích. Chỉ khi khách xin giải thích, góp ý hoặc hỏi thông tin.",
    ),
    "other_remedy": (
        "Đóng bằng cách khác điều khách muốn",
        "Kết luận là một cách giải quyết khác đã đề nghị với khách, nêu rõ là cách nào.",
    ),
}
"""The counts in the order of the page: their names and definitions."""


class Closings(Model):
    """How the cases of a month ended; the fields mean what ``MEANINGS`` says."""

    closed: Number
    by_silence: Number
    unconfirmed: Number
    explained: Number
    other_remedy: Number

    @property
    def rows(self) -> tuple[tuple[str, str, int], ...]:
        """Name, definition and count of each, in the order of the page."""
        return tuple((*MEANINGS[name], getattr(self, name)) for name in MEANINGS)


def closings(every: Iterable[History], period: Period) -> Closings:
    """Count the ends of the month by how they came about, from events alone."""
    counted: Counter[str] = Counter()
    for history in every:
        concluded = ""
        for event in history.events:
            if isinstance(event, ResolutionProposed):
                concluded = event.outcome
            elif isinstance(event, RefusalIssued):
                concluded = "refused"
            elif isinstance(event, ResolutionConfirmed) and period.has(event.at):
                counted["closed"] += 1
                counted[concluded] += 1
                counted["by_silence"] += event.how == "silence"
                counted["unconfirmed"] += event.ends == "nothing"
    return Closings(**{name: counted[name] for name in MEANINGS})
