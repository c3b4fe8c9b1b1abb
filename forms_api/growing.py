"""Lines of a history, and how many like ones are told as one that grows.

A late promise brings an event a day: told one by one they would bury what people did. The dated
steps stay readable below the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from service_policy.cases import Case, Event
from service_policy.cases.events_money import CompensationOwed
from service_policy.cases.events_service import ProgressDue, ProgressMissed
from service_policy.cases.money import owed_events
from service_policy.cases.words import OWED_WORDS
from service_policy.policy import Policy
from theme.filters import datetime_vi, vnd

_LONG = timedelta(days=30)
_GROWS = ("missed", "refund")
"""Reasons for which money is owed step by step."""


@dataclass(frozen=True)
class Step:
    """One of many like things that are told as one line: when, and what."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Line:
    """One thing that happened. ``text`` is what was written then, if the reader may see it.

    ``steps`` are the dated steps of what grew; the line then stands where the latest of them does.
    """

    seq: int
    at: datetime
    type: str
    title: str
    detail: str
    who: str
    text: str = ""
    evidence: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def gathered(
    lines: Sequence[Line], events: Sequence[Event], case: Case, policy: Policy
) -> tuple[Line, ...]:
    """Tell the money of each promise, and the reports of progress that did not come, as one line.

    ``lines`` and ``events`` belong together one by one. What happened only once stays as it is.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, event in enumerate(events):
        groups.setdefault(_kind(event) or (str(place),), []).append(place)
    told = {
        places[-1]: _one([lines[at] for at in places], [events[at] for at in places], case, policy)
        for places in groups.values()
    }
    return tuple(line for _, line in sorted(told.items()))


def _kind(event: Event) -> tuple[str, ...] | None:
    """Say with which others an event is told."""
    match event:
        case CompensationOwed() if event.promise and event.reason in _GROWS:
            return event.type, event.promise, event.reason
        case ProgressDue() | ProgressMissed():
            return event.type, event.promise
        case _:
            return None


def _one(lines: list[Line], events: list[Event], case: Case, policy: Policy) -> Line:
    last = events[-1]
    if len(events) == 1:
        return lines[0]
    if isinstance(last, CompensationOwed):
        owed = [one for one in events if isinstance(one, CompensationOwed)]
        return _money(lines[-1], owed, case, policy)
    steps = tuple(Step(line.at, line.detail) for line in lines)
    return replace(lines[-1], detail=f"{len(lines)} lần; lần cuối {lines[-1].detail}", steps=steps)


def _money(line: Line, owed: list[CompensationOwed], case: Case, policy: Policy) -> Line:
    first, last = owed[0], owed[-1]
    promise = case.promise(last.promise)
    later = case.last_at + _LONG
    grows = promise is not None and any(owed_events(case, promise, policy, later))
    days = last.inputs.get("late_working_days", 0)
    late = f", {days} ngày trễ" if days else ""
    return replace(
        line,
        title="Chúng tôi nợ Quý khách",
        detail=(
            f"{last.promise}, {OWED_WORDS[last.reason]}, {'đang tăng' if grows else 'đã dừng'}: "
            f"{vnd(first.total_vnd)} → {vnd(last.total_vnd)}{late} ({last.formula})"
        ),
        steps=tuple(Step(one.at, _step(one)) for one in owed),
    )


def _step(one: CompensationOwed) -> str:
    by = datetime_vi(one.pay_by)
    return f"thêm {vnd(one.vnd)}, thành {vnd(one.total_vnd)}; trả chậm nhất {by}"
