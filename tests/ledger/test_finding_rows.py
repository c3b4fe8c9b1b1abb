"""What belongs together in the books is found together, on both databases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import update

from forms_api.fsck import faults
from forms_api.ledger.rows import (
    changed_since,
    current,
    find,
    known_until,
    of_customer,
    of_document,
)
from forms_api.store import Store
from forms_api.store.ledger_tables import ledger_rows
from service_policy.ledger.rows import Books
from service_policy.ledger.written import Document
from tests.support.books import AS_OF, remember

NOON = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)
CUSTOMER = {"customer_id": "KH1", "segment": "dealer", "name": "Cửa hàng Ví Dụ"}
ORDER = {"order_no": "DH:1", "customer_id": "KH1", "received_at": NOON, "urgent": False}
LINE = {"order_no": "DH:1", "line_no": 1, "sku": "A-1", "qty_ordered": 10_000}
DELIVERY = {"delivery_no": "GH1", "order_no": "DH:1", "carrier": "xe-nha", "awb": "V1"}
INVOICE = {"series": "C26TAB", "number": "7", "issued_on": date(2026, 11, 3), "customer_id": "KH1"}


def books(store: Store) -> Store:
    remember(store, "customers", [CUSTOMER, {**CUSTOMER, "customer_id": "KH2"}])
    remember(
        store,
        "contacts",
        [{"customer_id": "KH1", "kind": "email", "value": "kh1@example.com", "purpose": "đơn"}],
    )
    remember(store, "orders", [ORDER, {**ORDER, "order_no": "DH2", "customer_id": "KH2"}])
    remember(store, "order_lines", [LINE, {**LINE, "order_no": "DH2"}])
    remember(store, "deliveries", [DELIVERY])
    remember(store, "delivery_lines", [{"delivery_no": "GH1", "line_no": 1, "qty": 10_000}])
    remember(store, "tracking", [{"carrier": "xe-nha", "awb": "V1", "at": NOON, "code": "giao"}])
    other = {**INVOICE, "number": "8", "relation": "replace"}
    remember(
        store,
        "invoices",
        [
            {**INVOICE, "order_no": "DH:1"},
            {**other, "ref_series": "C26TAB", "ref_number": "7"},
        ],
    )
    remember(store, "invoice_lines", [{"series": "C26TAB", "number": "7", "line_no": 1}])
    remember(
        store,
        "payments",
        [{"payment_no": "PT1", "customer_id": "KH1", "vnd": -5, "invoice_ref": "C26TAB:7"}],
    )
    remember(store, "serials", [{"serial": "S1", "sku": "A-1", "invoice_ref": "C26TAB:7"}])
    slip = {"slip_no": "P1", "serial": "S1", "sku": "A-1", "received_at": NOON}
    remember(store, "warranty_slips", [slip, {**slip, "slip_no": "P2", "customer_id": "KH2"}])
    remember(store, "visits", [{"visit_no": "L1", "slip_no": "P1", "customer_id": "KH1"}])
    return store


def found(one: Books) -> set[tuple[str, ...]]:
    return {(row.table, *row.key) for row in one.rows}


def document(store: Store, table: str, *key: str) -> set[tuple[str, ...]]:
    return found(store.read(lambda connection: of_document(connection, table, key)))


def test_an_order_comes_with_everything_that_was_done_for_it(store: Store) -> None:
    assert document(books(store), "orders", "DH:1") == {
        ("orders", "DH:1"),
        ("customers", "KH1"),
        ("order_lines", "DH:1", "1"),
        ("deliveries", "GH1"),
        ("delivery_lines", "GH1", "1"),
        ("tracking", "xe-nha", "V1", NOON.isoformat(), "giao"),
        ("invoices", "C26TAB", "7"),
        ("invoice_lines", "C26TAB", "7", "1"),
        ("payments", "PT1"),
        ("serials", "S1"),
    }


def test_an_invoice_comes_with_what_corrects_it_and_what_it_corrects(store: Store) -> None:
    books(store)
    assert ("invoices", "C26TAB", "8") in document(store, "invoices", "C26TAB", "7")
    assert ("invoices", "C26TAB", "7") in document(store, "invoices", "C26TAB", "8")
    assert ("orders", "DH:1") in document(store, "invoices", "C26TAB", "7")


def test_a_slip_comes_with_its_visits_its_product_and_how_that_was_sold(store: Store) -> None:
    slip = document(books(store), "warranty_slips", "P1")
    assert slip >= {
        ("warranty_slips", "P1"),
        ("warranty_slips", "P2"),
        ("visits", "L1"),
        ("serials", "S1"),
        ("invoices", "C26TAB", "7"),
        ("invoice_lines", "C26TAB", "7", "1"),
        ("customers", "KH1"),
    }
    assert ("warranty_slips", "P1") in document(store, "visits", "L1")


def test_an_unknown_document_has_no_rows(store: Store) -> None:
    assert document(books(store), "orders", "DH-không-có") == set()
    assert document(store, "orders") == set()


def test_a_customer_has_the_rows_that_name_it_and_nobody_elses(store: Store) -> None:
    books(store)
    mine = store.read(lambda connection: of_customer(connection, "KH2"))
    assert found(mine) == {("customers", "KH2"), ("orders", "DH2"), ("warranty_slips", "P2")}
    some = store.read(lambda c: of_customer(c, "KH1", tables=("contacts", "orders")))
    assert [row.table for row in some.rows] == ["contacts", "orders"]
    assert some.of("contacts")[0]["value"] == "kh1@example.com"


def test_values_come_back_as_they_were_read(store: Store) -> None:
    values: dict[str, Any] = {
        "visit_no": "L9",
        "customer_id": "KH1",
        "planned_on": date(2026, 11, 3),
        "window_start": NOON,
        "charged_vnd": 0,
        "stock_counted": True,
        "out_of_stock_skus": ("A-1", "Á-2"),
    }
    remember(store, "visits", [values])
    row = store.read(lambda connection: find(connection, "visits", ("L9",)))
    assert row is not None
    assert dict(row.values) == values
    assert row["arrived_at"] is None
    assert (row.origin.as_of, row.origin.source, row.origin.line) == (AS_OF, "noi-bo", 2)


def test_a_long_table_is_read_to_its_end_and_can_be_taken_up_again(store: Store) -> None:
    numbers = [f"DH{number:04d}" for number in range(1_203)]
    remember(store, "orders", [{**ORDER, "order_no": one} for one in numbers])
    keys = store.read(lambda connection: [row.key for row in current(connection, "orders")])
    assert sorted(keys) == [(one,) for one in numbers]
    assert len(set(keys)) == len(keys)
    rest = store.read(lambda c: [row.key for row in current(c, "orders", after=keys[700])])
    assert rest == keys[701:]


def test_a_newer_revision_takes_the_place_of_the_older(store: Store) -> None:
    remember(store, "orders", [ORDER])
    later = AS_OF + timedelta(days=1)
    remember(store, "orders", [{**ORDER, "confirmed_at": NOON}], as_of=later)
    rows = store.read(lambda connection: list(current(connection, "orders")))
    assert [(row["confirmed_at"], row.origin.as_of) for row in rows] == [(NOON, later)]


def test_what_files_touched_since_is_told_by_document(store: Store) -> None:
    books(store)
    last = remember(store, "stock", [{"as_of": date(2026, 11, 16), "warehouse": "K1", "sku": "A"}])

    def touched() -> set[Document]:
        return set(store.read(lambda connection: list(changed_since(connection, last))))

    assert touched() == set()
    remember(store, "tracking", [{"carrier": "xe-nha", "awb": "V1", "at": NOON, "code": "xong"}])
    assert touched() == {Document("orders", ("DH:1",))}
    remember(store, "visits", [{"visit_no": "L2", "slip_no": "P1", "customer_id": "KH1"}])
    remember(store, "invoices", [{**INVOICE, "number": "9", "order_no": "DH2"}])
    remember(store, "delivery_lines", [{"delivery_no": "GH1", "line_no": 2, "qty": 1}])
    assert touched() == {
        Document("orders", ("DH:1",)),
        Document("visits", ("L2",)),
        Document("warranty_slips", ("P1",)),
        Document("invoices", ("C26TAB", "9")),
        Document("orders", ("DH2",)),
    }


def test_a_row_that_somebody_changed_in_the_database_is_found(store: Store) -> None:
    books(store)
    assert faults(store) == []
    changed = update(ledger_rows).where(ledger_rows.c.key == "DH2")
    store.write(lambda c: c.execute(changed.values(row_values='{"order_no":"DH2"}')).rowcount)
    assert faults(store) == ["ledger: revision 1 of a row of orders was changed"]
    store.write(lambda c: c.execute(changed.values(current=False)).rowcount)
    assert faults(store)[1:] == ["ledger: a row of orders has not exactly one current revision"]


def test_the_slowest_source_says_until_when_a_table_is_known(store: Store) -> None:
    later = AS_OF + timedelta(days=2)
    remember(store, "orders", [ORDER], as_of=AS_OF - timedelta(days=5))
    remember(store, "orders", [{**ORDER, "order_no": "DH3"}], as_of=later)
    remember(store, "deliveries", [DELIVERY], as_of=later)
    assert store.read(known_until) == {"orders": later, "deliveries": later}
    remember(store, "orders", [{**ORDER, "order_no": "DH4"}], source="chi-nhanh-2")
    assert store.read(known_until) == {"orders": AS_OF, "deliveries": later}
