"""Folding: a case is what its events made of it, one after the other.

What the customer says in any way ends a silence, and silence can close a case only while it is
silent. A word of the customer after a proposal takes the proposal down: work goes on, the clock
runs as if nothing had been proposed, and the proposal is an end only if the customer says yes to
it. No word is read for its meaning: a machine that took "cảm ơn" for a yes would one day take
"cảm ơn, nhưng vẫn hỏng" for one.
"""

from collections.abc import Iterable
from dataclasses import replace

from service_policy.cases.core.case import Case, NotAHistory
from service_policy.cases.core.event import Event


def evolve(case: Case | None, event: Event) -> Case:
    """Return the case after one more event.

    Raises:
        NotAHistory: a case begins with ``received`` and is received once.
    """
    if case is None:
        return event.begin()
    after = _heard(case, event.apply(case), event)
    return replace(after, seq=case.seq + 1, last_at=max(case.last_at, event.at))


def fold(events: Iterable[Event], case: Case | None = None) -> Case:
    """Return the case that ``events`` tell of, in order, after ``case`` when one is given.

    Raises:
        NotAHistory: there are no events, or they are not one case's.
    """
    for event in events:
        case = evolve(case, event)
    if case is None:
        raise NotAHistory("no events")
    return case


_OBJECTABLE = frozenset({"open", "proposed", "refused"})


def _heard(before: Case, after: Case, event: Event) -> Case:
    """Return the case with what ``event`` says about the customer and about evidence."""
    at = event.at
    if _is_exhibit(event):
        after = replace(after, exhibits=(*after.exhibits, before.seq + 1))
    if event.IN_VAIN:
        after = replace(after, unreached=(*after.unreached, at))
    if not event.is_word:
        return after
    against = before.proposal is not None or before.objected is not None or before.is_ended
    after = replace(
        after, spoken=(*after.spoken, at), contested=after.contested or against or event.AGAIN
    )
    if after.proposal is None or after.state not in _OBJECTABLE:
        return after
    return replace(
        after,
        state="open",
        proposal=None,
        objected=after.proposal,
        resumed_at=at,
        progress_missed=(),
        promises=tuple(replace(one, provisional_at=None) for one in after.promises),
    )


def _is_exhibit(event: Event) -> bool:
    """Say whether an event proves more than that a member of staff typed something."""
    if event.attached:
        return True
    by_customer = event.who is not None and event.who.role == "customer"
    by_staff = event.by_person and not by_customer
    return (by_customer and event.is_word) or (event.SHOWS and not by_staff)
