"""Price sheets in the search: one that is over says so and leaves the first place to today's."""

from datetime import date
from pathlib import Path

import pytest

from search_index import server, site_files
from search_index.documents import Document
from search_index.language import data
from search_index.library import documents
from search_index.published import INDEX_FOLDER
from search_index.server import SearchServer
from service_policy.content import Library, read
from tests.search_index.conftest import put, rank
from tooling.paths import CONTENT

NOVEMBER = date(2026, 11, 23)
NEW_YEAR = date(2027, 1, 1)
SHEETS = "bang-gia"


def titles(library: Library, day: date) -> dict[str, str]:
    """Return the titles of the price sheets by their ids."""
    return {one.id: one.title for one in sheets(library, day)}


def sheets(library: Library, day: date) -> list[Document]:
    return [one for one in documents(library, day) if one.kind == SHEETS]


@pytest.fixture(scope="module")
def november() -> Library:
    return read(CONTENT, NOVEMBER)


@pytest.fixture(scope="module")
def new_year() -> Library:
    return read(CONTENT, NEW_YEAR)


def test_each_sheet_says_how_it_stands(november: Library) -> None:
    found = titles(november, NOVEMBER)
    assert found["bang-gia:BG-2026.11"] == "Bảng giá bán lẻ tháng 11 và 12 năm 2026"
    assert found["bang-gia:BG-2026.05"].endswith("(hết hiệu lực)")
    assert found["bang-gia:BG-2027.01"].endswith("(áp dụng từ 01/01/2027)")
    assert found["bang-gia:BG-PDV.v2"].endswith("(áp dụng từ 01/01/2027)")
    assert len(found) == 5, "the version that was replaced is not to be found"


def test_a_server_that_runs_past_the_last_day_knows_it(november: Library) -> None:
    found = titles(november, NEW_YEAR)
    assert found["bang-gia:BG-2026.11"].endswith("(hết hiệu lực)")
    assert found["bang-gia:BG-PDV"].endswith("(đã thay bằng phiên bản 2)")
    assert found["bang-gia:BG-2027.01"] == "Bảng giá bán lẻ quý 1 năm 2027"
    addresses = [one.url for one in sheets(november, NEW_YEAR)]
    assert addresses == [one.url for one in sheets(november, NOVEMBER)]


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (NOVEMBER, {"bang gia ban le": "BG-2026.11", "phí dịch vụ": "BG-PDV"}),
        (NEW_YEAR, {"bang gia ban le": "BG-2027.01", "phí dịch vụ": "BG-PDV"}),
    ],
)
def test_the_sheet_of_today_stands_first(
    november: Library, new_year: Library, tmp_path: Path, day: date, first: dict[str, str]
) -> None:
    library = november if day == NOVEMBER else new_year
    put(site_files(library), tmp_path)
    server.build(documents(library, day), data(library.synonyms), tmp_path / "s")
    search = SearchServer(tmp_path / "s")
    for query, wanted in first.items():
        assert search.search(query, kind=SHEETS).hits[0].id == f"{SHEETS}:{wanted}", query
    found = rank(tmp_path / INDEX_FOLDER, *first, kind=SHEETS)
    assert [ids[0] for ids in found] == [f"{SHEETS}:{wanted}" for wanted in first.values()]


def test_an_old_sheet_is_found_by_its_number(november: Library, tmp_path: Path) -> None:
    server.build(documents(november, NOVEMBER), data(november.synonyms), tmp_path / "s")
    hit = SearchServer(tmp_path / "s").search("BG-2026.05").hits[0]
    assert (hit.id, hit.url) == ("bang-gia:BG-2026.05", "/bang-gia/ban-le-2026-05/")
