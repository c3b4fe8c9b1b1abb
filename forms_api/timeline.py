"""Both clocks of a case as bars on one scale of business time, ready to be drawn.

Positions run from 0 to ``WIDTH``. Nights, weekends and holidays take no room: on this scale a
working hour is as long on Friday as on Monday, and what is drawn is what counts.
"""

from dataclasses import dataclass
from datetime import datetime

from forms_api.desk.spans import working_time
from service_policy.cases import Case
from service_policy.cases.clocks import holder_clocks
from service_policy.policy import Policy

WIDTH = 1000
_THINNEST = 4


@dataclass(frozen=True)
class Bar:
    """A stretch of a clock: ``kind`` is ``counted``, ``waited``, or ``holder`` and its turn."""

    kind: str
    x: int
    width: int
    words: str


@dataclass(frozen=True)
class Mark:
    """A moment: a promise's date, or now."""

    x: int
    label: str
    at: datetime
    missed: bool = False


@dataclass(frozen=True)
class Timeline:
    """The customer's clock above, the holders' below, dates across."""

    customer: tuple[Bar, ...]
    holders: tuple[Bar, ...]
    dues: tuple[Mark, ...]
    now: Mark


def timeline(case: Case, policy: Policy, now: datetime) -> Timeline:
    """Lay out the clocks of a case as they stand at ``now``."""
    calendar = policy.calendar
    start = case.received_at
    ended = case.closed[-1].start if case.is_ended and case.closed else None
    until = ended or now
    dues = [one for one in case.promises if one.released_at is None]
    last = max((now, *(one.due_at for one in dues)))
    total = max(1, calendar.working_minutes_between(start, last))

    def at(moment: datetime) -> int:
        return round(WIDTH * calendar.working_minutes_between(start, min(moment, last)) / total)

    def bar(kind: str, begin: datetime, end: datetime, words: str) -> Bar:
        x = at(begin)
        minutes = calendar.working_minutes_between(begin, end)
        width = max(_THINNEST, at(end) - x)
        return Bar(
            kind, min(x, WIDTH - width), width, f"{words}: {working_time(minutes, calendar)}"
        )

    waits = tuple(
        bar("waited", one.started_at, min(one.end, until), "Chờ Quý khách")
        for one in case.pauses
        if not one.void and one.started_at < until
    )
    holders = tuple(
        bar(f"holder-{turn % 4}", one.since, one.until or until, one.department)
        for turn, one in enumerate(holder_clocks(case, policy, now))
    )
    marks = tuple(
        Mark(at(one.due_at), one.commitment_id, one.due_at, case.status(one, now) == "missed")
        for one in sorted(dues, key=lambda one: one.due_at)
    )
    return Timeline(
        customer=(bar("counted", start, until, "Đồng hồ của Quý khách"), *waits),
        holders=holders,
        dues=marks,
        now=Mark(at(until), "bây giờ" if ended is None else "đóng", until),
    )
