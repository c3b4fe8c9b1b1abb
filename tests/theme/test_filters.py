"""Dates, money, numbers and JSON, written exactly."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from theme import filters

NBSP = "\N{NO-BREAK SPACE}"
SATURDAY = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (123000, "123.000"),
        (12345678, "12.345.678"),
        (Fraction(1, 2), "0,5"),
        (Decimal("97.5"), "97,5"),
        (Fraction(3, 100), "0,03"),
    ],
)
def test_numbers_are_written_the_vietnamese_way(value: Fraction, text: str) -> None:
    assert filters.number_vi(value) == text


def test_a_third_is_never_rounded() -> None:
    with pytest.raises(ValueError, match="no finite decimal form"):
        filters.number_vi(Fraction(1, 3))


@pytest.mark.parametrize("value", [1.5, True, "5"])
def test_only_exact_numbers_are_taken(value: object) -> None:
    with pytest.raises(TypeError):
        filters.number_vi(value)  # type: ignore[arg-type]


def test_money_keeps_its_unit_on_the_same_line() -> None:
    assert filters.vnd(123000) == f"123.000{NBSP}đ"


def test_money_is_never_a_float() -> None:
    with pytest.raises(TypeError):
        filters.vnd(3210000.0)  # type: ignore[arg-type]


def test_a_percentage_is_exact() -> None:
    assert filters.percent_vi(Fraction(1, 2)) == f"0,5{NBSP}%"
    assert filters.percent_vi(Decimal("97.5")) == f"97,5{NBSP}%"


def test_a_moment_is_shown_in_vietnam() -> None:
    assert filters.datetime_vi(SATURDAY) == "Thứ Bảy, 21/11/2026, 14:30"
    assert filters.date_vi(SATURDAY) == "21/11/2026"
    assert filters.iso(SATURDAY) == "2026-11-21T14:30:00+07:00"


def test_late_evening_in_utc_is_the_next_day_in_vietnam() -> None:
    assert filters.date_vi(datetime(2026, 11, 21, 18, 0, tzinfo=UTC)) == "22/11/2026"


def test_a_date_stays_the_date_it_is() -> None:
    assert filters.date_vi(date(2026, 7, 1)) == "01/07/2026"
    assert filters.weekday_date_vi(date(2026, 7, 1)) == "Thứ Tư, 01/07/2026"
    assert filters.iso(date(2026, 7, 1)) == "2026-07-01"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        filters.datetime_vi(SATURDAY.replace(tzinfo=None))


def test_json_cannot_end_its_script_block() -> None:
    value = {"name": "</script><script>alert(1)</script> & Nhã Khê\u2028"}
    text = str(filters.json_ld(value))
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == value
