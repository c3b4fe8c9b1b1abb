"""What changed between price sheets, and where their versions are found."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from service_policy.content import Library, read
from service_policy.price_changes import changes, predecessors
from service_policy.price_sheets import PriceSheet
from tests.support.application import CONTENT

LAST_DAY = date(2026, 12, 31)


@pytest.fixture(scope="module")
def library() -> Library:
    return read(CONTENT, LAST_DAY)


def sheet(library: Library, identity: str, version: int) -> PriceSheet:
    return next(
        one for one in library.price_sheet_versions if (one.id, one.version) == (identity, version)
    )


def test_a_correction_is_compared_with_its_version_before_and_the_sheet_before(
    library: Library,
) -> None:
    corrected = sheet(library, "BG-2026.11", 2)
    earlier = predecessors(corrected, library.price_sheet_versions)
    assert [(one.id, one.version) for one in earlier] == [("BG-2026.11", 1), ("BG-2026.05", 1)]
    units = changes(earlier[0], corrected)
    assert {(one.kind, one.unit_from, one.line.unit) for one in units} == {("details", "cái", "bộ")}
    assert len(units) == 2


def test_a_first_sheet_is_compared_with_nothing(library: Library) -> None:
    assert predecessors(sheet(library, "BG-2026.05", 1), library.price_sheet_versions) == ()


def test_a_price_that_moves_with_the_tax_says_both(library: Library) -> None:
    old, new = sheet(library, "BG-2026.11", 2), sheet(library, "BG-2027.01", 1)
    found = {one.line.product_code: one for one in changes(old, new)}
    hob = found["BT-40D"]
    assert (hob.kind, hob.vat_from, hob.difference_vnd) == ("vat", 8, 138_000)
    assert hob.net_difference_vnd <= 0
    assert hob.percent == Fraction(13_800_000, 7_490_000)
    assert "CN-CR18" not in found, "it was taxed at 10 % before"


def test_lines_that_come_and_go_are_told_last_and_apart(library: Library) -> None:
    new = sheet(library, "BG-2027.01", 1)
    shorter = new.model_copy(update={"lines": new.lines[1:]})
    assert [(one.kind, one.line) for one in changes(new, shorter)] == [("removed", new.lines[0])]
    assert [one.kind for one in changes(shorter, new)] == ["added"]


def test_files_keep_their_address_when_their_version_is_replaced(library: Library) -> None:
    after = read(CONTENT, LAST_DAY + timedelta(days=1))
    for issue in library.register.issues:
        later = after.register.find(issue.id, issue.version)
        assert later is not None
        assert later.files == issue.files
