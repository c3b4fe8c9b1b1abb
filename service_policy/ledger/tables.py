"""The tables of the ledger: which records of the business prove a promise, column by column.

A row comes from a file or from a live system; its key is natural (an order's number), so that the
same record is the same row however often it comes. Only these columns are ever stored: what proves
nothing (a street, a birthday, an identity card) has no place here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service_policy.ledger.columns import Column, choice, code, of, of_customer, text


@dataclass(frozen=True)
class Table:
    """One table: its columns, its natural key, and pairs of columns in the order of time.

    ``document`` are the columns that say what a row is part of (an order's line: the order's
    number), ``alias`` those that say another thing it may be found by; ``within`` names the table
    whose key ``document`` is where it takes several columns, and which must know it. ``not_before``
    are a column, the table of what the row is part of, and a column there that cannot be later.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    in_order: tuple[tuple[str, str], ...] = ()
    document: tuple[str, ...] = ()
    alias: tuple[str, ...] = ()
    within: str | None = None
    not_before: tuple[str, str, str] | None = None

    def column(self, name: str) -> Column | None:
        """Return a column by its name, or None."""
        return next((one for one in self.columns if one.name == name), None)

    @property
    def required(self) -> frozenset[str]:
        """The columns that every row fills."""
        return frozenset(one.name for one in self.columns if one.required)


_ALL = (
    Table(
        "customers",
        (
            Column("customer_id", "code", required=True, personal=True),
            *of("code", "segment*"),
            *of("text", "tier"),
            text("name", required=True, personal=True),
            Column("tax_code", "tax_code", personal=True),
            *of("text", "province", "area"),
            *of("code", "rep_code"),
        ),
        ("customer_id",),
    ),
    Table(
        "contacts",
        (
            of_customer(required=True),
            choice("kind", "phone", "email", "zalo", required=True),
            Column("value", "contact", required=True, personal=True),
            *of("text", "purpose*"),
            *of("date", "verified_on"),
            *of("flag", "preferred"),
        ),
        ("customer_id", "kind", "value"),
    ),
    Table(
        "orders",
        (
            *of("code", "order_no*"),
            choice("kind", "sale", "parts", "exchange"),
            of_customer(required=True),
            *of("moment", "received_at*", "confirmed_at"),
            *of("date", "due_on"),
            *of("moment", "due_at"),
            choice("due_set_by", "us", "customer"),
            *of("flag", "urgent"),
            *of("text", "province"),
            *of("moment", "cancelled_at"),
            choice("cancelled_by", "us", "customer"),
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
            code("order_no", required=True, refers_to="orders"),
            *of("count", "line_no*"),
            *of("code", "sku*"),
            *of("quantity", "qty_ordered*", "qty_confirmed", "qty_short"),
            *of("moment", "shortage_told_at"),
            *of("date", "restock_on"),
            *of("vnd", "unit_price_vnd*"),
            *of("rate", "vat_rate"),
        ),
        ("order_no", "line_no"),
        document=("order_no",),
    ),
    Table(
        "deliveries",
        (
            *of("code", "delivery_no*"),
            code("order_no", required=True, refers_to="orders"),
            choice("reason", "sale", "rest", "exchange", "return"),
            *of("code", "route"),
            *of("date", "planned_on"),
            *of("moment", "shipped_at", "delivered_at"),
            choice("result", "delivered", "partial", "refused", "lost"),
            *of("code", "carrier", "awb"),
            *of("count", "cartons", "damaged_cartons"),
        ),
        ("delivery_no",),
        (("shipped_at", "delivered_at"),),
        document=("order_no",),
        alias=("carrier", "awb"),
        not_before=("delivered_at", "orders", "received_at"),
    ),
    Table(
        "delivery_lines",
        (
            code("delivery_no", required=True, refers_to="deliveries"),
            *of("count", "line_no*"),
            *of("quantity", "qty*"),
        ),
        ("delivery_no", "line_no"),
        document=("delivery_no",),
    ),
    Table(
        "tracking",
        (
            *of("code", "carrier*", "awb*"),
            *of("moment", "at*"),
            *of("code", "code*"),
            *of("text", "words", "town"),
            *of("flag", "returning"),
            *of("code", "reason_code"),
        ),
        ("carrier", "awb", "at", "code"),
        document=("carrier", "awb"),
    ),
    Table(
        "invoices",
        (
            *of("code", "series*"),
            *of("number", "number*"),
            *of("date", "issued_on*"),
            *of("moment", "issued_at", "sent_at"),
            Column("buyer_tax_code", "tax_code", personal=True),
            of_customer(required=True),
            code("order_no", refers_to="orders"),
            Column("total_vnd", "vnd", required=True, negative=True),
            *of("date", "due_on"),
            choice("relation", "original", "adjust", "replace", "notice_04ss"),
            *of("code", "ref_series"),
            *of("number", "ref_number"),
            choice("fault", "ours", "buyer", "tax_system"),
            *of("code", "lookup_code"),
        ),
        ("series", "number"),
        (("issued_at", "sent_at"),),
        document=("order_no",),
        alias=("ref_series", "ref_number"),
    ),
    Table(
        "invoice_lines",
        (
            *of("code", "series*"),
            *of("number", "number*"),
            *of("count", "line_no*"),
            *of("code", "sku*"),
            Column("qty", "quantity", required=True, negative=True),
            *of("vnd", "unit_price_vnd*"),
            *of("rate", "vat_rate"),
            *of("code", "serial"),
        ),
        ("series", "number", "line_no"),
        document=("series", "number"),
        alias=("serial",),
        within="invoices",
    ),
    Table(
        "payments",
        (
            *of("code", "payment_no*"),
            of_customer(required=True),
            *of("date", "paid_on*"),
            Column("vnd", "vnd", required=True, negative=True),
            text("memo", personal=True),
            *of("invoice", "invoice_ref"),
            *of("moment", "matched_at"),
        ),
        ("payment_no",),
        document=("invoice_ref",),
    ),
    Table(
        "serials",
        (
            *of("code", "serial*", "sku*"),
            *of("date", "made_on", "sold_on"),
            *of("invoice", "invoice_ref"),
            *of("date", "activated_on"),
            Column("purchase_phone", "contact", personal=True),
        ),
        ("serial",),
        (("made_on", "sold_on"),),
        document=("invoice_ref",),
    ),
    Table(
        "warranty_slips",
        (
            *of("code", "slip_no*", "serial", "sku*"),
            of_customer(),
            *of("moment", "received_at*"),
            *of("date", "promised_return_on*"),
            *of("text", "place"),
            choice("kind", "repair", "exchange"),
            *of("code", "fault_code", "part_no"),
            *of("moment", "confirmed_at", "returned_at"),
            *of("code", "loan_sku"),
            *of("moment", "loan_given_at"),
            *of("vnd", "charged_vnd"),
            *of("text", "result"),
        ),
        ("slip_no",),
        (
            ("received_at", "confirmed_at"),
            ("received_at", "returned_at"),
            ("received_at", "promised_return_on"),
        ),
        document=("serial",),
    ),
    Table(
        "visits",
        (
            *of("code", "visit_no*"),
            choice("kind", "technician", "sales"),
            code("slip_no", refers_to="warranty_slips"),
            of_customer(required=True),
            *of("date", "planned_on"),
            *of("moment", "window_start", "window_end", "changed_at"),
            choice("changed_by", "us", "customer"),
            *of("moment", "notice_at", "arrived_at"),
            *of("text", "result"),
            *of("vnd", "charged_vnd"),
            *of("flag", "stock_counted"),
            *of("codes", "out_of_stock_skus"),
            *of("flag", "display_ok"),
            *of("code", "rep_code"),
        ),
        ("visit_no",),
        (("window_start", "window_end"),),
        document=("slip_no",),
    ),
    Table(
        "calls",
        (
            *of("code", "call_id*"),
            choice("direction", "in", "out", required=True),
            Column("number", "contact", required=True, personal=True),
            *of("moment", "started_at*", "answered_at", "ended_at"),
        ),
        ("call_id",),
        (("started_at", "answered_at"), ("answered_at", "ended_at")),
    ),
    Table(
        "stock",
        (
            *of("date", "as_of*"),
            *of("code", "warehouse*", "sku*"),
            *of("quantity", "on_hand*"),
            *of("date", "expected_on"),
        ),
        ("as_of", "warehouse", "sku"),
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType({one.name: one for one in _ALL})
"""Every table by its name, parents before the tables that refer to them."""
