"""Money that is paid late costs more, once; a delay that is nobody's fault costs nothing yet."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Literal

from service_policy.actors import SYSTEM
from service_policy.cases.core.case import Case
from service_policy.cases.core.event import Event
from service_policy.cases.core.promises import commitment_of
from service_policy.cases.money.owing import CompensationOwed
from service_policy.cases.money.payout import ENOUGH_WAYS
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy
from service_policy.text import vnd


class LateExtraHeld(Event):
    """The extra for paying late is not added yet: where the money goes is not known, or only now.

    The debt stays and its pay day does not move.
    """

    type: Literal["late_extra_held"] = "late_extra_held"
    promise: str

    TITLE = "Chưa cộng khoản trả trễ: chờ Quý khách cho biết nơi nhận; khoản nợ, hạn trả giữ nguyên"

    def particulars(self, policy: Policy) -> str:
        return self.promise

    def apply(self, case: Case) -> Case:
        return replace(case, extras_held=case.extras_held | {self.promise})


def late_extras(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Yield the published extra for each promise whose money was not paid in time: once each.

    Where nobody is to blame for the delay, it is written down once that the extra waits.
    """
    for key in sorted({one.promise for one in case.debts}):
        debts = [one for one in case.debts if one.promise == key]
        if any(one.reason == "late_payment" for one in debts):
            continue
        late = [one for one in debts if not one.void and (one.paid_at or now) > one.pay_by]
        if not late:
            continue
        moments = (late_from(case, one.pay_by, one.paid_at or now) for one in late)
        since = min((one for one in moments if one is not None), default=None)
        if since is not None:
            yield _extra(case, key, since, policy, now)
        elif key not in case.extras_held and any(one.open_vnd for one in late):
            yield LateExtraHeld(at=now, promise=key)


def _extra(
    case: Case, key: str, since: datetime, policy: Policy, now: datetime
) -> CompensationOwed:
    promise = case.promise(key)
    payment = policy.company.payment
    commitment = None if promise is None else commitment_of(promise, policy)
    add = payment.late_payment_add_vnd if commitment is None else commitment.late_payment_add_vnd
    within = payment.pay_within if commitment is None else commitment.pay_within
    return CompensationOwed(
        at=now,
        by=SYSTEM,
        promise=key,
        commitment_id=None if commitment is None else commitment.id,
        version=None if commitment is None else commitment.version,
        reason="late_payment",
        vnd=add,
        total_vnd=add,
        formula=f"trả tiền bù trễ hạn, thêm một lần {vnd(add)}",
        inputs={"late_payment_add_vnd": add},
        since=since,
        pay_by=due_at(within, since, policy.calendar),
    )


def late_from(case: Case, pay_by: datetime, until: datetime) -> datetime | None:
    """Return when money that was to be paid by ``pay_by`` began to be late; None if it is not.

    Time in which a delivered question stood unanswered, and the hours in which an answer is worked
    on, are nobody's lateness.
    """
    late = pay_by
    for start, end in sorted(_excused(case, until)):
        if start <= late < end:
            late = end
    return late if late < until else None


def _excused(case: Case, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    for question in case.payout_questions:
        message = case.message(question.number)
        reached = None if message is None else message.delivered_at
        if reached is not None and question.ways >= ENOUGH_WAYS:
            yield reached, question.answered_at or until
    for one in case.payouts:
        yield one.at, one.excused_until
