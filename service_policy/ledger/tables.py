"""The tables of the ledger: which records of the business prove a promise, column by column.

A row comes from a file or from a live system; its key is natural (an order's number), so that the
same record is the same row however often it comes. Only these columns are ever stored: what proves
nothing (a street, a birthday, an identity card) has no place here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

ColumnKind = Literal[
    "text", "code", "contact", "tax_code", "vnd", "quantity", "count", "rate", "date", "moment",
    "choice", "flag", "codes",
]  # fmt: skip
"""What stands in a column.

``code`` is an identifier, kept as it is written but for white space; ``vnd`` whole đồng;
``quantity`` a number of goods with at most three decimals, kept in thousandths; ``rate`` a
percentage in hundredths of a percent; ``date`` a day in Vietnam; ``moment`` aware UTC, its
offset +07:00 where none is written; ``codes`` several codes separated by commas.
"""


@dataclass(frozen=True)
class Column:
    """One column: its name, what stands in it, and whose it is.

    ``choices`` are the words of a ``choice``. ``refers_to`` names the table whose key it is, which
    must know it. A ``personal`` value is masked wherever a fault or a list shows it.
    """

    name: str
    kind: ColumnKind
    required: bool = False
    choices: tuple[str, ...] = ()
    refers_to: str | None = None
    personal: bool = False
    negative: bool = False


@dataclass(frozen=True)
class Table:
    """One table: its columns, its natural key, and pairs of columns in the order of time."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    in_order: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> Column | None:
        """Return a column by its name, or None."""
        return next((one for one in self.columns if one.name == name), None)

    @property
    def required(self) -> frozenset[str]:
        """The columns that every row fills."""
        return frozenset(one.name for one in self.columns if one.required)


def _text(name: str, *, required: bool = False, personal: bool = False) -> Column:
    return Column(name, "text", required, personal=personal)


def _code(name: str, *, required: bool = False, refers_to: str | None = None) -> Column:
    return Column(name, "code", required, refers_to=refers_to)


def _of(kind: ColumnKind, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name.rstrip("*"), kind, name.endswith("*")) for name in names)


def _choice(name: str, *choices: str, required: bool = False) -> Column:
    return Column(name, "choice", required, choices)


def _of_customer(*, required: bool = False) -> Column:
    return Column("customer_id", "code", required, refers_to="customers", personal=True)


_ALL = (
    Table(
        "customers",
        (
            Column("customer_id", "code", required=True, personal=True),
            *_of("code", "segment*"),
            *_of("text", "tier"),
            _text("name", required=True, personal=True),
            Column("tax_code", "tax_code", personal=True),
            *_of("text", "province", "area"),
            *_of("code", "rep_code"),
        ),
        ("customer_id",),
    ),
    Table(
        "contacts",
        (
            _of_customer(required=True),
            _choice("kind", "phone", "email", "zalo", required=True),
            Column("value", "contact", required=True, personal=True),
            *_of("text", "purpose*"),
            *_of("date", "verified_on"),
            *_of("flag", "preferred"),
        ),
        ("customer_id", "kind", "value"),
    ),
    Table(
        "orders",
        (
            *_of("code", "order_no*"),
            _choice("kind", "sale", "parts", "exchange"),
            _of_customer(required=True),
            *_of("moment", "received_at*", "confirmed_at"),
            *_of("date", "due_on"),
            *_of("moment", "due_at"),
            _choice("due_set_by", "us", "customer"),
            *_of("flag", "urgent"),
            *_of("text", "province"),
            *_of("moment", "cancelled_at"),
            _choice("cancelled_by", "us", "customer"),
        ),
        ("order_no",),
        (
            ("received_at", "confirmed_at"),
            ("received_at", "cancelled_at"),
            ("confirmed_at", "due_on"),
        ),
    ),
    Table(
        "order_lines",
        (
            _code("order_no", required=True, refers_to="orders"),
            *_of("count", "line_no*"),
            *_of("code", "sku*"),
            *_of("quantity", "qty_ordered*", "qty_confirmed", "qty_short"),
            *_of("moment", "shortage_told_at"),
            *_of("date", "restock_on"),
            *_of("vnd", "unit_price_vnd*"),
            *_of("rate", "vat_rate"),
        ),
        ("order_no", "line_no"),
    ),
    Table(
        "deliveries",
        (
            *_of("code", "delivery_no*"),
            _code("order_no", required=True, refers_to="orders"),
            _choice("reason", "sale", "rest", "exchange", "return"),
            *_of("code", "route"),
            *_of("date", "planned_on"),
            *_of("moment", "shipped_at", "delivered_at"),
            _choice("result", "delivered", "partial", "refused", "lost"),
            *_of("code", "carrier", "awb"),
            *_of("count", "cartons", "damaged_cartons"),
        ),
        ("delivery_no",),
        (("shipped_at", "delivered_at"),),
    ),
    Table(
        "delivery_lines",
        (
            _code("delivery_no", required=True, refers_to="deliveries"),
            *_of("count", "line_no*"),
            *_of("quantity", "qty*"),
        ),
        ("delivery_no", "line_no"),
    ),
    Table(
        "tracking",
        (
            *_of("code", "carrier*", "awb*"),
            *_of("moment", "at*"),
            *_of("code", "code*"),
            *_of("text", "words", "town"),
            *_of("flag", "returning"),
            *_of("code", "reason_code"),
        ),
        ("carrier", "awb", "at", "code"),
    ),
    Table(
        "invoices",
        (
            *_of("code", "series*", "number*"),
            *_of("date", "issued_on*"),
            *_of("moment", "issued_at", "sent_at"),
            Column("buyer_tax_code", "tax_code", personal=True),
            _of_customer(required=True),
            _code("order_no", refers_to="orders"),
            *_of("vnd", "total_vnd*"),
            *_of("date", "due_on"),
            _choice("relation", "original", "adjust", "replace", "notice_04ss"),
            *_of("code", "ref_series", "ref_number"),
            _choice("fault", "ours", "buyer", "tax_system"),
            *_of("code", "lookup_code"),
        ),
        ("series", "number"),
        (("issued_at", "sent_at"),),
    ),
    Table(
        "invoice_lines",
        (
            *_of("code", "series*", "number*"),
            *_of("count", "line_no*"),
            *_of("code", "sku*"),
            *_of("quantity", "qty*"),
            *_of("vnd", "unit_price_vnd*"),
            *_of("rate", "vat_rate"),
            *_of("code", "serial"),
        ),
        ("series", "number", "line_no"),
    ),
    Table(
        "payments",
        (
            *_of("code", "payment_no*"),
            _of_customer(required=True),
            *_of("date", "paid_on*"),
            Column("vnd", "vnd", required=True, negative=True),
            _text("memo", personal=True),
            *_of("code", "invoice_ref"),
            *_of("moment", "matched_at"),
        ),
        ("payment_no",),
    ),
    Table(
        "serials",
        (
            *_of("code", "serial*", "sku*"),
            *_of("date", "made_on", "sold_on"),
            *_of("code", "invoice_ref"),
            *_of("date", "activated_on"),
            Column("purchase_phone", "contact", personal=True),
        ),
        ("serial",),
        (("made_on", "sold_on"),),
    ),
    Table(
        "warranty_slips",
        (
            *_of("code", "slip_no*", "serial", "sku*"),
            _of_customer(),
            *_of("moment", "received_at*"),
            *_of("date", "promised_return_on*"),
            *_of("text", "place"),
            _choice("kind", "repair", "exchange"),
            *_of("code", "fault_code", "part_no"),
            *_of("moment", "confirmed_at", "returned_at"),
            *_of("code", "loan_sku"),
            *_of("moment", "loan_given_at"),
            *_of("vnd", "charged_vnd"),
            *_of("text", "result"),
        ),
        ("slip_no",),
        (("received_at", "confirmed_at"), ("received_at", "returned_at")),
    ),
    Table(
        "visits",
        (
            *_of("code", "visit_no*"),
            _choice("kind", "technician", "sales"),
            _code("slip_no", refers_to="warranty_slips"),
            _of_customer(required=True),
            *_of("date", "planned_on"),
            *_of("moment", "window_start", "window_end", "changed_at"),
            _choice("changed_by", "us", "customer"),
            *_of("moment", "notice_at", "arrived_at"),
            *_of("text", "result"),
            *_of("vnd", "charged_vnd"),
            *_of("flag", "stock_counted"),
            *_of("codes", "out_of_stock_skus"),
            *_of("flag", "display_ok"),
            *_of("code", "rep_code"),
        ),
        ("visit_no",),
        (("window_start", "window_end"),),
    ),
    Table(
        "calls",
        (
            *_of("code", "call_id*"),
            _choice("direction", "in", "out", required=True),
            Column("number", "contact", required=True, personal=True),
            *_of("moment", "started_at*", "answered_at", "ended_at"),
        ),
        ("call_id",),
        (("started_at", "answered_at"), ("answered_at", "ended_at")),
    ),
    Table(
        "stock",
        (
            *_of("date", "as_of*"),
            *_of("code", "warehouse*", "sku*"),
            *_of("quantity", "on_hand*"),
            *_of("date", "expected_on"),
        ),
        ("as_of", "warehouse", "sku"),
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType({one.name: one for one in _ALL})
"""Every table by its name, parents before the tables that refer to them."""
