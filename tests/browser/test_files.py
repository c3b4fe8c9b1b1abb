"""Files in a real browser: a phone sends a photo, the desk opens it, an answer brings one back."""

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page

from tests.browser.test_staff_desk import ANSWER, SiteBuild, house, is_clean, log_in
from tests.support import pictures
from tests.support.browser import Open

__all__ = ["house"]

pytestmark = pytest.mark.browser

PHOTO = FilePayload(name="ảnh nhà.jpg", mimeType="image/jpeg", buffer=pictures.photo(6))
PROGRAM = FilePayload(name="hóa đơn.jpg", mimeType="image/jpeg", buffer=pictures.EXE)


def follow(page: Page, house: SiteBuild) -> None:
    """Open the case with its two codes."""
    page.fill("#reference", house.receipt.reference)
    page.fill("#code", house.receipt.code)
    page.click("button:has-text('Xem hồ sơ')")
    page.wait_for_selector("h1:has-text('Hồ sơ')")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_customer_adds_a_photo_with_a_phone_and_sees_it_listed(
    house: SiteBuild, open_page: Open, javascript: bool
) -> None:
    page = open_page(
        f"{house.address}/ho-so/", screen="phone", javascript=javascript, expect_status={422}
    )
    follow(page, house)
    page.click("button:has-text('Xem lại biên nhận')")
    page.click("button:has-text('Gửi thêm ảnh, giấy tờ')")
    page.wait_for_url("**/ho-so/#bo-sung")
    page.wait_for_selector("#bo-sung-files", state="visible")
    page.fill("#bo-sung-text", "Vỏ thùng móp.")
    page.set_input_files("#bo-sung-files", [PHOTO, PROGRAM])
    if javascript:
        page.wait_for_selector("text=Đã chọn 2 tệp, 1 KB")
        is_clean(page)
    page.click("button:has-text('Gửi thông tin')")
    page.wait_for_selector(".error-summary a[href='#bo-sung-files']")
    assert "“hóa đơn.jpg” không phải ảnh" in page.inner_text(".error-summary")
    assert page.input_value("#bo-sung-text") == "Vỏ thùng móp."
    if javascript:
        is_clean(page)
    page.set_input_files("#bo-sung-files", [PHOTO])
    page.click("button:has-text('Gửi thông tin')")
    page.wait_for_selector("section[aria-labelledby=tep] >> text=ảnh nhà.jpg")
    if javascript:
        is_clean(page)
    with page.expect_download() as started:
        page.click("section[aria-labelledby=tep] button:has-text('ảnh nhà.jpg')")
    assert started.value.suggested_filename == "ảnh nhà.jpg"
    saved = Path(started.value.path()).read_bytes()
    assert saved.startswith(b"\xff\xd8")
    assert pictures.PLACE not in saved


def test_the_desk_opens_the_photo_upright_and_answers_with_a_file(
    house: SiteBuild, open_page: Open
) -> None:
    phone = open_page(f"{house.address}/ho-so/", screen="phone")
    follow(phone, house)
    phone.click("summary:has-text('Bổ sung thông tin, ảnh, giấy tờ')")
    phone.set_input_files("#bo-sung-files", [PHOTO])
    phone.click("button:has-text('Gửi thông tin')")
    phone.wait_for_selector("text=Đã ghi điều Quý khách viết")
    desk = open_page(f"{house.address}/noi-bo/")
    log_in(desk, house)
    case = f"{house.address}/noi-bo/ho-so/{house.receipt.reference}/"
    desk.goto(case)
    is_clean(desk)
    desk.click("a.files__name:has-text('ảnh nhà.jpg')")
    desk.wait_for_url("**/tep/**")
    # The camera was held upright: 16 × 8 pixels are shown as 8 × 16.
    shown = desk.locator("img")
    assert shown.evaluate("(one) => [one.naturalWidth, one.naturalHeight]") == [8, 16]
    desk.goto(f"{case}tra-loi/")
    desk.fill("#text", ANSWER)
    desk.set_input_files(
        "#files", FilePayload(name="vận đơn.pdf", mimeType="application/pdf", buffer=pictures.PDF)
    )
    is_clean(desk)
    desk.click("button:has-text('Trả lời')")
    desk.wait_for_selector("text=Đã ghi: Trả lời")
    is_clean(desk)
    phone.goto(f"{house.address}/ho-so/")
    follow(phone, house)
    assert phone.locator("article.message").get_by_role("button", name="vận đơn.pdf").is_visible()
    is_clean(phone)
