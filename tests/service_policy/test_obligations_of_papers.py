"""The promises of slips, visits and invoices as the books tell of them, edge by edge."""

from datetime import datetime
from typing import Any

import pytest

from service_policy.ledger.written import Document
from service_policy.obligations import Obligation, obligations
from service_policy.promises.policy import Policy
from tests.support.made_books import KNOWN, File, at, day, seen

NOW = at("2026-11-30T12:00")
UNTIL = at("2026-11-30T08:00")
CUSTOMER = {"customer_id": "K1", "segment": "household", "name": "Mẫu"}


def judged(
    policy: Policy,
    document: Document,
    *files: tuple[str, tuple[dict[str, Any], ...]],
    until: datetime = UNTIL,
    now: datetime = NOW,
    earlier: tuple[File, ...] = (),
) -> dict[str, Obligation]:
    brought = [File("customers", until, (CUSTOMER,)), *earlier]
    brought += [File(table, until, rows) for table, rows in files]
    looked = seen(brought, document, dict.fromkeys(KNOWN, until))
    return {one.condition: one for one in obligations(looked, policy, now)}


def owed(one: Obligation, policy: Policy) -> int | None:
    found = one.owed(policy)
    return None if found is None else found.vnd


# ---------------------------------------------------------------- slips

SLIP = Document("warranty_slips", ("P-1",))


def slip(**more: Any) -> tuple[str, tuple[dict[str, Any], ...]]:
    row = {
        "slip_no": "P-1",
        "serial": "S1",
        "sku": "NC-18T",
        "customer_id": "K1",
        "received_at": at("2026-11-02T09:00"),
        "promised_return_on": day("2026-11-06"),
    }
    return "warranty_slips", ({**row, **more},)


def sold(price: int) -> tuple[str, tuple[dict[str, Any], ...]]:
    line = {"series": "1C26TAA", "number": "7", "line_no": 1, "sku": "NC-18T", "qty": 1000}
    return "invoice_lines", ({**line, "unit_price_vnd": price, "serial": "S1"},)


@pytest.mark.parametrize(
    ("price", "returned", "vnd"),
    [
        (2_390_000, "2026-11-11T10:00", 144_000),
        (590_000, "2026-11-12T10:00", 120_000),
        (2_390_000, "2026-11-06T20:00", None),
    ],
)
def test_a_slip_returned_late_owes_what_the_worked_example_says(
    policy: Policy, price: int, returned: str, vnd: int | None
) -> None:
    found = judged(policy, SLIP, slip(returned_at=at(returned)), sold(price))["returned"]
    assert owed(found, policy) == vnd
    assert found.state == ("kept" if vnd is None else "missed")


def test_a_slip_of_a_machine_without_a_price_is_owed_and_waits_for_it(policy: Policy) -> None:
    found = judged(policy, SLIP, slip())["returned"]
    assert found.state == "missed"
    assert owed(found, policy) is None
    assert found.is_owed(policy)


def test_the_first_day_on_a_slip_holds_and_none_beyond_the_published_one(policy: Policy) -> None:
    first = File(
        "warranty_slips", at("2026-11-02T10:00"), slip(promised_return_on=day("2026-11-05"))[1]
    )
    found = judged(policy, SLIP, slip(), earlier=(first,))["returned"]
    assert found.due_at == at("2026-11-05T23:59:59")
    # A household is promised five working days at the centre.
    late = judged(policy, SLIP, slip(promised_return_on=day("2026-11-20")))["returned"]
    assert late.due_at == at("2026-11-09T17:00")


def test_an_exchange_runs_from_the_confirmed_fault(policy: Policy) -> None:
    row = slip(
        kind="exchange", confirmed_at=at("2026-11-03T09:00"), returned_at=at("2026-11-11T09:00")
    )
    found = judged(policy, SLIP, row, sold(890_000))
    assert set(found) == {"delivered"}
    assert (found["delivered"].due_at, owed(found["delivered"], policy)) == (
        at("2026-11-09T17:00"),
        60_000,
    )


# ---------------------------------------------------------------- visits

VISIT = Document("visits", ("L-1",))


def visit(**more: Any) -> tuple[str, tuple[dict[str, Any], ...]]:
    row = {
        "visit_no": "L-1",
        "customer_id": "K1",
        "window_start": at("2026-11-10T08:00"),
        "window_end": at("2026-11-10T10:00"),
    }
    return "visits", ({**row, **more},)


@pytest.mark.parametrize(
    ("more", "state", "vnd"),
    [
        ({"arrived_at": at("2026-11-10T10:00")}, "kept", None),
        ({"arrived_at": at("2026-11-10T10:30:59")}, "missed", 0),
        ({"arrived_at": at("2026-11-10T10:31")}, "missed", 100_000),
        ({"arrived_at": at("2026-11-10T10:45")}, "missed", 100_000),
        ({"arrived_at": at("2026-11-11T08:00")}, "missed", 200_000),
        ({"arrived_at": at("2026-11-10T00:00")}, "unknown", None),
        ({}, "missed", 200_000),
        ({"changed_by": "us", "changed_at": at("2026-11-09T08:00:01")}, "missed", 200_000),
        ({"changed_by": "us", "changed_at": at("2026-11-09T08:00"),
          "arrived_at": at("2026-11-10T09:00")}, "kept", None),
        ({"changed_by": "customer", "changed_at": at("2026-11-10T07:00"),
          "arrived_at": at("2026-11-10T09:00")}, "kept", None),
    ],
)  # fmt: skip
def test_a_visit_owes_by_the_minute_and_by_who_moved_it(
    policy: Policy, more: dict[str, Any], state: str, vnd: int | None
) -> None:
    found = judged(policy, VISIT, visit(**more))["arrived"]
    assert (found.state, owed(found, policy)) == (state, vnd)
    assert found.is_owed(policy) == bool(vnd)


def test_nobody_failed_to_come_before_the_day_is_over(policy: Policy) -> None:
    early = judged(policy, VISIT, visit(), until=at("2026-11-10T23:00"), now=at("2026-11-10T23:30"))
    assert early["arrived"].state == "running"


# ---------------------------------------------------------------- invoices

ORDER = Document("orders", ("DH-1",))


def order(delivered: str) -> tuple[tuple[str, tuple[dict[str, Any], ...]], ...]:
    head = {"order_no": "DH-1", "customer_id": "K1", "received_at": at("2026-11-02T08:00")}
    came = {"delivery_no": "G1", "order_no": "DH-1", "delivered_at": at(delivered)}
    return (("orders", (head,)), ("deliveries", (came,)))


def invoice(number: str, issued_on: str, **more: Any) -> dict[str, Any]:
    row = {"series": "1C26TAA", "number": number, "issued_on": day(issued_on), "customer_id": "K1"}
    return {**row, "total_vnd": 1_000_000, **more}


@pytest.mark.parametrize(
    ("issued", "state", "vnd"),
    [("2026-11-10", "kept", None), ("2026-11-11", "missed", 50_000), (None, "missed", 50_000)],
)
def test_an_invoice_is_issued_on_the_day_of_the_delivery(
    policy: Policy, issued: str | None, state: str, vnd: int | None
) -> None:
    rows = () if issued is None else (invoice("7", issued, order_no="DH-1"),)
    found = judged(policy, ORDER, *order("2026-11-10T23:30"), ("invoices", rows))["invoice_issued"]
    assert (found.state, owed(found, policy)) == (state, vnd)
    assert found.key == "CK-11:invoice_issued:orders:DH-1"


@pytest.mark.parametrize(
    ("fault", "issued", "state"),
    [
        ("ours", "2026-11-30", "missed"),
        ("buyer", "2026-11-12", "excused"),
        ("tax_system", "2026-11-12", "excused"),
        (None, "2026-11-12", "missed"),
        (None, "2026-11-30", "running"),
    ],
)
def test_a_correction_is_ours_unless_somebody_shows_otherwise_within_a_working_day(
    policy: Policy, fault: str | None, issued: str, state: str
) -> None:
    more = {} if fault is None else {"fault": fault}
    fix = invoice("8", issued, relation="replace", ref_series="1C26TAA", ref_number="7", **more)
    rows = ("invoices", (invoice("7", "2026-11-10"), fix))
    found = judged(policy, Document("invoices", ("1C26TAA", "7")), rows)["invoice_right"]
    assert (found.state, found.key) == (state, "CK-11:invoice_right:invoices:1C26TAA:7")
    # Seen from the correction, it is the same promise of the same invoice, told once.
    assert judged(policy, Document("invoices", ("1C26TAA", "8")), rows) == {}


def test_two_corrections_of_one_invoice_are_one_wrong_invoice(policy: Policy) -> None:
    fixes = [
        invoice(number, "2026-11-12", relation=relation, ref_series="1C26TAA", ref_number="7")
        for number, relation in (("8", "notice_04ss"), ("9", "replace"))
    ]
    rows = ("invoices", tuple(fixes))
    found = [judged(policy, Document("invoices", ("1C26TAA", one)), rows) for one in ("8", "9")]
    assert {one["invoice_right"].key for one in found} == {"CK-11:invoice_right:invoices:1C26TAA:7"}


def test_parts_that_come_late_count_and_cost_nothing_by_themselves(policy: Policy) -> None:
    head = {"order_no": "DH-1", "kind": "parts", "customer_id": "K1",
            "received_at": at("2026-11-02T08:00")}  # fmt: skip
    line = {"order_no": "DH-1", "line_no": 1, "sku": "NC-18T", "qty_ordered": 1000,
            "unit_price_vnd": 90_000}  # fmt: skip
    found = judged(policy, ORDER, ("orders", (head,)), ("order_lines", (line,)))
    assert {name: one.state for name, one in found.items()} == {"delivered": "missed"}
    assert not found["delivered"].is_owed(policy)
