"""A small world of orders: some late, some short, the rest as promised; and its files."""

from datetime import datetime, timedelta
from typing import Any

from tests.support.made_books import File, at, day

RECEIVED = at("2026-11-02T08:00")
PRICE = 840_000


def customers(number: int, *, segment: str = "dealer", **contact: str) -> list[File]:
    """Make the files of customers K1 to Kn with an address each, or the contacts that are given."""
    ids = [f"K{one}" for one in range(1, number + 1)]
    people = tuple({"customer_id": one, "segment": segment, "name": f"Khách {one}"} for one in ids)
    ways = contact or {"email": "{}@khach.example"}
    contacts = tuple(
        {
            "customer_id": one,
            "kind": kind,
            "value": value.format(one.lower()),
            "purpose": "mua",
        }
        for one in ids
        for kind, value in ways.items()
    )
    return [File("customers", RECEIVED, people), File("contacts", RECEIVED, contacts)]


def orders(number: int, as_of: datetime, *, short: frozenset[int] = frozenset()) -> list[File]:
    """Make orders DH-1 to DH-n of ten pots each, due on 10/11; the ``short`` ones lack two."""
    heads, lines = [], []
    for one in range(1, number + 1):
        name = f"DH-{one}"
        heads.append(
            {
                "order_no": name,
                "customer_id": f"K{one}",
                "received_at": RECEIVED,
                "confirmed_at": RECEIVED + timedelta(hours=1),
                "due_on": day("2026-11-10"),
                "due_set_by": "customer",
            }
        )
        line: dict[str, Any] = {
            "order_no": name,
            "line_no": 1,
            "sku": "NC-18C",
            "qty_ordered": 10_000,
            "unit_price_vnd": PRICE,
        }
        lines.append(line | ({"qty_short": 2000} if one in short else {}))
    return [File("orders", as_of, tuple(heads)), File("order_lines", as_of, tuple(lines))]


def deliveries(came: dict[int, str], as_of: datetime) -> File:
    """Say when orders came, by their numbers, as far as the file knows."""
    rows = [
        {"delivery_no": f"G-{one}", "order_no": f"DH-{one}", "delivered_at": at(when),
         "result": "delivered"}
        for one, when in sorted(came.items())
        if at(when) <= as_of
    ]  # fmt: skip
    return File("deliveries", as_of, tuple(rows))
