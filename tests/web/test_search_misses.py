"""Searches without an answer are counted by their folded words; nothing says who asked."""

import threading
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from forms_api import gaps
from forms_api.portal import Portal
from forms_api.web.misses import A_MINUTE
from tests.support.application import Clock
from tests.support.visitor import Visitor

URL = "/api/v1/search-misses"
IN_VAIN = "qwxzj vwkq"
"""Words that no document holds, nor any like them."""


def counted(client: FlaskClient) -> list[tuple[Any, ...]]:
    portal: Portal = client.application.extensions["portal"]
    return [tuple(row) for row in portal.store.read(gaps.searched)]


def test_the_same_words_are_counted_together_by_day(any_client: FlaskClient, clock: Clock) -> None:
    for words in ("Tuyển dụng", "tuyen dung", "TUYỂN DỤNG 0912345678"):
        assert any_client.post(URL, json={"q": words}).status_code == 204
    clock.move(days=2)
    assert any_client.post(URL, json={"q": "tuyển  dụng"}).status_code == 204
    assert any_client.post(URL, json={"q": "thực tập"}).status_code == 204
    assert counted(any_client) == [
        ("tuyen dung", 4, date(2026, 11, 23), date(2026, 11, 25)),
        ("thuc tap", 1, date(2026, 11, 25), date(2026, 11, 25)),
    ]


def test_the_day_is_a_day_in_vietnam(client: FlaskClient, clock: Clock) -> None:
    clock.move(hours=16)  # one o'clock in the morning of the 24th
    client.post(URL, json={"q": "tuyển dụng"})
    assert counted(client) == [("tuyen dung", 1, date(2026, 11, 24), date(2026, 11, 24))]


def test_nothing_of_the_asker_is_kept(client: FlaskClient) -> None:
    answer = client.post(
        URL,
        json={"q": "gọi 0912345678 hoặc a@khach.vn, 12 Nguyễn Trãi"},
        environ_overrides={"REMOTE_ADDR": "198.51.100.7"},
    )
    assert answer.status_code == 204
    assert answer.data == b""
    assert "Set-Cookie" not in answer.headers
    portal: Portal = client.application.extensions["portal"]
    rows = portal.store.read(lambda c: c.execute(text("SELECT * FROM search_misses")).all())
    assert [list(row._mapping) for row in rows] == [["words", "count", "first_on", "last_on"]]
    assert [row.words for row in rows] == ["goi hoac"]


def test_what_leaves_no_words_is_not_counted(client: FlaskClient) -> None:
    for words in ("0912345678", "🙂", "KN-26-7F3K-9Q2M", "x"):
        assert client.post(URL, json={"q": words}).status_code == 204
    assert counted(client) == []


@pytest.mark.parametrize("body", [{}, {"q": ""}, {"q": 1}, {"q": ["x"]}, {"q": "x", "who": "me"}])
def test_anything_else_is_refused(client: FlaskClient, body: dict[str, Any]) -> None:
    assert client.post(URL, json=body).status_code == 422


def test_another_sites_page_cannot_report(client: FlaskClient) -> None:
    answer = client.post(URL, json={"q": "x y"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_a_process_counts_so_many_a_minute(client: FlaskClient, clock: Clock) -> None:
    statuses = [client.post(URL, json={"q": "ai do"}).status_code for _ in range(A_MINUTE + 1)]
    assert statuses[-2:] == [204, 429]
    assert client.get(f"/tim-kiem/?q={IN_VAIN}").status_code == 200
    clock.move(minutes=1)
    assert client.post(URL, json={"q": "ai do"}).status_code == 204
    assert counted(client)[0][:2] == ("ai do", A_MINUTE + 1)


def test_the_results_page_counts_its_own_and_offers_the_question_form(visitor: Visitor) -> None:
    page = visitor.get("/tim-kiem/?q=qwxzj+vwkq")
    assert "/gui/cau-hoi/?q=qwxzj+vwkq" in page.document.targets()
    visitor.get("/tim-kiem/?q=qwxzj+vwkq&kind=hoi-dap")
    visitor.get("/tim-kiem/?q=qwxzj+vwkq&tu=10")
    visitor.get("/tim-kiem/")
    assert [row[:2] for row in counted(visitor.client)] == [("qwxzj vwkq", 1)]


def test_a_search_with_an_answer_is_not_counted_and_offers_the_form_too(visitor: Visitor) -> None:
    page = visitor.get("/tim-kiem/?q=mat+phieu+bao+hanh")
    assert "/gui/cau-hoi/?q=mat+phieu+bao+hanh" in page.document.targets()
    assert counted(visitor.client) == []


def test_a_results_page_is_shown_when_nothing_can_be_counted(visitor: Visitor) -> None:
    portal: Portal = visitor.client.application.extensions["portal"]
    portal.store.close()
    assert visitor.get("/tim-kiem/?q=qwxzj+vwkq").status == 200


def test_the_table_does_not_grow_without_end(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gaps, "MOST_ROWS", 3)
    for words in ("mot hai", "mot hai", "ba bon", "nam sau", "bay tam"):
        client.post(URL, json={"q": words})
    assert {row[0] for row in counted(client)} == {"mot hai", "nam sau", "bay tam"}


def test_many_at_once_are_all_counted(any_client: FlaskClient) -> None:
    def report() -> None:
        client = any_client.application.test_client()
        assert client.post(URL, json={"q": "tuyển dụng"}).status_code == 204

    threads = [threading.Thread(target=report) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [row[:2] for row in counted(any_client)] == [("tuyen dung", 8)]
