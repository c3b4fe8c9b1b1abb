"""Filing a complaint by form: every answer is kept, checked, sent once, and receipted."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from forms_api.portal import Portal
from forms_api.store.tables import cases
from tests.support.submissions import COMPLAINT
from tests.support.visitor import Seen, Visitor
from tests.web.conftest import MakeApp

URL = "/gui/khieu-nai/"
CHECK = "Xem lại trước khi gửi"
SEND = "Gửi khiếu nại"
FIELDS = {name: str(value) for name, value in COMPLAINT.items()}


def case_count(app: Flask) -> int:
    portal: Portal = app.extensions["portal"]
    return portal.store.read(lambda c: c.scalar(select(func.count()).select_from(cases))) or 0


def checked(visitor: Visitor, **changes: str) -> Seen:
    """Fill in the form and come to the page of answers to check."""
    return visitor.press(visitor.get(URL), CHECK, {**FIELDS, **changes})


def test_a_complaint_is_filled_in_checked_and_sent(visitor: Visitor, app: Flask) -> None:
    check = checked(visitor)
    assert check.status == 200
    assert "Kiểm tra trước khi gửi" in check.title
    assert "0912 345 678" in check.html
    assert case_count(app) == 0
    receipt = visitor.press(check, SEND)
    assert receipt.status == 200
    assert case_count(app) == 1
    assert re.search(r"KN-26-[0-9A-Z]{4}-[0-9A-Z]{4}", receipt.html)


def test_the_receipt_says_who_by_when_and_what_a_miss_costs_us(visitor: Visitor) -> None:
    receipt = visitor.press(checked(visitor), SEND)
    text = receipt.document.one("main").text
    assert "Trưởng phòng Kho vận" in text
    # Four working hours from Monday 09:00, with the midday break; then the third working day.
    assert "Thứ Hai, 23/11/2026, 14:00" in text
    assert "Thứ Sáu, 27/11/2026, 17:00" in text
    assert "Nếu trễ, chúng tôi trả: 50.000 đ" in text
    codes = [e.text for e in receipt.document.elements if "data-copy" in e.attributes]
    assert re.fullmatch(r"([0-9A-Z]{4}-){6}[0-9A-Z]{4}", codes[0])


def test_every_fault_is_named_at_once_and_leads_to_its_field(visitor: Visitor) -> None:
    page = visitor.press(visitor.get(URL), CHECK, {"description": "Ngắn quá", "phone": "12"})
    assert page.status == 422
    assert page.title.startswith("Lỗi: ")
    assert set(page.errors) == {"category", "description", "segment", "name", "phone"}
    assert set(page.errors) <= set(page.document.ids())
    assert page.forms[0].fields["description"] == "Ngắn quá"
    assert page.forms[0].fields["phone"] == "12"


def test_nothing_is_ticked_before_the_visitor_ticks_it(visitor: Visitor) -> None:
    boxes = [e for e in visitor.get(URL).document.all("input") if e.get("type") == "checkbox"]
    assert {box.get("name") for box in boxes} == {"priority", "marketing_consent"}
    choices = [e for e in visitor.get(URL).document.all("input") if e.get("type") == "radio"]
    assert [e for e in boxes + choices if "checked" in e.attributes] == []


def test_ticks_and_choices_come_back_with_the_faults(visitor: Visitor) -> None:
    values = {**FIELDS, "name": "", "priority": "true", "remedy_wanted": "refund"}
    fields = visitor.press(visitor.get(URL), CHECK, values).forms[0].fields
    assert fields["priority"] == "true"
    assert fields["remedy_wanted"] == "refund"
    assert fields["category"] == "GT"
    assert "marketing_consent" not in fields


def test_an_answer_can_be_changed_on_the_way(visitor: Visitor) -> None:
    check = checked(
        visitor, product_code="NC-10M", description="Dòng một của sự việc.\r\nDòng hai."
    )
    form = visitor.press(check, "Sửa Họ và tên")
    assert form.status == 200
    assert form.errors == {}
    typed = form.forms[0].fields["description"].splitlines()
    assert typed == ["Dòng một của sự việc.", "Dòng hai."]
    assert form.forms[0].fields["product_code"] == "NC-10M"
    again = visitor.press(form, CHECK, {"name": "Tên Mới"})
    assert "Tên Mới" in again.html
    assert visitor.press(again, SEND).status == 200


def test_the_buttons_to_change_lead_to_fields_that_exist(visitor: Visitor) -> None:
    ids = visitor.get(URL).document.ids()
    actions = [action for *_, action in checked(visitor).forms[0].buttons if "#" in action]
    assert len(actions) == 16
    assert {action.partition("#")[2] for action in actions} <= set(ids)


def test_sending_twice_is_sending_once(visitor: Visitor, app: Flask) -> None:
    check = checked(visitor)
    first, second = visitor.press(check, SEND), visitor.press(check, SEND)
    assert re.findall(r"data-copy>([^<]+)<", first.html) == re.findall(
        r"data-copy>([^<]+)<", second.html
    )
    assert case_count(app) == 1


def test_a_changed_complaint_with_the_same_key_is_asked_about(visitor: Visitor, app: Flask) -> None:
    check = checked(visitor)
    visitor.press(check, SEND)
    changed = visitor.press(check, SEND, {"description": FIELDS["description"] + " Thêm một câu."})
    assert changed.status == 409
    assert "chưa được gửi" in changed.html
    assert case_count(app) == 1
    assert visitor.press(changed, SEND).status == 200
    assert case_count(app) == 2


def test_an_expired_page_keeps_what_was_typed(visitor: Visitor, app: Flask) -> None:
    check = checked(visitor)
    app.config["WTF_CSRF_TIME_LIMIT"] = -1
    page = visitor.press(check, SEND)
    assert page.status == 400
    assert "chưa được ghi nhận" in page.html
    assert page.forms[0].fields["description"] == FIELDS["description"]
    assert page.forms[0].fields["idempotency_key"] == check.forms[0].fields["idempotency_key"]
    app.config["WTF_CSRF_TIME_LIMIT"] = 60
    assert visitor.press(page, SEND).status == 200


def test_a_first_page_that_expired_keeps_what_was_typed_too(visitor: Visitor, app: Flask) -> None:
    form = visitor.get(URL)
    app.config["WTF_CSRF_TIME_LIMIT"] = -1
    page = visitor.press(form, CHECK, {"description": "Đang gõ dở"})
    assert page.status == 400
    assert page.forms[0].fields["description"] == "Đang gõ dở"


def test_a_store_that_fails_never_gives_a_receipt(visitor: Visitor, app: Flask) -> None:
    check = checked(visitor)
    portal: Portal = app.extensions["portal"]
    portal.store.close()
    page = visitor.press(check, SEND)
    assert page.status == 503
    assert page.response.headers["Retry-After"]
    assert "chưa được ghi nhận" in page.html
    assert "1900 0000" in page.document.one("main").text
    assert page.forms[0].fields["description"] == FIELDS["description"]


def test_too_many_posts_are_refused_visibly(make_app: MakeApp, sqlite_url: str) -> None:
    visitor = Visitor(make_app(sqlite_url, PORTAL_RATELIMIT="on").test_client())
    check = checked(visitor)
    pages = [visitor.press(check, SEND) for _ in range(21)]
    assert [page.status for page in pages] == [200] * 20 + [429]
    assert pages[-1].response.headers["Retry-After"] == "60"
    assert "chưa được ghi nhận" in pages[-1].html
    assert pages[-1].forms[0].fields["name"] == FIELDS["name"]


@pytest.mark.parametrize("key", ["", "có dấu", "x" * 256])
def test_a_broken_key_is_replaced(visitor: Visitor, key: str) -> None:
    page = visitor.press(checked(visitor), SEND, {"idempotency_key": key})
    if page.status == 400:
        page = visitor.press(page, SEND)
    assert page.status == 200


def test_a_value_that_the_policy_does_not_know_is_a_fault(visitor: Visitor) -> None:
    page = visitor.press(checked(visitor), SEND, {"category": "ZZ"})
    assert page.status == 422
    assert "category" in page.errors


def test_the_address_of_the_receipt_leads_back_to_the_form(visitor: Visitor) -> None:
    answer = visitor.get(f"{URL}xong/").response
    assert (answer.status_code, answer.location) == (303, URL)
