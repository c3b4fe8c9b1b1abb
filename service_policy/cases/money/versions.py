"""A newer version of a promise holds for an old case only where it is better for the customer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import due_of, with_promise
from service_policy.cases.core.event import Event
from service_policy.cases.core.parts import PromiseState
from service_policy.cases.core.promises import commitment_of, multiple_of
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.clock import due_at
from service_policy.promises.commitment import Commitment
from service_policy.promises.compensation import Facts, MissingFact, amount, at_the_miss
from service_policy.promises.compensation_kinds import Rule
from service_policy.promises.policy import Policy


class PromiseImproved(Event):
    """A newer version of the promise is better for the customer and holds from now on."""

    type: Literal["promise_improved"] = "promise_improved"
    promise: str
    version: int
    title: str
    measure: str
    first_due_at: datetime
    due_at: datetime
    if_missed_vnd: int | None
    if_missed: str
    unit: str

    TITLE = "Áp bản cam kết mới có lợi hơn"

    def apply(self, case: Case) -> Case:
        fields = self.model_dump(exclude={"type", "at", "promise"})
        return with_promise(case, self.promise, **fields)


_DAYS = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89)
_PRICES = (100_000, 590_000, 2_390_000, 7_490_000, 420_000_000)
"""Where two formulas are compared; both only grow, and their kinks lie well apart."""


def improved_promises(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Yield an event for each running promise that a newer version makes better."""
    newest = {one.id: one for one in policy.commitments(now.astimezone(VIETNAM).date())}
    for promise in case.promises:
        new = newest.get(promise.commitment_id)
        if new is None or new.version <= promise.version:
            continue
        if promise.is_open and promise.missed_at is None and promise.due_at >= now:
            yield from _improved(case, promise, new, policy, now)


def _improved(
    case: Case, promise: PromiseState, new: Commitment, policy: Policy, now: datetime
) -> Iterator[Event]:
    old = commitment_of(promise, policy)
    rule, old_rule = new.rule(case.segment), old.rule(case.segment)
    part = new.part_for(case.kind, case.segment, case.category, case.topic)
    condition = None if part is None else part.condition
    stops_on = part.stops_on if part is not None and part.stops_on else new.stops_on
    target = new.deadline(policy.matrix, case.segment, condition=condition)
    first = promise.first_due_at or promise.due_at
    if target is None or rule is None or old_rule is None or stops_on != promise.stops_on:
        return
    new_first = due_at(target, promise.started_at, policy.calendar)
    pairs = list(_amounts(rule, old_rule))
    worse = (
        new_first > first
        or any(mine < before for mine, before in pairs)
        or new.late_payment_add_vnd < old.late_payment_add_vnd
        or due_at(new.pay_within, now, policy.calendar)
        > due_at(old.pay_within, now, policy.calendar)
        or not {one.id for one in new.exemptions} <= {one.id for one in old.exemptions}
    )
    better = new_first < first or any(mine > before for mine, before in pairs)
    if worse or not better:
        return
    moved = replace(promise, first_due_at=new_first, unit=target.unit)
    yield PromiseImproved(
        at=now,
        promise=promise.key,
        version=new.version,
        title=new.title,
        measure=new.measure,
        first_due_at=new_first,
        due_at=min(promise.due_at, due_of(case, moved, policy.calendar)),
        if_missed_vnd=at_the_miss(rule, multiple=multiple_of(case, policy)),
        if_missed=rule.describe(),
        unit=target.unit,
    )


def _amounts(new: Rule, old: Rule) -> Iterator[tuple[int, int]]:
    """Yield what both rules would pay in many situations; -1 where a rule cannot say."""
    for days in _DAYS:
        for price in _PRICES:
            facts = Facts(
                late_working_days=days,
                late_minutes=days * 20,
                price_vnd=price,
                late_value_vnd=price,
                short_value_vnd=price,
                difference_vnd=price // 10,
                months_used=days,
                warranty_months=24,
                damage_vnd=price,
                base_vnd=50_000,
            )
            yield _amount(new, facts), _amount(old, facts)


def _amount(rule: Rule, facts: Facts) -> int:
    try:
        return amount(rule, facts).vnd
    except MissingFact:
        return -1
