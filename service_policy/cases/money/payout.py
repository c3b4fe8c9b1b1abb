"""Where the money should go: asked as soon as something is owed, chosen, changed, never twice.

Asking stops no clock and moves no pay day. What a missing answer does is one thing: the extra for
paying late is not added while a question that reached the customer, and offered two ways at least,
stands unanswered. The account itself lies in the private side, beside the event that chose it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.command import PAYEES, CaseCommand, need
from service_policy.cases.core.event import Deed, Event, Telling, moment
from service_policy.cases.core.parts import Message
from service_policy.cases.core.payouts import Payout, PayoutQuestion, PayoutWay
from service_policy.promises.clock import Quantity, due_at
from service_policy.promises.policy import Policy
from service_policy.text import vnd
from service_policy.values import Vnd

PRIVATE_KEY = "payout"
"""Under which the private payload of a choice holds the account; never shown, never searched."""
CHANGED_WAITS = Quantity(value=4, unit="working_hours")
"""How long a changed account waits before a payment file takes it: a thief's change is noticed."""
ASK_AGAIN = Quantity(value=2, unit="working_days")
ENOUGH_WAYS = 2
"""Ways that a question has to offer before its silence excuses anything."""

WAY_WORDS: Mapping[PayoutWay, str] = {
    "transfer": "chuyển khoản",
    "cash": "tiền mặt tại cửa hàng, trung tâm",
    "offset": "trừ vào công nợ",
    "voucher": "phiếu mua hàng",
}
NEVER_TOLD = "Không ai được hỏi Quý khách OTP, mật khẩu hay thu phí."


def ways(case: Case, policy: Policy) -> tuple[PayoutWay, ...]:
    """Return the ways in which this customer can be paid, as the company publishes them."""
    payment = policy.company.payment
    found: list[PayoutWay] = ["transfer"] if policy.banks.payable else []
    if payment.cash_at:
        found.append("cash")
    segment = policy.matrix.segment(case.segment)
    mine = {case.segment} if segment is None else {case.segment, segment.id}
    return (*found, *(one.id for one in payment.also if mine & set(one.segments)))


class PayoutAsked(Event):
    """The customer was asked where the money should go; ``ways`` were offered.

    ``again`` is set on the one reminder, ``why`` says that a transfer came back.
    """

    type: Literal["payout_asked"] = "payout_asked"
    message: int
    ways: tuple[PayoutWay, ...]
    vnd: Vnd
    pay_by: datetime
    again: bool = False
    why: str = ""

    TITLE = "Đã hỏi Quý khách nơi nhận tiền"
    SUBJECT = "Xin cho biết nơi nhận tiền"
    HEADING = "Hỏi nơi nhận tiền"
    INSIDE = "Khách chưa cho biết nơi nhận tiền: gọi hỏi, rồi ghi nơi nhận"

    def concerns(self, holder: str, reader: str) -> str:
        """Whoever did not answer within days may have no mail: somebody has to call."""
        return holder if self.again else ""

    def particulars(self, policy: Policy) -> str:
        return f"{vnd(self.vnd)}, hạn trả {moment(self.pay_by)}; đồng hồ không dừng"

    def about(self) -> str:
        return "nơi nhận tiền"

    def below(self, policy: Policy) -> str:
        back = f"Ngân hàng đã trả lại tiền: {self.why}. " if self.why else ""
        still = "còn nợ" if self.again or self.why else "nợ"
        how = ", hoặc ".join(WAY_WORDS[one] for one in self.ways)
        return (
            f"{back}Chúng tôi {still} Quý khách {vnd(self.vnd)}, hạn trả {moment(self.pay_by)}, mà "
            f"chưa biết trả vào đâu. Xin cho biết nơi nhận trên trang hồ sơ: {how}. Hạn trả của "
            f"chúng tôi không lùi. {NEVER_TOLD}"
        )

    def apply(self, case: Case) -> Case:
        asked = PayoutQuestion(self.message, self.at, len(self.ways))
        return replace(
            case,
            messages=(*case.messages, Message(self.message, "payout", self.at)),
            payout_questions=(*case.payout_questions, asked),
        )


class PayoutChosen(Deed):
    """It is known where the money should go; no account stands here.

    ``changed`` says that another place was known before.
    """

    type: Literal["payout_chosen"] = "payout_chosen"
    way: PayoutWay
    place: str = ""
    changed: bool = False
    other_holder: bool = False
    ready_at: datetime
    excused_until: datetime

    TITLE = "Đã ghi nơi nhận tiền"

    def particulars(self, policy: Policy) -> str:
        shop = policy.company.payment.place(self.place)
        where = WAY_WORDS[self.way] if shop is None else f"tiền mặt tại {shop.name}"
        return f"{where}, thay nơi trước" if self.changed else where

    def alert(self) -> str:
        return "Nơi nhận tiền vừa đổi" if self.changed else "Nơi nhận tiền của Quý khách"

    def news(self, telling: Telling) -> str:
        into = f"tài khoản {telling.account}" if telling.account else ""
        where = into or self.particulars(telling.policy).partition(",")[0]
        hotline = telling.policy.company.hotline
        if not self.changed:
            return f"Đã ghi nơi nhận tiền: {where}. Không phải Quý khách? Gọi ngay {hotline}."
        return (
            f"Nơi nhận tiền vừa đổi: lúc {moment(self.at)} đổi sang {where}. Không phải Quý khách? "
            f"Gọi ngay {hotline}; tiền chưa đi trước {moment(self.ready_at)}."
        )

    def apply(self, case: Case) -> Case:
        chosen = Payout(
            number=case.seq + 1,
            way=self.way,
            at=self.at,
            ready_at=self.ready_at,
            excused_until=self.excused_until,
            place=self.place,
            by_staff=self.by.role != "customer",
            other_holder=self.other_holder,
        )
        answered = (
            one if one.answered_at is not None else replace(one, answered_at=self.at)
            for one in case.payout_questions
        )
        return replace(case, payouts=(*case.payouts, chosen), payout_questions=tuple(answered))


@dataclass(frozen=True)
class ChoosePayout(CaseCommand):
    """Say where the money should go, or say it anew; ``account`` is kept beside the event alone.

    ``account`` holds ``bank_bin``, ``account`` and ``holder``, checked by whoever read them, and
    is empty for every way but a transfer.
    """

    way: PayoutWay
    account: Mapping[str, Any] = field(default_factory=dict, repr=False)
    place: str = ""
    other_holder: bool = False
    ALLOWED = PAYEES
    PRIVATE = ()

    @property
    def private(self) -> dict[str, Any]:
        """The account, for the erasable side of the store."""
        return {PRIVATE_KEY: dict(self.account)} if self.account else {}

    def decide(self, case: Case, policy: Policy, now: datetime) -> tuple[Event, ...]:
        """Possible while something is owed, also after closing; a change waits before it counts.

        Only what the customer changes excuses a delay, and only these hours; staff could change
        an account again and again.
        """
        need(case.open_vnd, "way", "Hồ sơ không còn khoản nào chưa trả.")
        need(self.way in ways(case, policy), "way", "Cách nhận này không có trong các cách đã mời.")
        if self.way == "transfer":
            bank = policy.banks.bank(str(self.account.get("bank_bin", "")))
            payable = bank is not None and bank.transfer
            need(payable, "bank", "Chọn một ngân hàng trong danh sách nhận được chuyển khoản.")
        if self.way == "cash":
            known = policy.company.payment.place(self.place)
            need(known, "place", "Chọn một nơi nhận tiền mặt trong danh sách.")
        before = case.payout
        by_customer = self.actor.role == "customer"
        later = due_at(CHANGED_WAITS, now, policy.calendar)
        waits = before is not None or not by_customer
        excused = _stands_delivered(case) or (before is not None and by_customer)
        return (
            PayoutChosen(
                at=now,
                by=self.actor,
                way=self.way,
                place=self.place if self.way == "cash" else "",
                changed=before is not None,
                other_holder=self.other_holder,
                ready_at=later if waits else now,
                excused_until=later if excused else now,
            ),
        )


def asked(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Ask where the money should go as soon as something is owed, and once more; never again.

    Whoever has answered is not asked, and neither is anybody when the company offers no way.
    """
    if not case.open_vnd or case.payout is not None:
        return
    offered = ways(case, policy)
    standing = [one for one in case.payout_questions if one.answered_at is None]
    if not offered or len(standing) > 1:
        return
    if standing and now <= due_at(ASK_AGAIN, standing[0].at, policy.calendar):
        return
    yield PayoutAsked(
        at=now,
        message=case.seq + 1,
        ways=offered,
        vnd=case.open_vnd,
        pay_by=case.open_debts[0].pay_by,
        again=bool(standing),
    )


def _stands_delivered(case: Case) -> bool:
    """Say whether a question that reached the customer and offered enough waits for its answer."""
    open_now = {one.number for one in case.payout_questions if one.answered_at is None}
    enough = {one.number for one in case.payout_questions if one.ways >= ENOUGH_WAYS}
    return any(
        one.delivered_at is not None for one in case.messages if one.number in open_now & enough
    )
