"""One cell at a time: what can be read in one way is read, what in two is refused."""

from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.vn import mst

from service_policy.ledger.cells import OUR_OWN, Cell, Form
from service_policy.ledger.columns import Column
from service_policy.ledger.faults import BadCell, quoted
from service_policy.ledger.formats import BadStyle, date_style, number_style
from service_policy.ledger.values import reader


def read(kind: Any, cell: Cell, form: Form = OUR_OWN, **more: Any) -> Any:
    return reader(Column("a", kind, **more), form)(cell)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("vnd", "1500000", 1_500_000),
        ("vnd", "1500000.00", 1_500_000),
        ("vnd", 1500000.0, 1_500_000),
        ("vnd", "１５００", 1_500),
        ("quantity", "2.5", 2_500),
        ("quantity", 0.1 + 0.2, 300),
        ("quantity", "7", 7_000),
        ("rate", "8%", 800),
        ("rate", "8.25", 825),
        ("date", "2026-11-20", date(2026, 11, 20)),
        ("date", datetime.combine(date(2026, 11, 20), time()), date(2026, 11, 20)),
        ("moment", "2026-11-20T08:30", datetime(2026, 11, 20, 1, 30, tzinfo=UTC)),
        ("moment", "2026-11-20 08:30:15", datetime(2026, 11, 20, 1, 30, 15, tzinfo=UTC)),
        ("moment", "2026-11-20T08:30Z", datetime(2026, 11, 20, 8, 30, tzinfo=UTC)),
        (
            "moment",
            datetime.combine(date(2026, 11, 20), time(8, 30)),
            datetime(2026, 11, 20, 1, 30, tzinfo=UTC),
        ),
        ("code", "  DH 01 ", "DH 01"),
        ("code", 12345.0, "12345"),
        ("number", "00001234", "1234"),
        ("invoice", "C26TAB:0007", "C26TAB:7"),
        ("codes", "A-1, B-2;A-1", ("A-1", "B-2")),
        ("flag", "Có", True),
        ("flag", "0", False),
        ("contact", "0912 345 678", "+84912345678"),
        ("contact", 912345678, "+84912345678"),
        ("contact", "Lan@Example.COM", "Lan@example.com"),
        ("contact", "19001234", "+8419001234"),
        ("tax_code", "0100109106", "0100109106"),
        ("tax_code", 100109106, "0100109106"),
        ("tax_code", "0100109106-001", "0100109106-001"),
        ("text", "Hòa  Bình", "Hòa  Bình"),
        ("text", "Cửa\nhàng", "Cửa hàng"),
    ],
)
def test_a_cell_that_says_one_thing_is_read(kind: str, cell: Cell, value: object) -> None:
    assert read(kind, cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "why"),
    [
        ("vnd", "1.234", "một nghìn hai trăm ba mươi tư hay"),
        ("vnd", "1.234.567", "không phải số"),
        ("vnd", "1500.000", "có phần lẻ hoặc dấu chia nghìn"),
        ("vnd", "1500.5", "có phần lẻ"),
        ("vnd", 1500.5, "có phần lẻ"),
        ("vnd", "-5", "không được âm"),
        ("vnd", "99999999999999", "lớn quá mức"),
        ("vnd", float("nan"), "không phải số"),
        ("vnd", float("inf"), "không phải số"),
        ("vnd", True, "không phải số"),
        ("quantity", "1.234", "hay"),
        ("quantity", "0.1234", "nhiều nhất 3 chữ số lẻ"),
        ("rate", 0.08, "share: true"),
        ("rate", "0.5", "share: true"),
        ("date", "20/11/2026", "viết như 2026-11-20"),
        ("date", "2026-02-30", "không phải ngày có thật"),
        ("date", 46346, "không phải ngày có thật"),
        ("moment", "2026-11-20", "chỉ có ngày"),
        ("moment", "20261120T0830", "không phải ngày giờ"),
        ("moment", "1999-11-20T08:30", "năm không thể có"),
        ("code", "1.23E+11", "số mũ"),
        ("code", 1e18, "15 chữ số"),
        ("code", "x" * 61, "dài hơn 60"),
        ("code", "a\x00b", "ký tự điều khiển"),
        ("number", "123456789", "8 chữ số"),
        ("number", "0", "8 chữ số"),
        ("invoice", "C26TAB", "dấu hai chấm"),
        ("flag", "có lẽ", "true hoặc false"),
        ("contact", "Lan 0912345678", "không phải số điện thoại"),
        ("contact", "a@b@c.vn", "email"),
        ("tax_code", "0100109107", "sai số kiểm tra"),
        ("tax_code", "12345", "10, 13 hoặc 12"),
        ("text", "x" * 501, "dài hơn 500"),
    ],
)
def test_a_cell_that_may_say_another_thing_is_refused(kind: str, cell: Cell, why: str) -> None:
    with pytest.raises(BadCell, match=why):
        read(kind, cell)


@pytest.mark.parametrize(
    ("example", "text", "value"),
    [
        ("1.234.567", "1.234", 1234),
        ("1.234.567", "12.345.678", 12_345_678),
        ("1.234.567", "1234567", 1_234_567),
        ("1.234.567", "-5.000", -5000),
        ("1,234,567.5", "1,234.5", Fraction(2469, 2)),
        ("1234,5", "1234,5", Fraction(2469, 2)),
        ("1 234 567", "1 234", 1234),
        ("1234567", "1234.5", Fraction(2469, 2)),
        ("1.234.567", "12.34", None),
        ("1.234.567", "1,234,567", None),
        ("1.234.567", "1.234.56", None),
        ("1,234,567", "1.234.567", None),
        ("1234,5", "1234.5", None),
        ("1.234.567", "1.2345.678", None),
    ],
)
def test_a_stated_number_is_read_as_stated_and_no_other_way(
    example: str, text: str, value: object
) -> None:
    assert number_style(example).read(text) == value


@pytest.mark.parametrize("example", ["1.234", "12,345", "abc", "", "1.2,3.4", "1..2"])
def test_an_example_with_two_readings_or_none_states_nothing(example: str) -> None:
    with pytest.raises(BadStyle):
        number_style(example)


@pytest.mark.parametrize("pattern", ["dd/mm/yy", "mm/yyyy", "dd/mm/yyyy hh", "ngày", "dd/dd/yyyy"])
def test_a_pattern_without_day_month_and_a_whole_year_states_nothing(pattern: str) -> None:
    with pytest.raises(BadStyle):
        date_style(pattern)


def test_a_stated_date_is_read_as_stated() -> None:
    vietnamese = Form(date=date_style("dd/mm/yyyy"))
    assert read("date", "03/11/2026", vietnamese) == date(2026, 11, 3)
    american = Form(date=date_style("mm/dd/yyyy"))
    assert read("date", "03/11/2026", american) == date(2026, 3, 11)
    with pytest.raises(BadCell, match="kiểu đã nêu"):
        read("date", "03/11/26", vietnamese)
    with pytest.raises(BadCell, match="kiểu đã nêu"):
        read("date", "2026-11-03", vietnamese)


def test_a_day_is_a_moment_only_at_the_hour_that_the_company_states() -> None:
    stated = Form(date=date_style("dd/mm/yyyy"), at=time(17))
    assert read("moment", "20/11/2026", stated) == datetime(2026, 11, 20, 10, tzinfo=UTC)
    with pytest.raises(BadCell, match="chỉ có ngày"):
        read("moment", "20/11/2026", Form(date=date_style("dd/mm/yyyy")))


def test_the_last_date_of_a_heading_is_found_in_its_words() -> None:
    found = date_style("dd/mm/yyyy").last_in("Từ ngày 01/11/2026 đến ngày 20/11/2026")
    assert found == datetime.combine(date(2026, 11, 20), time())
    assert date_style("dd/mm/yyyy").last_in("Tháng 11 năm 2026") is None


def test_words_of_a_system_are_translated_and_others_refused() -> None:
    form = Form(words={"gốc": "original", "thay thế": "replace"})
    kinds: dict[str, Any] = {"choices": ("original", "replace")}
    assert read("choice", "Thay Thế", form, **kinds) == "replace"
    with pytest.raises(BadCell, match="bảng từ"):
        read("choice", "Điều chỉnh", form, **kinds)
    lenient = Form(words={"gốc": "original"}, other="")
    assert read("choice", "Lạ", lenient, **kinds) is None
    with pytest.raises(BadCell, match="phải là original, replace"):
        read("choice", "gốc", **kinds)


@given(st.integers(10**8, 10**9 - 1))
def test_check_digits_are_those_of_everybody_else(front: int) -> None:
    number = f"{front:09d}"
    if number[2:] == "0000000":
        return
    digit = mst.calc_check_digit(number)
    if len(digit) == 1:
        assert read("tax_code", number + digit) == mst.validate(number + digit)


@given(st.integers(-(10**12), 10**12), st.sampled_from([".", ",", " "]))
def test_grouped_numbers_come_back_as_they_were(number: int, sign: str) -> None:
    example = f"1{sign}234{sign}567"
    assert number_style(example).read(f"{number:,}".replace(",", sign)) == number


def test_a_fault_never_shows_what_may_be_a_persons() -> None:
    assert quoted("Nguyễn Ví Dụ", personal=True) == "(giá trị ẩn)"
    shown = quoted("gọi 0912 345 678 hoặc lan@example.com", personal=False)
    assert "345" not in shown
    assert "lan" not in shown
