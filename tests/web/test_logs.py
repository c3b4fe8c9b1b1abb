"""Logs tell what happened and nothing about the person it happened to."""

import json
import logging
import re

import pytest
from flask import Flask

from tests.support.submissions import COMPLAINT
from tests.support.visitor import Visitor

CANARIES = {
    "description": "Sự việc CANARY-MOTA đã xảy ra hôm qua.",
    "name": "Canary Tên",
    "phone": "0987 654 321",
    "email": "canary-thu@vidu.vn",
    "order_no": "CANARY-DON",
    "category": "GT",
    "segment": "household",
}
MARKS = ("canary", "987 654 321", "987654321")


def test_nothing_personal_reaches_a_log(
    app: Flask, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = visitor.client
    form = visitor.get("/gui/khieu-nai/")
    faulty = {**CANARIES, "email": "canary thư hỏng", "occurred_on": "canary"}
    visitor.press(form, "Xem lại trước khi gửi", faulty)
    check = visitor.press(form, "Xem lại trước khi gửi", CANARIES)
    receipt = visitor.press(check, "Gửi khiếu nại")
    code = re.findall(r"data-copy>([^<]+)<", receipt.html)[0]
    visitor.press(receipt, "Gửi email", {"email": "canary@vidu.vn"})
    visitor.press(receipt, "Xem hồ sơ")
    visitor.get("/tim-kiem/?q=canary")
    client.get("/canary/")
    client.post("/api/v1/complaints", json={**COMPLAINT, "canary": "canary", "name": "Canary"})
    client.post("/api/v1/complaints", data=b'{"canary', content_type="application/json")
    client.get("/api/v1/case", headers={"Authorization": f"Bearer {code}"})
    client.post(
        "/gui/khieu-nai/", data=b"canary=%ff", content_type="application/x-www-form-urlencoded"
    )
    app.extensions["portal"].store.close()
    visitor.press(check, "Gửi khiếu nại", {"idempotency_key": "canary"})

    text = caplog.text.lower()
    assert "forms_api.access" in text
    assert [mark for mark in (*MARKS, code.lower()) if mark in text] == []


def test_an_unforeseen_error_is_logged_without_its_message(
    app: Flask, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    typed = "".join(("can", "ary"))

    def broken() -> str:
        raise RuntimeError(typed)

    app.view_functions["cases.ask"] = broken
    page = visitor.get("/ho-so/")
    assert page.status == 500
    number = re.search(r"Mã sự cố: ([0-9a-f]{8})", page.html)
    assert number
    assert number[1] in caplog.text
    assert "RuntimeError" in caplog.text
    assert "canary" not in caplog.text + page.html


def test_an_unforeseen_error_of_a_form_keeps_what_was_typed(app: Flask, visitor: Visitor) -> None:
    def broken() -> str:
        raise RuntimeError

    form = visitor.get("/gui/khieu-nai/")
    app.view_functions["complaint.check"] = broken
    page = visitor.press(form, "Xem lại trước khi gửi", CANARIES)
    assert page.status == 500
    assert "chưa được ghi nhận" in page.html
    assert page.forms[0].fields["description"] == CANARIES["description"]


def test_a_line_has_the_pattern_of_the_route_and_no_more(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "forms_api.access")
    visitor.get("/tim-kiem/?q=x")
    visitor.client.open("/ho-so/", method="CANARY")
    lines = [json.loads(r.message) for r in caplog.records if r.name == "forms_api.access"]
    assert [set(line) for line in lines] == [{"method", "route", "status", "ms", "request"}] * 2
    assert (lines[0]["method"], lines[0]["route"], lines[0]["status"]) == ("GET", "/tim-kiem/", 200)
    assert (lines[1]["method"], lines[1]["route"]) == ("?", "-")
