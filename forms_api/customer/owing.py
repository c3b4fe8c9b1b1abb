"""What is owed to a customer: each sum with its formula, when it is paid, when it was."""

from dataclasses import dataclass
from datetime import datetime

from forms_api.story import PAYING
from service_policy.cases import Case, Event
from service_policy.cases.events_money import PaymentRecorded
from service_policy.cases.parts import Debt
from service_policy.cases.words import OWED_WORDS


@dataclass(frozen=True)
class Sum:
    """All that is owed for one promise and one reason; ``pay_by`` while some is not paid.

    ``late`` says that the date of payment passed; ``void`` that it was exempted with evidence.
    """

    promise: str
    reason: str
    title: str
    vnd: int
    open_vnd: int
    formula: str
    pay_by: datetime | None
    paid_at: datetime | None
    late: bool
    void: bool


@dataclass(frozen=True)
class Payment:
    """Money that went out."""

    at: datetime
    vnd: int
    method: str


def sums(case: Case, now: datetime) -> tuple[Sum, ...]:
    """Return what is owed; the steps of one promise are one sum, under the latest formula."""
    groups: dict[tuple[str, str, bool], list[Debt]] = {}
    for one in case.debts:
        groups.setdefault((one.promise, one.reason, one.void), []).append(one)
    return tuple(_sum(debts, now) for debts in groups.values())


def _sum(debts: list[Debt], now: datetime) -> Sum:
    first, last = debts[0], debts[-1]
    waiting = [one.pay_by for one in debts if one.open_vnd]
    paid = [one.paid_at for one in debts if one.paid_at is not None]
    words = OWED_WORDS[first.reason]
    return Sum(
        promise=first.promise,
        reason=first.reason,
        title=words[:1].upper() + words[1:],
        vnd=sum(one.vnd for one in debts),
        open_vnd=sum(one.open_vnd for one in debts),
        formula=last.formula,
        pay_by=min(waiting, default=None),
        paid_at=max(paid, default=None) if not waiting else None,
        late=any(one < now for one in waiting),
        void=first.void,
    )


def payments(events: tuple[Event, ...]) -> tuple[Payment, ...]:
    """Return what was paid, in order."""
    return tuple(
        Payment(event.at, event.vnd, PAYING[event.method])
        for event in events
        if isinstance(event, PaymentRecorded)
    )
