"""The promises of an order as the books tell of them: the worked examples, edge by edge."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_policy.ledger.written import Document
from service_policy.obligations import Obligation, obligations
from service_policy.promises.policy import Policy
from tests.support.made_books import KNOWN, File, at, day, seen

ORDER = Document("orders", ("DH-1",))
EARLY = at("2026-11-02T08:00")
NOW = at("2026-11-30T12:00")


def judged(
    policy: Policy,
    *,
    segment: str = "dealer",
    order: dict[str, Any] | None = None,
    lines: tuple[dict[str, Any], ...] = (),
    deliveries: tuple[dict[str, Any], ...] = (),
    delivery_lines: tuple[dict[str, Any], ...] = (),
    as_of: str = "2026-11-30T08:00",
    now: datetime = NOW,
    earlier: tuple[dict[str, Any], ...] = (),
) -> dict[str, Obligation]:
    """Judge an order of ten pots at 840.000 đ, confirmed on Monday 2/11, due on Tuesday 10/11."""
    head = {
        "order_no": "DH-1",
        "customer_id": "K1",
        "received_at": EARLY,
        "confirmed_at": EARLY + timedelta(hours=1),
        "due_on": day("2026-11-10"),
        **(order or {}),
    }
    line = {"order_no": "DH-1", "line_no": 1, "sku": "NC-18C", "qty_ordered": 10_000}
    found = tuple({**line, "unit_price_vnd": 840_000, **one} for one in lines or ({},))
    until = at(as_of)
    files = [
        File("customers", until, ({"customer_id": "K1", "segment": segment, "name": "Mẫu"},)),
        *(File("orders", EARLY, ({**head, **one},)) for one in earlier),
        File("orders", until, (head,)),
        File("order_lines", until, found),
        File("deliveries", until, tuple({"order_no": "DH-1", **one} for one in deliveries)),
        File("delivery_lines", until, delivery_lines),
    ]
    known = dict.fromkeys(KNOWN, until)
    return {one.condition: one for one in obligations(seen(files, ORDER, known), policy, now)}


def came(number: str, moment: str, **more: Any) -> dict[str, Any]:
    return {"delivery_no": number, "delivered_at": at(moment), **more}


def owed(one: Obligation, policy: Policy) -> int:
    found = one.owed(policy)
    return 0 if found is None else found.vnd


@pytest.mark.parametrize(
    ("segment", "price", "vat", "delivered", "vnd"),
    [
        ("dealer", 84_000_000, 800, "2026-11-12T09:00", 840_000),
        ("project", 420_000_000, 800, "2026-11-18T09:00", 12_600_000),
        ("project", 420_000_000, 800, "2026-12-09T09:00", 33_600_000),
        ("household", 7_490_000, None, "2026-11-12T09:00", 150_000),
        ("household", 7_000_000, 700, "2026-11-12T09:00", 150_000),
        ("household", 890_000, None, "2026-11-11T09:00", 50_000),
    ],
)
def test_a_late_order_owes_what_the_worked_example_says(
    policy: Policy, segment: str, price: int, vat: int | None, delivered: str, vnd: int
) -> None:
    line = {"qty_ordered": 1000, "unit_price_vnd": price} | (
        {} if vat is None else {"vat_rate": vat}
    )
    found = judged(
        policy,
        segment=segment,
        order={"due_set_by": "customer"},
        lines=(line,),
        deliveries=(came("G1", delivered),),
        as_of="2026-12-10T08:00",
        now=at("2026-12-10T12:00"),
    )["delivered"]
    assert (found.state, found.reason) == ("missed", "late")
    assert owed(found, policy) == vnd


def test_goods_that_came_in_parts_are_late_each_by_its_own_days(policy: Policy) -> None:
    found = judged(
        policy,
        deliveries=(
            came("G1", "2026-11-10T16:00", result="partial"),
            came("G2", "2026-11-12T09:00"),
            came("G3", "2026-11-16T09:00"),
        ),
        delivery_lines=tuple(
            {"delivery_no": number, "line_no": 1, "qty": qty}
            for number, qty in (("G1", 5000), ("G2", 3000), ("G3", 2000))
        ),
    )["delivered"]
    # 0,5 % of (3 × 840.000 × 2 days + 2 × 840.000 × 4 days) = 58.800, rounded up.
    assert (found.state, found.reason, owed(found, policy)) == ("missed", "short", 59_000)
    assert found.stopped_at == at("2026-11-16T09:00")


@pytest.mark.parametrize(
    ("delivered", "state"),
    [("2026-11-10T23:59", "kept"), ("2026-11-10T00:00", "kept"), ("2026-11-11T00:01", "missed")],
)
def test_the_day_of_an_order_ends_at_midnight_in_vietnam(
    policy: Policy, delivered: str, state: str
) -> None:
    assert judged(policy, deliveries=(came("G1", delivered),))["delivered"].state == state


@pytest.mark.parametrize(
    ("as_of", "now", "state"),
    [
        ("2026-11-10T23:59", "2026-11-11T09:00", "running"),
        ("2026-11-11T00:00", "2026-11-11T09:00", "missed"),
        ("2026-11-09T18:00", "2026-11-12T09:00", "unknown"),
        ("2026-11-09T18:00", "2026-11-10T12:00", "running"),
    ],
)
def test_books_prove_nothing_after_the_moment_until_which_they_know(
    policy: Policy, as_of: str, now: str, state: str
) -> None:
    assert judged(policy, as_of=as_of, now=at(now))["delivered"].state == state


def test_an_order_costs_no_day_more_than_the_books_know(policy: Policy) -> None:
    found = judged(policy, as_of="2026-11-12T12:00", now=NOW)["delivered"]
    assert [one.late_working_days for one in found.facts.tranches] == [2]


@pytest.mark.parametrize("result", ["lost", "refused"])
def test_goods_that_were_lost_or_sent_back_did_not_come(policy: Policy, result: str) -> None:
    gone = came("G1", "2026-11-09T09:00", result=result)
    back = came("G2", "2026-11-09T09:00", reason="return")
    assert judged(policy, deliveries=(gone, back))["delivered"].state == "missed"


def test_a_part_of_which_nobody_says_what_it_was_proves_nothing(policy: Policy) -> None:
    part = came("G1", "2026-11-09T09:00", result="partial")
    assert judged(policy, deliveries=(part,))["delivered"].state == "unknown"


def test_our_own_late_date_does_not_hold_beside_an_earlier_promise(policy: Policy) -> None:
    # A household is promised four working days after Monday, 2 November.
    found = judged(policy, segment="household", order={"due_set_by": "us"})["delivered"]
    assert found.due_at == at("2026-11-06T17:00")
    chosen = judged(policy, segment="household", order={"due_set_by": "customer"})["delivered"]
    assert chosen.due_at == at("2026-11-10T23:59:59")


def test_a_date_of_ours_never_moves_later_and_the_customers_does(policy: Policy) -> None:
    first = ({"due_on": day("2026-11-05")},)
    assert judged(policy, earlier=first)["delivered"].due_at == at("2026-11-05T23:59:59")
    asked = judged(policy, earlier=first, order={"due_set_by": "customer"})["delivered"]
    assert asked.due_at == at("2026-11-10T23:59:59")


@pytest.mark.parametrize(
    ("by", "when", "state", "days"),
    [
        ("customer", "2026-11-09T09:00", "void", []),
        ("customer", "2026-11-12T09:00", "missed", [2]),
        ("us", "2026-11-09T09:00", "missed", [13]),
    ],
)
def test_only_the_customers_cancellation_frees_us(
    policy: Policy, by: str, when: str, state: str, days: list[int]
) -> None:
    found = judged(policy, order={"cancelled_at": at(when), "cancelled_by": by})["delivered"]
    assert found.state == state
    assert [one.late_working_days for one in found.facts.tranches] == days


def test_nothing_was_promised_before_the_promise_was_in_force(policy: Policy) -> None:
    order = {"received_at": at("2026-06-01T08:00"), "confirmed_at": at("2026-06-01T09:00")}
    assert judged(policy, order=order) == {}


# ---------------------------------------------------------------- shortages


@pytest.mark.parametrize(
    ("segment", "short", "price", "vnd"),
    [
        ("household", 2000, 590_000, 50_000),
        ("dealer", 8000, 890_000, 100_000),
        ("dealer", 1000, 24_000_000, 240_000),
        ("project", 1000, 420_000_000, 2_000_000),
    ],
)
def test_a_shortage_that_nobody_told_owes_what_the_worked_example_says(
    policy: Policy, segment: str, short: int, price: int, vnd: int
) -> None:
    line = {"qty_ordered": 20_000, "qty_short": short, "unit_price_vnd": price}
    found = judged(policy, segment=segment, lines=(line,))["shortage_notified"]
    assert (found.state, owed(found, policy)) == ("missed", vnd)


@pytest.mark.parametrize(
    ("told", "restock", "state"),
    [
        ("2026-11-02T12:00", "2026-11-20", "kept"),
        ("2026-11-02T13:00:01", "2026-11-20", "missed"),
        ("2026-11-02T12:00", None, "missed"),
        ("2026-11-02T00:00", "2026-11-20", "unknown"),
        ("2026-11-03T00:00", "2026-11-20", "missed"),
    ],
)
def test_a_shortage_is_told_within_hours_and_with_the_day_of_the_goods(
    policy: Policy, told: str, restock: str | None, state: str
) -> None:
    line = {"qty_short": 1000, "shortage_told_at": at(told)}
    line |= {} if restock is None else {"restock_on": day(restock)}
    assert judged(policy, lines=(line,))["shortage_notified"].state == state


def test_all_lines_that_nobody_told_of_are_one_sum_of_the_order(policy: Policy) -> None:
    lines = tuple({"line_no": number, "qty_short": 1000} for number in (1, 2, 3))
    told = {
        "line_no": 4,
        "qty_short": 1000,
        "restock_on": day("2026-11-20"),
        "shortage_told_at": at("2026-11-02T09:00"),
    }
    found = judged(policy, lines=(*lines, told))["shortage_notified"]
    assert found.facts.short_value_vnd == 3 * 840_000


def test_goods_that_a_delivery_lacks_on_the_day_fell_short_whoever_noticed(policy: Policy) -> None:
    part = (came("G1", "2026-11-10T09:00", result="partial"),)
    brought = ({"delivery_no": "G1", "line_no": 1, "qty": 8000},)
    found = judged(policy, deliveries=part, delivery_lines=brought)
    assert found["delivered"].reason == "short"
    assert found["shortage_notified"].facts.short_value_vnd == 2 * 840_000
    early = judged(
        policy,
        deliveries=part,
        delivery_lines=brought,
        as_of="2026-11-10T20:00",
        now=at("2026-11-10T21:00"),
    )
    assert "shortage_notified" not in early


@given(st.permutations(range(5)))
def test_the_order_of_rows_changes_nothing(policy: Policy, order: list[int]) -> None:
    lines = [{"line_no": number, "qty_short": 1000 * (number % 2)} for number in range(1, 6)]
    brought = [{"delivery_no": "G1", "line_no": number, "qty": 9000} for number in range(1, 6)]
    part = (came("G1", "2026-11-11T09:00", result="partial"),)
    expected = judged(policy, lines=tuple(lines), deliveries=part, delivery_lines=tuple(brought))
    found = judged(
        policy,
        lines=tuple(lines[one] for one in order),
        deliveries=part,
        delivery_lines=tuple(brought[one] for one in order),
    )
    assert {name: (one.key, one.state, one.facts) for name, one in found.items()} == {
        name: (one.key, one.state, one.facts) for name, one in expected.items()
    }
