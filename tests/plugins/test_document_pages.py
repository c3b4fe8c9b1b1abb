"""Pages of price sheets and of the register, as the builders make them."""

from datetime import date

import pytest

from plugins.model import PageFile, SiteBuild
from plugins.pages import build_pages
from service_policy.content import Library, read
from tests.support.html import Document
from theme.context import Site
from theme.env import build_environment
from tooling.paths import CONTENT

NOVEMBER = date(2026, 11, 23)
ADDRESS = "https://nhakhe.example"


@pytest.fixture(scope="module")
def library() -> Library:
    return read(CONTENT, NOVEMBER)


@pytest.fixture(scope="module")
def pages(library: Library) -> dict[str, PageFile]:
    return {
        page.page.url: page for page in build_pages(SiteBuild(library, Site.of(library, ADDRESS)))
    }


def html(library: Library, page: PageFile) -> Document:
    template = build_environment().get_template(f"{page.template}.html")
    context = {"company": library.company, "site": Site.of(library, ADDRESS), "page": page.page}
    return Document(template.render(**context, **page.variables))


def links(page: Document) -> set[str]:
    return {one.get("href") for one in page.all("a")}


def test_a_sheet_offers_its_files_its_number_and_its_check(
    library: Library, pages: dict[str, PageFile]
) -> None:
    page = html(library, pages["/bang-gia/ban-le-2026-11/"])
    wanted = {f"/bang-gia/ban-le-2026-11/BG-2026.11-v2.{kind}" for kind in ("pdf", "xlsx", "csv")}
    assert wanted | {"/tai-lieu/bg-2026.11/?v=2", "/tai-lieu/bg-2026.11/"} <= links(page)
    text = page.one("main").text
    assert "Số BG-2026.11, phiên bản 2. Kiểm tra gần nhất: 16/11/2026." in text
    assert "Giá bằng đồng Việt Nam" in text


def test_changes_show_differences_and_no_old_price(
    library: Library, pages: dict[str, PageFile]
) -> None:
    text = html(library, pages["/bang-gia/ban-le-2026-11/"]).one("main").text
    assert "So với BG-2026.05, phiên bản 1" in text
    assert "+200.000 đ (+2,7 %)" in text
    assert "−100.000 đ (−1,8 %)" in text
    assert "Đơn vị “cái” thành “bộ”" in text
    assert "7.290.000" not in text
    coming = html(library, pages["/bang-gia/ban-le-2027-01/"]).one("main").text
    assert "Thuế suất 8 % thành 10 %" in coming
    assert "7.490.000" not in coming


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/bang-gia/ban-le-2026-11/v1/", "Đã thay bằng phiên bản 2"),
        ("/bang-gia/ban-le-2026-11/v2/", "Phiên bản này còn dùng được"),
        ("/bang-gia/ban-le-2026-05/", "Bảng giá này đã hết hiệu lực"),
    ],
)
def test_a_page_that_is_not_the_sheet_of_today_shows_no_price(
    library: Library, pages: dict[str, PageFile], url: str, said: str
) -> None:
    page = html(library, pages[url])
    assert said in page.one("main").text
    assert "000 đ" not in page.one("main").text
    assert "/bang-gia/ban-le-2026-11/" in links(page)


def test_an_announced_version_has_a_page_with_prices(
    library: Library, pages: dict[str, PageFile]
) -> None:
    page = html(library, pages["/bang-gia/phi-dich-vu/v2/"])
    assert "Bảng giá này chưa áp dụng" in page.one("main").text
    assert "91.000 đ" in page.one("main").text
    assert not pages["/bang-gia/phi-dich-vu/v2/"].page.noindex


def test_every_document_of_the_register_has_a_page_with_all_its_versions(
    library: Library, pages: dict[str, PageFile]
) -> None:
    listed = html(library, pages["/tai-lieu/"])
    for issue in library.register.issues:
        page = html(library, pages[issue.page])
        assert f"Phiên bản {issue.version}" in page.one("main").text
        assert issue.page in links(listed)


def test_a_replaced_version_is_named_with_the_day_and_its_successor(
    library: Library, pages: dict[str, PageFile]
) -> None:
    states = [
        " ".join(cell.text.split())
        for cell in html(library, pages["/tai-lieu/bg-2026.11/"]).all("td")
        if cell.get("data-label") == "Trạng thái"
    ]
    assert any("Đã thay bằng phiên bản 2 từ ngày 28/10/2026" in state for state in states)
    archive = html(library, pages["/bang-gia/luu-tru/"]).one("main").text
    assert "Hết hiệu lực từ ngày 01/11/2026" in archive
    assert "số BG-2026.11, phiên bản 2" in archive
