"""How events are applied, and the few changes that many of them share."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import singledispatch

from service_policy.cases.case import Case, NotAHistory
from service_policy.cases.events_filing import MovedDue
from service_policy.cases.events_outcome import ResolutionProposed
from service_policy.cases.events_service import AnswerSent
from service_policy.cases.parts import Message, PromiseState, Purpose
from service_policy.values import Model

ANSWERS: frozenset[Purpose] = frozenset({"answer", "resolution", "refusal", "review"})
"""Messages that answer the customer; an update or a question does not."""


@singledispatch
def applied(event: Model, case: Case) -> Case:
    """Return the case after ``event``; each kind of event registers its own function.

    Raises:
        NotAHistory: nobody knows this kind of event.
    """
    raise NotAHistory(f"unknown event {type(event).__name__}")


def promises(case: Case, change: Callable[[PromiseState], PromiseState]) -> Case:
    """Change every promise of a case."""
    return replace(case, promises=tuple(change(one) for one in case.promises))


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


def plain(case: Case, event: AnswerSent | ResolutionProposed) -> Case:
    """Note an answer that was held to tell nothing of invoices and debts."""
    if not event.without_figures:
        return case
    return replace(case, plain_messages=case.plain_messages | {event.message})


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
