"""Both clocks of a case as a drawing: stretches of one axis, in per cent of its length.

The axis is measured in business time, so that nights and holidays have no length; for a danger,
which is measured around the clock, in plain time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from forms_api.promise_view import PromiseView
from service_policy.cases import Case
from service_policy.cases.core.event import working_time
from service_policy.cases.holding.clocks import HolderClock, customer_clock, holder_clocks
from service_policy.cases.messages.pauses import THING_WORDS
from service_policy.promises.policy import Policy

Kind = Literal["counted", "waited", "closed"]
Anchor = Literal["start", "middle", "end"]
_WHOLE = 1000
"""The axis in tenths of a per cent."""
_VISIBLE = 8
"""The least width of a stretch: a short pause must not vanish from the drawing."""
_ROOM = 220
"""Marks nearer to each other than this share one label, which has to fit on a phone."""
_NUMBERED = 45
"""The least width of a stretch that has room for its number."""
_EDGE = 90
"""Labels nearer to an end than this begin or end there."""

Place = Callable[[datetime], int]


@dataclass(frozen=True)
class Span:
    """A stretch of the customer's clock: counted, waiting for the customer, or closed."""

    kind: Kind
    start: datetime
    end: datetime
    what: str
    length: str
    x: str
    width: str


@dataclass(frozen=True)
class Held:
    """A stretch with one holder; ``length`` is how long in words, ``wide`` enough for a number."""

    number: int
    clock: HolderClock
    length: str
    x: str
    width: str
    label_x: str
    wide: bool


@dataclass(frozen=True)
class Mark:
    """Dates on the axis that share a label; ``anchor`` keeps it inside the drawing."""

    label: str
    x: str
    lines: tuple[str, ...]
    anchor: Anchor


@dataclass(frozen=True)
class Clocks:
    """What is drawn, and the same in words.

    ``present`` is where now is, None once the case ended. ``plain_time`` says that the axis counts
    around the clock.
    """

    counted: str
    waited: str
    running: bool
    start: datetime
    end: datetime
    present: str | None
    spans: tuple[Span, ...]
    holders: tuple[Held, ...]
    marks: tuple[Mark, ...]
    plain_time: bool


def clocks(case: Case, promises: Iterable[PromiseView], policy: Policy, now: datetime) -> Clocks:
    """Lay out both clocks of a case as they stand at ``now``."""
    clock = customer_clock(case, policy.calendar, now)
    until = case.ended_at or now
    ahead = [one.due_at for one in promises if one.is_open or one.provisional]
    end = until if case.is_ended else max((until, *ahead))
    place = _scale(case, policy, end)
    return Clocks(
        counted=working_time(clock.counted_minutes, policy.calendar),
        waited=working_time(clock.waited_minutes, policy.calendar) if clock.waited_minutes else "",
        running=clock.running,
        start=case.received_at,
        end=end,
        present=None if case.is_ended else _percent(place(until)),
        spans=_spans(case, policy, until, place),
        holders=_holders(case, policy, until, now, place),
        marks=_marks(promises, end, place),
        plain_time=case.is_safety,
    )


def _scale(case: Case, policy: Policy, end: datetime) -> Place:
    def plain(moment: datetime) -> int:
        return int((moment - case.received_at) / timedelta(minutes=1))

    def working(moment: datetime) -> int:
        return policy.calendar.working_minutes_between(case.received_at, moment)

    measure = working if working(end) and not case.is_safety else plain
    total = max(measure(end), 1)
    return lambda moment: min(max(measure(moment), 0) * _WHOLE // total, _WHOLE)


def _spans(case: Case, policy: Policy, until: datetime, place: Place) -> tuple[Span, ...]:
    stops: list[tuple[datetime, datetime, Kind, str]] = [
        (one.started_at, min(one.end, until), "waited", THING_WORDS[one.thing])
        for one in case.pauses
        if not one.void and one.started_at < until
    ]
    stops += [
        (one.start, min(one.end, until), "closed", "")
        for one in case.closed
        if one.end is not None and one.start < until
    ]
    spans, at = [], case.received_at

    def add(start: datetime, end: datetime, kind: Kind, what: str) -> None:
        minutes = policy.calendar.working_minutes_between(start, end)
        x, right = place(start), place(end)
        width = max(right - x, 0 if kind == "counted" else _VISIBLE)
        length = working_time(minutes, policy.calendar)
        spans.append(Span(kind, start, end, what, length, _percent(x), _percent(width)))

    for start, end, kind, what in sorted(stops):
        if start > at:
            add(at, start, "counted", "")
        add(max(start, at), max(end, at), kind, what)
        at = max(end, at)
    if until > at:
        add(at, until, "counted", "")
    return tuple(spans)


def _holders(
    case: Case, policy: Policy, until: datetime, now: datetime, place: Place
) -> tuple[Held, ...]:
    found = []
    for number, one in enumerate(holder_clocks(case, policy, now), 1):
        x, right = place(one.since), place(one.until or until)
        width = max(right - x, _VISIBLE)
        length = working_time(one.minutes, policy.calendar)
        middle = _percent(x + width // 2)
        found.append(
            Held(number, one, length, _percent(x), _percent(width), middle, width >= _NUMBERED)
        )
    return tuple(found)


def _marks(promises: Iterable[PromiseView], end: datetime, place: Place) -> tuple[Mark, ...]:
    """Mark the dates on the axis; those that stand close together share a label."""
    dates = sorted((place(one.due_at), one.key) for one in promises if one.due_at <= end)
    groups: list[list[tuple[int, str]]] = []
    for at, key in dates:
        if not groups or at - groups[-1][0][0] >= _ROOM:
            groups.append([])
        groups[-1].append((at, key.partition(".")[0]))
    return tuple(_mark(group) for group in groups)


def _mark(group: list[tuple[int, str]]) -> Mark:
    at = group[0][0]
    # Numbers of promises as their seals bear them: 02, 03.
    label = ", ".join(key.rpartition("-")[2] for key in dict.fromkeys(key for _, key in group))
    lines = tuple(_percent(one) for one, _ in group)
    anchor: Anchor = "start" if at < _EDGE else "end" if at > _WHOLE - _EDGE else "middle"
    return Mark(label, _percent(at), lines, anchor)


def _percent(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}%"
