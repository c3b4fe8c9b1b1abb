"""A question that no published answer answers, from the search box to its receipt, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import violations
from tests.support.browser import Open

pytestmark = pytest.mark.browser

WORDS = "qwxzj vwkq"
"""Words that no document holds, nor any like them."""
REFERENCE = re.compile(r"CH-\d\d-[0-9A-Z]{4}-[0-9A-Z]{4}")


def send(page: Page) -> None:
    """Fill in the rest of the form, check the answers and send them."""
    page.locator("#name").fill("Lê Thị Mẫu")
    page.locator("#phone").fill("0912345678")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(page.locator("main")).to_contain_text(WORDS)
    assert violations(page) == []
    page.get_by_role("button", name="Gửi câu hỏi").click()
    expect(page.locator("main")).to_contain_text(REFERENCE)
    expect(page.locator("main")).to_contain_text("Trả lời lần đầu có nội dung")


def test_from_the_search_box_to_the_receipt(product: str, open_page: Open) -> None:
    page = open_page(f"{product}/hoi-dap/", screen="phone")
    # The words are reported once nobody has typed on for a while.
    with page.expect_response("**/api/v1/search-misses") as reported:
        page.locator("input[name=q]").first.press_sequentially(WORDS)
    assert reported.value.status == 204
    link = page.get_by_role("link", name="Không thấy câu trả lời?")
    expect(link).to_be_visible()
    assert violations(page) == []
    link.click()
    page.wait_for_url("**/gui/cau-hoi/?q=*")
    expect(page.locator("#question")).to_have_value(WORDS)
    assert violations(page) == []
    send(page)


def test_without_scripts_the_results_page_leads_there(product: str, open_page: Open) -> None:
    page = open_page(f"{product}/hoi-dap/", screen="phone", javascript=False)
    page.locator("input[name=q]").first.fill(WORDS)
    page.locator("input[name=q]").first.press("Enter")
    page.get_by_role("link", name="Gửi câu hỏi cho chúng tôi").click()
    expect(page.locator("#question")).to_have_value(WORDS)
    page.locator("#name").fill("Lê Thị Mẫu")
    page.locator("#phone").fill("0912345678")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    page.get_by_role("button", name="Gửi câu hỏi").click()
    expect(page.locator("main")).to_contain_text(REFERENCE)


def test_an_answer_that_is_offered_opens_beside_the_form(product: str, open_page: Open) -> None:
    page = open_page(f"{product}/gui/cau-hoi/?q=mat+phieu+bao+hanh", screen="phone")
    page.locator("#name").fill("Lê Thị Mẫu")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Tôi làm mất phiếu bảo hành").click()
    expect(opened.value).to_have_url(f"{product}/hoi-dap/mat-phieu-bao-hanh/")
    expect(page.locator("#name")).to_have_value("Lê Thị Mẫu")
