"""The customer's page of a case in every state: on a phone, in the dark, and on paper."""

from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.support.axe import violations
from tests.support.browser import Open

pytestmark = pytest.mark.browser

STATES = (
    "fresh", "missed", "paid-late", "withdraw", "paused", "fault", "answered", "proposed",
    "disputed", "closed", "follow-up", "reopened", "stale", "wrong-code", "refused", "appealed",
    "reviewed", "withdrawn", "merged", "danger",
)  # fmt: skip

ON_PAPER = {
    "missed": (
        "Đang giữ phiếu", "Kỹ thuật bảo hành", "Hai đồng hồ", "Giữ 4 giờ làm việc",
        "CK-02, bản 1", "Hạn đã hứa", "Còn phải trả", "Cách tính", "Trả trễ",
        "Kỹ thuật đang xem ảnh, mai 10 giờ báo tiếp.", "đơn vị vận chuyển",
        "Sở Công Thương", "Tòa án", "Chờ từ sáng.", "Trần Thị Lan",
    ),
    "paid-late": ("Đã trả đủ, trễ hạn", "chuyển khoản", "Không còn khoản nào chưa trả"),
    "paused": ("ảnh hoặc video", "đồng hồ tạm dừng", "Hạn lúc đầu", "từng khoảng"),
    "refused": ("Điều kiện đã công bố", "Ảnh biên bản giao hàng số 12", "Yêu cầu xem xét lại đến"),
    "reviewed": ("Sổ xe ngày 20/11", "bỏ kết luận cũ"),
    "disputed": ("Chờ từ sáng.",),
    "danger": ("Còn nguy hiểm: gọi ngay", "Chúng tôi đang trễ hẹn"),
}  # fmt: skip
"""What must not be lost when a page is printed."""


def show(open_page: Open, site: str, html: str, scheme: Literal["light", "dark"] = "light") -> Page:
    """Show a page of the form server in the house's styles."""
    page = open_page(f"{site}/404.html", screen="phone", scheme=scheme)
    page.set_content(html, wait_until="load")
    return page


def test_every_state_is_here(case_states: dict[str, str]) -> None:
    assert set(case_states) == set(STATES)


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_nothing_sticks_out(
    static_site: str, open_page: Open, case_states: dict[str, str], state: str
) -> None:
    page = show(open_page, static_site, case_states[state])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    page = show(open_page, static_site, case_states[state], "dark")
    assert violations(page, "color-contrast") == []


@pytest.mark.parametrize("state", ON_PAPER)
def test_paper_holds_everything_of_substance_and_nothing_to_press(
    static_site: str, open_page: Open, case_states: dict[str, str], state: str
) -> None:
    page = show(open_page, static_site, case_states[state])
    page.emulate_media(media="print")
    written = " ".join(page.inner_text("main").split())
    for words in ON_PAPER[state]:
        assert words in written, words
    for pressed in ("button", "input", "textarea", "summary", "form"):
        assert page.locator(f"main {pressed}:visible").count() == 0, pressed
    assert page.pdf(format="A4").startswith(b"%PDF")
