"""The few changes of a case that many events share."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from service_policy.cases.core.case import Case
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
