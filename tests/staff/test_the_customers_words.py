"""What a customer wrote is shown to the customer, at the desk, in letters and in exports alike."""

import csv
import io
import re
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select

from forms_api import mail
from forms_api.kinds import KINDS
from forms_api.kinds.kind import Kind
from forms_api.letters import LINK_LEFT_OUT, fit_for_letters
from forms_api.outbox import send_outbox
from forms_api.store.tables import outbox
from tests.staff.conftest import LogIn
from tests.support.kinds import example
from tests.support.mailserver import MailServer
from tests.support.submissions import COMPLAINT, INQUIRY
from tests.support.visitor import Seen, Visitor

WORDS = (
    "Nồi <NC-18C> & nắp kêu \"cạch\" 'to'; xin đừng bỏ chữ nào.\n"
    "Dòng hai: a < b, c > d &amp; 100%.\n\nDòng cuối sau dòng trống."
)


@pytest.fixture(params=KINDS, ids=lambda kind: kind.id)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture(params=["api", "form", "desk"])
def door(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def as_form(given: dict[str, Any]) -> dict[str, str]:
    flat = {name: str(value) for name, value in given.items() if not isinstance(value, list)}
    for number, one in enumerate(given.get("document_ids", ()), 1):
        flat[f"document_ids-{number}-id"] = one
    return flat


def codes_on(page: Seen) -> tuple[str, str]:
    form = next(one for one in page.forms if {"reference", "code"} <= set(one.fields))
    return form.fields["reference"], form.fields["code"]


def filed(app: Flask, log_in: LogIn, kind: Kind, door: str) -> tuple[str, str, Seen | None]:
    """File through a door; return both codes, and the receipt page if the door shows one."""
    given = {**example(kind, app.extensions["portal"].policy), kind.main_text[0]: WORDS}
    if door == "api":
        answer = app.test_client().post(kind.api_url, json=given)
        assert answer.status_code == 201, answer.text
        return answer.json["reference"], answer.json["code"], None
    if door == "form":
        visitor = Visitor(app.test_client())
        page = visitor.get(kind.url)
        button = page.forms[-1].buttons[-1][0]
        seen = visitor.press(page, button, as_form(given))
        if not any("code" in one.fields for one in seen.forms):
            # The page of answers to check comes before the receipt.
            buttons = seen.forms[-1].buttons
            seen = visitor.press(seen, next(words for words, name, *_ in buttons if not name))
        assert seen.status in (200, 201), (seen.title, seen.errors)
        return *codes_on(seen), seen
    visitor = log_in("hoa", "lead", "cskh")
    page = visitor.get(f"/noi-bo/nhap/{kind.slug}/")
    assert page.status == 200, kind.slug
    given = as_form({**given, "channel": "phone"})
    seen = visitor.press(page, page.forms[-1].buttons[0][0], given)
    assert seen.status == 201, seen.errors
    found = sorted(set(_codes(seen.html)), key=len)
    return found[0], found[-1], seen


def _codes(text: str) -> list[str]:
    return re.findall(
        r"\b[A-Z]{2}-26-[0-9A-Z]{4}-[0-9A-Z]{4}\b|\b(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}\b", text
    )


def quotes(page: Seen) -> list[str]:
    """Return every quotation of a page, character by character."""
    return ["".join(one.pieces) for one in page.document.all("blockquote")]


@pytest.fixture
def smtp(mail_server: MailServer, app: Flask) -> mail.Mailer:
    portal = app.extensions["portal"]
    return mail.mailer_for(
        replace(portal.settings, smtp_url=mail_server.url), portal.policy.company
    )


def test_the_words_of_every_kind_stand_on_every_page_and_in_every_file(
    app: Flask, log_in: LogIn, kind: Kind, door: str, mail_server: MailServer, smtp, clock
) -> None:
    reference, code, receipt = filed(app, log_in, kind, door)
    if receipt is not None:
        assert WORDS in quotes(receipt)
    visitor = Visitor(app.test_client())
    codes = {"reference": reference, "code": code}
    page = visitor.press(visitor.get("/ho-so/"), "Xem hồ sơ", codes)
    assert WORDS in quotes(page)
    desk = log_in("hoa", "lead", "cskh")
    assert WORDS in quotes(desk.get(f"/noi-bo/ho-so/{reference}/"))
    send_outbox(app.extensions["portal"], smtp, clock())
    receipts = [one for one in mail_server.delivered if "đã nhận phiếu" in one.message["Subject"]]
    assert [WORDS in one.text.replace("\r\n", "\n") for one in receipts] == [True]
    rows = list(csv.DictReader(io.StringIO(export(desk, "csv").decode("utf-8-sig"), newline="")))
    assert [one["Nội dung"] for one in rows] == [WORDS]
    book = openpyxl.load_workbook(io.BytesIO(export(desk, "xlsx")))
    (sheet,) = book.worksheets
    assert WORDS in [cell.value for cell in sheet[2]]


def export(desk: Visitor, kind: str) -> bytes:
    page = desk.get("/noi-bo/xuat/")
    token = page.forms[0].fields["csrf_token"]
    answer = desk.client.post(f"/noi-bo/xuat/{kind}/", data={"csrf_token": token})
    assert answer.status_code == 200
    return answer.data


def test_an_inquiry_shows_both_of_its_texts(app: Flask, log_in: LogIn) -> None:
    given = {**INQUIRY, "details": "Gửi gấp giúp.", "correct_details": "Tên: A & B <Ltd>"}
    answer = app.test_client().post("/api/v1/invoice-inquiries", json=given).json
    visitor = Visitor(app.test_client())
    codes = {"reference": answer["reference"], "code": answer["code"]}
    page = visitor.press(visitor.get("/ho-so/"), "Xem hồ sơ", codes)
    (said,) = quotes(page)
    assert said == "Gửi gấp giúp.\n\nTên: A & B <Ltd>"


def test_the_receipt_by_mail_carries_no_link_that_somebody_typed(app: Flask) -> None:
    bad = "Nhận quà ở https://xau.example/qua, www.xau.example hay xau-qua.vn/x nhé mọi người."
    given = {**COMPLAINT, "description": bad, "email": "nan-nhan@khac.example"}
    assert app.test_client().post("/api/v1/complaints", json=given).status_code == 201
    query = select(outbox.c.body).where(outbox.c.kind == "receipt")
    (body,) = app.extensions["portal"].store.read(lambda c: list(c.scalars(query)))
    assert "xau" not in body
    assert LINK_LEFT_OUT in body


def test_a_receipt_sent_on_to_a_strange_address_quotes_nobody(app: Flask) -> None:
    answer = app.test_client().post("/api/v1/complaints", json=COMPLAINT).json
    visitor = Visitor(app.test_client())
    codes = {"reference": answer["reference"], "code": answer["code"]}
    page = visitor.press(visitor.get("/ho-so/"), "Xem hồ sơ", codes)
    receipt = visitor.press(page, "Xem lại biên nhận")
    for address in ("la@khac.example", COMPLAINT["email"].upper()):
        assert visitor.press(receipt, "Gửi email", {"email": address}).status == 200
    query = select(outbox.c.recipient, outbox.c.body).where(outbox.c.kind == "receipt")
    rows = app.extensions["portal"].store.read(lambda c: list(c.execute(query)))
    quoted = {row.recipient.lower(): COMPLAINT["description"] in row.body for row in rows}
    assert quoted == {COMPLAINT["email"]: True, "la@khac.example": False}


@pytest.mark.parametrize(
    "words",
    ["Máy hỏng.Nồi kêu to, 1.250.000 đ, lúc 8:30.", "tệp anh.pdf; email a@b.example", WORDS],
)
def test_words_without_links_are_left_alone(words: str) -> None:
    assert fit_for_letters(words) == words
