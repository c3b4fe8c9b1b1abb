"""The few changes of a case that many events share."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from service_policy.cases.core.case import Case
from service_policy.cases.core.facts import MovedDue
from service_policy.cases.core.parts import ANSWERS, Message, PromiseState, Purpose, Span
from service_policy.cases.core.states import State


def promises(case: Case, change: Callable[[PromiseState], PromiseState]) -> Case:
    """Change every promise of a case."""
    return replace(case, promises=tuple(change(one) for one in case.promises))


def with_promise(case: Case, key: str, **fields: Any) -> Case:
    """Change some fields of one promise."""
    return promises(case, lambda one: replace(one, **fields) if one.key == key else one)


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
    return promises(
        case,
        lambda one: replace(one, ended_at=at) if one.is_open and one.stops_on == stops_on else one,
    )


def sent(case: Case, number: int, purpose: Purpose, at: datetime) -> Case:
    """Add a message; reports of progress count from it again."""
    messages = (*case.messages, Message(number, purpose, at))
    return replace(case, messages=messages, progress_missed=())


def plain(case: Case, number: int, *, without_figures: bool) -> Case:
    """Note an answer that was held to tell nothing of invoices and debts."""
    if not without_figures:
        return case
    return replace(case, plain_messages=case.plain_messages | {number})


def message(case: Case, number: int, change: Callable[[Message], Message]) -> Case:
    """Change one message."""
    changed = (change(one) if one.number == number else one for one in case.messages)
    return replace(case, messages=tuple(changed))


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

    def run_again(one: PromiseState) -> PromiseState:
        if one.stops_on != "resolved":
            return one
        return replace(one, ended_at=None, provisional_at=None, released_at=None)

    again = replace(
        case,
        state="open",
        proposal=None,
        objected=None,
        outcome=None,
        resumed_at=at,
        progress_missed=(),
    )
    return promises(again, run_again)


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
    spans = (one if one.end is not None else replace(one, end=at) for one in case.closed)
    return replace(case, closed=tuple(spans))


def released(case: Case, at: datetime) -> Case:
    """Let go of every promise that has not ended."""
    return promises(case, lambda one: replace(one, released_at=at) if one.ended_at is None else one)
