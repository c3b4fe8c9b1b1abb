"""Due dates and the stretches of time that do not count.

A due date is always computed from the date first given and from what really stopped the clock, so
that voiding a pause gives back all of its time, and so that nothing can be added up in secret.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from service_policy.cases.core.case import Case
from service_policy.cases.core.event import Event, evolve
from service_policy.cases.core.facts import MovedDue
from service_policy.cases.core.parts import PromiseState
from service_policy.promises.calendar import BusinessCalendar
from service_policy.promises.policy import Policy

E = TypeVar("E", bound=Event)
BY_THE_DAY = frozenset({"working_days", "calendar_days", "calendar_months"})


def shifted(
    first_due: datetime,
    spans: Iterable[tuple[datetime, datetime]],
    calendar: BusinessCalendar,
    *,
    by_the_day: bool,
) -> datetime:
    """Return a due date moved on by the business time of ``spans`` that began before it.

    A deadline in days moves by whole working days only, rounded down, and still ends at close of
    business: a question of one hour is no reason to answer a day later.
    """
    due = first_due
    for start, end in spans:
        if start >= due or end <= start:
            continue
        minutes = calendar.working_minutes_between(start, end)
        if by_the_day:
            days = minutes // calendar.minutes_per_day
            due = calendar.close_after_working_days(due, days) if days else due
        elif minutes:
            due = calendar.add_working_minutes(due, minutes)
    return due


def due_of(case: Case, promise: PromiseState, calendar: BusinessCalendar) -> datetime:
    """Return the due date of a promise as the pauses and closings of its case now stand."""
    first = promise.first_due_at or promise.due_at
    if promise.unit.startswith("clock_"):
        return min(first, promise.bound or first)
    waits = {
        one.number: (one.started_at, one.end)
        for one in case.pauses
        if one.number in promise.paused_by and not one.void
    }
    # A promise that came with another case ran there while this one was closed.
    made_at = promise.made_at or promise.started_at
    closed = [(max(start, made_at), end) for start, end in closed_spans(case) if end > made_at]
    spans = sorted([*waits.values(), *closed])
    day = promise.unit in BY_THE_DAY or (not promise.unit and _is_close(first, calendar))
    due = shifted(first, spans, calendar, by_the_day=day)
    if promise.bound is None or promise.bound_at is None:
        return due
    # A wait that had begun when the stricter date was set moves that date no more.
    later = sorted(
        [span for number, span in waits.items() if number not in promise.bound_over]
        + [span for span in closed if span[0] >= promise.bound_at]
    )
    bound_day = _is_close(promise.bound, calendar)
    return min(due, shifted(promise.bound, later, calendar, by_the_day=bound_day))


def _is_close(moment: datetime, calendar: BusinessCalendar) -> bool:
    return moment == calendar.close(calendar.day_received(moment))


def closed_spans(case: Case) -> list[tuple[datetime, datetime]]:
    """Return the stretches in which the case was closed and then reopened."""
    return [(one.start, one.end) for one in case.closed if one.end is not None]


def moved_dues(case: Case, policy: Policy) -> tuple[MovedDue, ...]:
    """Return the promises of ``case`` whose date differs from the one that now holds.

    A date moves later only while its promise is open and not missed; it may always move earlier.
    """
    found = []
    for promise in case.promises:
        if promise.released_at is not None:
            continue
        due = due_of(case, promise, policy.calendar)
        may_be_later = promise.is_open and promise.missed_at is None
        if due < promise.due_at or (due > promise.due_at and may_be_later):
            found.append(MovedDue(promise=promise.key, due_at=due))
    return tuple(found)


def with_dues(case: Case, event: E, policy: Policy) -> E:
    """Return an event of a case with the dates that hold after it."""
    return event.model_copy(update={"dues": moved_dues(evolve(case, event), policy)})


def late_openings(
    case: Case, promise: PromiseState, until: datetime, calendar: BusinessCalendar
) -> list[datetime]:
    """Return when each late working day of a promise began; days of a closed case do not count."""
    closed = closed_spans(case)
    return [
        opening
        for opening in calendar.openings(promise.due_at, until)
        if not any(start < opening <= end for start, end in closed)
    ]
