"""Whoever holds a copy learns whether it still holds, whenever the page was built."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Open

pytestmark = pytest.mark.browser

SHEET = "/bang-gia/ban-le-2026-11/"
COPY = "/tai-lieu/bg-2026.11/"
AFTER = "2027-01-02T03:00:00Z"
TODAY = "2026-11-23T03:00:00Z"


def seen_on(page: Page, moment: str) -> Page:
    """Look at the page again on another day."""
    page.clock.set_fixed_time(moment)
    page.reload()
    return page


def test_a_copy_of_version_1_leads_to_version_2(static_site: str, open_page: Open) -> None:
    page = seen_on(open_page(f"{static_site}{COPY}?v=1", screen="phone"), TODAY)
    answer = page.get_by_role("alert")
    expect(answer).to_contain_text("đang cầm: phiên bản 1", use_inner_text=True)
    expect(answer).to_contain_text(
        "Đã thay bằng phiên bản 2 từ ngày 28/10/2026", use_inner_text=True
    )
    copies = page.locator("#ban-dung + ul")
    expect(copies).to_contain_text("BG-2026.11, phiên bản 2")
    copies.get_by_role("link", name="Bảng giá bán lẻ tháng 11 và 12 năm 2026").click()
    expect(page).to_have_url(f"{static_site}{SHEET}")


def test_a_copy_that_holds_is_told_so_until_it_ends(static_site: str, open_page: Open) -> None:
    page = seen_on(open_page(f"{static_site}{COPY}?v=2"), TODAY)
    answer = page.get_by_role("alert")
    expect(answer).to_contain_text("Bản này còn dùng được", use_inner_text=True)
    seen_on(page, AFTER)
    expect(answer).to_contain_text("Hết hiệu lực từ ngày 01/01/2027", use_inner_text=True)
    expect(answer).not_to_contain_text("còn dùng được", use_inner_text=True)
    heading = page.get_by_role("heading", name="Bảng giá bán lẻ quý 1 năm 2027")
    expect(heading).to_be_visible()


def test_a_version_that_never_was_is_not_taken_for_one(static_site: str, open_page: Open) -> None:
    page = open_page(f"{static_site}{COPY}?v=%3Cb%3E9")
    expect(page.get_by_role("alert")).to_contain_text("Chúng tôi chưa từng phát hành")
    expect(page.get_by_role("alert")).to_contain_text("<b>9")


def test_without_scripts_the_table_answers(static_site: str, open_page: Open) -> None:
    page = open_page(f"{static_site}{COPY}?v=1", screen="phone", javascript=False)
    expect(page.get_by_role("alert")).to_have_text(re.compile(r"^\s*$"), use_inner_text=True)
    rows = page.locator("table tbody tr")
    expect(rows.nth(1)).to_contain_text("Đã thay bằng phiên bản 2 từ ngày 28/10/2026")


def test_prices_vanish_after_their_last_day(static_site: str, open_page: Open) -> None:
    page = seen_on(open_page(f"{static_site}{SHEET}"), AFTER)
    expect(page.get_by_text("Bảng giá này đã hết hiệu lực")).to_be_visible()
    assert "7.490.000" not in page.locator("table").first.inner_text()
    expect(page.locator(".document-files")).to_be_hidden()
    page.goto(f"{static_site}/san-pham/bt-40d/")
    expect(page.locator("[data-price]")).to_have_text("Hết hiệu lực")
    page.goto(f"{static_site}/bang-gia/")
    expect(page.locator(".sheet .tag--current:visible")).to_have_count(2)
    expect(page.locator(".sheet .tag--expired:visible")).to_have_count(2)


def test_a_clock_that_is_slow_brings_no_price_back(static_site: str, open_page: Open) -> None:
    page = seen_on(open_page(f"{static_site}/bang-gia/ban-le-2026-05/"), "2026-06-01T03:00:00Z")
    expect(page.get_by_text("Bảng giá này đã hết hiệu lực")).to_be_visible()
    expect(page.locator(".sheet__meta .tag--current")).to_be_hidden()


def test_the_table_is_filtered_without_diacritics(static_site: str, open_page: Open) -> None:
    page = open_page(f"{static_site}{SHEET}", screen="phone")
    page.get_by_label("Tìm trong bảng").fill("may loc ro-9")
    expect(page.get_by_role("status")).to_have_text("Hiện 1 trong 12 dòng")
    expect(page.locator("#nhom-1")).to_be_hidden()
    page.get_by_label("Tìm trong bảng").fill("")
    page.get_by_label("Nhóm", exact=True).select_option("Quạt")
    expect(page.get_by_role("status")).to_have_text("Hiện 1 trong 12 dòng")


def test_the_table_is_sorted_by_its_headings(static_site: str, open_page: Open) -> None:
    page = open_page(f"{static_site}{SHEET}")
    heading = page.locator("table.prices").get_by_role("columnheader", name="Giá đã gồm VAT")
    codes = page.locator("table.prices .product-code:visible")
    expect(codes.first).to_have_text("NC-10M")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(codes.first).to_have_text("AS-17")
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(codes.first).to_have_text("CN-TC50")
    heading.get_by_role("button").click()
    expect(codes.first).to_have_text("NC-10M")
    expect(page.locator("#nhom-1")).to_be_visible()


def test_a_printed_sheet_carries_its_number_and_where_to_check_it(
    static_site: str, open_page: Open
) -> None:
    page = open_page(f"{static_site}{SHEET}")
    page.emulate_media(media="print")
    carried = page.locator(".prices .print-only")
    expect(carried).to_be_visible()
    expect(carried).to_contain_text("nhakhe.example/tai-lieu/bg-2026.11/?v=2")
    expect(page.locator(".prices thead")).to_contain_text("Giá đã gồm VAT")
    for hidden in (".table-tools", ".document-files", ".nav", ".footer__inner"):
        expect(page.locator(hidden)).to_be_hidden()
