"""What is owed to a customer: each sum with its formula, when it is paid, when it was."""

from dataclasses import dataclass
from datetime import datetime

from service_policy.cases import Case, Event
from service_policy.cases.core.parts import Debt
from service_policy.cases.money.owing import OWED_WORDS
from service_policy.cases.money.payments import PAYING_WORDS, PaymentRecorded
from service_policy.cases.money.returned import PayoutFailed
from theme.filters import datetime_vi


@dataclass(frozen=True)
class Sum:
    """All that is owed for one promise and one reason.

    ``pay_by`` is the next date of payment; when all is paid, the first that passed before the
    money went out, or else the last. ``late`` says that one passed; ``void`` that the sum was
    exempted with evidence.
    """

    promise: str
    reason: str
    title: str
    vnd: int
    open_vnd: int
    formula: str
    pay_by: datetime
    paid_at: datetime | None
    late: bool
    void: bool


@dataclass(frozen=True)
class Payment:
    """Money that went out, in words: how, when, under which of the bank's ids; or came back."""

    at: datetime
    vnd: int
    words: str
    returned: datetime | None = None


def sums(case: Case, now: datetime) -> tuple[Sum, ...]:
    """Return what is owed; the steps of one promise are one sum, under the latest formula."""
    groups: dict[tuple[str, str, bool], list[Debt]] = {}
    for one in case.debts:
        groups.setdefault((one.promise, one.reason, one.void), []).append(one)
    return tuple(_sum(debts, now) for debts in groups.values())


def _sum(debts: list[Debt], now: datetime) -> Sum:
    first, last = debts[0], debts[-1]
    waiting = [one.pay_by for one in debts if one.open_vnd]
    passed = [one.pay_by for one in debts if _is_late(one, now)]
    paid = [one.paid_at for one in debts if one.paid_at is not None]
    words = OWED_WORDS[first.reason]
    return Sum(
        promise=first.promise,
        reason=first.reason,
        title=words[:1].upper() + words[1:],
        vnd=sum(one.vnd for one in debts),
        open_vnd=sum(one.open_vnd for one in debts),
        formula=last.formula,
        pay_by=min(waiting, default=min(passed, default=last.pay_by)),
        paid_at=max(paid, default=None) if not waiting else None,
        late=bool(passed),
        void=first.void,
    )


def _is_late(debt: Debt, now: datetime) -> bool:
    done = None if debt.open_vnd else debt.paid_at
    return not debt.void and (done or now) > debt.pay_by


def payments(events: tuple[Event, ...]) -> tuple[Payment, ...]:
    """Return what was paid, in order."""
    back = {one.payment: one.at for one in events if isinstance(one, PayoutFailed)}
    return tuple(
        Payment(event.at, event.vnd, _words(event), back.get(seq))
        for seq, event in enumerate(events, 1)
        if isinstance(event, PaymentRecorded)
    )


def _words(event: PaymentRecorded) -> str:
    day = datetime_vi(event.at) if event.booked_on is None else f"ngày {event.booked_on:%d/%m/%Y}"
    known = f", mã giao dịch {event.reference}" if event.reference else ""
    return f"{PAYING_WORDS[event.method]}, {day}{known}"
