"""Goods that came in parts: each late by its own days, summed up to the đồng and capped once."""

from fractions import Fraction
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from service_policy.promises.compensation import Facts, Tranche, amount
from service_policy.promises.compensation_kinds import PercentDaily
from service_policy.text import vnd

VALUES = st.integers(0, 2_000_000_000)
DAYS = st.integers(0, 40)
PARTS = st.lists(st.builds(Tranche, value_vnd=VALUES, late_working_days=DAYS), min_size=1)


def rule(minimum: int = 0, daily: int = 0) -> PercentDaily:
    return PercentDaily(
        segments=("dealer",),
        kind="percent_daily",
        percent=Fraction(1, 2),
        of="late_value",
        minimum_vnd=minimum,
        minimum_daily_vnd=daily,
        cap_percent=Fraction(5),
    )


@given(PARTS, st.integers(0, 200_000))
def test_parts_owe_the_sum_of_their_days_with_one_minimum_and_one_cap(
    parts: list[Tranche], minimum: int
) -> None:
    total = sum(Fraction(one.value_vnd * one.late_working_days, 200) for one in parts)
    if any(one.late_working_days for one in parts):
        total = max(total, Fraction(minimum))
    cap = Fraction(sum(one.value_vnd for one in parts), 20)
    rounded = ceil(total / 1000) * 1000
    expected = rounded if rounded <= cap else int(cap)
    owed = amount(rule(minimum), Facts(tranches=tuple(parts)))
    assert owed.vnd == expected
    # The calculation ends in the very sum that is owed.
    assert rounded == total or owed.formula.endswith(vnd(expected))


@given(VALUES, DAYS, st.integers(0, 50_000))
def test_one_part_is_told_and_owed_as_goods_that_came_together(
    value: int, days: int, daily: int
) -> None:
    parts = Facts(tranches=(Tranche(value_vnd=value, late_working_days=days),))
    together = Facts(late_value_vnd=value, late_working_days=days)
    assert amount(rule(daily=daily), parts) == amount(rule(daily=daily), together)


@given(PARTS, st.integers(0, 40), st.integers(0, 50_000))
def test_a_day_more_never_owes_less(parts: list[Tranche], days: int, daily: int) -> None:
    def until(limit: int) -> Facts:
        cut = (min(limit, one.late_working_days) for one in parts)
        return Facts(
            tranches=tuple(
                Tranche(value_vnd=one.value_vnd, late_working_days=day)
                for one, day in zip(parts, cut, strict=True)
            )
        )

    earlier, later = (amount(rule(daily=daily), until(one)).vnd for one in (days, days + 1))
    assert earlier <= later
