"""Asking for documents and for quotes, by form without scripts and by program."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.documents import LINES, REQUEST
from tests.support.visitor import Visitor

URL = "/gui/tai-lieu/"
KEY = "a-key-of-my-own-2026"
API = "/api/v1/document-requests"
CHECK, SEND = "Xem lại trước khi gửi", "Gửi yêu cầu"
NOT_AN_ORDER = "chưa phải đặt hàng, chưa phải giao kết hợp đồng"
WHO = {name: REQUEST[name] for name in ("purpose", "send_by", "segment", "name", "email")}


def test_the_address_names_the_document_and_the_version_in_hand(visitor: Visitor) -> None:
    page = visitor.get(f"{URL}?ma=bg-2026.11&v=1")
    fields = next(one.fields for one in page.forms if "document_ids-1-id" in one.fields)
    assert fields["document_ids-1-id"] == "BG-2026.11"
    assert fields["version_shown"] == "1"
    check = visitor.press(page, CHECK, WHO)
    assert "BG-2026.11" in check.document.one("main").text
    receipt = visitor.press(check, SEND)
    main = receipt.document.one("main").text
    assert "TL-26-" in main
    assert "phiên bản 1 đã thay bằng phiên bản 2" in main
    assert "Tài liệu luôn có, luôn đúng" in main


@pytest.mark.parametrize("address", ["ma=BG-1999", "ma=%3Cscript%3E", "ma=BG-2026.11&v=9", ""])
def test_an_address_fills_in_known_documents_and_nothing_else(
    visitor: Visitor, address: str
) -> None:
    page = visitor.get(f"{URL}?{address}")
    assert page.status == 200
    assert "<script>" not in page.html
    fields = next(one.fields for one in page.forms if one.action == URL)
    assert "version_shown" not in fields


def test_a_quote_is_asked_for_in_rows_without_scripts(visitor: Visitor) -> None:
    page = visitor.get(f"{URL}?ma=BG-2026.11")
    assert NOT_AN_ORDER in page.html
    lines = {
        "quote_lines-1-product_code": "NC-18C",
        "quote_lines-1-quantity": "1.200",
        "quote_lines-3-product_code": "CN-BT8",
        "quote_lines-3-quantity": "2",
        "quote_lines-3-unit": "bộ",
    }
    typed = {**WHO, "purpose": "quote", "segment": "project", **lines}
    check = visitor.press(page, CHECK, typed)
    assert "NC-18C: 1200 cái; CN-BT8: 2 bộ" in check.document.one("main").text
    receipt = visitor.press(check, SEND)
    main = receipt.document.one("main").text
    assert NOT_AN_ORDER in main
    assert "Đúng giá đã công bố" in main
    assert "Kinh doanh" in main


def test_all_faults_are_linked_at_once_and_nothing_typed_is_lost(visitor: Visitor) -> None:
    typed = {
        "purpose": "quote",
        "send_by": "post",
        "quote_lines-2-product_code": "NC-18C",
        "quote_lines-2-quantity": "nhiều",
        "need_by": "1/1/2020",
        "name": "",
        "phone": "0912345678",
    }
    page = visitor.press(visitor.get(URL), CHECK, typed)
    assert page.status == 422
    assert set(page.errors) == {
        "quote_lines-2-quantity",
        "address",
        "need_by",
        "segment",
        "name",
    }
    fields = next(one.fields for one in page.forms if one.action == URL)
    assert fields["quote_lines-2-quantity"] == "nhiều"
    assert fields["quote_lines-2-product_code"] == "NC-18C"
    assert fields["need_by"] == "1/1/2020"


def test_a_program_asks_for_a_quote(any_client: FlaskClient) -> None:
    body = {
        **REQUEST,
        "document_ids": ["BG-2026.11", "CT-NOI-COM"],
        "purpose": "quote",
        "segment": "dealer",
        "quote_lines": LINES,
        "version_shown": 2,
        "copies": 3,
        "need_by": "2026-12-01",
    }
    answer = any_client.post(API, json=body, headers={"Idempotency-Key": KEY})
    assert answer.status_code == 201, answer.text
    receipt = answer.get_json()
    assert receipt["reference"].startswith("TL-26-")
    assert [one["id"] for one in receipt["promises"]] == ["CK-01", "CK-13", "CK-14"]
    again = any_client.post(API, json=body, headers={"Idempotency-Key": KEY})
    assert again.data == answer.data
    bearer = {"Authorization": f"Bearer {receipt['code']}"}
    case = any_client.get("/api/v1/case", headers=bearer).get_json()
    assert case["kind"] == "document_request"
    (asked,) = [one["text"] for one in case["events"] if one["type"] == "documents_asked"]
    assert "BG-2026.11 phiên bản 2, CT-NOI-COM" in asked


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"document_ids": []}, "document_ids"),
        ({"document_ids": "BG-2026.11"}, "document_ids"),
        ({"document_ids": ["BG-1999"]}, "document_ids-1-id"),
        ({"document_ids": ["BG-2026.11"] * 4}, "document_ids"),
        ({"version_shown": True}, "version_shown"),
        ({"send_by": "email", "email": None, "phone": "0912345678"}, "email"),
        ({"send_by": "fax"}, "fax"),
        ({"send_by": "pick_up"}, "shop"),
        ({"purpose": "quote"}, "quote_lines"),
        ({"quote_lines": LINES}, "purpose"),
        ({"purpose": "quote", "quote_lines": [{"product_code": "X"}]}, "quote_lines-1-quantity"),
        ({"purpose": "quote", "quote_lines": [{**LINES[0], "price": 1}]}, "quote_lines-1-price"),
        ({"copies": 0}, "copies"),
        ({"need_by": "2026-11-22"}, "need_by"),
    ],
)
def test_what_cannot_be_sent_is_refused_by_field(
    client: FlaskClient, changes: dict[str, Any], field: str
) -> None:
    answer = client.post(API, json={**REQUEST, **changes})
    assert answer.status_code == 422
    assert {one["field"] for one in answer.get_json()["errors"]} == {field}
