"""What the case page shows and keeps to itself; what a database stores is tested elsewhere."""

import logging
from pathlib import Path

import pytest

from forms_api.sweeping import sweep
from service_policy.actors import SYSTEM
from service_policy.cases.holding.hand_off import HandOff
from service_policy.cases.messages.answers import SendAnswer
from service_policy.cases.messages.letters import RecordLetterFailure
from tests.forms_api.conftest import sqlite_copy
from tests.support.customer import AGENT, LEAD, TEXT, Customer


@pytest.fixture
def database_url(migrated_file: Path, tmp_path: Path) -> str:
    """Give an empty SQLite database: these pages are the same on any other."""
    return sqlite_copy(migrated_file, tmp_path)


def test_a_colleague_who_opens_the_page_delivers_nothing(customer) -> None:
    customer.staff(SendAnswer(AGENT, text=TEXT))
    customer.visitor.client.set_cookie("desk", "somebody at work")
    assert TEXT in customer.open().html
    assert "delivered" not in customer.types


def test_a_refusal_that_nobody_signed_is_not_shown(customer) -> None:
    customer.owned()
    customer.refusal()
    assert TEXT not in customer.open().html


def test_a_letter_that_failed_takes_nothing_from_the_refusal_it_carried(customer) -> None:
    customer.refused()
    (sent,) = (one for one in customer.loaded.case.messages if one.purpose == "refusal")
    failed = RecordLetterFailure(SYSTEM, letter="message", failure="refused", message=sent.number)
    customer.staff(failed)
    page = customer.open().html
    for words in (TEXT, "Ảnh biên bản giao hàng số 12", "Người đọc lại", "Yêu cầu xem xét lại đến"):
        assert words in page


@pytest.mark.parametrize("text", ["   ", "x" * 4001])
def test_a_fault_comes_back_with_a_summary_and_what_was_typed(customer, text) -> None:
    page = customer.press(customer.open(), "Gửi thông tin", text=text)
    assert page.status == 422
    assert "bo-sung-text" in page.errors
    assert page.title.startswith("Lỗi:")
    assert text.strip() in page.html


def test_every_miss_is_the_same_answer(customer) -> None:
    page = customer.open()
    wrong = customer.code[:-1] + ("2" if customer.code[-1] != "2" else "3")
    misses = [
        customer.press(page, "Gửi thông tin", text="x", **codes)
        for codes in (
            {"code": wrong}, {"code": ""}, {"code": "x"}, {"reference": "KN-26-2222-2222"},
            {"reference": ""},
        )
    ]  # fmt: skip
    assert {one.status for one in misses} == {404}
    said = {one.document.one("main").text for one in misses}
    assert len(said) == 1
    assert "Không có hồ sơ nào ứng với hai mã này" in said.pop()
    assert "information_added" not in customer.types


def test_an_address_is_no_way_in(customer, client) -> None:
    assert client.get("/ho-so/rut/").status_code == 303
    assert client.get("/ho-so/xoa/").status_code == 404
    assert client.post("/ho-so/xoa/", data={"csrf_token": "x"}).status_code in (400, 404)


def test_the_code_is_in_no_address_and_in_no_log(customer, caplog) -> None:
    with caplog.at_level(logging.DEBUG):
        page = customer.open()
        customer.press(page, "Gửi thông tin", text="Bí mật của tôi.")
    assert all(customer.code not in one.get("href") for one in page.document.elements)
    assert all(customer.code not in form.action for form in page.forms)
    for secret in (customer.code, customer.code.replace("-", ""), "Bí mật của tôi."):
        assert secret not in caplog.text
    assert page.response.headers["Cache-Control"] == "no-store"


def test_what_was_written_is_text_never_html(customer) -> None:
    page = customer.press(customer.open(), "Gửi thông tin", text="<script>alert(1)</script>")
    assert "<script>alert" not in page.html
    assert "&lt;script&gt;alert(1)" in page.html


def test_the_page_tells_holders_versions_money_and_the_way_up(make_customer, clock, portal) -> None:
    customer: Customer = make_customer(province="Bình Dương")
    customer.owned()
    clock.move(days=1)
    customer.staff(
        HandOff(LEAD, to_department="ky-thuat", reason="expertise", text="Ghi chú nội bộ.")
    )
    clock.move(days=15)
    sweep(portal, clock())
    page = customer.open()
    for words in (
        "Trần Thị Lan", "Kỹ thuật bảo hành", "đang giữ", "CK-02, bản 1", "Đã trễ hẹn",
        "Cách tính: mức cố định 50.000", "Thêm vì trả tiền bù trễ", "Trả trễ", "Trả chậm nhất",
        "Sở Công Thương Thành phố Hồ Chí Minh", "Tòa án", "/cam-ket/ck-02/phien-ban-1/",
    ):  # fmt: skip
        assert words in page.html, words
    assert "Ghi chú nội bộ" not in page.html
    assert "Nguyễn Thị Mẫu" not in page.html
    assert " style=" not in page.html
