"""What readers say of pages, and documents that staff send by hand, at the desk."""

from typing import Any

import pytest
from flask import Flask

from tests.staff.conftest import LogIn
from tests.support.documents import REQUEST
from tests.support.scene import Scene
from tests.support.visitor import Visitor

URL = "/noi-bo/gop-y/"
SAID = {"page_url": "/bang-gia/ban-le-2026-11/", "page_version": "2", "useful": "no"}


@pytest.fixture(autouse=True)
def said(app: Flask) -> None:
    """Let two people say something of one version, and one of another."""
    client = app.test_client()
    for more in (
        {"reason": "unclear", "comment": "Giá này đã gồm VAT chưa? <b>", "contact": "0912345678"},
        {"useful": "yes"},
        {"page_version": "1", "reason": "out_of_date"},
    ):
        assert client.post("/api/v1/feedback", json={**SAID, **more}).status_code == 201


@pytest.mark.parametrize("role", ["editor", "lead", "auditor"])
def test_the_list_counts_by_page_and_version_and_quotes_what_was_said(
    log_in: LogIn, role: str
) -> None:
    page = log_in("ba", role).get(URL)
    main = page.document.one("main").text
    assert "Có: 1 · Chưa: 1 · khó hiểu: 1" in main
    assert "Giá này đã gồm VAT chưa? <b>" in main
    assert "+84912345678" in main
    assert main.count("/bang-gia/ban-le-2026-11/") >= 2
    assert bool([one for one in page.forms if one.action == f"{URL}xong/"]) == (role != "auditor")


def test_others_have_no_place_for_it(log_in: LogIn) -> None:
    visitor = log_in("lan", "agent")
    assert visitor.get(URL).status == 403
    assert URL not in visitor.get("/noi-bo/").document.targets()


def test_an_editor_marks_a_version_as_handled(log_in: LogIn) -> None:
    visitor = log_in("minh", "editor", "marketing")
    page = visitor.get(URL)
    button = "Đã xử lý góp ý về /bang-gia/ban-le-2026-11/, phiên bản 2"
    answer = visitor.press(page, button)
    assert answer.status == 303
    after = visitor.get(answer.response.headers["Location"])
    main = after.document.one("main").text
    assert "Đã đánh dấu 2 góp ý" in main
    assert "Người tên Minh" in main
    assert "+84912345678" not in main
    assert button not in main


def request(app: Flask, clock: Any, **more: Any) -> Scene:
    """File a request for documents on Monday, 30 November, at nine."""
    scene = Scene(app, clock).at("2026-11-30T09:00")
    body = {**REQUEST, "send_by": "post", "address": "12 phố Mẫu", **more}
    answer = app.test_client().post("/api/v1/document-requests", json=body)
    scene.reference, scene.code = answer.json["reference"], answer.json["code"]
    return scene


def test_staff_record_what_they_posted_and_the_customer_sees_it(app: Flask, clock: Any) -> None:
    scene = request(app, clock, version_shown=1)
    form = scene.form("giam", "da-gui-tai-lieu")
    assert "BG-2026.11 phiên bản 2 (đang hiệu lực)" in form.html
    scene.refuses("giam", "da-gui-tai-lieu", "copy", copy="BG-2026.11|BG-2026.11|9", way="post")
    scene.does("giam", "da-gui-tai-lieu", copy="BG-2026.11|BG-2026.11|2", way="post")
    main = scene.page().document.one("main").text
    assert "BG-2026.11 phiên bản 2 (bản in), gửi qua bưu điện" in main
    assert "/gui/gop-y/?trang=/tai-lieu/bg-2026.11/&phien-ban=2" in scene.page().document.targets()
    assert scene.told("CK-14")["status"] == "kept"


def test_a_request_told_by_phone_is_entered_with_its_rows(log_in: LogIn) -> None:
    visitor: Visitor = log_in("lan")
    page = visitor.get("/noi-bo/nhap/tai-lieu/")
    typed = {
        "channel": "phone",
        "document_ids-1-id": "CT-NOI-COM",
        "purpose": "quote",
        "quote_lines-1-product_code": "NC-18C",
        "quote_lines-1-quantity": "20",
        "send_by": "pick_up",
        "shop": "Cửa hàng Mẫu",
        "segment": "dealer",
        "name": "Trần Văn Mẫu",
        "phone": "0912345678",
    }
    receipt = visitor.press(page, "Ghi phiếu, in biên nhận", typed)
    assert receipt.status == 201, receipt.errors
    main = receipt.document.one("main").text
    assert "chưa phải đặt hàng" in main
    assert "Đúng giá đã công bố" in main
