"""Decisions about money: figures, goodwill, advances, payments."""

from datetime import datetime

from service_policy.cases import commands_money as commands
from service_policy.cases import events_money as events
from service_policy.cases.case import Case
from service_policy.cases.commands_base import Evidence
from service_policy.cases.decide_messages import need_text
from service_policy.cases.events import Event
from service_policy.cases.money import advance_rule
from service_policy.cases.proofs import proven
from service_policy.cases.refused import CommandRefused, need
from service_policy.clock import due_at
from service_policy.policy import Policy
from service_policy.text import vnd

CAPPING = frozenset({"price_vnd", "obligation_value_vnd"})
"""Figures that limit what the customer gets, so that the customer must be able to check them."""
LARGEST = 10**12
"""No single amount of a case comes near; a typing error does."""


def evidence_ids(evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    """Return the ids of the evidence, or refuse when there is none."""
    need(evidence, "evidence", "Cần bằng chứng kèm theo.")
    return tuple(one.id for one in evidence)


def record_fact(
    case: Case, command: commands.RecordFact, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """A figure needs evidence; a second value a lead; none goes down once money is owed."""
    need(0 <= command.value <= LARGEST, "value", "Số này không hợp lý.")
    before = case.fact(command.name)
    if before is not None:
        need(command.actor.role == "lead", "actor", "Sửa số đã ghi cần trưởng nhóm.")
        lower = command.value < before and bool(case.debts)
        need(not lower, "value", "Đã tính tiền theo số cũ; không hạ số này nữa.")
    evidence = proven(case, command, readable=command.name in CAPPING)
    return (
        events.FactRecorded(
            at=now, by=command.actor, name=command.name, value=command.value, evidence=evidence
        ),
    )


def grant_goodwill(
    case: Case, command: commands.GrantGoodwill, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """An agent may give up to the published limit in all; a lead may give more."""
    need(0 < command.vnd <= LARGEST, "vnd", "Số tiền phải lớn hơn 0.")
    need_text(command.text, least=5)
    limit = policy.company.payment.discretion_limit_vnd
    within = command.actor.role == "lead" or case.goodwill_vnd + command.vnd <= limit
    need(within, "vnd", f"Nhân viên tự quyết tối đa {vnd(limit)} mỗi phiếu; hơn cần trưởng nhóm.")
    total = command.vnd + sum(one.vnd for one in case.debts if one.reason == "goodwill")
    return (
        events.CompensationOwed(
            at=now,
            by=command.actor,
            promise="",
            reason="goodwill",
            vnd=command.vnd,
            total_vnd=total,
            formula=f"tự quyết {vnd(command.vnd)}",
            inputs={"limit_vnd": limit},
            since=now,
            pay_by=due_at(policy.company.payment.pay_within, now, policy.calendar),
        ),
    )


def grant_advance(
    case: Case, command: commands.GrantAdvance, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """An advance on damage in a safety case, up to the published amount, payable at once."""
    found = advance_rule(case, policy)
    if found is None:
        raise CommandRefused("state", "Chỉ phiếu an toàn có tạm ứng.")
    promise, rule = found
    need(0 < command.vnd <= LARGEST, "vnd", "Số tiền phải lớn hơn 0.")
    need_text(command.text, least=5)
    before = sum(one.vnd for one in case.debts if one.reason == "advance")
    limit = rule.advance_up_to_vnd
    need(before + command.vnd <= limit, "vnd", f"Tạm ứng tối đa {vnd(limit)}.")
    return (
        events.CompensationOwed(
            at=now,
            by=command.actor,
            promise=promise.key,
            commitment_id=promise.commitment_id,
            version=promise.version,
            reason="advance",
            vnd=command.vnd,
            total_vnd=before + command.vnd,
            formula=f"tạm ứng {vnd(command.vnd)}",
            inputs={"advance_up_to_vnd": limit},
            since=now,
            pay_by=due_at(rule.advance_within, now, policy.calendar),
        ),
    )


def record_payment(
    case: Case, command: commands.RecordPayment, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """A payment counts at the moment it is recorded, never earlier, and never above what is owed.

    Vouchers and offsets count only because the customer chose them; that choice is the evidence.
    """
    need(command.vnd > 0, "vnd", "Số tiền phải lớn hơn 0.")
    open_vnd = case.open_vnd
    need(command.vnd <= open_vnd, "vnd", f"Chỉ còn nợ khách {vnd(open_vnd)}.")
    evidence = evidence_ids(command.evidence)
    return (
        events.PaymentRecorded(
            at=now, by=command.actor, vnd=command.vnd, method=command.method, evidence=evidence
        ),
    )
