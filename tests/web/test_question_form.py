"""Asking what no published answer says, by form and by program."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from forms_api.portal import Portal
from tests.support.submissions import QUESTION
from tests.support.visitor import Seen, Visitor
from tests.web.conftest import MakeApp

URL = "/gui/cau-hoi/"
KEY = "a-key-of-my-own-2026"
API = "/api/v1/questions"
CHECK = "Xem lại trước khi gửi"
SEND = "Gửi câu hỏi"


def offered(page: Seen) -> list[str]:
    links = [one.get("href") for one in page.document.all("a")]
    return [one for one in links if one.startswith("/hoi-dap/") and one != "/hoi-dap/"]


def value_of(page: Seen, name: str) -> str:
    form = next(one for one in page.forms if name in one.fields)
    return form.fields[name]


def test_a_question_is_filled_in_checked_and_sent(visitor: Visitor) -> None:
    check = visitor.press(visitor.get(URL), CHECK, {**QUESTION, "category": "dai-ly"})
    main = check.document.one("main").text
    assert "Bên mình có nhận sinh viên thực tập" in main
    assert "Đại lý" in main
    receipt = visitor.press(check, SEND)
    assert receipt.status == 200
    main = receipt.document.one("main").text
    assert "CH-26-" in main
    assert "Xác nhận đã nhận" in main
    assert "Trả lời lần đầu có nội dung" in main
    assert len(receipt.document.all("time")) == 3  # received, and two promises
    assert "Chăm sóc khách hàng" in main


def test_the_words_of_a_search_come_along(visitor: Visitor) -> None:
    page = visitor.get(f"{URL}?q=co+nhan+thuc+tap+k&trang=/hoi-dap/mat-phieu-bao-hanh/")
    assert value_of(page, "question") == "co nhan thuc tap k"
    assert value_of(page, "search_terms_tried") == "co nhan thuc tap k"
    assert value_of(page, "page_url") == "/hoi-dap/mat-phieu-bao-hanh/"
    check = visitor.press(page, CHECK, QUESTION)
    assert value_of(check, "search_terms_tried") == "co nhan thuc tap k"
    visitor.press(check, SEND)
    portal: Portal = visitor.client.application.extensions["portal"]
    kept = portal.store.read(lambda c: c.execute(text("SELECT payload FROM private")).scalar_one())
    assert '"search_terms_tried":["co nhan thuc tap k"]' in kept


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("q=%3Cscript%3Ealert(1)%3C/script%3E", "<script>alert(1)</script>"),
        ("q=h%C3%B3a%20%C4%91%C6%A1n", "hóa đơn"),
        ("q=ho%CC%81a+%C4%91%C6%A1n", "hóa đơn"),
        ("q=" + "x" * 3000, "x" * 200),
        ("q=a%0Ab%E2%80%AEc", "a bc"),
        ("trang=https://evil.example/", ""),
        ("trang=//evil.example/", ""),
        ("q=", ""),
    ],
)
def test_an_address_fills_in_text_and_nothing_else(
    visitor: Visitor, address: str, shown: str
) -> None:
    page = visitor.get(f"{URL}?{address}")
    assert page.status == 200
    assert value_of(page, "question") == shown
    assert "<script>alert" not in page.html
    assert "evil.example" not in page.html


def test_the_nearest_published_answers_are_offered_and_do_not_stand_in_the_way(
    visitor: Visitor,
) -> None:
    page = visitor.get(f"{URL}?q=mat+phieu+bao+hanh")
    assert offered(page)[0] == "/hoi-dap/mat-phieu-bao-hanh/"
    assert 1 <= len(offered(page)) <= 3
    check = visitor.press(page, CHECK, {**QUESTION, "question": "mat phieu bao hanh thi sao"})
    assert offered(check)[0] == "/hoi-dap/mat-phieu-bao-hanh/"
    assert value_of(check, "hits_shown").startswith("hoi-dap:BH-01")
    assert visitor.press(check, SEND).status == 200


def test_without_a_folder_for_the_index_answers_are_offered_and_a_question_is_taken(
    make_app: MakeApp, sqlite_url: str, tmp_path: Path
) -> None:
    (tmp_path / "search").write_text("There is no folder here for an index.")
    visitor = Visitor(make_app(sqlite_url, PORTAL_VAR_DIR=str(tmp_path)).test_client())
    page = visitor.get(f"{URL}?q=mat+phieu+bao+hanh")
    assert offered(page)[0] == "/hoi-dap/mat-phieu-bao-hanh/"
    assert visitor.press(visitor.press(page, CHECK, QUESTION), SEND).status == 200


def test_all_faults_are_shown_at_once_and_nothing_typed_is_lost(visitor: Visitor) -> None:
    typed = {"question": "a?", "name": "", "email": "x@", "page_url": "javascript:alert(1)"}
    page = visitor.press(visitor.get(URL), CHECK, typed)
    assert page.status == 422
    assert set(page.errors) >= {"question", "name", "email"}
    assert value_of(page, "question") == "a?"


def test_the_department_hears_of_it_and_the_asker_gets_a_receipt(visitor: Visitor) -> None:
    visitor.press(visitor.press(visitor.get(f"{URL}?q=thuc+tap"), CHECK, QUESTION), SEND)
    portal: Portal = visitor.client.application.extensions["portal"]
    rows = portal.store.read(
        lambda c: c.execute(text("SELECT kind, recipient, body FROM outbox ORDER BY kind")).all()
    )
    assert [(row.kind, row.recipient) for row in rows] == [
        ("notice", "cskh@nhakhe.example"),
        ("receipt", "hoi@khach.example"),
    ]
    assert "Đã tìm: thuc tap" in rows[0].body
    assert "Bên mình có nhận sinh viên thực tập ở nhà máy không?" in rows[0].body
    assert "Bên mình có nhận sinh viên thực tập ở nhà máy không?" in rows[1].body
    assert "thuc tap" not in rows[1].body


def test_a_program_asks_and_follows_its_question(any_client: FlaskClient) -> None:
    body = {
        **QUESTION,
        "segment": "project",
        "search_terms_tried": ["thuc tap", "sinh vien"],
        "hits_shown": ["hoi-dap:BH-01"],
        "product": "NC-10M",
        "category": "dai-ly",
        "page_url": "/hoi-dap/",
        "publish_ok": True,
    }
    answer = any_client.post(API, json=body, headers={"Idempotency-Key": KEY})
    assert answer.status_code == 201, answer.text
    receipt = answer.get_json()
    assert receipt["reference"].startswith("CH-26-")
    assert receipt["owner"]["department"] == "Chăm sóc khách hàng"
    assert [one["id"] for one in receipt["promises"]] == ["CK-01", "CK-02"]
    again = any_client.post(API, json=body, headers={"Idempotency-Key": KEY})
    assert again.data == answer.data
    bearer = {"Authorization": f"Bearer {receipt['code']}"}
    case = any_client.get("/api/v1/case", headers=bearer).get_json()
    assert case["kind"] == "question"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("search_terms_tried", ["x"] * 6),
        ("search_terms_tried", [1]),
        ("search_terms_tried", {"a": "b"}),
        ("search_terms_tried", ["x" * 201]),
        ("hits_shown", False),
        ("page_url", "https://evil.example/"),
        ("category", "khac"),
        ("question", "ngắn"),
        ("publish_ok", "on"),
        ("priority", True),
    ],
)
def test_what_is_no_question_is_refused_by_field(
    client: FlaskClient, field: str, value: object
) -> None:
    answer = client.post(API, json={**QUESTION, field: value})
    assert answer.status_code == 422
    assert {one["field"] for one in answer.get_json()["errors"]} == {field}
