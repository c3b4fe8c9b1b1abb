"""What a case owes: each missed promise by its own formula, step by step, under the common cap."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.actors import SYSTEM
from service_policy.cases.core.case import Case
from service_policy.cases.core.event import Deed, Event, Telling, evolve, moment
from service_policy.cases.core.parts import Debt, PromiseState
from service_policy.cases.core.promises import by_due, commitment_of, multiple_of
from service_policy.cases.money.steps import inputs_of, joined, steps_of
from service_policy.promises.clock import due_at
from service_policy.promises.compensation import Facts, MissingFact, Owed, amount
from service_policy.promises.compensation_kinds import (
    AdvancePlusActual,
    Multiplier,
    Rule,
)
from service_policy.promises.policy import Policy
from service_policy.text import vnd
from service_policy.values import Vnd

OwedReason = Literal["missed", "refund", "late_payment", "goodwill", "advance", "damage"]

OWED_WORDS: Mapping[str, str] = {
    "missed": "bù trễ hẹn",
    "refund": "hoàn tiền",
    "late_payment": "thêm vì trả tiền bù trễ",
    "goodwill": "khoản tự quyết",
    "advance": "tạm ứng thiệt hại",
    "damage": "bồi thường thiệt hại",
}
"""Why money is owed."""


class CompensationOwed(Deed):
    """One step of money owed: ``vnd`` more, ``total_vnd`` so far for this promise and reason.

    ``formula`` and ``inputs`` let anybody compute it again; ``step`` is the late working day.
    """

    type: Literal["compensation_owed"] = "compensation_owed"
    promise: str
    commitment_id: str | None = None
    version: int | None = None
    reason: OwedReason
    step: int = 0
    vnd: Vnd
    total_vnd: Vnd
    formula: str
    inputs: dict[str, int]
    since: datetime
    pay_by: datetime

    TITLE = "Chúng tôi nợ Quý khách thêm một khoản"

    def particulars(self, policy: Policy) -> str:
        why, by = OWED_WORDS[self.reason], moment(self.pay_by)
        return f"{vnd(self.vnd)}, {why} ({self.formula}); trả chậm nhất {by}"

    def series(self) -> tuple[str, ...]:
        by_steps = self.promise and self.reason in ("missed", "refund")
        return (self.promise, self.reason) if by_steps else ()

    def news(self, telling: Telling) -> str:
        sorry = "Chúng tôi trả tiền trễ, xin lỗi Quý khách. " if self._is_late else ""
        into = f", vào tài khoản {telling.account}" if telling.account else ""
        return (
            f"{sorry}Chúng tôi nợ Quý khách thêm {vnd(self.vnd)} ({OWED_WORDS[self.reason]}; cách "
            f"tính: {self.formula}), trả chậm nhất {moment(self.pay_by)}{into}."
        )

    @property
    def _is_late(self) -> bool:
        return self.reason == "late_payment"

    def apply(self, case: Case) -> Case:
        debt = Debt(
            number=case.seq + 1,
            promise=self.promise,
            reason=self.reason,
            vnd=self.vnd,
            step=self.step,
            since=self.since,
            pay_by=self.pay_by,
            formula=self.formula,
        )
        own = self.vnd if self.reason == "goodwill" and self.by.role == "agent" else 0
        return replace(case, debts=(*case.debts, debt), goodwill_vnd=case.goodwill_vnd + own)


@dataclass(frozen=True)
class Due:
    """What a promise costs at one step: ``total`` đồng since the miss, and how it is computed."""

    step: int
    total: Owed
    inputs: dict[str, int]
    since: datetime


def rule_of(case: Case, promise: PromiseState, policy: Policy) -> Rule | None:
    """Return the compensation rule that a promise stands under."""
    return commitment_of(promise, policy).rule(case.segment)


def common_cap(case: Case, policy: Policy) -> int | None:
    """Return what all missed promises of a case may cost together; None: no common cap.

    The price of the item, once it is recorded; for a segment that declares it also a share of the
    obligation. Safety has no cap.
    """
    if case.is_safety:
        return None
    caps = []
    price, obligation = case.fact("price_vnd"), case.fact("obligation_value_vnd")
    if price is not None:
        caps.append(price)
    segment = policy.matrix.segment(case.segment)
    percent = None if segment is None else segment.obligation_cap_percent
    if percent is not None and obligation is not None:
        caps.append(obligation * percent // 100)
    return min(caps, default=None)


def owed_events(
    case: Case, promise: PromiseState, policy: Policy, now: datetime
) -> Iterator[CompensationOwed]:
    """Yield one event for each step of money that a promise owes and that is not recorded yet."""
    commitment = commitment_of(promise, policy)
    debts = [one for one in case.debts if one.promise == promise.key]
    recorded = sum(one.vnd for one in debts if one.reason != "late_payment")
    rule = rule_of(case, promise, policy)
    reason = _reason(rule)
    room = _room(case, policy) if reason == "missed" else None
    for due in _due_steps(case, promise, policy, now):
        missing = due.total.vnd - recorded
        more = missing if room is None else min(missing, room)
        if more <= 0:
            continue
        recorded += more
        formula = due.total.formula
        if room is not None:
            room -= more
            if more < missing:
                formula += f"; trần chung của phiếu: còn {vnd(more)}"
        yield CompensationOwed(
            at=now,
            by=SYSTEM,
            promise=promise.key,
            commitment_id=promise.commitment_id,
            version=promise.version,
            reason=reason,
            step=due.step,
            vnd=more,
            total_vnd=recorded,
            formula=formula,
            inputs=due.inputs,
            since=due.since,
            pay_by=due_at(commitment.pay_within, due.since, policy.calendar),
        )


def _reason(rule: Rule | None) -> Literal["missed", "refund", "damage"]:
    """Say what money is: giving back a price or paying for damage is no part of the common cap."""
    if isinstance(rule, AdvancePlusActual):
        return "damage"
    return "refund" if rule is not None and rule.GIVES_BACK else "missed"


def _room(case: Case, policy: Policy) -> int | None:
    cap = common_cap(case, policy)
    if cap is None:
        return None
    return max(0, cap - sum(one.vnd for one in case.debts if one.reason == "missed"))


def _due_steps(case: Case, promise: PromiseState, policy: Policy, now: datetime) -> Iterator[Due]:
    rule = rule_of(case, promise, policy)
    if rule is None or promise.exempt == "granted":
        return
    if isinstance(rule, AdvancePlusActual):
        # Liability for a dangerous product does not depend on a missed promise (Law 19/2023, 34).
        damage = dict(case.facts).get("damage_vnd")
        if damage is not None:
            inputs = {"damage_vnd": damage.value}
            yield Due(0, amount(rule, case.money_facts()), inputs, damage.at)
        return
    if promise.status(now) != "missed":
        return
    for step, facts, since in steps_of(case, promise, rule, policy.calendar, now):
        inputs = {"late_working_days": step} | inputs_of(facts)
        owed = _amount(case, promise, rule, policy, inputs, facts)
        if owed is not None:
            yield Due(step, owed, inputs, since)


def _amount(
    case: Case,
    promise: PromiseState,
    rule: Rule,
    policy: Policy,
    inputs: dict[str, int],
    facts: Facts,
) -> Owed | None:
    """Compute one amount; what is known of the case is added to ``inputs``.

    Being late with one answer is paid once, although a priority customer has two promises on it.
    """
    siblings = [
        one
        for one in case.promises
        if one.stops_on == promise.stops_on
        and one.key != promise.key
        and isinstance(rule_of(case, one, policy), Multiplier) != isinstance(rule, Multiplier)
    ]
    multiple = multiple_of(case, policy)
    try:
        if isinstance(rule, Multiplier):
            multiple = 1
            base = max((_base(case, one, policy) for one in siblings), default=0)
            inputs["base_vnd"], facts = base, facts.model_copy(update={"base_vnd": base})
        owed = amount(rule, joined(case.money_facts(), facts), multiple=multiple)
    except MissingFact:
        return None
    inputs |= inputs_of(case.money_facts()) | inputs
    if multiple != 1:
        inputs["multiple"] = multiple
    paid = sum(
        debt.vnd
        for one in siblings
        for debt in case.debts
        if debt.promise == one.key and debt.reason == "missed"
    )
    if not paid:
        return owed
    return Owed(max(0, owed.vnd - paid), f"{owed.formula}; đã tính ở cam kết ưu tiên {vnd(paid)}")


def _base(case: Case, promise: PromiseState, policy: Policy) -> int:
    rule = rule_of(case, promise, policy)
    return 0 if rule is None else amount(rule, case.money_facts()).vnd


def owed(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Write down what each missed promise owes by now."""
    for promise in by_due(case):
        for event in owed_events(case, promise, policy, now):
            case = evolve(case, event)
            yield event
