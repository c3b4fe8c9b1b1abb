"""Pressing "Gửi email" twice writes one letter; asking again from a new page writes another."""

import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from forms_api.portal import Portal
from forms_api.service import MOST_RECEIPTS
from tests.support.submissions import COMPLAINT
from tests.support.visitor import Seen, Visitor
from tests.web.conftest import MakeApp

SEND = "Gửi email"
FIELDS = {name: str(value) for name, value in COMPLAINT.items()} | {"email": ""}
ADDRESS = "khac@vidu.vn"


def receipt_of(visitor: Visitor) -> Seen:
    form = visitor.get("/gui/khieu-nai/")
    return visitor.press(visitor.press(form, "Xem lại trước khi gửi", FIELDS), "Gửi khiếu nại")


@pytest.fixture
def app(make_app: MakeApp, any_url: str) -> Flask:
    """Make an application on each kind of database."""
    return make_app(any_url)


@pytest.fixture
def receipt(visitor: Visitor) -> Seen:
    """Give the page of a receipt."""
    return receipt_of(visitor)


def letters(app: Flask, address: str = ADDRESS) -> int:
    portal: Portal = app.extensions["portal"]
    query = text("SELECT count(*) FROM outbox WHERE recipient = :address AND kind = 'receipt'")
    return int(portal.store.read(lambda c: c.scalar(query, {"address": address})) or 0)


def browser_like(client: FlaskClient) -> FlaskClient:
    """Return another client of the same browser: a second request needs one of its own."""
    other = client.application.test_client()
    for cookie in client._cookies.values():
        other.set_cookie(cookie.key, cookie.value, path=cookie.path, domain=cookie.domain)
    return other


def test_a_double_click_writes_one_letter(app: Flask, visitor: Visitor, receipt: Seen) -> None:
    sides = [Visitor(browser_like(visitor.client)) for _ in range(4)]
    ready, answers = threading.Barrier(len(sides)), list[Seen]()

    def click(side: Visitor) -> None:
        ready.wait(120)
        answers.append(side.press(receipt, SEND, {"email": ADDRESS}))

    clicks = [threading.Thread(target=click, args=(side,)) for side in sides]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join(120)
    assert [one.status for one in answers] == [200] * len(sides)
    assert all(ADDRESS in one.html for one in answers)
    assert letters(app) == 1


def test_the_same_page_sent_again_later_writes_no_second_letter(
    app: Flask, visitor: Visitor, receipt: Seen
) -> None:
    for _ in range(MOST_RECEIPTS + 2):
        page = visitor.press(receipt, SEND, {"email": f" {ADDRESS} "})
        assert page.status == 200
    assert letters(app) == 1


def test_a_letter_that_did_not_come_is_asked_for_again_from_the_page_that_answered(
    app: Flask, visitor: Visitor, receipt: Seen
) -> None:
    page = receipt
    for _ in range(MOST_RECEIPTS):
        page = visitor.press(page, SEND, {"email": ADDRESS})
        assert page.status == 200
    assert letters(app) == MOST_RECEIPTS
    assert visitor.press(page, SEND, {"email": ADDRESS}).status == 422


def test_another_address_in_the_same_page_gets_its_letter(
    app: Flask, visitor: Visitor, receipt: Seen
) -> None:
    for address in ("mot@vidu.vn", "hai@vidu.vn"):
        assert visitor.press(receipt, SEND, {"email": address}).status == 200
    assert (letters(app, "mot@vidu.vn"), letters(app, "hai@vidu.vn")) == (1, 1)


def test_a_wrong_address_is_mended_in_the_page_that_names_it(
    app: Flask, visitor: Visitor, receipt: Seen
) -> None:
    wrong = visitor.press(receipt, SEND, {"email": "khong phai email"})
    assert wrong.status == 422
    assert visitor.press(wrong, SEND, {"email": ADDRESS}).status == 200
    assert letters(app) == 1


def test_the_key_of_one_case_does_nothing_to_another(
    app: Flask, visitor: Visitor, receipt: Seen
) -> None:
    other = receipt_of(visitor)
    key = next(one for one in receipt.forms if one.action.endswith("/email/")).fields
    same = {"email": ADDRESS, "idempotency_key": key["idempotency_key"]}
    assert visitor.press(receipt, SEND, same).status == 200
    assert visitor.press(other, SEND, same).status == 200
    assert letters(app) == 2
