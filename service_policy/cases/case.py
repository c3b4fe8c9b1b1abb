"""The case: a fold of its events. Nothing else is true about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.cases.events import Event, PromiseMade, Received
from service_policy.clock import late_working_days
from service_policy.commitments import CaseKind
from service_policy.compensation import Facts, MissingFact, amount
from service_policy.policy import Policy, priority_multiple
from service_policy.segments import SegmentId

State = Literal["open", "closed"]
Status = Literal["running", "kept", "missed"]


@dataclass(frozen=True)
class PromiseState:
    """One promise of a case: when its clock started, when it falls due, when it ended."""

    commitment_id: str
    version: int
    title: str
    measure: str
    started_at: datetime
    due_at: datetime
    if_missed_vnd: int | None
    if_missed: str
    ended_at: datetime | None = None

    def status(self, now: datetime) -> Status:
        """Say how the promise stands: missed means its time ran out before it was kept."""
        if self.ended_at is not None and self.ended_at <= self.due_at:
            return "kept"
        return "missed" if (self.ended_at or now) > self.due_at else "running"


@dataclass(frozen=True)
class Case:
    """A case as its events tell it; ``seq`` is the number of events folded in."""

    kind: CaseKind
    segment: SegmentId
    category: str | None
    topic: str | None
    priority: bool
    state: State
    received_at: datetime
    fingerprint: str
    owner_department: str
    owner_role: str
    holder_department: str
    holder_role: str
    holder_since: datetime
    promises: tuple[PromiseState, ...] = ()
    seq: int = 0

    def owed_vnd(self, promise: PromiseState, policy: Policy, now: datetime) -> int:
        """Return what a missed promise costs so far, in đồng; 0 while it is not missed.

        Amounts that depend on a price or a damage stay 0 until staff record that fact.
        """
        if promise.status(now) != "missed":
            return 0
        commitment = policy.commitment(promise.commitment_id, promise.version)
        rule = commitment.rule(self.segment)
        if rule is None:
            return 0
        until = promise.ended_at or now
        late = late_working_days(promise.due_at, until, policy.calendar)
        multiple = priority_multiple(policy.versions, self.segment) if self.priority else 1
        try:
            return amount(rule, Facts(late_working_days=late), multiple=multiple).vnd
        except MissingFact:
            return 0


class NotAHistory(ValueError):
    """Raised when events cannot be the history of one case."""


def evolve(case: Case | None, event: Event) -> Case:
    """Return the case after one more event.

    Raises:
        NotAHistory: a case begins with ``received`` and is received once.
    """
    match event:
        case Received():
            if case is not None:
                raise NotAHistory("received twice")
            return Case(
                kind=event.kind,
                segment=event.segment,
                category=event.category,
                topic=event.topic,
                priority=event.priority,
                state="open",
                received_at=event.at,
                fingerprint=event.fingerprint,
                owner_department=event.owner_department,
                owner_role=event.owner_role,
                holder_department=event.owner_department,
                holder_role=event.owner_role,
                holder_since=event.at,
                seq=1,
            )
        case PromiseMade():
            if case is None:
                raise NotAHistory("a promise before the case was received")
            made = PromiseState(
                commitment_id=event.commitment_id,
                version=event.version,
                title=event.title,
                measure=event.measure,
                started_at=event.at,
                due_at=event.due_at,
                if_missed_vnd=event.if_missed_vnd,
                if_missed=event.if_missed,
            )
            return replace(case, promises=(*case.promises, made), seq=case.seq + 1)


def fold(events: Iterable[Event]) -> Case:
    """Return the case that ``events`` tell of, in order.

    Raises:
        NotAHistory: there are no events, or they are not one case's.
    """
    case: Case | None = None
    for event in events:
        case = evolve(case, event)
    if case is None:
        raise NotAHistory("no events")
    return case
