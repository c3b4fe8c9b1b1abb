"""Figures from machine events: K2, K3, K4, K8, K9, K10, K12, refusals, money, the chain.

A promise belongs to the month its deadline lies in, whenever it ended. In time is: ended in time ÷
(ended + open overdue). A miss stays a miss, exempted or not; what was withdrawn in time stands
beside. A conclusion that waits for the customer counts from the day it was told; if the customer
objects, the month is written again with a correction. A case that was closed without the customer's
consent ended, and is not in time: it stands in the denominator alone.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal

from service_policy.cases.core.parts import PromiseState
from service_policy.cases.core.promises import commitment_of
from service_policy.cases.money.payments import PaymentRecorded
from service_policy.cases.refusal.refusing import RefusalIssued
from service_policy.cases.refusal.review import ReviewDecided
from service_policy.cases.resolution.proposing import ResolutionNoticed
from service_policy.promises.clock import due_at
from service_policy.promises.commitment import IndicatorId
from service_policy.promises.policy import Policy
from service_policy.scorecard.histories import History, Period
from service_policy.scorecard.snapshot import (
    Beside,
    ChainLink,
    ClauseCount,
    Compensation,
    Figure,
    Refusals,
)

Outcome = Literal["kept", "missed", "unconfirmed", "withdrawn", "open"]
UNCONNECTED = "Nguồn số liệu chưa được nối."
NOT_RECORDED = "Hồ sơ chưa ghi lời hứa này bằng sự kiện máy."


def figures(found: Iterable[History], policy: Policy, period: Period) -> tuple[Figure, ...]:
    """Measure everything that machine events know, in the order of the page."""
    every = tuple(found)
    return (
        _in_time("K2", every, period, lambda one: one.stops_on == "answered"),
        _in_time("K3", every, period, lambda one: one.stops_on == "resolved"),
        _if_recorded("K4", every, policy, period),
        _if_recorded("K8", every, policy, period),
        _complete_refusals(every, period),
        _paid(every, period),
        _warranty_refusals(every, policy, period),
    )


def outcome(promise: PromiseState, now: datetime) -> Outcome:
    """Say what became of a promise at ``now``; a conclusion is its end before it is accepted."""
    if promise.status(now) == "missed":
        return "missed"
    if promise.end is not None:
        return "kept"
    return "open" if promise.released_at is None else "withdrawn"


def _in_time(
    indicator_id: IndicatorId,
    every: Iterable[History],
    period: Period,
    chosen: Callable[[PromiseState], bool],
) -> Figure:
    """Count cases by their strictest promise of a kind: the one that falls due first.

    What the books judge is counted among all that they tell of, and not by the misses alone.
    """
    counted: Counter[Outcome] = Counter()
    exempted = refused = 0
    for history in every:
        promises = [one for one in history.case.promises if one.found is None and chosen(one)]
        if not promises:
            continue
        first = min(promises, key=lambda one: (one.due_at, one.key))
        came_out = outcome(first, period.cutoff)
        if came_out == "withdrawn" and history.case.state not in ("withdrawn", "merged"):
            came_out = "unconfirmed"
        merged = history.case.state == "merged" and came_out == "withdrawn"
        if merged or not period.due_in(first.due_at):
            continue
        counted[came_out] += 1
        if came_out in ("kept", "missed", "unconfirmed"):
            exempted += first.exempt == "granted"
            refused += _is_refused(history)
    return Figure(
        id=indicator_id,
        numerator=counted["kept"],
        denominator=counted["kept"] + counted["missed"] + counted["unconfirmed"],
        beside=Beside(
            withdrawn=counted["withdrawn"],
            exempted=exempted,
            refused=refused,
            unconfirmed=counted["unconfirmed"],
        ),
    )


def _if_recorded(
    indicator_id: IndicatorId, every: tuple[History, ...], policy: Policy, period: Period
) -> Figure:
    def chosen(one: PromiseState) -> bool:
        return one.found is None and indicator_id in commitment_of(one, policy).indicators

    if not any(chosen(one) for history in every for one in history.case.promises):
        return Figure(id=indicator_id, note=NOT_RECORDED)
    return _in_time(indicator_id, every, period, chosen)


def _is_refused(history: History) -> bool:
    proposal = history.case.proposal
    outcome_now = history.case.outcome if proposal is None else proposal.outcome
    return outcome_now == "refused"


def _complete_refusals(every: tuple[History, ...], period: Period) -> Figure:
    complete = issued = 0
    for history in every:
        for refusal in history.in_period(RefusalIssued, period):
            message = history.case.message(refusal.message)
            delivered = message is not None and message.delivered_at is not None
            issued += 1
            complete += bool(delivered and refusal.clause and refusal.evidence)
    return Figure(id="K9", numerator=complete, denominator=issued)


def _paid(every: tuple[History, ...], period: Period) -> Figure:
    amount = cases = in_time = due = 0
    for history in every:
        payments = [one.vnd for one in history.in_period(PaymentRecorded, period)]
        amount += sum(payments)
        cases += bool(payments)
        for debt in history.case.debts:
            if not debt.counted_vnd or not period.due_in(debt.pay_by):
                continue
            if debt.paid_at is not None:
                due += 1
                in_time += debt.paid_at <= debt.pay_by
            elif debt.pay_by < period.cutoff:
                due += 1
    return Figure(id="K10", numerator=in_time, denominator=due, value_vnd=amount, cases=cases)


def _warranty_refusals(every: tuple[History, ...], policy: Policy, period: Period) -> Figure:
    refused = concluded = 0
    for history in every:
        category = policy.category(history.case.category or "")
        about_it = category is not None and category.warranty
        if history.case.kind != "warranty_claim" and not about_it:
            continue
        was_refused = any(history.in_period(RefusalIssued, period))
        refused += was_refused
        concluded += was_refused or any(history.in_period(ResolutionNoticed, period))
    return Figure(id="K12", numerator=refused, denominator=concluded)


def refusals(every: Iterable[History], period: Period) -> Refusals:
    """Count refusals of the month by clause, and those overturned in it."""
    clauses: Counter[str] = Counter()
    overturned = 0
    for history in every:
        clauses.update(refusal.clause for refusal in history.in_period(RefusalIssued, period))
        overturned += sum(
            1
            for review in history.in_period(ReviewDecided, period)
            if review.subject == "refusal" and not review.upheld
        )
    counts = (ClauseCount(clause=clause, refused=clauses[clause]) for clause in sorted(clauses))
    return Refusals(issued=clauses.total(), overturned=overturned, by_clause=tuple(counts))


def compensation(every: Iterable[History], period: Period) -> Compensation:
    """Add up the money of the month. A debt falls owed on its own date, whenever it was swept."""
    owed = paid = late = exempted = 0
    for history in every:
        paid += sum(one.vnd for one in history.in_period(PaymentRecorded, period))
        for debt in history.case.debts:
            if period.has(debt.since):
                owed += debt.vnd
                exempted += debt.vnd - debt.counted_vnd
            if period.has(debt.pay_by):
                in_time = debt.paid_at is not None and debt.paid_at <= debt.pay_by
                late += 0 if in_time else debt.counted_vnd
    return Compensation(owed_vnd=owed, paid_vnd=paid, late_vnd=late, exempted_vnd=exempted)


def chain(every: Iterable[History], policy: Policy, period: Period) -> tuple[ChainLink, ...]:
    """Count, for each limit between departments, the tasks due in the month and those in time."""
    due: Counter[tuple[str, str]] = Counter()
    kept: Counter[tuple[str, str]] = Counter()
    for history in every:
        case = history.case
        for holding in case.holdings:
            department = policy.company.department(holding.department)
            limit = department and holding.task and department.limit(holding.task)
            if not department or not limit:
                continue
            deadline = due_at(limit.within, holding.since, policy.calendar)
            until = holding.until or case.ended_at
            still_open = until is None and deadline >= period.cutoff
            if not period.due_in(deadline) or still_open:
                continue
            key = (department.id, limit.id)
            due[key] += 1
            kept[key] += until is not None and until <= deadline
    return tuple(
        ChainLink(department=key[0], limit=key[1], numerator=kept[key], denominator=due[key])
        for key in sorted(due)
    )
