"""Holding a receipt and following a case: codes in bodies only, one answer to every miss."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from forms_api.portal import Portal
from tests.support.application import Clock
from tests.support.submissions import COMPLAINT
from tests.support.visitor import Seen, Visitor

FIELDS = {name: str(value) for name, value in COMPLAINT.items()}


@pytest.fixture
def receipt(visitor: Visitor) -> Seen:
    """File a complaint and give the page of its receipt."""
    form = visitor.get("/gui/khieu-nai/")
    check = visitor.press(form, "Xem lại trước khi gửi", FIELDS)
    return visitor.press(check, "Gửi khiếu nại")


def codes_of(page: Seen) -> dict[str, str]:
    """Return the reference and the code that a receipt shows."""
    reference = re.search(r"KN-26-[0-9A-Z]{4}-[0-9A-Z]{4}", page.html)
    code = re.search(r"data-copy>([^<]+)<", page.html)
    assert reference
    assert code
    return {"reference": reference[0], "code": code[1]}


def ask(visitor: Visitor, **codes: str) -> Seen:
    return visitor.press(visitor.get("/ho-so/"), "Xem hồ sơ", codes)


def test_the_receipt_is_saved_as_a_text_file(visitor: Visitor, receipt: Seen) -> None:
    answer = visitor.press(receipt, "Lưu thành tệp").response
    codes = codes_of(receipt)
    assert answer.mimetype == "text/plain"
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=bien-nhan-{codes['reference']}.txt"
    )
    assert codes["code"] in answer.text
    assert "Thứ Sáu, 27/11/2026, 17:00" in answer.text


def test_the_receipt_is_mailed_by_the_outbox(visitor: Visitor, receipt: Seen) -> None:
    page = visitor.press(receipt, "Gửi email", {"email": "khac@vidu.vn"})
    assert page.status == 200
    assert "khac@vidu.vn" in page.document.one("main").text
    assert codes_of(page) == codes_of(receipt)
    portal: Portal = visitor.client.application.extensions["portal"]
    waiting = portal.store.read(
        lambda connection: connection.scalars(text("SELECT recipient FROM outbox")).all()
    )
    assert "khac@vidu.vn" in waiting


def test_a_wrong_address_is_a_fault_of_its_field(visitor: Visitor, receipt: Seen) -> None:
    page = visitor.press(receipt, "Gửi email", {"email": "khong phai email"})
    assert page.status == 422
    assert page.title.startswith("Lỗi: ")
    assert set(page.errors) == {"email"}
    assert codes_of(page) == codes_of(receipt)


def test_a_case_is_shown_to_whoever_holds_both_codes(visitor: Visitor, receipt: Seen) -> None:
    page = ask(visitor, **codes_of(receipt))
    main = page.document.one("main").text
    assert page.status == 200
    assert "Trưởng phòng Kho vận" in main
    assert "Hạn chậm nhất: Thứ Sáu, 27/11/2026, 17:00" in main
    assert "Đã nhận phiếu" in main


def test_codes_may_be_typed_as_people_type_them(visitor: Visitor, receipt: Seen) -> None:
    codes = {name: code.lower().replace("-", " ") for name, code in codes_of(receipt).items()}
    page = ask(visitor, **codes)
    assert page.status == 200
    assert codes_of(visitor.press(page, "Xem lại biên nhận")) == codes_of(receipt)


def test_a_missed_promise_shows_what_is_owed(visitor: Visitor, receipt: Seen, clock: Clock) -> None:
    clock.move(days=3)
    main = ask(visitor, **codes_of(receipt)).document.one("main").text
    assert "Đã trễ hẹn" in main
    assert "Chúng tôi nợ Quý khách 50.000 đ" in main


def test_every_miss_is_the_same_answer(visitor: Visitor, receipt: Seen) -> None:
    right = codes_of(receipt)
    misses = [
        {**right, "code": "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"},
        {**right, "reference": "KN-26-AAAA-AAAA"},
        {**right, "code": "x"},
        {**right, "code": ""},
        {"reference": "", "code": ""},
        {"reference": "tôi quên rồi", "code": "không nhớ"},
    ]

    def bare(page: Seen) -> str:
        # The page gives back what was typed, and a token; the rest must not differ by a byte.
        return re.sub(r'value="[^"]*"', "", page.html)

    pages = [ask(visitor, **codes) for codes in misses]
    assert {page.status for page in pages} == {404}
    assert len({bare(page) for page in pages}) == 1
    assert pages[1].forms[0].fields["reference"] == "KN-26-AAAA-AAAA"


@pytest.mark.parametrize("url", ["/gui/bien-nhan/", "/gui/bien-nhan/tep/", "/gui/bien-nhan/email/"])
def test_a_receipt_is_not_given_without_the_code(visitor: Visitor, url: str) -> None:
    token = visitor.get("/ho-so/").forms[0].fields["csrf_token"]
    data = {"csrf_token": token, "reference": "KN-26-AAAA-AAAA", "code": "x", "email": "a@vidu.vn"}
    page = Seen(visitor.client.post(url, data=data))
    assert page.status == 404
    assert "reference" in page.errors
    assert visitor.get(url).response.location == "/ho-so/"


def test_a_store_that_fails_keeps_what_was_typed(visitor: Visitor, receipt: Seen) -> None:
    form = visitor.get("/ho-so/")
    portal: Portal = visitor.client.application.extensions["portal"]
    portal.store.close()
    page = visitor.press(form, "Xem hồ sơ", {"reference": "KN-26-AAAA-AAAA", "code": "abc"})
    assert page.status in (404, 503)
    assert page.forms[0].fields["code"] == "abc"


def test_no_page_puts_the_code_into_an_address_or_a_cookie(
    client: FlaskClient, receipt: Seen, visitor: Visitor
) -> None:
    codes = codes_of(receipt)
    pages = [receipt, ask(visitor, **codes), visitor.press(receipt, "Gửi email", {"email": "a@"})]
    for page in pages:
        assert not any(codes["code"] in target for target in page.document.targets())
        assert codes["code"] not in str(page.response.headers)
    cookie = client.get_cookie("portal")
    assert cookie is not None
    assert codes["code"] not in cookie.value
    assert len(cookie.value) < 200
