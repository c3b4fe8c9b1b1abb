"""Versions of price sheets, the day each one holds, and what changed between them."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from service_policy.content import Library, read
from service_policy.price_changes import changes, previous
from service_policy.price_sheets import PriceLine, PriceSheet, replaced_on, standing
from service_policy.register import register_of
from tests.service_policy.conftest import CONTENT, TODAY

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
PRICES = st.integers(1, 10**10)


def a_line(code: str = "NC-10M", price_vnd: int = 590_000, percent: int = 8) -> PriceLine:
    return PriceLine(
        product_code=code,
        unit="cái",
        price_vnd=price_vnd,
        vat="giam",
        vat_percent=Fraction(percent),
    )


def a_sheet(
    version: int = 1,
    issued_on: date = date(2026, 10, 20),
    valid_from: date = date(2026, 11, 1),
    lines: tuple[PriceLine, ...] = (),
) -> PriceSheet:
    return PriceSheet(
        id="BG-1",
        version=version,
        series="ban-le",
        slug="ban-le",
        title="Bảng giá",
        issued_on=issued_on,
        valid_from=valid_from,
        valid_to=date(2027, 12, 31),
        approved_by="Giám đốc kinh doanh",
        last_checked=issued_on,
        conditions=("Giá đã gồm thuế.",),
        lines=lines or (a_line(),),
        body="Bảng giá.",
        path="content/bang-gia/ban-le.md",
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[PriceSheet, ...]:
    """Versions of one sheet whose days are in order, as the checker demands."""
    issued = sorted(draw(st.lists(DAYS, min_size=1, max_size=4, unique=True)))
    first_days = sorted(day + timedelta(days=draw(st.integers(0, 60))) for day in issued)
    return tuple(
        a_sheet(number, issued_on=day, valid_from=max(day, first))
        for number, (day, first) in enumerate(zip(issued, first_days, strict=True), 1)
    )


@given(histories(), DAYS)
def test_on_every_day_one_version_stands_from_the_day_the_first_is_issued(
    versions: tuple[PriceSheet, ...], day: date
) -> None:
    found = standing(versions, day)
    assert len(found) == (1 if versions[0].issued_on <= day else 0)
    for sheet in found:
        assert sheet.issued_on <= day


@given(histories(), DAYS, st.integers(0, 90))
def test_a_version_that_was_replaced_never_comes_back(
    versions: tuple[PriceSheet, ...], day: date, later: int
) -> None:
    before = [sheet.version for sheet in standing(versions, day)]
    after = [sheet.version for sheet in standing(versions, day + timedelta(days=later))]
    assert before <= after


@given(histories(), DAYS)
def test_at_most_one_version_is_current_and_the_register_agrees_with_the_page(
    versions: tuple[PriceSheet, ...], day: date
) -> None:
    issued = tuple(sheet for sheet in reversed(versions) if sheet.issued_on <= day)
    register = register_of(issued, standing(issued, day), (), ())
    current = [one for one in register.issues if one.state(day) == "current"]
    on_page = [sheet for sheet in standing(issued, day) if sheet.state(day) == "current"]
    assert [one.version for one in current] == [sheet.version for sheet in on_page]
    addresses = [one.url for one in register.issues]
    assert len(addresses) == len(set(addresses))


def test_a_correction_announced_beforehand_replaces_on_the_day_it_is_issued() -> None:
    sheets = (a_sheet(), a_sheet(2, issued_on=date(2026, 10, 28)))
    assert replaced_on(sheets[0], sheets) == date(2026, 10, 28)


def test_a_later_version_replaces_on_its_own_first_day() -> None:
    sheets = (a_sheet(), a_sheet(2, date(2026, 11, 16), date(2027, 1, 1)))
    assert replaced_on(sheets[0], sheets) == date(2027, 1, 1)
    assert standing(sheets, date(2026, 12, 31)) == (sheets[0],)
    assert standing(sheets, date(2027, 1, 1)) == (sheets[1],)


@given(PRICES, PRICES, st.sampled_from([8, 10]), st.sampled_from([8, 10]))
def test_a_change_carries_the_difference_and_not_the_old_price(
    old: int, new: int, percent: int, later: int
) -> None:
    found = changes(
        a_sheet(lines=(a_line(price_vnd=old, percent=percent),)),
        a_sheet(2, lines=(a_line(price_vnd=new, percent=later),)),
    )
    assert bool(found) == (old != new or percent != later)
    for change in found:
        assert change.line.price_vnd == new
        assert change.difference_vnd == new - old
        assert change.percent == Fraction((new - old) * 100, old)
        assert (change.kind == "vat") == (percent != later)


@given(PRICES, st.sampled_from([0, 5, 8, 10]))
def test_price_without_tax_and_tax_make_the_price(price: int, percent: int) -> None:
    line = a_line(price_vnd=price, percent=percent)
    assert line.net_vnd + line.vat_vnd == price
    assert abs(Fraction(line.net_vnd * (100 + percent), 100) - price) <= Fraction(3, 5)


def test_lines_that_came_and_went_are_told(library: Library) -> None:
    old = a_sheet(lines=(a_line("NC-10M"), a_line("AS-17", 380_000)))
    new = a_sheet(2, lines=(a_line("NC-10M"), a_line("AS-15N", 690_000)))
    assert [(one.kind, one.line.product_code) for one in changes(old, new)] == [
        ("added", "AS-15N"),
        ("removed", "AS-17"),
    ]


def test_the_tax_flips_with_the_year_and_the_price_without_tax_never_rises() -> None:
    library = read(CONTENT, date(2027, 1, 1))
    by_id = {sheet.id: sheet for sheet in library.price_sheets}
    assert by_id["BG-2026.11"].state(library.today) == "expired"
    assert by_id["BG-2027.01"].state(library.today) == "current"
    assert by_id["BG-PDV"].version == 2
    before = previous(by_id["BG-2027.01"], library.price_sheet_versions)
    assert before is not None
    assert (before.id, before.version) == ("BG-2026.11", 2)
    found = changes(before, by_id["BG-2027.01"])
    assert len(found) == len(before.lines) - 1
    assert all(one.kind == "vat" and one.net_difference_vnd <= 0 for one in found)
    assert "CN-CR18" not in {one.line.product_code for one in found}


def test_a_printed_copy_finds_what_holds_in_its_place(library: Library) -> None:
    first = library.register.find("bg-2026.11", 1)
    old = library.register.find("BG-2026.05", 1)
    assert first is not None
    assert old is not None
    assert (first.state(TODAY), first.url) == ("superseded", "/bang-gia/ban-le-2026-11/v1/")
    assert old.state(TODAY) == "expired"
    for issue in (first, old):
        right = library.register.in_place_of(issue, TODAY)
        assert right is not None
        assert (right.id, right.version) == ("BG-2026.11", 2)
        assert right.permalink == "/tai-lieu/bg-2026.11/?v=2"


def test_a_sheet_is_unknown_before_the_day_it_is_issued() -> None:
    library = read(CONTENT, date(2026, 11, 15))
    assert "BG-2027.01" not in {sheet.id for sheet in library.price_sheet_versions}
    assert {sheet.id for sheet in library.scheduled_sheets} == {"BG-2027.01", "BG-PDV"}
