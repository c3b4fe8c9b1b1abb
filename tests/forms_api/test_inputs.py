"""What people type is read into one spelling, or refused with words that help."""

import unicodedata
from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_api import inputs
from forms_api.inputs import BadInput

TEXTS = st.text(max_size=60)
READERS = [
    inputs.line,
    inputs.paragraphs,
    inputs.full_name,
    inputs.phone,
    inputs.email,
    inputs.invoice_series,
    inputs.invoice_number,
    inputs.tax_code,
    inputs.code,
]


def read_or_refusal(reader: Callable[[str], Any], typed: str) -> tuple[Any, str | None]:
    try:
        return reader(typed), None
    except BadInput as refusal:
        return None, str(refusal)


@pytest.mark.parametrize("reader", READERS, ids=lambda one: one.__name__)
@given(typed=TEXTS)
def test_reading_is_stable_and_answers_anything_in_words(reader, typed) -> None:
    read, refusal = read_or_refusal(reader, typed)
    if refusal is not None:
        assert refusal.endswith(".")
        return
    assert unicodedata.is_normalized("NFC", read)
    assert read.encode("utf-8").decode("utf-8") == read
    assert "\x00" not in read
    assert reader(read) == read


@pytest.mark.parametrize("reader", [inputs.vnd, inputs.day], ids=lambda one: one.__name__)
@given(typed=TEXTS)
def test_money_and_days_answer_anything_in_words(reader, typed) -> None:
    read, refusal = read_or_refusal(reader, typed)
    assert (read is None) != (refusal is None)


@given(typed=TEXTS)
def test_nfd_and_nfc_are_read_the_same(typed) -> None:
    answers = [
        read_or_refusal(partial(inputs.line, longest=500), unicodedata.normalize(form, typed))
        for form in ("NFC", "NFD")
    ]
    assert answers[0] == answers[1]


def test_length_is_counted_after_nfc() -> None:
    spelled_apart = unicodedata.normalize("NFD", "Chứng từ điện tử")
    assert len(spelled_apart) == 24
    assert len(inputs.line(spelled_apart, 16)) == 16


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "\x1b[31m", "a\x7f", "a\x9fb"])
def test_control_characters_and_half_surrogates_are_refused(text) -> None:
    with pytest.raises(BadInput):
        inputs.paragraphs(text)


def test_line_breaks_of_every_system_become_one_kind() -> None:
    assert inputs.paragraphs("a \r\nb\rc\u2028d\n\n\n\n\ne  ") == "a\nb\nc\nd\n\ne"
    assert inputs.line("a\r\n b\u00a0\tc") == "a b c"


def test_paragraphs_have_bounds() -> None:
    assert inputs.paragraphs("x" * 20, 20, 40) == "x" * 20
    for wrong in ("x" * 19, "x" * 41):
        with pytest.raises(BadInput):
            inputs.paragraphs(wrong, 20, 40)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0912345678", "+84912345678"),
        ("0912 345 678", "+84912345678"),
        ("(+84) 912.345.678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("0591234567", "+84591234567"),
        ("0871234567", "+84871234567"),
        ("028.3825.1234", "+842838251234"),
        ("0912\u00a0345\u00a0678", "+84912345678"),
        ("1900 1234", "+8419001234"),
        ("+1 415 555 2671", "+14155552671"),
    ],
)
def test_phone_numbers_are_kept_as_e164(typed, stored) -> None:
    assert inputs.phone(typed) == stored


@pytest.mark.parametrize(
    "typed", ["0521234567", "01612345678", "0912", "0912ABC678", "không có", "", "0912345678 x9"]
)
def test_impossible_phone_numbers_are_refused(typed) -> None:
    with pytest.raises(BadInput):
        inputs.phone(typed)


def test_a_stored_phone_number_is_written_as_people_read_it() -> None:
    assert inputs.phone_words("+84912345678") == "0912 345 678"
    assert inputs.phone_words("+14155552671") == "+1 415-555-2671"
    assert inputs.phone_words("?") == "?"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" A.Nguyen@Example.COM ", "A.Nguyen@example.com"),
        ("a+b@nhakhe.example", "a+b@nhakhe.example"),
        ("a@ví-dụ.vn", "a@xn--v-d-rma6749a.vn"),
    ],
)
def test_email_addresses_are_kept_in_ascii(typed, stored) -> None:
    assert inputs.email(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "a@b.vn, c@d.vn",
        "a@b.vn;c@d.vn",
        "a@b.vn\r\nBcc: c@d.vn",
        "a@b.vn\u2028c@d.vn",
        "A <a@b.vn>",
        '"a b"@c.vn',
        "a@[127.0.0.1]",
        "a@localhost",
        "nguyễn@b.vn",
        "a@@b.vn",
        "",
    ],
)
def test_anything_but_exactly_one_plain_address_is_refused(typed) -> None:
    with pytest.raises(BadInput):
        inputs.email(typed)


@pytest.mark.parametrize(
    "name", ["Nguyễn Văn Mẫu", "Y Moan Ênuôl", "H'Hen Niê", "H’Hen Niê", "Lê", "Tôn-Nữ Thị An"]
)
def test_vietnamese_names_are_one_field(name) -> None:
    assert inputs.full_name(f"  {name} ") == name


@pytest.mark.parametrize("name", ["", "123", "\u3164", "“”", "\u202a\u202c", "0912 345 678"])
def test_what_is_no_name_is_refused(name) -> None:
    with pytest.raises(BadInput):
        inputs.full_name(name)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1.200.000đ", 1_200_000),
        ("1.200.000 đồng", 1_200_000),
        ("1,200,000", 1_200_000),
        ("1 200 000 VNĐ", 1_200_000),
        ("1200000", 1_200_000),
        ("12.345.678 ₫", 12_345_678),
        ("500k", 500_000),
        ("500 nghìn", 500_000),
        ("1tr2", 1_200_000),
        ("1tr25", 1_250_000),
        ("1tr250k", 1_250_000),
        ("1tr", 1_000_000),
        ("1,5 triệu", 1_500_000),
        ("2.5tr", 2_500_000),
        ("1 tỷ 2", 1_200_000_000),
        ("0", 0),
    ],
)
def test_amounts_are_whole_dong(typed, stored) -> None:
    assert inputs.vnd(typed) == stored


@pytest.mark.parametrize(
    "typed", ["1.20.000", "1.200,50", "1,5", "-5", "1e6", "k", "1k2", "1.5tr2", "9" * 14, "abc", ""]
)
def test_unclear_amounts_are_refused(typed) -> None:
    with pytest.raises(BadInput):
        inputs.vnd(typed)


@given(st.integers(0, 10**12))
def test_every_way_of_writing_an_amount_reads_the_same(amount) -> None:
    grouped = f"{amount:,}"
    for typed in (str(amount), grouped, grouped.replace(",", "."), f"{grouped} đ"):
        assert inputs.vnd(typed) == amount


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_way_of_writing_a_day_reads_the_same(day) -> None:
    for shape in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "ngày %d tháng %m năm %Y"):
        assert inputs.day(day.strftime(shape)) == day
    if day.year >= 2000:
        assert inputs.day(f"{day.day}/{day.month}/{day:%y}") == day


@pytest.mark.parametrize("typed", ["31/02/2026", "2026-13-01", "21/11", "hôm qua", "1/1/1890", ""])
def test_days_that_are_not_in_the_calendar_are_refused(typed) -> None:
    with pytest.raises(BadInput):
        inputs.day(typed)


def test_a_day_that_has_not_come_is_refused_where_it_must_be_past() -> None:
    today = date(2026, 11, 21)
    assert inputs.day("21/11/2026", not_after=today) == today
    with pytest.raises(BadInput):
        inputs.day("22/11/2026", not_after=today)
    assert inputs.day("22/11/2026") == today + timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1C26TNK", "1C26TNK"),
        ("1 c26tnk", "1C26TNK"),
        ("C26T-NK", "C26TNK"),
        ("1/C26TNK", "1C26TNK"),
        ("7K26F99", "7K26F99"),
        ("AB/19E", "AB/19E"),
        ("01GTKT0/001", "01GTKT0/001"),
    ],
)
def test_invoice_series_are_read_pasted_or_apart(typed, stored) -> None:
    assert inputs.invoice_series(typed) == stored


@given(st.integers(1, 99_999_999), st.integers(0, 8))
def test_leading_zeros_of_an_invoice_number_do_not_matter(number, zeros) -> None:
    assert inputs.invoice_number("0" * zeros + str(number)) == str(number)


@pytest.mark.parametrize("typed", ["0", "000", "100000000", "12a", "-5", "", "１２\u200b３x"])
def test_numbers_that_no_invoice_has_are_refused(typed) -> None:
    with pytest.raises(BadInput):
        inputs.invoice_number(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("9900000016", "9900000016"),
        ("99 0000 0016", "9900000016"),
        ("9900000016-001", "9900000016-001"),
        ("9900000016001", "9900000016-001"),
        ("079099012345", "079099012345"),
    ],
)
def test_tax_codes_of_all_three_lengths_are_read(typed, stored) -> None:
    assert inputs.tax_code(typed) == stored


@pytest.mark.parametrize("typed", ["9900000005", "990000001", "990099012345", "12345678901", "x"])
def test_tax_codes_that_cannot_be_are_refused(typed) -> None:
    with pytest.raises(BadInput):
        inputs.tax_code(typed)


@given(
    st.integers(1, 10**6), st.sampled_from("., "), st.sampled_from(["k", " nghìn", "tr", " triệu"])
)
def test_no_amount_is_ever_read_a_thousand_times_too_small(number, sign, unit) -> None:
    worth = number * (10**3 if unit in ("k", " nghìn") else 10**6)
    read, refusal = read_or_refusal(inputs.vnd, f"{number:,}".replace(",", sign) + unit)
    assert read == worth or (read is None and ("hai cách" in refusal or "quá lớn" in refusal))


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 364))
def test_a_day_without_a_year_is_the_nearest_one_before_today(today, ago) -> None:
    day = today - timedelta(days=ago)
    read = inputs.day(f"{day.day}/{day.month}", not_after=today)
    assert (read.month, read.day) == (day.month, day.day)
    assert day <= read <= today


@given(TEXTS)
def test_an_hour_is_read_or_refused_in_words(typed) -> None:
    read, refusal = read_or_refusal(inputs.hour, typed)
    assert (read is None) != (refusal is None)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("8:30", time(8, 30)),
        ("8h", time(8)),
        ("14h05", time(14, 5)),
        ("8 giờ 30", time(8, 30)),
        ("2 giờ chiều", time(14)),
        ("12 giờ trưa", time(12)),
        ("7pm", time(19)),
        ("０８：３０", time(8, 30)),
    ],
)
def test_hours_are_read_as_people_write_them(typed, stored) -> None:
    assert inputs.hour(typed) == stored


@pytest.mark.parametrize("typed", ["9" * 11, "24:00", "8:60", "9" * 5_000, "-1", "8:30:15:00", "x"])
def test_hours_that_do_not_exist_are_refused(typed) -> None:
    with pytest.raises(BadInput):
        inputs.hour(typed)
