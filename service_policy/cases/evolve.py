"""Folding: what each event does to a case. No policy, no calendar, no clock: only facts.

The doings of the daily work, of conclusions, of documents and of money stand in four modules; each
registers one small function per event with ``applied``.
"""

from collections.abc import Iterable
from dataclasses import replace

from service_policy.cases import (
    evolve_documents,
    evolve_letters,
    evolve_money,
    evolve_outcome,
    evolve_service,
)
from service_policy.cases.apply import applied
from service_policy.cases.case import Case, NotAHistory
from service_policy.cases.events import Event
from service_policy.cases.events_filing import PromiseMade, Received
from service_policy.cases.heard import heard
from service_policy.cases.parts import Holding, PromiseState

__all__ = [
    "evolve",
    "evolve_documents",
    "evolve_letters",
    "evolve_money",
    "evolve_outcome",
    "evolve_service",
    "fold",
]


def evolve(case: Case | None, event: Event) -> Case:
    """Return the case after one more event.

    Raises:
        NotAHistory: a case begins with ``received`` and is received once.
    """
    if isinstance(event, Received):
        if case is not None:
            raise NotAHistory("received twice")
        return _received(event)
    if case is None:
        raise NotAHistory(f"{event.type} before the case was received")
    after: Case = heard(case, applied(event, case), event)
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


def _received(event: Received) -> Case:
    since = min(event.since or event.at, event.at)
    return Case(
        kind=event.kind,
        segment=event.segment,
        category=event.category,
        topic=event.topic,
        priority=event.priority,
        state="open",
        received_at=since,
        fingerprint=event.fingerprint,
        owner_department=event.owner_department,
        owner_role=event.owner_role,
        holder_department=event.owner_department,
        holder_role=event.owner_role,
        holder_since=event.at,
        last_at=event.at,
        holdings=(Holding(event.owner_department, event.owner_role, event.at),),
        seq=1,
        channel=event.channel,
        entered_by=event.entered_by,
        categories=tuple(dict.fromkeys((*event.part_of, *filter(None, (event.category,))))),
        resumed_at=event.at if event.split_from else None,
        remedy_wanted=event.remedy_wanted,
        is_safety=event.danger,
    )


@applied.register
def _promise_made(event: PromiseMade, case: Case) -> Case:
    before = sum(one.commitment_id == event.commitment_id for one in case.promises)
    made = PromiseState(
        commitment_id=event.commitment_id,
        version=event.version,
        title=event.title,
        measure=event.measure,
        started_at=event.started_at or event.at,
        due_at=event.due_at,
        if_missed_vnd=event.if_missed_vnd,
        if_missed=event.if_missed,
        key=f"{event.commitment_id}.{before + 1}" if before else event.commitment_id,
        stops_on=event.stops_on,
        unit=event.unit or "",
        first_due_at=event.due_at,
        made_at=event.at,
    )
    return replace(case, promises=(*case.promises, made))
