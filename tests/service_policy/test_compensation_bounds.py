"""Every kind of compensation to the đồng and to the word, from both sides of each of its limits.

The formula is stored with what is owed and read by the customer, so its words are fixed here.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from service_policy.promises.compensation import (
    BASES,
    ROUND_UP_TO,
    Facts,
    MissingFact,
    amount,
    at_least,
    at_the_miss,
    base_of,
    money,
    need,
    percent_words,
)
from service_policy.promises.compensation_kinds import Rule

RULES: TypeAdapter[Rule] = TypeAdapter(Rule)

FIXED = {"kind": "fixed", "amount_vnd": 50_000}
STEPPED = {
    "kind": "stepped",
    "steps": [
        {"when": "late_over_minutes", "minutes": 30, "amount_vnd": 100_000},
        {"when": "late_over_minutes", "minutes": 120, "amount_vnd": 150_000},
        {"when": "no_show", "amount_vnd": 200_000},
    ],
}
FIXED_PLUS_DAILY = {
    "kind": "fixed_plus_daily",
    "amount_vnd": 100_000,
    "daily_vnd": 20_000,
    "cap_vnd": 150_000,
}
ONCE = {"kind": "percent_once", "percent": 5, "of": "late_value"}
ONCE_BOUNDED = {**ONCE, "minimum_vnd": 30_000, "cap_vnd": 500_000}
DAILY = {"kind": "percent_daily", "percent": 2, "of": "price", "cap_percent": 30}
DAILY_BOUNDED = {**DAILY, "minimum_daily_vnd": 30_000, "minimum_vnd": 50_000}
DIFFERENCE = {"kind": "multiple_of_difference", "multiple": 2, "minimum_vnd": 20_000}
RESIDUAL = {"kind": "residual_value", "life_months": 84, "floor_percent": 15}
REFUND = {"kind": "refund_plus_daily", "daily_vnd": 50_000, "daily_cap_percent": 10}
MULTIPLIER = {"kind": "multiplier", "multiple": 3}
ADVANCE = {
    "kind": "advance_plus_actual",
    "advance_up_to_vnd": 5_000_000,
    "advance_within": {"value": 24, "unit": "clock_hours"},
}


def rule(fields: Mapping[str, Any]) -> Rule:
    return RULES.validate_python({"segments": ["household"], **fields})


def plain(words: str) -> str:
    """Words with ordinary spaces, so that they can be read here."""
    return words.replace("\u00a0", " ")


EVERY_KIND = (
    FIXED, STEPPED, FIXED_PLUS_DAILY, ONCE, DAILY, DIFFERENCE, RESIDUAL, REFUND, MULTIPLIER, ADVANCE
)  # fmt: skip
PLENTY = Facts(
    price_vnd=10_000_000, late_value_vnd=10_000_000, difference_vnd=100_000, late_minutes=45,
    months_used=12, warranty_months=24, base_vnd=100_000, damage_vnd=1_000_000, late_working_days=1,
)  # fmt: skip


def test_every_kind_stands_among_those_that_are_tried() -> None:
    known = (one.model_fields["kind"].annotation for one in get_args(get_args(Rule)[0]))
    assert {one["kind"] for one in EVERY_KIND} == {get_args(one)[0] for one in known}


@pytest.mark.parametrize("fields", EVERY_KIND, ids=lambda one: str(one["kind"]))
def test_a_kind_says_of_itself_whether_each_late_day_adds_to_it(fields: Mapping[str, Any]) -> None:
    made = rule(fields)
    one, two = (
        amount(made, PLENTY.model_copy(update={"late_working_days": days})).vnd for days in (1, 2)
    )
    assert made.GROWS_DAILY is (two > one)


# ---------------------------------------------------------------- amounts and their formula

OWED = [
    (FIXED, {}, 50_000, "mức cố định 50.000 đ"),
    (STEPPED, {}, 0, "không trễ đến mức bù"),
    (STEPPED, {"late_minutes": 30}, 0, "không trễ đến mức bù"),
    (STEPPED, {"late_minutes": 31}, 100_000, "trễ quá 30 phút: 100.000 đ"),
    (STEPPED, {"late_minutes": 120}, 100_000, "trễ quá 30 phút: 100.000 đ"),
    (STEPPED, {"late_minutes": 121}, 150_000, "trễ quá 120 phút: 150.000 đ"),
    (STEPPED, {"no_show": True}, 200_000, "không đến: 200.000 đ"),
    (STEPPED, {"no_show": True, "late_minutes": 500}, 200_000, "không đến: 200.000 đ"),
    (
        FIXED_PLUS_DAILY,
        {"late_working_days": 1},
        120_000,
        "100.000 đ + 20.000 đ × 1 ngày làm việc trễ",
    ),
    (FIXED_PLUS_DAILY, {}, 100_000, "100.000 đ + 20.000 đ × 0 ngày làm việc trễ"),
    (
        FIXED_PLUS_DAILY,
        {"late_working_days": 3},
        150_000,
        "100.000 đ + 20.000 đ × 3 ngày làm việc trễ; trần 150.000 đ",
    ),
    (ONCE, {"late_value_vnd": 1_000_000}, 50_000, "5 % × 1.000.000 đ = 50.000 đ"),
    (ONCE, {"late_value_vnd": 0}, 0, "5 % × 0 đ = 0 đ"),
    (ONCE_BOUNDED, {"late_value_vnd": 600_000}, 30_000, "5 % × 600.000 đ = 30.000 đ"),
    (
        ONCE_BOUNDED,
        {"late_value_vnd": 580_000},
        30_000,
        "5 % × 580.000 đ = 29.000 đ; tối thiểu 30.000 đ",
    ),
    (ONCE_BOUNDED, {"late_value_vnd": 10_000_000}, 500_000, "5 % × 10.000.000 đ = 500.000 đ"),
    (
        ONCE_BOUNDED,
        {"late_value_vnd": 10_000_020},
        500_000,
        "5 % × 10.000.020 đ = 500.001 đ; trần 500.000 đ",
    ),
    (
        DAILY,
        {"price_vnd": 1_000_000},
        0,
        "2 % × 1.000.000 đ = 20.000 đ; × 0 ngày làm việc trễ = 0 đ",
    ),
    (
        DAILY,
        {"price_vnd": 1_000_000, "late_working_days": 2},
        40_000,
        "2 % × 1.000.000 đ = 20.000 đ; × 2 ngày làm việc trễ = 40.000 đ",
    ),
    (
        DAILY,
        {"price_vnd": 1_000_000, "late_working_days": 15},
        300_000,
        "2 % × 1.000.000 đ = 20.000 đ; × 15 ngày làm việc trễ = 300.000 đ",
    ),
    (
        DAILY,
        {"price_vnd": 1_000_000, "late_working_days": 16},
        300_000,
        (
            "2 % × 1.000.000 đ = 20.000 đ; × 16 ngày làm việc trễ = 320.000 đ; "
            "trần 30 % giá mua = 300.000 đ"
        ),
    ),
    (
        DAILY_BOUNDED,
        {"price_vnd": 1_400_000, "late_working_days": 1},
        50_000,
        (
            "2 % × 1.400.000 đ = 28.000 đ; tối thiểu 30.000 đ; × 1 ngày làm việc trễ = 30.000 đ; "
            "tối thiểu 50.000 đ"
        ),
    ),
    (
        DAILY_BOUNDED,
        {"price_vnd": 1_400_000},
        0,
        "2 % × 1.400.000 đ = 28.000 đ; tối thiểu 30.000 đ; × 0 ngày làm việc trễ = 0 đ",
    ),
    (DIFFERENCE, {"difference_vnd": 10_000}, 20_000, "2 × 10.000 đ = 20.000 đ"),
    (
        DIFFERENCE,
        {"difference_vnd": 9_999},
        20_000,
        "2 × 9.999 đ = 19.998 đ; tối thiểu 20.000 đ",
    ),
    (
        RESIDUAL,
        {"price_vnd": 8_400_000, "months_used": 24, "warranty_months": 24},
        8_400_000,
        "còn hạn bảo hành: hoàn đủ 8.400.000 đ",
    ),
    (
        RESIDUAL,
        {"price_vnd": 8_400_000, "months_used": 25, "warranty_months": 24},
        5_900_000,
        "8.400.000 đ × (1 − 25 ÷ 84) = 5.900.000 đ",
    ),
    (
        {**RESIDUAL, "floor_percent": 25},
        {"price_vnd": 8_400_000, "months_used": 63, "warranty_months": 24},
        2_100_000,
        "8.400.000 đ × (1 − 63 ÷ 84) = 2.100.000 đ",
    ),
    (
        {**RESIDUAL, "floor_percent": 25},
        {"price_vnd": 8_400_000, "months_used": 64, "warranty_months": 24},
        2_100_000,
        "8.400.000 đ × (1 − 64 ÷ 84) = 2.000.000 đ; không dưới 25 % giá mua = 2.100.000 đ",
    ),
    (
        {**RESIDUAL, "floor_percent": 0},
        {"price_vnd": 8_400_000, "months_used": 90, "warranty_months": 24},
        0,
        "8.400.000 đ × (1 − 90 ÷ 84) = 0 đ",
    ),
    (
        REFUND,
        {"price_vnd": 1_000_000},
        1_000_000,
        "1.000.000 đ + 50.000 đ × 0 ngày làm việc trễ",
    ),
    (
        REFUND,
        {"price_vnd": 1_000_000, "late_working_days": 2},
        1_100_000,
        "1.000.000 đ + 50.000 đ × 2 ngày làm việc trễ",
    ),
    (
        REFUND,
        {"price_vnd": 1_000_000, "late_working_days": 3},
        1_100_000,
        "1.000.000 đ + 50.000 đ × 3 ngày làm việc trễ; phần thêm không quá 10 % giá mua",
    ),
    (MULTIPLIER, {"base_vnd": 70_000}, 210_000, "3 × 70.000 đ"),
    (ADVANCE, {"damage_vnd": 12_345_000}, 12_345_000, "thiệt hại thực tế 12.345.000 đ"),
    (
        ADVANCE,
        {"damage_vnd": 12_345_001},
        12_346_000,
        "thiệt hại thực tế 12.345.001 đ; làm tròn lên 12.346.000 đ",
    ),
]


@pytest.mark.parametrize(("fields", "facts", "vnd", "formula"), OWED)
def test_what_is_owed_comes_with_a_formula_that_ends_at_it(
    fields: Mapping[str, Any], facts: Mapping[str, Any], vnd: int, formula: str
) -> None:
    owed = amount(rule(fields), Facts.model_validate(facts))
    assert (owed.vnd, plain(owed.formula)) == (vnd, formula)


@pytest.mark.parametrize(
    ("damage", "vnd"),
    [(1, 1_000), (999, 1_000), (1_000, 1_000), (1_001, 2_000), (1_999, 2_000), (2_000, 2_000)],
)
def test_an_amount_is_rounded_up_to_a_full_thousand_and_a_full_thousand_is_left(
    damage: int, vnd: int
) -> None:
    owed = amount(rule(ADVANCE), Facts(damage_vnd=damage))
    assert owed.vnd == vnd
    assert ("làm tròn lên" in owed.formula) is (damage != vnd)
    assert ROUND_UP_TO == 1000


def test_a_share_of_a_dong_is_rounded_up_and_said() -> None:
    share = rule({"kind": "percent_once", "percent": "0.5", "of": "price"})
    owed = amount(share, Facts(price_vnd=199_999))
    assert owed.vnd == 1_000
    assert plain(owed.formula) == "0,5 % × 199.999 đ = 1.000 đ; làm tròn lên 1.000 đ"


def test_no_share_of_a_thousand_is_lost_where_floats_would_lose_it() -> None:
    used = Facts(price_vnd=7_490_000, months_used=48, warranty_months=24)
    assert amount(rule(RESIDUAL), used).vnd == 3_210_000


# ---------------------------------------------------------------- multiples and caps


def test_a_priority_customer_gets_the_multiple_of_amount_and_cap_and_reads_it() -> None:
    daily = rule(FIXED_PLUS_DAILY)
    twice = amount(daily, Facts(late_working_days=2), multiple=2)
    assert twice.vnd == 280_000
    assert plain(twice.formula) == (
        "100.000 đ + 20.000 đ × 2 ngày làm việc trễ; × 2 (khách ưu tiên)"
    )
    capped = amount(daily, Facts(late_working_days=3), multiple=2)
    assert capped.vnd == 300_000
    assert "; × 2 (khách ưu tiên); trần " in capped.formula
    assert amount(daily, Facts(late_working_days=2), multiple=1).vnd == 140_000
    assert "ưu tiên" not in amount(daily, Facts()).formula


def test_a_cap_is_never_rounded_above_itself() -> None:
    share = rule({"kind": "percent_daily", "percent": 2, "of": "price", "cap_percent": 30})
    owed = amount(share, Facts(price_vnd=333_333, late_working_days=15))
    assert owed.vnd == 99_999
    assert amount(share, Facts(price_vnd=333_331, late_working_days=15)).vnd == 99_999
    assert amount(share, Facts(price_vnd=333_331, late_working_days=15), multiple=3).vnd == 299_997


def test_a_cap_of_nothing_caps_to_nothing() -> None:
    assert amount(rule({**ONCE, "cap_vnd": 0}), Facts(late_value_vnd=1_000_000)).vnd == 0
    assert amount(rule(ONCE), Facts(late_value_vnd=10**10)).vnd == 500_000_000


def test_what_is_owed_at_once_is_told_before_the_case_and_what_depends_on_it_is_not() -> None:
    assert at_the_miss(rule(FIXED)) == 50_000
    assert at_the_miss(rule(FIXED), multiple=3) == 150_000
    assert at_the_miss(rule(FIXED_PLUS_DAILY)) == 100_000
    assert at_the_miss(rule(STEPPED)) is None
    for fields in (ONCE, DAILY, DIFFERENCE, RESIDUAL, REFUND, MULTIPLIER, ADVANCE):
        assert at_the_miss(rule(fields)) is None


# ---------------------------------------------------------------- facts


@pytest.mark.parametrize(
    ("fields", "facts", "missing"),
    [
        (DAILY, {}, "price_vnd"),
        (ONCE, {}, "late_value_vnd"),
        ({**ONCE, "of": "short_value"}, {}, "short_value_vnd"),
        (DIFFERENCE, {}, "difference_vnd"),
        (RESIDUAL, {"months_used": 1, "warranty_months": 1}, "price_vnd"),
        (RESIDUAL, {"price_vnd": 1, "warranty_months": 1}, "months_used"),
        (RESIDUAL, {"price_vnd": 1, "months_used": 1}, "warranty_months"),
        (REFUND, {}, "price_vnd"),
        (MULTIPLIER, {}, "base_vnd"),
        (ADVANCE, {}, "damage_vnd"),
    ],
)
def test_a_missing_fact_is_asked_for_by_its_name(
    fields: Mapping[str, Any], facts: Mapping[str, Any], missing: str
) -> None:
    with pytest.raises(MissingFact) as refused:
        amount(rule(fields), Facts.model_validate(facts))
    assert refused.value.name == missing
    assert str(refused.value) == missing


def test_nothing_is_a_fact_and_an_unknown_is_none() -> None:
    assert need(0, "price_vnd") == 0
    with pytest.raises(MissingFact):
        need(None, "price_vnd")


def test_a_percentage_is_taken_of_the_value_that_the_rule_names() -> None:
    facts = Facts(price_vnd=1, late_value_vnd=2, short_value_vnd=3)
    assert {of: base_of(of, facts) for of in BASES} == {
        "price": 1,
        "late_value": 2,
        "short_value": 3,
    }


def test_a_minimum_is_said_only_where_it_lifts_the_amount() -> None:
    assert at_least(Fraction(999), 1000, "x") == (Fraction(1000), "x; tối thiểu 1.000\u00a0đ")
    assert at_least(Fraction(1000), 1000, "x") == (Fraction(1000), "x")
    assert at_least(Fraction(2001, 2), 1000, "x") == (Fraction(2001, 2), "x")


@pytest.mark.parametrize(
    ("exact", "words"),
    [(Fraction(1000), "1.000 đ"), (Fraction(2001, 2), "1.001 đ"), (Fraction(1, 3), "1 đ")],
)
def test_an_exact_amount_is_written_rounded_up_to_the_dong(exact: Fraction, words: str) -> None:
    assert plain(money(exact)) == words


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (Fraction(0), "0 %"),
        (Fraction(15), "15 %"),
        (Fraction(5, 4), "1,25 %"),
        (Fraction(1, 16), "0,0625 %"),
        (Fraction(1, 32), "0,0312 %"),  # four digits at most
        (Fraction(1, 3), "0,3333 %"),
        (Fraction(1005, 1000), "1,005 %"),
        (Fraction(1500), "1.500 %"),
    ],
)
def test_a_percentage_is_written_with_a_comma_and_four_digits_at_most(
    percent: Fraction, words: str
) -> None:
    assert plain(percent_words(percent)) == words


# ---------------------------------------------------------------- words of the rules

TOLD = [
    (FIXED, "50.000 đ", "mức cố định"),
    (
        STEPPED,
        "trễ quá 30 phút: 100.000 đ; trễ quá 120 phút: 150.000 đ; không đến: 200.000 đ",
        "mức cố định",
    ),
    (FIXED_PLUS_DAILY, "100.000 đ và 20.000 đ mỗi ngày làm việc trễ", "150.000 đ"),
    (ONCE, "5 % giá trị phần hàng trễ", "không có trần"),
    (ONCE_BOUNDED, "5 % giá trị phần hàng trễ, tối thiểu 30.000 đ", "500.000 đ"),
    ({**ONCE, "of": "short_value"}, "5 % giá trị dòng hàng thiếu", "không có trần"),
    (DAILY, "2 % giá mua mỗi ngày làm việc trễ", "30 % giá mua"),
    (
        DAILY_BOUNDED,
        "2 % giá mua mỗi ngày làm việc trễ, tối thiểu 30.000 đ mỗi ngày, tối thiểu 50.000 đ",
        "30 % giá mua",
    ),
    (DIFFERENCE, "2 lần phần thu sai, tối thiểu 20.000 đ", "không có trần"),
    (
        RESIDUAL,
        (
            "giá mua × (1 − số tháng đã dùng ÷ 84), không dưới 15 % giá mua; "
            "còn hạn bảo hành: đổi mới hoặc hoàn đủ giá mua"
        ),
        "không có trần",
    ),
    (
        REFUND,
        "hoàn đủ giá mua; trễ thêm 50.000 đ mỗi ngày làm việc",
        "phần thêm không quá 10 % giá mua",
    ),
    (
        MULTIPLIER,
        "gấp 3 lần mức bù của cam kết bị trễ",
        "gấp 3 lần mức trần của cam kết bị trễ",
    ),
    (
        ADVANCE,
        "tạm ứng đến 5.000.000 đ trong 24 giờ; bồi thường toàn bộ thiệt hại thực tế",
        "không có trần",
    ),
]


@pytest.mark.parametrize(("fields", "told", "cap"), TOLD)
def test_each_kind_tells_a_customer_what_it_pays_and_up_to_what(
    fields: Mapping[str, Any], told: str, cap: str
) -> None:
    found = rule(fields)
    assert (plain(found.describe()), plain(found.cap_words())) == (told, cap)


@pytest.mark.parametrize(
    "fields",
    [
        {**FIXED, "segments": []},
        {**STEPPED, "steps": []},
        {**RESIDUAL, "life_months": 0},
        {**MULTIPLIER, "multiple": 0},
        {**FIXED, "amount_vnd": -1},
        {"kind": "voucher", "amount_vnd": 1},
    ],
)
def test_a_rule_that_cannot_pay_is_no_rule(fields: Mapping[str, Any]) -> None:
    with pytest.raises(ValidationError):
        rule(fields)
