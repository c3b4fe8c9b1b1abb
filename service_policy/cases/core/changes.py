"""The few changes of a case that many events share, and the dates that hold after them.

A due date is always computed from the date first given and from what really stopped the clock, so
that voiding a pause gives back all of its time, and so that nothing can be added up in secret.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from service_policy.cases.core.case import Case
from service_policy.cases.core.event import Event, evolve
from service_policy.cases.core.facts import MovedDue
from service_policy.cases.core.parts import (
    ANSWERS,
    Debt,
    FailedLetter,
    Message,
    Pause,
    PromiseState,
    Purpose,
    Span,
    State,
    SubCase,
)
from service_policy.promises.calendar import BusinessCalendar
from service_policy.promises.policy import Policy

Part = TypeVar("Part", PromiseState, Message, Span, FailedLetter, Pause, SubCase, Debt)


def changed(
    parts: Iterable[Part], chosen: Callable[[Part], object], **fields: Any
) -> tuple[Part, ...]:
    """Return parts of a case, some fields of the chosen ones changed."""
    return tuple(replace(one, **fields) if chosen(one) else one for one in parts)


def promises(case: Case, change: Callable[[PromiseState], PromiseState]) -> Case:
    """Change every promise of a case."""
    return replace(case, promises=tuple(change(one) for one in case.promises))


def with_promise(case: Case, key: str, **fields: Any) -> Case:
    """Change some fields of one promise."""
    return replace(case, promises=changed(case.promises, lambda one: one.key == key, **fields))


def moved(case: Case, dues: Iterable[MovedDue], at: datetime) -> Case:
    """Give promises the dates that an event of ``at`` carries."""
    dates = {one.promise: one for one in dues}

    def move(one: PromiseState) -> PromiseState:
        date = dates.get(one.key)
        if date is None:
            return one
        if date.bound is None:
            return replace(one, due_at=date.due_at)
        return replace(
            one, due_at=date.due_at, bound=date.bound, bound_at=at, bound_over=one.paused_by
        )

    return promises(case, move)


def ended(case: Case, stops_on: str, at: datetime) -> Case:
    """End the open promises that wait for ``stops_on``."""
    waiting = changed(
        case.promises, lambda one: one.is_open and one.stops_on == stops_on, ended_at=at
    )
    return replace(case, promises=waiting)


def sent(case: Case, number: int, purpose: Purpose, at: datetime) -> Case:
    """Add a message; reports of progress count from it again."""
    messages = (*case.messages, Message(number, purpose, at))
    return replace(case, messages=messages, progress_missed=())


def plain(case: Case, number: int, *, without_figures: bool) -> Case:
    """Note an answer that was held to tell nothing of invoices and debts."""
    if not without_figures:
        return case
    return replace(case, plain_messages=case.plain_messages | {number})


def with_message(case: Case, number: int, **fields: Any) -> Case:
    """Change some fields of one message."""
    messages = changed(case.messages, lambda one: one.number == number, **fields)
    return replace(case, messages=messages)


def reanswered(case: Case) -> Case:
    """Let the first answer that counts end the promises of an answer, or none of them.

    What arrived before the case took a promise on cannot have answered for it.
    """
    counting = sorted(
        one.delivered_at
        for one in case.messages
        if one.purpose in ANSWERS and one.counts and one.delivered_at is not None
    )

    def answer(one: PromiseState) -> PromiseState:
        if one.stops_on != "answered" or one.released_at is not None:
            return one
        since = one.made_at or one.started_at
        return replace(one, ended_at=next((at for at in counting if at >= since), None))

    return promises(case, answer)


def restored(case: Case, at: datetime) -> Case:
    """Void what concluded the case: its resolution counts as never having been there."""
    running = changed(
        case.promises,
        lambda one: one.stops_on == "resolved",
        ended_at=None,
        provisional_at=None,
        released_at=None,
    )
    return replace(
        case,
        state="open",
        proposal=None,
        objected=None,
        outcome=None,
        resumed_at=at,
        progress_missed=(),
        promises=running,
    )


def over(case: Case, state: State, at: datetime) -> Case:
    """End a case in one of the states in which nobody works on it."""
    return replace(
        case,
        state=state,
        closed=(*case.closed, Span(at)),
        proposal=None,
        objected=None,
        refusal=None,
    )


def opened_again(case: Case, at: datetime) -> Case:
    """End the stretch of time in which the case was closed."""
    return replace(case, closed=changed(case.closed, lambda one: one.end is None, end=at))


def released(case: Case, at: datetime) -> Case:
    """Let go of every promise that has not ended."""
    running = changed(case.promises, lambda one: one.ended_at is None, released_at=at)
    return replace(case, promises=running)


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
