"""The parts of a case about money on its way: where it is wanted, what went out, what came back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

PayoutWay = Literal["transfer", "cash", "offset", "voucher"]


@dataclass(frozen=True)
class Paid:
    """Money that went out; ``parts`` are (debt, đồng), so that what comes back is owed again.

    ``payout`` is the number of the place that it went to, if one was known.
    """

    number: int
    vnd: int
    at: datetime
    parts: tuple[tuple[int, int], ...]
    payout: int | None = None
    returned_at: datetime | None = None


@dataclass(frozen=True)
class PayoutQuestion:
    """The question where the money should go, by its message; ``ways`` are how many it offered."""

    number: int
    at: datetime
    ways: int
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Payout:
    """Where the customer wants the money; an account lies beside the event ``number``.

    A payment file takes it from ``ready_at`` on. Until ``excused_until`` the time is nobody's: the
    customer has just given it. ``by_staff`` says that staff wrote it down, ``other_holder`` that
    the account bears another name than the case.
    """

    number: int
    way: PayoutWay
    at: datetime
    ready_at: datetime
    excused_until: datetime
    place: str = ""
    by_staff: bool = False
    other_holder: bool = False
    failed_at: datetime | None = None
    erased_at: datetime | None = None
