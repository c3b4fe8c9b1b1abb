"""Asking about an invoice by form."""

from sqlalchemy import text

from forms_api.portal import Portal
from tests.support.submissions import INQUIRY
from tests.support.visitor import Visitor

URL = "/gui/hoa-don/"
CHECK = "Xem lại trước khi gửi"
SEND = "Gửi yêu cầu"
FIELDS = {name: str(value) for name, value in INQUIRY.items()}


def test_an_inquiry_is_filled_in_checked_and_sent(visitor: Visitor) -> None:
    check = visitor.press(visitor.get(URL), CHECK, {**FIELDS, "total_vnd": "12tr345"})
    main = check.document.one("main").text
    assert "12.345.000 đ" in main
    assert "20/11/2026" in main
    assert "Hóa đơn sai thông tin" in main
    receipt = visitor.press(check, SEND)
    assert receipt.status == 200
    assert "HD-26-" in receipt.html


def test_the_receipt_is_the_same_for_an_invoice_that_does_not_exist(visitor: Visitor) -> None:
    def receipt_for(number: str) -> str:
        values = {**FIELDS, "invoice_no": number}
        page = visitor.press(visitor.press(visitor.get(URL), CHECK, values), SEND)
        return page.document.one("main").text

    first, second = receipt_for("1234"), receipt_for("99999999")
    assert len(first) == len(second)
    assert first.partition("Nhận lúc")[2] == second.partition("Nhận lúc")[2]


def test_faults_of_invoice_fields_say_what_to_type(visitor: Visitor) -> None:
    values = {**FIELDS, "invoice_no": "12a", "tax_code": "123", "invoice_date": "01/01/2030"}
    page = visitor.press(visitor.get(URL), CHECK, values)
    assert page.status == 422
    assert set(page.errors) == {"invoice_no", "tax_code", "invoice_date"}


def test_the_page_tells_why_it_gives_no_facts_away(visitor: Visitor) -> None:
    assert "không cho biết hóa đơn có tồn tại" in visitor.get(URL).html


def test_an_inquiry_becomes_a_letter_to_the_department(visitor: Visitor) -> None:
    visitor.press(visitor.press(visitor.get(URL), CHECK, FIELDS), SEND)
    portal: Portal = visitor.client.application.extensions["portal"]
    rows = portal.store.read(
        lambda connection: connection.execute(text("SELECT kind, recipient FROM outbox")).all()
    )
    assert sorted(tuple(row) for row in rows) == [
        ("notice", "ketoan@nhakhe.example"),
        ("receipt", "ke-toan@daily.example"),
    ]
