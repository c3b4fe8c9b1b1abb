"""Money that came back, and accounts that are not needed any more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.command import ACCOUNTANTS, CaseCommand, CommandRefused, need
from service_policy.cases.core.event import Deed, Event, evolve
from service_policy.cases.core.facts import Evidence
from service_policy.cases.money.payout import PayoutAsked, ways
from service_policy.promises.clock import Quantity, due_at
from service_policy.promises.policy import Policy
from service_policy.text import vnd
from service_policy.values import Vnd

KEPT_AFTER_PAYMENT = Quantity(value=30, unit="calendar_days")
"""How long an account is kept once all is paid; sums, days and the bank's ids stay."""

ReturnReason = Literal["returned", "no_account", "other_name", "closed", "not_collected"]

RETURN_WORDS: Mapping[str, str] = {
    "returned": "ngân hàng không nói lý do",
    "no_account": "không có tài khoản số này",
    "other_name": "tên chủ tài khoản không khớp",
    "closed": "tài khoản đã đóng hoặc bị khóa",
    "not_collected": "khách chưa tới nhận",
}
"""Why money came back."""


class PayoutFailed(Deed):
    """Money came back; what it had paid is owed again, as from the beginning.

    ``payment`` is the event that had recorded it, if it was recorded; ``reference`` is the bank's
    id of the line that brought it back.
    """

    type: Literal["payout_failed"] = "payout_failed"
    vnd: Vnd
    why: ReturnReason
    evidence: tuple[str, ...]
    payment: int | None = None
    reference: str = ""

    TITLE = "Tiền đã chuyển bị trả về; khoản nợ vẫn tính từ hạn trả cũ"
    NOTICE = "holder"
    INSIDE = "Tiền trả khách bị trả về: hỏi lại nơi nhận"

    def particulars(self, policy: Policy) -> str:
        return f"{vnd(self.vnd)}, {RETURN_WORDS[self.why]}"

    def apply(self, case: Case) -> Case:
        gone = [one for one in case.paid if one.number == self.payment]
        owed = {number: vnd for one in gone for number, vnd in one.parts}
        debts = (
            replace(one, paid_vnd=one.paid_vnd - owed[one.number], paid_at=None)
            if one.number in owed
            else one
            for one in case.debts
        )
        paid = (
            replace(one, returned_at=self.at) if one.number == self.payment else one
            for one in case.paid
        )
        last = case.payouts[-1].number if case.payouts else None
        place = gone[0].payout if gone else last
        payouts = (
            replace(one, failed_at=self.at) if one.number == place else one for one in case.payouts
        )
        return replace(case, debts=tuple(debts), paid=tuple(paid), payouts=tuple(payouts))


class AccountErased(Event):
    """The account numbers of a case were erased, and the names of their holders."""

    type: Literal["account_erased"] = "account_erased"
    numbers: tuple[int, ...]

    TITLE = "Đã xóa số tài khoản của Quý khách, vì mọi khoản đã trả xong"

    def apply(self, case: Case) -> Case:
        gone = set(self.numbers)
        payouts = (
            replace(one, erased_at=self.at) if one.number in gone else one for one in case.payouts
        )
        return replace(case, payouts=tuple(payouts))


@dataclass(frozen=True)
class RecordPayoutFailed(CaseCommand):
    """Record that money came back: before or after it was recorded as paid (``payment``)."""

    vnd: int
    why: ReturnReason
    evidence: tuple[Evidence, ...]
    payment: int | None = None
    reference: str = ""
    ALLOWED = ACCOUNTANTS

    def decide(self, case: Case, policy: Policy, now: datetime) -> tuple[Event, ...]:
        """What came back is owed again, and the customer is asked at once with the reason."""
        need(self.evidence, "evidence", "Cần bằng chứng kèm theo.")
        need(self.vnd > 0, "vnd", "Số tiền phải lớn hơn 0.")
        if self.payment is None:
            need(self.vnd <= case.open_vnd, "vnd", f"Chỉ còn nợ khách {vnd(case.open_vnd)}.")
            need(case.payout is not None, "payment", "Chưa biết trả vào đâu, nên chưa trả được.")
        else:
            known = next((one for one in case.paid if one.number == self.payment), None)
            if known is None or known.returned_at is not None:
                raise CommandRefused("payment", "Không có lần trả nào như vậy.")
            need(known.vnd == self.vnd, "vnd", f"Lần trả ấy là {vnd(known.vnd)}.")
        failed = PayoutFailed(
            at=now,
            by=self.actor,
            vnd=self.vnd,
            why=self.why,
            evidence=tuple(one.id for one in self.evidence),
            payment=self.payment,
            reference=self.reference,
        )
        after = evolve(case, failed)
        offered = ways(after, policy)
        if not offered or not after.open_vnd or after.payout is not None:
            return (failed,)
        asked = PayoutAsked(
            at=now,
            message=after.seq + 1,
            ways=offered,
            vnd=after.open_vnd,
            pay_by=after.open_debts[0].pay_by,
            why=RETURN_WORDS[self.why],
        )
        return (failed, asked)


def accounts_erased(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Erase accounts thirty days after all was paid: until then money may still come back."""
    kept = [one for one in case.payouts if one.erased_at is None and one.way == "transfer"]
    if not kept or case.open_vnd:
        return
    last = max([*(one.at for one in case.paid), *(one.at for one in kept)])
    if due_at(KEPT_AFTER_PAYMENT, last, policy.calendar) < now:
        yield AccountErased(at=now, numbers=tuple(one.number for one in kept))
