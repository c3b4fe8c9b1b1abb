"""K1 and K6 from the orders of the sales system, imported as a CSV file."""

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from service_policy.promises.calendar import VIETNAM
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy
from service_policy.scorecard.histories import Period
from service_policy.scorecard.snapshot import Figure, Source
from service_policy.values import Count, Day, Model, Moment, Text

NO_LIMIT = "Chưa cam kết nào cho biết đơn phải được xác nhận trong bao lâu."


class Order(Model):
    """One order. Moments carry their offset; what has not happened yet is None."""

    order_no: Text
    received_at: Moment
    confirmed_at: Moment | None = None
    due_on: Day | None = None
    delivered_on: Day | None = None
    lines_ordered: Count
    lines_delivered: Count
    units_ordered: Count
    units_delivered: Count

    @property
    def is_complete(self) -> bool:
        """Whether every line and every unit was delivered."""
        lines = self.lines_delivered >= self.lines_ordered
        return lines and self.units_delivered >= self.units_ordered


@dataclass(frozen=True)
class OrderFile:
    """The orders of a file, and what the file was."""

    orders: tuple[Order, ...]
    source: Source


class BadOrders(ValueError):
    """Raised when an order file cannot be trusted; each fault has its line."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def read_orders(raw: bytes) -> OrderFile:
    """Read a CSV file with the columns of ``Order``; another column is a fault: it may be personal.

    Raises:
        BadOrders: with every fault at once.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadOrders(["1: not UTF-8"]) from None
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True, restval="(thiếu)")
    wanted = list(Order.model_fields)
    try:
        if sorted(rows.fieldnames or ()) != sorted(wanted):
            raise BadOrders([f"1: the columns must be {','.join(wanted)}"])
        return _orders(rows, hashlib.sha256(raw).hexdigest())
    except csv.Error as error:
        raise BadOrders([f"{rows.line_num}: {error}"]) from None


def _orders(rows: "csv.DictReader[str]", sha256: str) -> OrderFile:
    faults: list[str] = []
    orders: dict[str, Order] = {}
    for row in rows:
        line = rows.line_num
        try:
            # A row that is too long or too short keeps its odd key and is refused.
            filled = {str(name): value for name, value in row.items() if value != ""}
            order = Order.model_validate(filled)
        except ValidationError as error:
            faults += [
                f"{line}: {'.'.join(map(str, detail['loc']))}: {detail['msg']}"
                for detail in error.errors(include_url=False, include_input=False)
            ]
            continue
        if order.order_no in orders:
            faults.append(f"{line}: order_no: {order.order_no} stands here twice")
        orders[order.order_no] = order
    if faults:
        raise BadOrders(faults)
    source = Source(id="orders", sha256=sha256, rows=len(orders))
    return OrderFile(tuple(orders.values()), source)


def delivered_in_full(file: OrderFile, period: Period) -> Figure:
    """K1: of the orders due in the month, those delivered on the day, complete."""
    today = period.cutoff.astimezone(VIETNAM).date()
    first, after = (one.astimezone(VIETNAM).date() for one in (period.start, period.end))
    kept = due = 0
    for order in file.orders:
        if order.due_on is None or not first <= order.due_on < after or order.due_on >= today:
            continue
        due += 1
        kept += order.delivered_on == order.due_on and order.is_complete
    return Figure(id="K1", numerator=kept, denominator=due)


def confirmed_in_time(file: OrderFile, period: Period, policy: Policy) -> Figure:
    """K6: of the orders received in the month, those confirmed in time; waiting ones once late.

    How long an order may wait is what the promise that feeds K6 said on the day it came.
    """
    kept = counted = 0
    for order in file.orders:
        if not period.has(order.received_at):
            continue
        within = policy.limit_of("K6", order.received_at.astimezone(VIETNAM).date())
        if within is None:
            return Figure(id="K6", note=NO_LIMIT)
        limit = due_at(within, order.received_at, policy.calendar)
        confirmed = order.confirmed_at
        if confirmed is None and limit >= period.cutoff:
            continue
        counted += 1
        kept += confirmed is not None and confirmed <= limit
    return Figure(id="K6", numerator=kept, denominator=counted)
