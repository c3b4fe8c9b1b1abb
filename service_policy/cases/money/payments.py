"""Figures that money depends on, what is given beyond what is owed, and what was paid."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.command import (
    ACCOUNTANTS,
    DESK,
    LEADS,
    CaseCommand,
    CommandRefused,
    need,
    need_text,
)
from service_policy.cases.core.event import Deed, Event, Telling
from service_policy.cases.core.facts import Evidence, FileFact
from service_policy.cases.core.parts import Debt, Fact, PromiseState
from service_policy.cases.core.payouts import Paid
from service_policy.cases.core.proofs import proven
from service_policy.cases.money.owing import CompensationOwed, rule_of
from service_policy.promises.clock import due_at
from service_policy.promises.compensation_kinds import AdvancePlusActual
from service_policy.promises.policy import Policy
from service_policy.text import vnd
from service_policy.values import Vnd

FactName = Literal[
    "price_vnd",
    "late_value_vnd",
    "short_value_vnd",
    "difference_vnd",
    "months_used",
    "warranty_months",
    "damage_vnd",
    "obligation_value_vnd",
    "no_show",
]
PayMethod = Literal["transfer", "offset", "voucher", "cash"]

PAYING_WORDS: Mapping[str, str] = {
    "transfer": "chuyển khoản",
    "offset": "trừ công nợ",
    "voucher": "phiếu mua hàng",
    "cash": "tiền mặt",
}
"""How money is paid."""
FACT_WORDS: Mapping[str, str] = {
    "price_vnd": "giá mua",
    "late_value_vnd": "giá trị phần hàng trễ",
    "short_value_vnd": "giá trị phần hàng thiếu",
    "difference_vnd": "số tiền thu sai",
    "months_used": "số tháng đã dùng",
    "warranty_months": "số tháng bảo hành",
    "damage_vnd": "thiệt hại thực tế",
    "obligation_value_vnd": "giá trị nghĩa vụ bị vi phạm",
    "no_show": "kỹ thuật viên không đến (1 là đúng)",
}
"""What a figure is."""

CAPPING = frozenset({"price_vnd", "obligation_value_vnd"})
"""Figures that limit what the customer gets, so that the customer must be able to check them."""
LARGEST = 10**12
"""No single amount of a case comes near; a typing error does."""


class FactRecorded(Deed):
    """A figure that money depends on was recorded with evidence."""

    type: Literal["fact_recorded"] = "fact_recorded"
    name: FactName
    value: int
    evidence: tuple[str, ...]
    files: tuple[FileFact, ...] = ()

    TITLE = "Đã ghi một số liệu có bằng chứng"

    def particulars(self, policy: Policy) -> str:
        return f"{FACT_WORDS[self.name]}: {self._figure()}"

    def _figure(self) -> str:
        if self.name.endswith("_vnd"):
            return vnd(self.value)
        return str(self.value) if self.name == "no_show" else f"{self.value} tháng"

    def apply(self, case: Case) -> Case:
        others = tuple((name, fact) for name, fact in case.facts if name != self.name)
        return replace(case, facts=(*others, (self.name, Fact(self.value, self.evidence, self.at))))


class PaymentRecorded(Deed):
    """Money was paid; it goes to what has been due longest.

    ``booked_on`` and ``reference`` are the bank's day and its id of the transfer; ``left_vnd`` is
    what is still owed afterwards, ``late_vnd`` what of it was added for paying late.
    """

    type: Literal["payment_recorded"] = "payment_recorded"
    vnd: Vnd
    method: PayMethod
    evidence: tuple[str, ...]
    booked_on: date | None = None
    reference: str = ""
    left_vnd: int | None = None
    late_vnd: int = 0

    TITLE = "Đã trả tiền"

    def particulars(self, policy: Policy) -> str:
        booked = "" if self.booked_on is None else f" ngày {self.booked_on:%d/%m/%Y}"
        known = f", mã giao dịch {self.reference}" if self.reference else ""
        return f"{vnd(self.vnd)}, {PAYING_WORDS[self.method]}{booked}{known}"

    def news(self, telling: Telling) -> str:
        into = f" vào tài khoản {telling.account}" if telling.account else ""
        booked = "" if self.booked_on is None else f" ngày {self.booked_on:%d/%m/%Y}"
        known = f", mã giao dịch {self.reference}" if self.reference else ""
        if self.method != "transfer":
            into = f" bằng {PAYING_WORDS[self.method]}"
        said = f"Đã trả {vnd(self.vnd)}{booked}{known}{into}."
        if self.late_vnd:
            said += f" Trả trễ, xin lỗi Quý khách; đã gồm {vnd(self.late_vnd)} vì trả trễ."
        if self.left_vnd is None:
            return said
        rest = f"Còn {vnd(self.left_vnd)}." if self.left_vnd else "Không còn khoản nào."
        call = "Sau 1 ngày làm việc chưa thấy tiền, xin gọi chúng tôi."
        return f"{said} {rest} {call}" if self.method == "transfer" else f"{said} {rest}"

    def apply(self, case: Case) -> Case:
        left = self.vnd
        paid: dict[int, Debt] = {}
        parts: list[tuple[int, int]] = []
        for debt in case.open_debts:
            part = min(left, debt.open_vnd)
            if part:
                left -= part
                whole = self.at if debt.open_vnd == part else None
                paid[debt.number] = replace(debt, paid_vnd=debt.paid_vnd + part, paid_at=whole)
                parts.append((debt.number, part))
        to = None if case.payout is None else case.payout.number
        done = Paid(case.seq + 1, self.vnd, self.at, tuple(parts), to)
        debts = tuple(paid.get(one.number, one) for one in case.debts)
        return replace(case, debts=debts, paid=(*case.paid, done))


@dataclass(frozen=True)
class RecordFact(CaseCommand):
    """Record a figure that an amount depends on, such as the price, with its evidence."""

    name: FactName
    value: int
    evidence: tuple[Evidence, ...]
    ALLOWED = DESK
    TELLS = "figures"

    def shows_figures(self, case: Case) -> bool:
        return self.name.endswith("_vnd")

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """A figure needs evidence; a second value a lead; none goes down once money is owed."""
        need(0 <= self.value <= LARGEST, "value", "Số này không hợp lý.")
        before = case.fact(self.name)
        if before is not None:
            need(self.actor.role == "lead", "actor", "Sửa số đã ghi cần trưởng nhóm.")
            lower = self.value < before and bool(case.debts)
            need(not lower, "value", "Đã tính tiền theo số cũ; không hạ số này nữa.")
        evidence = proven(case, self, readable=self.name in CAPPING)
        yield FactRecorded(
            at=now, by=self.actor, name=self.name, value=self.value, evidence=evidence
        )


@dataclass(frozen=True)
class GrantGoodwill(CaseCommand):
    """Give money at one's own discretion, beyond what is owed."""

    vnd: int
    text: str
    ALLOWED = DESK

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """An agent may give up to the published limit in all; a lead may give more."""
        need(0 < self.vnd <= LARGEST, "vnd", "Số tiền phải lớn hơn 0.")
        need_text(self.text, least=5)
        limit = policy.company.payment.discretion_limit_vnd
        within = self.actor.role == "lead" or case.goodwill_vnd + self.vnd <= limit
        need(
            within, "vnd", f"Nhân viên tự quyết tối đa {vnd(limit)} mỗi phiếu; hơn cần trưởng nhóm."
        )
        total = self.vnd + sum(one.vnd for one in case.debts if one.reason == "goodwill")
        yield CompensationOwed(
            at=now,
            by=self.actor,
            promise="",
            reason="goodwill",
            vnd=self.vnd,
            total_vnd=total,
            formula=f"tự quyết {vnd(self.vnd)}",
            inputs={"limit_vnd": limit},
            since=now,
            pay_by=due_at(policy.company.payment.pay_within, now, policy.calendar),
        )


@dataclass(frozen=True)
class GrantAdvance(CaseCommand):
    """Advance money for damage in a safety case, before anything is settled."""

    vnd: int
    text: str
    ALLOWED = LEADS

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """An advance on damage in a safety case, up to the published amount, payable at once."""
        found = advance_rule(case, policy)
        if found is None:
            raise CommandRefused("state", "Chỉ phiếu an toàn có tạm ứng.")
        promise, rule = found
        need(0 < self.vnd <= LARGEST, "vnd", "Số tiền phải lớn hơn 0.")
        need_text(self.text, least=5)
        before = sum(one.vnd for one in case.debts if one.reason == "advance")
        limit = rule.advance_up_to_vnd
        need(before + self.vnd <= limit, "vnd", f"Tạm ứng tối đa {vnd(limit)}.")
        yield CompensationOwed(
            at=now,
            by=self.actor,
            promise=promise.key,
            commitment_id=promise.commitment_id,
            version=promise.version,
            reason="advance",
            vnd=self.vnd,
            total_vnd=before + self.vnd,
            formula=f"tạm ứng {vnd(self.vnd)}",
            inputs={"advance_up_to_vnd": limit},
            since=now,
            pay_by=due_at(rule.advance_within, now, policy.calendar),
        )


@dataclass(frozen=True)
class RecordPayment(CaseCommand):
    """Record that money went out; ``evidence`` is the bank's or the ledger's reference.

    Of a line of the bank's statement, ``reference`` and ``booked_on`` are its id and its day.
    """

    vnd: int
    method: PayMethod
    evidence: tuple[Evidence, ...]
    reference: str = ""
    booked_on: date | None = None
    ALLOWED = ACCOUNTANTS

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """A payment counts when it is recorded, never earlier, and never above what is owed.

        Vouchers and offsets count only where the customer chose them.
        """
        need(self.vnd > 0, "vnd", "Số tiền phải lớn hơn 0.")
        open_vnd = case.open_vnd
        need(self.vnd <= open_vnd, "vnd", f"Chỉ còn nợ khách {vnd(open_vnd)}.")
        need(self.evidence, "evidence", "Cần bằng chứng kèm theo.")
        if self.method in ("offset", "voucher"):
            chosen = case.payout is not None and case.payout.way == self.method
            need(chosen, "method", "Chỉ trả cách này khi khách đã tự chọn ở mục nơi nhận tiền.")
        extras = sum(one.open_vnd for one in case.debts if one.reason == "late_payment")
        whole = self.vnd == open_vnd
        yield PaymentRecorded(
            at=now,
            by=self.actor,
            vnd=self.vnd,
            method=self.method,
            evidence=tuple(one.id for one in self.evidence),
            booked_on=self.booked_on,
            reference=self.reference,
            left_vnd=open_vnd - self.vnd,
            late_vnd=extras if whole else 0,
        )


def advance_rule(case: Case, policy: Policy) -> tuple[PromiseState, AdvancePlusActual] | None:
    """Return the promise of a safety case under which damage is advanced and paid."""
    for promise in case.promises:
        rule = rule_of(case, promise, policy)
        if isinstance(rule, AdvancePlusActual):
            return promise, rule
    return None
