"""Promises of a case: how they are made and missed, and look-ups of what was published."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import with_promise
from service_policy.cases.core.event import Event, Telling, moment
from service_policy.cases.core.found import STILL_OWED, MissReason
from service_policy.cases.core.parts import PromiseState
from service_policy.promises.clock import Quantity
from service_policy.promises.commitment import Commitment
from service_policy.promises.compensation import at_the_miss
from service_policy.promises.policy import Policy, Promise
from service_policy.promises.target import TermRule


class PromiseMade(Event):
    """A dated promise was made to the customer under one version of a commitment."""

    type: Literal["promise_made"] = "promise_made"
    commitment_id: str
    version: int
    title: str
    measure: str
    due_at: datetime
    if_missed_vnd: int | None
    if_missed: str
    started_at: datetime | None = None
    stops_on: str
    unit: str | None = None

    TITLE = "Đã hẹn"

    def particulars(self, policy: Policy) -> str:
        return f"“{self.title}” trước {moment(self.due_at)}"

    def apply(self, case: Case) -> Case:
        before = sum(one.commitment_id == self.commitment_id for one in case.promises)
        made = PromiseState(
            **self.model_dump(exclude={"type", "at", "started_at", "unit"}),
            started_at=self.started_at or self.at,
            key=f"{self.commitment_id}.{before + 1}" if before else self.commitment_id,
            unit=self.unit or "",
            first_due_at=self.due_at,
            made_at=self.at,
        )
        return replace(case, promises=(*case.promises, made))


class PromiseMissed(Event):
    """A promise was not kept. Nothing takes this event back."""

    type: Literal["promise_missed"] = "promise_missed"
    promise: str
    commitment_id: str
    version: int
    reason: MissReason
    due_at: datetime

    TITLE = "Chúng tôi đã trễ hẹn"

    def particulars(self, policy: Policy) -> str:
        return f"{self.commitment_id}, hạn {moment(self.due_at)}"

    def news(self, telling: Telling) -> str:
        return f"Chúng tôi đã trễ hẹn {self.commitment_id} (hạn {moment(self.due_at)})."

    def apply(self, case: Case) -> Case:
        # A promise broken by a deed is over with it; one that is late still has to be kept.
        over = {} if self.reason in STILL_OWED else {"ended_at": self.at}
        return with_promise(case, self.promise, missed_at=self.at, **over)


def pinned_term(
    case: Case, policy: Policy, rule: TermRule
) -> tuple[Commitment, Quantity] | tuple[None, None]:
    """Return the published number that a rule applies to a case, and the promise that gives it.

    It is the one of the day the case was filed, or of the nearest day that had one.
    """
    found = policy.promised_on(case.pinned_on, lambda one: one.ruled(rule) is not None)
    within = None if found is None else found.ruled(rule)
    return (None, None) if found is None or within is None else (found, within)


def hand_off_limit(case: Case, policy: Policy) -> tuple[Commitment, int] | tuple[None, None]:
    """Return how often a case may change hands, and the promise that says so, if one does."""
    found = policy.promised_on(
        case.pinned_on, lambda one: one.most_hand_offs(case.segment) is not None
    )
    most = None if found is None else found.most_hand_offs(case.segment)
    return (None, None) if found is None or most is None else (found, most)


def commitment_of(promise: PromiseState, policy: Policy) -> Commitment:
    """Return the version of the commitment that a promise stands on."""
    return policy.commitment(promise.commitment_id, promise.version)


def multiple_of(case: Case, policy: Policy) -> int:
    """Return by how much compensation is multiplied for this customer."""
    return policy.priority_multiple(case.segment, case.pinned_on) if case.priority else 1


def made(promise: Promise, now: datetime, since: datetime) -> PromiseMade:
    """Write down a promise of the policy as an event."""
    return PromiseMade(
        at=now,
        commitment_id=promise.commitment.id,
        version=promise.commitment.version,
        title=promise.commitment.title,
        measure=promise.measure,
        due_at=promise.due_at,
        if_missed_vnd=promise.if_missed_vnd,
        if_missed=promise.if_missed,
        started_at=None if since == now else since,
        stops_on=promise.stops_on,
        unit=promise.target.unit,
    )


def made_by_hand(
    case: Case,
    policy: Policy,
    commitment: Commitment,
    *,
    now: datetime,
    due: datetime,
    stops_on: str,
    target: Quantity | None = None,
) -> PromiseMade:
    """Write down a promise that arises while a case is handled: a review, the one hand-off."""
    rule = commitment.rule(case.segment)
    return PromiseMade(
        at=now,
        commitment_id=commitment.id,
        version=commitment.version,
        title=commitment.title,
        measure=commitment.measure,
        due_at=due,
        if_missed_vnd=(
            None if rule is None else at_the_miss(rule, multiple=multiple_of(case, policy))
        ),
        if_missed="" if rule is None else rule.describe(),
        stops_on=stops_on,
        unit="" if target is None else target.unit,
    )


def by_due(case: Case) -> list[PromiseState]:
    """Order promises by their dates, so that the order of sweeping does not matter."""
    return sorted(case.promises, key=lambda one: (one.due_at, one.key))


def missed(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Write down each promise whose time ran out before it was kept."""
    for promise in by_due(case):
        if promise.missed_at is None and promise.status(now) == "missed":
            yield PromiseMissed(
                at=now,
                promise=promise.key,
                commitment_id=promise.commitment_id,
                version=promise.version,
                reason="late" if promise.found is None else promise.found.reason,
                due_at=promise.due_at,
            )
