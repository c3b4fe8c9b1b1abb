"""Was this page clear? From a static page, by form and by program, to the desk."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forms_api import feedback
from forms_api.portal import Portal
from tests.support.application import Clock
from tests.support.visitor import Visitor
from tests.web.conftest import MakeApp

URL = "/gui/gop-y/"
API = "/api/v1/feedback"
SEND = "Gửi góp ý"
SAID = {"page_url": "/bang-gia/ban-le-2026-11/", "page_version": "2", "useful": "no"}


def portal_of(app: Flask) -> Portal:
    found: Portal = app.extensions["portal"]
    return found


def test_a_pressed_answer_is_sent_with_one_more_click(visitor: Visitor) -> None:
    page = visitor.get(f"{URL}?trang=/hoi-dap/mat-phieu-bao-hanh/&phien-ban=2026-11-01&co-ich=co")
    fields = page.forms[0].fields
    assert fields["useful"] == "yes"
    done = visitor.press(page, SEND)
    assert done.status == 200
    main = done.document.one("main")
    assert "không có mã hồ sơ" in main.text
    assert "/gui/cau-hoi/?trang=/hoi-dap/mat-phieu-bao-hanh/" in done.html
    (one,) = feedback.pages(portal_of(visitor.client.application))
    assert (one.page_url, one.page_version, one.yes, one.no) == (
        "/hoi-dap/mat-phieu-bao-hanh/",
        "2026-11-01",
        1,
        0,
    )


def test_whoever_says_no_says_why_and_a_page_sent_twice_counts_once(
    visitor: Visitor, app: Flask
) -> None:
    page = visitor.get(f"{URL}?trang=/bang-gia/ban-le-2026-11/&phien-ban=2&co-ich=khong")
    typed = {"reason": "unclear", "comment": "Giá này đã gồm VAT chưa?", "contact": "0912 345 678"}
    for _ in range(2):
        assert visitor.press(page, SEND, typed).status == 200
    (one,) = feedback.unclear_pages(portal_of(app), page_since(app))
    assert (one.no, one.open_no, one.reasons) == (1, 1, (("Khó hiểu", 1),))
    (remark,) = one.remarks
    assert (remark.comment, remark.contact) == ("Giá này đã gồm VAT chưa?", "+84912345678")


def page_since(app: Flask) -> Any:
    return app.extensions["desk"].now() - timedelta(days=1)


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("trang=https://evil.example/", ""),
        ("trang=//evil.example/", ""),
        ("trang=%22%3E%3Cscript%3E&phien-ban=%3Cb%3E&co-ich=x", ""),
        ("", ""),
    ],
)
def test_an_address_brings_pages_of_this_site_and_nothing_else(
    visitor: Visitor, address: str, url: str
) -> None:
    page = visitor.get(f"{URL}?{address}")
    assert page.status == 200
    assert page.forms[0].fields["page_url"] == url
    assert "evil" not in page.html
    assert "<script>" not in page.html
    assert "<b>" not in page.html


def test_all_faults_are_linked_and_what_was_typed_stays(visitor: Visitor) -> None:
    page = visitor.press(visitor.get(URL), SEND, {"comment": "x" * 1001, "contact": "ai đó"})
    assert page.status == 422
    assert set(page.errors) == {"page_url", "useful", "comment", "contact"}
    assert page.forms[0].fields["comment"] == "x" * 1001


def test_a_refused_token_keeps_what_was_typed_and_says_that_nothing_was_recorded(
    visitor: Visitor, app: Flask
) -> None:
    page = visitor.get(f"{URL}?trang=/hoi-dap/")
    typed = {"csrf_token": "wrong", "useful": "no", "comment": "Thiếu giờ mở cửa."}
    again = visitor.press(page, SEND, typed)
    assert again.status == 400
    assert "chưa được ghi nhận" in again.html
    assert again.forms[0].fields["comment"] == "Thiếu giờ mở cửa."
    assert feedback.pages(portal_of(app)) == []


def test_one_caller_cannot_fill_the_table(make_app: MakeApp, sqlite_url: str) -> None:
    client = make_app(sqlite_url, PORTAL_RATELIMIT="on").test_client()
    statuses = [client.post(API, json=SAID).status_code for _ in range(21)]
    assert statuses == [201] * 20 + [429]


def test_a_program_says_it_and_a_repeated_key_says_it_once(any_client: FlaskClient) -> None:
    key = {"Idempotency-Key": "a-key-of-one-page-2026"}
    first = any_client.post(API, json={**SAID, "reason": "wrong"}, headers=key)
    assert first.status_code == 201
    assert first.get_json() == {"recorded": True, "received_at": "2026-11-23T09:00:00+07:00"}
    again = any_client.post(API, json={**SAID, "reason": "wrong"}, headers=key)
    assert again.data == first.data
    assert any_client.post(API, json={**SAID, "useful": "yes"}, headers=key).status_code == 409
    (one,) = feedback.pages(portal_of(any_client.application))
    assert (one.yes, one.no) == (0, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"page_url": "https://evil.example/"}, "page_url"),
        ({"page_url": None}, "page_url"),
        ({"page_version": "x" * 41}, "page_version"),
        ({"useful": True}, "useful"),
        ({"useful": "maybe"}, "useful"),
        ({"reason": "ugly"}, "reason"),
        ({"comment": "y\u0323" * 1001}, "comment"),
        ({"contact": "x"}, "contact"),
        ({"name": "Nguyễn"}, "name"),
    ],
)
def test_what_is_no_remark_is_refused_by_field(
    client: FlaskClient, changes: dict[str, Any], field: str
) -> None:
    answer = client.post(API, json={**SAID, **changes})
    assert answer.status_code == 422
    assert {one["field"] for one in answer.get_json()["errors"]} == {field}


def test_what_is_handled_leaves_the_list_of_unclear_pages_and_forgets_who_said_it(
    make_app: MakeApp, any_url: str, clock: Clock
) -> None:
    app = make_app(any_url)
    client, portal = app.test_client(), portal_of(app)
    since = clock() - timedelta(days=7)
    client.post(API, json={**SAID, "contact": "ai@khach.example"})
    client.post(API, json={**SAID, "page_version": "1"})
    first = feedback.unclear_pages(portal, since)
    assert [one.page_version for one in first] == ["1", "2"]
    client.post(API, json={**SAID, "comment": "Vừa tới."})
    marked = feedback.mark_handled(portal, SAID["page_url"], "2", first[1].last, "NV-1", clock())
    assert marked == 1
    left = {one.page_version: one for one in feedback.unclear_pages(portal, since)}
    assert left["2"].open_no == 1
    assert [one.comment for one in left["2"].remarks] == ["Vừa tới."]
    assert (left["2"].handled_by, left["2"].handled_at) == ("NV-1", clock())
    assert feedback.unclear_pages(portal, clock() + timedelta(minutes=1)) == []
    contacts = [one.contact for one in feedback.pages(portal)[0].remarks]
    assert "ai@khach.example" not in contacts
