"""The goods of an order: how much of each line came when, and by when they were agreed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from service_policy.ledger.rows import LedgerRow
from service_policy.obligations.obligation import State
from service_policy.obligations.seen import Moment, Seen, end_of, moment

_ARRIVED = (None, "delivered", "partial")
_FOR_THE_ORDER = (None, "sale", "rest")


@dataclass(frozen=True)
class Part:
    """So much of a line (in thousandths) and when it came; None while it has not."""

    line: LedgerRow
    quantity: int
    came: Moment | None


def lines_of(seen: Seen) -> tuple[LedgerRow, ...]:
    """Return the lines of the order."""
    return tuple(seen.books.where("order_lines", order_no=seen.row["order_no"]))


def deliveries_of(seen: Seen) -> list[tuple[Moment, LedgerRow]]:
    """Return what reached the customer, in order; lost and refused goods did not."""
    rows = seen.books.where("deliveries", order_no=seen.row["order_no"])
    came = [
        (at, one)
        for one in rows
        if one["result"] in _ARRIVED
        and one["reason"] in _FOR_THE_ORDER
        and (at := moment(one["delivered_at"])) is not None
    ]
    return sorted(came, key=lambda pair: (pair[0].at, pair[1].key))


def _wanted(line: LedgerRow) -> int:
    confirmed = line["qty_confirmed"]
    return int(line["qty_ordered"] if confirmed is None else confirmed)


def parts_of(seen: Seen) -> list[Part]:
    """Say of every line how much came when, and how much has not come.

    A delivery without lines brings all that was left, but for one that says it was partial.
    """
    left = {int(one["line_no"]): (one, _wanted(one)) for one in lines_of(seen)}
    found = []
    for at, delivery in deliveries_of(seen):
        lines = list(seen.books.where("delivery_lines", delivery_no=delivery["delivery_no"]))
        brought: dict[int, int] = defaultdict(int)
        for one in lines:
            brought[int(one["line_no"])] += int(one["qty"])
        if not lines and delivery["result"] != "partial":
            brought = defaultdict(int, {number: rest for number, (_, rest) in left.items()})
        for number, quantity in brought.items():
            line, rest = left.get(number, (None, 0))
            taken = min(rest, quantity)
            if line is not None and taken:
                found.append(Part(line, taken, at))
                left[number] = (line, rest - taken)
    return found + [Part(line, rest, None) for line, rest in left.values() if rest]


def is_untold(seen: Seen) -> bool:
    """Say whether a delivery brought a part and nobody has told yet which."""
    return any(
        one["result"] == "partial"
        and not any(seen.books.where("delivery_lines", delivery_no=one["delivery_no"]))
        for _, one in deliveries_of(seen)
    )


def _set_by_customer(row: LedgerRow) -> bool:
    return bool(row["due_set_by"] == "customer")


def agreed_date(seen: Seen) -> tuple[datetime | None, bool]:
    """Return the date that was given, and whether the customer set it.

    A date of ours never moves later: only the customer, or an earlier one, moves it.
    """
    due: datetime | None = None
    by_customer = False
    for one in (*seen.earlier, seen.row):
        given = one["due_at"] or (None if one["due_on"] is None else end_of(one["due_on"]))
        if given is not None and (due is None or given < due or _set_by_customer(one)):
            due, by_customer = given, _set_by_customer(one)
    return due, by_customer


def cancellation(seen: Seen, due: datetime) -> tuple[State | None, Moment | None]:
    """Say what a cancellation does: before the date it voids the promise, after it ends the wait.

    Only the customer's own counts; ours, and one of nobody, is goods that never come.
    """
    at = moment(seen.row["cancelled_at"])
    if at is None or seen.row["cancelled_by"] != "customer":
        return None, None
    return ("void", at) if at.at <= due else (None, at)
