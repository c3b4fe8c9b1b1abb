"""The sample ledger is what its tool writes, can be taken, and holds the stories it says."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from stdnum.vn import mst

from forms_api.ledger.counts import sources
from forms_api.ledger.importing import import_file, parents_first
from forms_api.ledger.rows import of_document
from forms_api.portal import Portal
from service_policy.ledger.rows import Books
from service_policy.promises.calendar import VIETNAM
from tests.forms_api.conftest import migrated_file, now, policy, sqlite_portal, sqlite_store
from tests.support.application import library
from tooling.sample_ledger import CLOSED_AT, FOLDER, tables, written
from tooling.sample_ledger.first import load_sample

__all__ = ["library", "migrated_file", "now", "policy", "sqlite_portal", "sqlite_store"]

NOW = (CLOSED_AT + timedelta(days=2)).astimezone(UTC)


def told(table: str) -> list[dict[str, str]]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def document(sqlite_portal: Portal) -> Callable[[str, str], Books]:
    """Load every file of the sample; return a finder of documents."""
    for file in parents_first(list(FOLDER.glob("*.csv"))):
        import_file(sqlite_portal.store, file, NOW, "test", as_of=CLOSED_AT.astimezone(UTC))
    return lambda table, key: sqlite_portal.store.read(lambda c: of_document(c, table, (key,)))


def test_the_files_are_what_the_tool_writes() -> None:
    sample = Path(__file__).parents[2] / "content"
    for name, rows in tables(sample).items():
        assert (FOLDER / f"{name}.csv").read_text(encoding="utf-8") == written(rows)


def test_every_invoice_has_a_sound_tax_code_that_nobody_has() -> None:
    invoices = told("invoices")
    assert len(invoices) == 2_000
    wanted = {"series", "number", "issued_on", "buyer_tax_code", "total_vnd", "customer_id"}
    assert wanted <= invoices[0].keys()
    assert all(mst.is_valid(one["buyer_tax_code"]) for one in invoices)
    assert {one["buyer_tax_code"][:2] for one in invoices} == {"99"}


def test_nobody_can_be_reached_by_accident() -> None:
    for one in told("contacts"):
        assert one["value"].startswith("0900000") or one["value"].endswith("@khach.example")
    assert all(one["number"].startswith("0900000") for one in told("calls"))
    assert all("Ví Dụ" in one["name"] for one in told("customers"))


def test_orders_with_a_story_are_told_by_their_number(
    document: Callable[[str, str], Books],
) -> None:
    orders = [one["order_no"] for one in told("orders")]
    assert len(orders) == 1_500
    for story, count in (("TRE", 12), ("THIEU", 5), ("BAO", 10), ("HUY", 20)):
        assert sum(f"-{story}-" in one for one in orders) == count
    late = [one for one in orders if _is_late(document("orders", one))]
    assert late == [f"DH26-TRE-{number:02d}" for number in range(1, 13)]
    for number in range(1, 6):
        order = document("orders", f"DH26-THIEU-{number:02d}")
        (short,) = order.where("order_lines", qty_short=1000)
        assert short["qty_confirmed"] == short["qty_ordered"] - 1000


def _is_late(books: Books) -> bool:
    (order,) = books.of("orders")
    due = order["due_on"]
    return any(
        row["delivered_at"].astimezone(VIETNAM).date() > due for row in books.of("deliveries")
    )


def test_a_first_start_of_the_sample_company_loads_it_and_no_other_start_does(
    sqlite_portal: Portal, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = sqlite_portal.settings
    other = replace(settings, content_dir=Path(__file__).parent)
    load_sample(replace(sqlite_portal, settings=other), NOW)
    sample = sqlite_portal
    load_sample(replace(sample, settings=replace(settings, env="production")), NOW)
    load_sample(sample, NOW - timedelta(days=9))
    assert sqlite_portal.store.read(sources) == []
    assert "ở tương lai" in capsys.readouterr().out
    load_sample(sample, NOW)
    found = sqlite_portal.store.read(sources)
    assert {(one.table, one.files, one.gone) for one in found} >= {("orders", 1, 0)}
    assert sum(one.rows for one in found) == sum(len(told(one.table)) for one in found)
    load_sample(sample, NOW)
    assert sqlite_portal.store.read(sources) == found
