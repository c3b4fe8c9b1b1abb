"""When an answer is published, whoever asked in vain hears of it: one letter, one hint."""

import threading
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from forms_api.embedded import tell_after_publications
from forms_api.gaps import tell_askers
from forms_api.portal import Portal
from forms_api.web import app_context
from forms_api.web.app import follow
from service_policy.content import Library
from tests.support.application import Clock
from tests.support.submissions import QUESTION
from tests.support.visitor import Visitor
from tests.web.conftest import MakeApp
from tests.web.test_publication import Site

ENTRY = """---
id: DR-90
slug: thuc-tap-o-nha-may
topic: du-lieu
segment: household
question: Nhà máy có nhận sinh viên thực tập không?
hoi_cach_khac:
  - co nhan thuc tap k
  - qwxzj thuc tap sinh
  - xin thuc tap o nha may
  - sinh vien kien tap xuong
source: tìm kiếm
last_reviewed: {day}
---
**Có.** Mỗi đợt nhận sinh viên các trường trong tỉnh.
"""


@pytest.fixture
def app(make_app: MakeApp, any_url: str) -> Flask:
    return make_app(any_url, PORTAL_SITE_URL="https://camket.example")


@pytest.fixture
def site(app: Flask, tmp_path: Path, library: Library) -> Site:
    made = Site(tmp_path, library)
    follow(app, made.stamp, made.content, lambda: made.today)
    return made


def publish(app: Flask, site: Site, day: str = "2026-11-24") -> None:
    """Write the entry, build the site, and let the desk take it up with the next request."""
    file = site.content / "hoi-dap" / "dr-90.md"
    file.write_text(ENTRY.format(day=day), encoding="utf-8")
    site.publish()
    assert app.test_client().get("/healthz").status_code == 200


def ask(app: Flask, **more: Any) -> str:
    body = {**QUESTION, "search_terms_tried": ["qwxzj thuc tap sinh"], **more}
    answer = app.test_client().post("/api/v1/questions", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.get_json()["code"])


def tell(app: Flask) -> int:
    here = app_context.of(app)
    return tell_askers(here.portal, here.finder.answer, here.now())


def news(app: Flask) -> list[Any]:
    """Return the letters with news; news ride along in a letter that asks where money may go."""
    portal: Portal = app.extensions["portal"]
    query = text("SELECT recipient, subject, body FROM outbox WHERE kind IN ('news', 'message')")
    return list(portal.store.read(lambda connection: connection.execute(query).all()))


def case_of(app: Flask, code: str) -> dict[str, Any]:
    bearer = {"Authorization": f"Bearer {code}"}
    found: dict[str, Any] = app.test_client().get("/api/v1/case", headers=bearer).get_json()
    return found


def test_the_asker_hears_once_of_the_new_answer_and_the_clock_runs_on(
    app: Flask, site: Site, clock: Clock
) -> None:
    code = ask(app)
    assert tell(app) == 0
    clock.move(days=1)
    publish(app, site)
    assert tell(app) == 1
    assert tell(app) == 0
    (letter,) = news(app)
    assert letter.recipient == "hoi@khach.example"
    assert "https://camket.example/hoi-dap/thuc-tap-o-nha-may/" in letter.body
    assert "thực tập" not in letter.subject
    case = case_of(app, code)
    hint = next(one for one in case["events"] if one["type"] == "answer_published")
    assert "/hoi-dap/thuc-tap-o-nha-may/" in hint["text"]
    assert case["state"] == "open"
    status = {one["id"]: one["status"] for one in case["promises"]}
    assert status["CK-02"] == "running"


def test_askers_who_cannot_be_helped_by_it_hear_nothing(app: Flask, site: Site) -> None:
    ask(app, search_terms_tried=["vwkq zzxw"])
    ask(app, search_terms_tried=None)
    ask(app, hits_shown=["hoi-dap:DR-90"])
    publish(app, site)
    assert tell(app) == 0
    assert news(app) == []


def test_an_entry_older_than_the_question_is_no_news(app: Flask, site: Site) -> None:
    ask(app)
    publish(app, site, day="2026-11-22")
    assert tell(app) == 0


def test_several_tellers_write_one_letter(app: Flask, site: Site) -> None:
    ask(app)
    publish(app, site)
    tellers = [threading.Thread(target=tell, args=(app,)) for _ in range(4)]
    for one in tellers:
        one.start()
    for one in tellers:
        one.join()
    assert len(news(app)) == 1


def test_the_server_tells_by_itself_after_a_publication(app: Flask, site: Site) -> None:
    ask(app)
    stopping = threading.Event()
    teller = threading.Thread(target=tell_after_publications, args=(app, stopping, 0.01))
    teller.start()
    publish(app, site)
    for _ in range(600):
        if news(app) or stopping.wait(0.05):
            break
    stopping.set()
    teller.join()
    assert len(news(app)) == 1


def test_the_command_tells_as_well(app: Flask, site: Site) -> None:
    ask(app)
    publish(app, site)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["tell-askers"]).output == "told 1 askers\n"
    assert runner.invoke(args=["tell-askers"]).output == "told 0 askers\n"


def test_the_hint_stands_on_the_page_of_the_case(app: Flask, site: Site) -> None:
    code = ask(app)
    publish(app, site)
    tell(app)
    visitor = Visitor(app.test_client())
    held = {"reference": case_of(app, code)["reference"], "code": code}
    page = visitor.press(visitor.get("/ho-so/"), "Xem hồ sơ", held)
    assert page.status == 200
    assert "Nhà máy có nhận sinh viên thực tập không?" in page.document.one("main").text
