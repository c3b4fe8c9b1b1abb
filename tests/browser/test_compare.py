"""Two products side by side, with a script and without, on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import overflow
from tests.support.axe import violations
from tests.support.browser import Open

pytestmark = pytest.mark.browser

ASKED = "/san-pham/so-sanh/?a=NC-15C&b=NC-18C#noi-com"


def two(page: Page) -> str:
    """Return the words of the table of two products."""
    return " ".join(page.locator("[data-compare]").inner_text().split())


def test_without_a_script_the_whole_family_stands_side_by_side(
    static_site: str, open_page: Open
) -> None:
    page = open_page(static_site + ASKED, screen="phone", javascript=False)
    expect(page.locator("[data-compare]")).to_be_hidden()
    expect(page.get_by_role("heading", name="Nồi cơm", exact=True)).to_be_in_viewport()
    cookers = page.get_by_role("region", name="Bảng so sánh Nồi cơm")
    expect(cookers.get_by_role("row", name="Dung tích")).to_contain_text("1,8 lít")
    expect(cookers).to_contain_text("590.000")


def test_the_address_chooses_two_products_and_differences_are_marked(
    static_site: str, open_page: Open
) -> None:
    page = open_page(static_site + ASKED, screen="phone")
    shown = page.locator("[data-compare]")
    expect(shown).to_be_visible()
    expect(shown.get_by_label("Mẫu thứ nhất")).to_have_value("NC-15C")
    capacity = shown.get_by_role("row", name="Dung tích")
    expect(capacity).to_contain_text("khác")
    expect(capacity).to_contain_text("1,5 lít")
    expect(shown.get_by_role("row", name="Xuất xứ")).not_to_contain_text("khác")
    expect(shown.get_by_role("row", name="Giá niêm yết")).to_contain_text("Ngừng bán")
    expect(shown.get_by_role("status")).to_contain_text("mục khác nhau")
    assert overflow(page) == 0
    assert violations(page) == []


def test_another_choice_changes_the_table_and_the_address(
    static_site: str, open_page: Open
) -> None:
    page = open_page(static_site + ASKED, screen="phone")
    page.get_by_label("Mẫu thứ hai").select_option("BT-40D")
    expect(page.locator("[data-compare]")).to_contain_text("Bếp từ đôi âm")
    assert page.url.endswith("/san-pham/so-sanh/?a=NC-15C&b=BT-40D")
    assert "Đường điện" in two(page)
    page.get_by_label("Mẫu thứ hai").select_option("NC-15C")
    expect(page.get_by_role("status")).to_contain_text("cùng một mẫu")
