"""Compensation to the đồng: the domain's worked examples and properties of every kind."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from service_policy.promises.compensation import (
    Facts,
    MissingFact,
    amount,
    at_the_miss,
    percent_words,
)
from service_policy.promises.compensation_kinds import Rule
from service_policy.promises.policy import Policy
from service_policy.segments import SegmentId
from tests.service_policy.worked import WORKED

RULES: TypeAdapter[Rule] = TypeAdapter(Rule)


def rule(**fields: Any) -> Rule:
    return RULES.validate_python({"segments": ["household"], **fields})


@pytest.mark.parametrize(("commitment_id", "segment", "facts", "expected"), WORKED)
def test_every_worked_example_comes_out_to_the_dong(
    policy: Policy, commitment_id: str, segment: SegmentId, facts: dict[str, int], expected: int
) -> None:
    found = policy.commitment(commitment_id, 1).rule(segment)
    assert found is not None
    assert amount(found, Facts.model_validate(facts)).vnd == expected


def test_late_payment_costs_fifty_thousand_under_every_commitment(policy: Policy) -> None:
    assert {one.late_payment_add_vnd for one in policy.versions} == {50_000}


def test_a_priority_customer_is_owed_double_amount_and_double_cap(policy: Policy) -> None:
    first_answer = policy.commitment("CK-02", 1).rule("household")
    assert first_answer is not None
    assert amount(first_answer, Facts(), multiple=2).vnd == 100_000
    resolution = policy.commitment("CK-03", 1).rule("household")
    assert resolution is not None
    assert amount(resolution, Facts(late_working_days=400), multiple=2).vnd == 2_000_000


def test_an_appointment_pays_by_how_badly_it_was_missed() -> None:
    stepped = rule(
        kind="stepped",
        steps=[
            {"when": "late_over_minutes", "minutes": 30, "amount_vnd": 100_000},
            {"when": "no_show", "amount_vnd": 200_000},
        ],
    )
    assert amount(stepped, Facts(late_minutes=30)).vnd == 0
    assert amount(stepped, Facts(late_minutes=31)).vnd == 100_000
    assert amount(stepped, Facts(no_show=True, late_minutes=200)).vnd == 200_000


def test_a_late_refund_adds_a_daily_amount_up_to_its_share_of_the_price() -> None:
    refund = rule(kind="refund_plus_daily", daily_vnd=50_000, daily_cap_percent=10)
    assert amount(refund, Facts(price_vnd=1_000_000, late_working_days=1)).vnd == 1_050_000
    assert amount(refund, Facts(price_vnd=1_000_000, late_working_days=9)).vnd == 1_100_000


def test_actual_damage_is_paid_in_full() -> None:
    damage = rule(
        kind="advance_plus_actual",
        advance_up_to_vnd=5_000_000,
        advance_within={"value": 24, "unit": "clock_hours"},
    )
    assert amount(damage, Facts(damage_vnd=123_456_000)).vnd == 123_456_000
    assert at_the_miss(damage) is None


def test_an_amount_without_its_facts_names_the_missing_one() -> None:
    percent = rule(kind="percent_daily", percent=2, of="price", cap_percent=30)
    with pytest.raises(MissingFact, match="price_vnd"):
        amount(percent, Facts(late_working_days=2))


def test_the_formula_can_be_followed_by_hand() -> None:
    percent = rule(
        kind="percent_daily", percent=2, of="price", minimum_daily_vnd=30_000, cap_percent=30
    )
    owed = amount(percent, Facts(price_vnd=2_390_000, late_working_days=3))
    assert owed.formula.replace("\u00a0", " ") == (
        "2 % × 2.390.000 đ = 47.800 đ; × 3 ngày làm việc trễ = 143.400 đ; làm tròn lên 144.000 đ"
    )


@pytest.mark.parametrize(
    ("percent", "words"),
    [(Fraction(2), "2 %"), (Fraction(1, 2), "0,5 %"), (Fraction("0.03"), "0,03 %")],
)
def test_percentages_are_written_exactly(percent: Fraction, words: str) -> None:
    assert percent_words(percent).replace("\u00a0", " ") == words


FACTS = st.builds(
    Facts,
    late_working_days=st.integers(0, 2000),
    late_minutes=st.integers(0, 10_000),
    no_show=st.booleans(),
    price_vnd=st.integers(1, 10**10),
    late_value_vnd=st.integers(0, 10**11),
    short_value_vnd=st.integers(0, 10**11),
    difference_vnd=st.integers(0, 10**9),
    months_used=st.integers(0, 400),
    warranty_months=st.integers(0, 60),
    damage_vnd=st.integers(0, 10**11),
    base_vnd=st.integers(0, 10**8),
)


@given(data=st.data(), facts=FACTS, multiple=st.sampled_from([1, 2]))
def test_no_amount_is_negative_above_its_cap_or_shrinks_with_lateness(
    policy: Policy, data: st.DataObject, facts: Facts, multiple: int
) -> None:
    every = [one for commitment in policy.versions for one in commitment.compensation]
    chosen = data.draw(st.sampled_from(every))
    owed = amount(chosen, facts, multiple=multiple)
    assert owed.vnd >= 0
    cap = chosen.raw(facts).cap
    assert cap is None or owed.vnd <= cap * multiple
    assert owed.vnd % 1000 == 0 or (cap is not None and owed.vnd == int(cap * multiple))
    later = facts.model_copy(update={"late_working_days": facts.late_working_days + 1})
    assert amount(chosen, later, multiple=multiple).vnd >= owed.vnd
