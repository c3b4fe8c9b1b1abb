"""What the product is for, done in a real browser as a customer does it.

Home page, an answer found by search, a complaint, its receipt, and the case followed: on a phone
and on a desktop, with scripts and without.
"""

import re
import unicodedata
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import violations
from tests.support.browser import Open

pytestmark = pytest.mark.browser

QUERY = "mat phieu bao hanh"
ANSWER = "/hoi-dap/mat-phieu-bao-hanh/"
STORY = "Nồi cơm gửi trung tâm bảo hành đã mười hai ngày, chưa ai gọi lại."
REFERENCE = re.compile(r"KN-\d\d-[0-9A-Z]{4}-[0-9A-Z]{4}")

FORMS = ("NFC", "NFD")

EVERYBODY = pytest.mark.parametrize(
    ("screen", "javascript"),
    [("phone", True), ("phone", False), ("desktop", True), ("desktop", False)],
    ids=["phone", "phone-without-scripts", "desktop", "desktop-without-scripts"],
)
Screen = Literal["phone", "desktop"]


@EVERYBODY
def test_a_customer_finds_an_answer_complains_and_follows_the_case(
    product: str, open_page: Open, screen: Screen, javascript: bool
) -> None:
    page = open_page(f"{product}/", screen=screen, javascript=javascript)
    find_the_answer(page, javascript=javascript)
    page.goto(f"{product}/")
    page.locator("main a[href='/gui/khieu-nai/']").first.click()
    write_the_complaint(page)
    page.locator("main form[action='/gui/khieu-nai/'] button[type=submit]").click()
    check_the_answers(page)
    reference, code = read_the_receipt(page)
    follow_the_case(page, product, reference, code)


def find_the_answer(page: Page, *, javascript: bool) -> None:
    """Search as people type, without accents, and open the first result."""
    box = page.locator("input[name=q]").first
    if javascript:
        box.press_sequentially(QUERY)
        first = page.get_by_role("option").first
        expect(first).to_have_attribute("href", re.compile(re.escape(ANSWER)))
        box.press("ArrowDown")
        expect(first).to_have_attribute("aria-selected", "true")
        box.press("Enter")
    else:
        box.fill(QUERY)
        box.press("Enter")
        first = page.locator(".results a").first
        expect(first).to_have_attribute("href", ANSWER)
        first.click()
    expect(page).to_have_url(re.compile(re.escape(ANSWER)))
    expect(page.get_by_role("heading", level=1)).to_contain_text("mất phiếu bảo hành")


def write_the_complaint(page: Page) -> None:
    """Fill the form in as little as is needed."""
    page.get_by_label("Sửa bảo hành lâu, sửa không hết").check()
    page.get_by_label("Kể lại sự việc").fill(STORY)
    page.locator("select[name=product_code]").select_option("NC-18C")
    page.locator("input[name=segment][value=household]").check()
    page.locator("input[name=name]").fill("Nguyễn Thị Mẫu")
    page.locator("input[name=phone]").fill("0912 345 678")


def check_the_answers(page: Page) -> None:
    """Read what will be sent, then send it."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text(STORY)
    expect(page.locator("main")).to_contain_text("Nguyễn Thị Mẫu")
    page.locator("form[action$='/xong/'] .actions .button--primary").click()


def read_the_receipt(page: Page) -> tuple[str, str]:
    """Return reference and code; the promises stand there with dates and amounts."""
    panel = page.locator(".confirmation")
    expect(panel).to_contain_text("Đã ghi nhận")
    found = REFERENCE.search(panel.inner_text())
    assert found is not None
    code = page.locator("[data-copy]").inner_text()
    assert code not in page.url
    promises = page.locator(".dated-promise")
    assert {"/cam-ket/ck-01/", "/cam-ket/ck-02/", "/cam-ket/ck-03/"} <= {
        link.get_attribute("href") for link in promises.locator("a").all()
    }
    expect(promises.first).to_contain_text("Nếu trễ, chúng tôi trả")
    expect(promises.first.locator("time")).to_have_attribute("datetime", re.compile(r"\+07:00$"))
    return found.group(), code


def follow_the_case(page: Page, product: str, reference: str, code: str) -> None:
    """Open the case with both codes; a wrong code shows nothing of it."""
    page.goto(f"{product}/ho-so/")
    page.get_by_label("Mã hồ sơ").fill(reference.lower())
    page.get_by_label("Mã bí mật").fill(code)
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(reference)
    expect(page.locator(".dated-promise").first).to_be_visible()
    assert code not in page.url


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "without-scripts"])
def test_a_forgotten_answer_is_named_and_nothing_typed_is_lost(
    product: str, open_page: Open, javascript: bool
) -> None:
    page = open_page(
        f"{product}/gui/khieu-nai/", screen="phone", javascript=javascript, expect_status={400, 422}
    )
    page.get_by_label("Kể lại sự việc").fill(STORY)
    page.locator("main form[action='/gui/khieu-nai/'] button[type=submit]").click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_visible()
    assert page.title().startswith("Lỗi")
    expect(page.get_by_label("Kể lại sự việc")).to_have_value(STORY)
    links = summary.locator("a")
    assert links.count() >= 3
    for link in links.all():
        assert page.locator(link.get_attribute("href") or "").count() == 1
    if javascript:
        expect(summary).to_be_focused()
        assert violations(page) == []


def test_a_wrong_code_opens_no_case(product: str, open_page: Open) -> None:
    page = open_page(f"{product}/ho-so/", expect_status={404, 403, 400, 401, 422})
    page.get_by_label("Mã hồ sơ").fill("KN-26-7F3K-9Q2M")
    page.get_by_label("Mã bí mật").fill("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_axe_finds_nothing_on_the_way_of_a_complaint(
    product: str, open_page: Open, screen: Screen
) -> None:
    page = open_page(f"{product}/gui/khieu-nai/", screen=screen)
    found = {"form": violations(page)}
    write_the_complaint(page)
    page.locator("main form[action='/gui/khieu-nai/'] button[type=submit]").click()
    # A page that is being left cannot be looked at.
    expect(page.locator("form[action$='/xong/']").first).to_be_attached()
    page.wait_for_load_state()
    found["check"] = violations(page)
    check_the_answers(page)
    expect(page.locator(".confirmation")).to_be_visible()
    page.wait_for_load_state()
    found["receipt"] = violations(page)
    reference, code = read_the_receipt(page)
    follow_the_case(page, product, reference, code)
    found["case"] = violations(page)
    page.goto(f"{product}/gui/hoa-don/")
    found["inquiry"] = violations(page)
    page.goto(f"{product}/tim-kiem/?q=bao+hanh")
    found["search"] = violations(page)
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_search_leads_to_the_server_when_its_index_cannot_be_loaded(
    product: str, open_page: Open
) -> None:
    page = open_page(f"{product}/")
    # The test itself breaks the connection, so the browser's complaint about it is expected.
    page.route("**/search-index/**", lambda route: route.abort("aborted"))
    page.locator("input[name=q]").first.press_sequentially("bảo hành")
    link = page.locator("a[href^='/tim-kiem/?q=']").first
    expect(link).to_be_visible()
    link.click()
    expect(page.locator(".results a").first).to_be_visible()


@pytest.mark.parametrize(
    "query", [unicodedata.normalize(form, "mất phiếu bảo hành") for form in FORMS], ids=FORMS
)
def test_search_finds_the_same_with_accents_however_they_are_encoded(
    product: str, open_page: Open, query: str
) -> None:
    page = open_page(f"{product}/hoi-dap/", screen="phone")
    page.locator("input[name=q]").first.press_sequentially(query)
    expect(page.get_by_role("option").first).to_have_attribute(
        "href", re.compile(re.escape(ANSWER))
    )
