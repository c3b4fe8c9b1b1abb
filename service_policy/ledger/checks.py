"""What a whole row must hold to: times in their order, signs and addresses that fit its kind."""

from collections.abc import Iterator
from datetime import date, datetime

from service_policy.ledger.rows import Values
from service_policy.ledger.tables import Table
from service_policy.promises.calendar import VIETNAM


def faults_of(table: Table, values: Values) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a row whose cells could all be read: column and message."""
    for earlier, later in table.in_order:
        first, second = values.get(earlier), values.get(later)
        if first is not None and second is not None and _is_before(second, first):
            yield later, f"trước {earlier}"
    if table.name == "contacts":
        yield from _address(values)
    if table.name == "invoices" and values["total_vnd"] < 0 and values.get("relation") != "adjust":
        yield "total_vnd", "âm, mà không phải hóa đơn điều chỉnh (relation: adjust)"
    if table.name == "deliveries" and values.get("delivered_at") and values.get("result") == "lost":
        yield "result", "lost (mất), mà lại có giờ giao"


def _address(values: Values) -> Iterator[tuple[str, str]]:
    if ("@" in values["value"]) != (values["kind"] == "email"):
        yield "value", f"không phải {values['kind']}"


def _is_before(one: date, other: date) -> bool:
    """Say whether a moment or a day is before another; of a day and a moment the days count."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return _day(one) < _day(other)


def _day(one: date) -> date:
    return one.astimezone(VIETNAM).date() if isinstance(one, datetime) else one
