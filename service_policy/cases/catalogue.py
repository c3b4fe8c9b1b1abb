"""Small look-ups that many decisions share: pinned commitments, departments, new promises."""

from datetime import datetime

from service_policy.cases.case import Case
from service_policy.cases.events_filing import PromiseMade
from service_policy.cases.parts import PromiseState
from service_policy.cases.refused import CommandRefused
from service_policy.clock import Quantity
from service_policy.commitments import Commitment
from service_policy.company import Department
from service_policy.compensation import at_the_miss
from service_policy.policy import Policy, Promise
from service_policy.targets import TermRule


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


def department(policy: Policy, department_id: str) -> Department:
    """Return a department.

    Raises:
        CommandRefused: there is no such department.
    """
    found = policy.company.department(department_id)
    if found is None:
        raise CommandRefused("to_department", "Chọn một phòng trong danh sách.")
    return found


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
