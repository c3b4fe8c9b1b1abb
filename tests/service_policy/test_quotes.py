"""Quotes: the sums, the days, and every fault of a file named at once."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from service_policy.content import ContentErrors, Library
from service_policy.content.quotes import read_quote
from service_policy.quotes import (
    Quote,
    QuoteCustomer,
    QuoteDelivery,
    QuoteLine,
    QuoteMaker,
    QuotePayment,
)
from tooling.paths import ROOT

SAMPLE = ROOT / "tests" / "company" / "bao-gia" / "BG-DA-2026-0001.yaml"

GUIDE = ROOT / "docs" / "quotes.md"

Changed = Callable[..., Path]


@pytest.fixture
def changed(tmp_path: Path) -> Changed:
    """Write the sample with some words replaced, each of which has to be there."""

    def write(*pairs: tuple[str, str]) -> Path:
        text = SAMPLE.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        file = tmp_path / "quote.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture(scope="module")
def quote(library: Library) -> Quote:
    return read_quote(SAMPLE, library)[0]


def faults(file: Path, library: Library) -> list[tuple[int, str, str]]:
    with pytest.raises(ContentErrors) as caught:
        read_quote(file, library)
    assert all(fault.file == "quote.yaml" and fault.fix for fault in caught.value.faults)
    return [(fault.line, fault.field, fault.code) for fault in caught.value.faults]


def test_the_sums_of_the_sample_are_those_of_a_calculator(quote: Quote) -> None:
    assert [line.total_vnd for line in quote.lines] == [
        68_000_000, 38_800_000, 21_300_000, 832_500, 4_800_000,
    ]  # fmt: skip
    assert quote.net_vnd == 133_732_500
    assert quote.vat_by_rate == ((Fraction(8), 8_994_600), (Fraction(10), 2_130_000))
    assert quote.total_vnd == 144_857_100
    assert quote.total_in_words.startswith("Một trăm bốn mươi tư triệu tám trăm")


def test_the_parts_of_the_payment_add_up_to_the_total(quote: Quote) -> None:
    parts = [vnd for _, vnd in quote.instalments]
    assert parts == [43_457_130, 86_914_260, 14_485_710]
    assert sum(parts) == quote.total_vnd


def test_the_last_part_takes_what_rounding_left(changed: Changed, library: Library) -> None:
    file = changed(
        ("percent: 30", "percent: 33.3"),
        ("percent: 60", "percent: 33.3"),
        ("percent: 10", "percent: 33.4"),
        ("net_vnd: 111000", "net_vnd: 111111"),
    )
    made, _ = read_quote(file, library)
    assert sum(vnd for _, vnd in made.instalments) == made.total_vnd


def test_a_product_brings_its_name_unit_tax_and_warranty(quote: Quote) -> None:
    sink = quote.lines[2]
    assert (sink.name, sink.unit) == ("Chậu rửa inox đôi 1.800 mm", "bộ")
    assert (sink.vat, sink.vat_percent, sink.warranty_months) == ("thuong", Fraction(10), 24)


def test_a_quote_can_be_accepted_for_thirty_days(quote: Quote) -> None:
    assert (quote.dated, quote.valid_to) == (date(2026, 11, 23), date(2026, 12, 23))


def test_a_tax_that_will_change_meanwhile_is_known(
    changed: Changed, library: Library, quote: Quote
) -> None:
    assert quote.rates_to_come(library.vat) == ()
    late = read_quote(changed(("dated: 2026-11-23", "dated: 2026-12-15")), library)[0]
    (rate,) = late.rates_to_come(library.vat)
    assert (rate.valid_from, rate.percent) == (date(2027, 1, 1), Fraction(10))
    assert late.lines[0].vat_percent == 8


def test_every_fault_is_named_at_once_with_its_line(changed: Changed, library: Library) -> None:
    file = changed(
        ("product_code: CN-BT8", "product_code: CN-XX9"),
        ("quantity: 2, net_vnd: 19400000", "quantity: 2, net_vnd: 19907408"),
        ("product_code: CN-CR18", "unit: cái, product_code: CN-CR18"),
        ("quantity: 7.5", "quantity: 0"),
        ("net_vnd: 800000, vat: giam", "net_vnd: 800000, vat: la, vat_percent: 5"),
        ("  address: Số 1, đường Mẫu, xã Mẫu, tỉnh Tây Ninh\n", ""),
        ("percent: 10, when", "percent: mười, when"),
        ("made_by:", "maker:"),
    )
    assert faults(file, library) == [
        (3, "made_by", "missing"),
        (6, "customer.address", "missing"),
        (14, "lines.1.product_code", "unknown_reference"),
        (15, "lines.2.net_vnd", "dearer_than_listed"),
        (16, "lines.3.unit", "said_by_product"),
        (17, "lines.4.quantity", "greater_than"),
        (18, "lines.5.vat", "no_vat_rate"),
        (18, "lines.5.vat_percent", "vat_by_hand"),
        (26, "payment.3.percent", "not_a_percent"),
        (34, "maker", "extra_forbidden"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("percent: 60", "percent: 50", "payment_sum"),
        ("id: BG-DA-2026-0001", "id: BG-DA-2025-0001", "quote_year"),
        ("id: BG-DA-2026-0001", "id: BG-2026-1", "string_pattern_mismatch"),
        ("based_on: BG-2026.11", "based_on: BG-2026.05", "no_current_sheet"),
        ("based_on: BG-2026.11", "based_on: BG-PDV", "not_in_sheet"),
        ("dated: 2026-11-23", "dated: 2026-02-30", "not_a_date"),
        ("quantity: 7.5", "quantity: nhiều", "not_a_quantity"),
        ("dated: 2026-11-23", "dated: &x 2026-11-23", "yaml_alias"),
        ("dated: 2026-11-23", "dated: 2020-11-23", "no_vat_rate"),
    ],
)
def test_a_quote_that_cannot_hold_is_refused(
    changed: Changed, library: Library, old: str, new: str, code: str
) -> None:
    assert code in {fault[2] for fault in faults(changed((old, new)), library)}


def test_the_guide_names_every_field_that_is_typed() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    kinds = (Quote, QuoteCustomer, QuoteDelivery, QuoteLine, QuoteMaker, QuotePayment)
    typed = {name for kind in kinds for name in kind.model_fields} - {"vat_percent"}
    assert {name for name in typed if f"`{name}`" not in text} == set()
