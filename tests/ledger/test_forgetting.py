"""Who asks to be forgotten is gone from every row, and no later file brings them back."""

from datetime import date
from pathlib import Path

from forms_api.fsck import faults
from forms_api.ledger.forgetting import ERASED, NO_NUMBER, forget
from forms_api.ledger.importing import import_file
from forms_api.ledger.rows import current, of_customer
from forms_api.store import Store
from tests.ledger.test_importing import NOW
from tests.support.books import AS_OF, remember

PHONE = "+84900000001"
PERSON = {"customer_id": "KH1", "segment": "household", "name": "Người Ví Dụ", "tax_code": "x"}
INVOICE = {"series": "C26TAB", "number": "7", "issued_on": date(2026, 11, 3), "total_vnd": 5}
CONTACTS = f"customer_id,kind,value,purpose\nKH1,phone,{PHONE},đơn\nKH2,email,b@b.example,đơn\n"


def books(store: Store) -> None:
    for name in ("Tên Cũ", "Người Ví Dụ"):
        remember(store, "customers", [{**PERSON, "name": name}])
    remember(store, "customers", [{**PERSON, "customer_id": "KH2", "name": "Người Khác"}])
    contact = {"customer_id": "KH1", "kind": "phone", "value": PHONE, "purpose": "đơn"}
    remember(store, "contacts", [contact])
    remember(store, "invoices", [{**INVOICE, "customer_id": "KH1", "buyer_tax_code": "y"}])
    serial = {"serial": "S1", "sku": "A", "purchase_phone": PHONE}
    remember(store, "serials", [serial, {**serial, "serial": "S2", "purchase_phone": "+84911"}])
    remember(store, "calls", [{"call_id": "G1", "direction": "in", "number": PHONE}])


def told(store: Store, table: str) -> list[dict[str, object]]:
    return store.read(lambda c: [dict(row.values) for row in current(c, table)])


def test_every_revision_of_every_row_loses_the_person(store: Store) -> None:
    books(store)
    assert store.write(lambda connection: forget(connection, "KH1", NOW)) == 6
    mine = store.read(lambda connection: of_customer(connection, "KH1"))
    assert [row.table for row in mine.rows] == ["customers", "invoices"]
    assert all(row["tax_code"] is None and row["buyer_tax_code"] is None for row in mine.rows)
    assert [row.get("purchase_phone") for row in told(store, "serials")] == [None, "+84911"]
    assert told(store, "calls")[0]["number"] == NO_NUMBER
    assert {row["name"] for row in told(store, "customers")} == {ERASED, "Người Khác"}
    assert faults(store) == []
    assert store.write(lambda connection: forget(connection, "KH1", NOW)) == 0


def test_the_next_file_brings_nobody_back(store: Store, tmp_path: Path) -> None:
    books(store)
    store.write(lambda connection: forget(connection, "KH1", NOW))
    for name, text in (
        ("customers", "customer_id,segment,name\nKH1,dealer,Người Ví Dụ\n"),
        ("contacts", CONTACTS),
        ("serials", f"serial,sku,purchase_phone\nS9,A,{PHONE}\n"),
        ("calls", f"call_id,direction,number,started_at\nG9,in,{PHONE},2026-11-20T08:00\n"),
    ):
        (tmp_path / f"{name}.csv").write_text(text)
        import_file(store, tmp_path / f"{name}.csv", NOW, "test", as_of=AS_OF)
    assert [row["customer_id"] for row in told(store, "contacts")] == ["KH2"]
    assert {row["name"] for row in told(store, "customers")} == {ERASED, "Người Khác"}
    everything = str([told(store, table) for table in ("serials", "calls", "contacts")])
    assert PHONE not in everything
