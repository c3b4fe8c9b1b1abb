"""The clock passes midnight of 31 December 2026: taxes change, and no old price is left anywhere.

The site is built for 1 January 2027 from content in which every price that has ended by then is
an odd number that nothing else can be. Whatever number of those stands anywhere in the output
has come out of a sheet that no longer holds.
"""

import re
import shutil
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plugins.model import SiteBuild
from plugins.pages.prices import current_price, sheets_in_state
from service_policy.content import Library, read
from service_policy.price_sheets import PriceSheet
from tests.support.amounts import amounts_in, amounts_of_site, files_with
from tests.support.html import Document
from tests.support.site import SITE_URL, BuiltSite
from theme.context import Site
from tooling.build import build
from tooling.paths import CONTENT

LAST_DAY = date(2026, 12, 31)
NEW_YEAR = date(2027, 1, 1)
OVER = ("ban-le-2026-05.csv", "ban-le-2026-11-v1.csv", "ban-le-2026-11.csv", "phi-dich-vu-v1.md")
"""The files of the prices that have ended on the first day of the year."""
ODD = 37
"""Added to each of them: list prices are whole thousands."""

WORKED_EXAMPLES = "cam-ket/"
"""Pages that may name the price of a purchase in the past: their examples compute from what
somebody once paid, and say so; nobody is offered anything at it."""


def house_on(day: date) -> SiteBuild:
    library = read(CONTENT, day)
    return SiteBuild(library, Site.of(library, ""))


def amounts_of(sheets: Iterable[PriceSheet]) -> set[int]:
    """Return every amount in these sheets: with tax, without it, and the tax."""
    lines = [line for sheet in sheets for line in sheet.lines]
    return {amount for one in lines for amount in (one.price_vnd, one.net_vnd, one.vat_vnd)}


def ended(library: Library) -> list[PriceSheet]:
    """Return the versions that are over on the library's day."""
    return [
        sheet
        for sheet in library.price_sheet_versions
        if (issue := library.register.find(sheet.id, sheet.version)) is not None
        and issue.state(library.today) in ("superseded", "expired")
    ]


@pytest.fixture(scope="module")
def new_year(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build the site for the first day of the year, old prices made unmistakable."""
    folder = tmp_path_factory.mktemp("new-year")
    content = folder / "content"
    shutil.copytree(CONTENT, content)
    for name in OVER:
        path = content / "bang-gia" / name
        before = path.read_text(encoding="utf-8")
        after = re.sub(r"000(?=,(?:giam|thuong)|, vat:)", f"{ODD:03}", before)
        assert after != before
        path.write_text(after, encoding="utf-8")
    noon = datetime(2027, 1, 1, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOURCE_DATE_EPOCH", str(int(noon.timestamp())))
        environment.setenv("PORTAL_SITE_URL", SITE_URL)
        return BuiltSite(build(folder / "output", content).output, content)


@pytest.fixture(scope="module")
def shown(new_year: BuiltSite) -> dict[str, set[int]]:
    """Read every file of that site once."""
    return amounts_of_site(new_year.output)


def test_the_tax_changes_at_midnight() -> None:
    rates = []
    for day in (LAST_DAY, NEW_YEAR):
        price, _ = current_price(house_on(day), "BT-40D") or pytest.fail("no price")
        rates.append((price.price_vnd, price.vat_percent))
    assert rates == [(7_490_000, 8), (7_628_000, 10)]


def test_the_sheets_change_places_at_midnight() -> None:
    def current(day: date) -> list[tuple[str, int]]:
        sheets = sheets_in_state(house_on(day), "current")
        return sorted((sheet.id, sheet.version) for sheet in sheets)

    assert current(LAST_DAY) == [("BG-2026.11", 2), ("BG-PDV", 1)]
    assert current(NEW_YEAR) == [("BG-2027.01", 1), ("BG-PDV", 2)]


def test_no_price_that_has_ended_is_left_anywhere(
    new_year: BuiltSite, shown: dict[str, set[int]]
) -> None:
    library = read(new_year.content, NEW_YEAR)
    over = ended(library)
    assert [(sheet.id, sheet.version) for sheet in over] == [
        ("BG-PDV", 1),
        ("BG-2026.11", 2),
        ("BG-2026.11", 1),
        ("BG-2026.05", 1),
    ]
    odd = {line.price_vnd for sheet in over for line in sheet.lines}
    assert all(amount % 1000 == ODD for amount in odd)
    assert len(odd) > 30
    # A small tax may by chance be a number of something else; prices without tax are no such.
    large = {amount for amount in amounts_of(over) if amount > 100_000}
    assert files_with(odd | large, shown) == {}


def test_no_page_has_an_old_list_price_typed_into_it(shown: dict[str, set[int]]) -> None:
    library = read(CONTENT, NEW_YEAR)
    lists = [sheet for sheet in ended(library) if sheet.series == "ban-le"]
    valid = [sheet for sheet in library.price_sheet_versions if sheet not in ended(library)]
    found = files_with(amounts_of(lists) - amounts_of(valid), shown)
    assert {name for name in found if not name.startswith(WORKED_EXAMPLES)} == set()


def test_what_the_pages_show_is_found_by_this_search(
    new_year: BuiltSite, shown: dict[str, set[int]]
) -> None:
    """The prices of today stand where those of yesterday stood, so the search looks there."""
    found = files_with({7_628_000}, shown)
    wanted = {"san-pham/bt-40d/index.html", "bang-gia/ban-le-2027-01/index.html"}
    assert wanted <= set(found)
    assert {path.suffix for path in new_year.output.rglob("*BG-2027.01*")} <= {
        Path(name).suffix for name in found
    }
    for text in ("7628000", "7.628.000 đ", "7\u00a0628\u00a0000", "7,628,000", "giá 7628000đ"):
        assert amounts_in(text) == {7_628_000}


def test_the_ended_sheet_keeps_its_address_and_says_what_it_is(new_year: BuiltSite) -> None:
    page = new_year.pages["/bang-gia/ban-le-2026-11/"]
    notice = next(one for one in page.all("div") if "notice--warning" in one.get("class"))
    assert "Bảng giá này đã hết hiệu lực" in notice.text
    assert "BG-2027.01" in notice.text
    assert "/bang-gia/ban-le-2026-11/" in set(new_year.pages["/bang-gia/luu-tru/"].targets())


def test_an_announced_version_takes_the_place_of_the_one_before(new_year: BuiltSite) -> None:
    assert "91.000" in new_year.pages["/bang-gia/phi-dich-vu/"].one("main").text
    before = new_year.pages["/bang-gia/phi-dich-vu/v1/"]
    assert "Đã thay bằng phiên bản 2" in before.one("main").text
    assert before.meta("robots") == "noindex"
    announced = new_year.pages["/bang-gia/phi-dich-vu/v2/"]
    assert "/bang-gia/phi-dich-vu/" in leads_to(announced)


def leads_to(page: Document) -> set[str]:
    return {one.get("href") for one in page.all("a")}


def test_every_address_of_the_year_before_still_answers(
    built_site: BuiltSite, new_year: BuiltSite
) -> None:
    assert set(built_site.pages) <= set(new_year.pages)
