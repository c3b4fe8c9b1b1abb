"""The forms of a firm with other topics and products, or with nothing to sell and no paper."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from forms_api.portal import Portal
from forms_api.settings import Settings
from forms_api.web.app import assemble
from service_policy.content import read
from tests.support.application import CONTENT, SECRET, Clock
from tests.support.firms import without
from tests.support.submissions import QUESTION
from tests.support.visitor import Visitor

TODAY = date(2026, 11, 23)
CHECK = "Xem lại trước khi gửi"
FORMS = ("/gui/khieu-nai/", "/gui/hoa-don/", "/gui/cau-hoi/", "/gui/tai-lieu/", "/ho-so/")
SELLS_NOTHING = ("san-pham", "catalogue", "bang-gia", "doi-tac", "bao-hanh")

Moved = Callable[[Callable[[Path], None]], Visitor]


@pytest.fixture
def firm(tmp_path: Path, sqlite_url: str, clock: Clock) -> Iterator[Moved]:
    """Return a maker of visitors to the forms of another firm."""
    portals: list[Portal] = []

    def make(change: Callable[[Path], None]) -> Visitor:
        content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
        change(content)
        environ = {
            "PORTAL_VAR_DIR": str(tmp_path / "var"),
            "PORTAL_DATABASE_URL": sqlite_url,
            "PORTAL_SECRET_KEY": SECRET,
        }
        app = assemble(Settings.from_environ(environ), read(content, TODAY), clock)
        portals.append(app.extensions["portal"])
        return Visitor(app.test_client())

    yield make
    for portal in portals:
        portal.close()


def sells_nothing(content: Path) -> None:
    without(content, TODAY, *SELLS_NOTHING)


def other_topics(content: Path) -> None:
    for file in (content / "chu-de.yaml", *content.glob("hoi-dap/*.md")):
        words = file.read_text(encoding="utf-8")
        words = words.replace("id: dai-ly, name: Đại lý", "id: lap-dat, name: Lắp đặt tại nhà")
        file.write_text(words.replace("topic: dai-ly", "topic: lap-dat"), encoding="utf-8")


@pytest.mark.parametrize("url", FORMS)
def test_every_form_of_a_firm_that_sells_nothing_opens_and_leads_nowhere_dead(
    firm: Moved, url: str
) -> None:
    page = firm(sells_nothing).get(url)
    assert page.status == 200
    links = {one.get("href") for one in page.document.all("a")}
    assert links.isdisjoint({"/bang-gia/", "/catalogue/", "/bao-hanh/", "/san-pham/", "/doi-tac/"})
    selects = [one for one in page.document.all("select") if not one.text.strip()]
    assert selects == []


def test_what_to_do_in_danger_is_the_firm_s_own_word(firm: Moved) -> None:
    def tells(content: Path) -> None:
        file = content / "giao-dien.yaml"
        said = re.sub(r"(?m)^danger_lead: .*\n", "", file.read_text("utf-8"))
        file.write_text(f"danger_lead: Rời khỏi đó\n{said}", "utf-8")

    page = firm(tells).get("/gui/khieu-nai/")
    assert "Rời khỏi đó, gọi ngay" in page.document.one("main").text


def test_a_service_is_asked_a_quote_for_by_its_name(firm: Moved) -> None:
    visitor = firm(sells_nothing)
    page = visitor.get("/gui/tai-lieu/")
    names = {name for form in page.forms for name in form.fields}
    assert "Bản cam kết" in page.document.one("main").text
    assert "quote_lines-1-product_code" in names
    answers = {
        "quote_lines-1-product_code": "Vệ sinh điều hòa",
        "quote_lines-1-quantity": "3",
        "purpose": "quote",
        "send_by": "email",
        "segment": "project",
        "name": "Trần Thị Mẫu",
        "phone": "0912345678",
        "email": "mau@example.com",
    }
    check = visitor.press(page, CHECK, answers)
    assert check.errors == {}
    assert "Vệ sinh điều hòa" in check.document.one("main").text
    receipt = visitor.press(check, "Gửi yêu cầu")
    assert "TL-26-" in receipt.document.one("main").text


def test_a_document_that_is_not_listed_is_asked_for_in_words(firm: Moved) -> None:
    def offers_nothing(content: Path) -> None:
        sells_nothing(content)
        file = content / "phan-khuc.yaml"
        said = re.sub(r",? *quotes: true\n?", "", file.read_text("utf-8"))
        file.write_text(said, "utf-8")

    visitor = firm(offers_nothing)
    page = visitor.get("/gui/tai-lieu/")
    answers = {
        "purpose": "other",
        "send_by": "pick_up",
        "shop": "Cửa hàng gần nhất",
        "segment": "household",
        "name": "Trần Thị Mẫu",
        "phone": "0912345678",
    }
    assert set(visitor.press(page, CHECK, answers).errors) == {"document_ids-1-id"}
    check = visitor.press(page, CHECK, {**answers, "details": "Giấy chứng nhận hợp quy."})
    assert check.errors == {}
    receipt = visitor.press(check, "Gửi yêu cầu")
    assert "TL-26-" in receipt.document.one("main").text


def test_a_question_is_about_a_topic_of_the_firm(firm: Moved) -> None:
    visitor = firm(other_topics)
    page = visitor.get("/gui/cau-hoi/")
    assert "Lắp đặt tại nhà" in page.document.one("main").text
    check = visitor.press(page, CHECK, {**QUESTION, "category": "lap-dat"})
    assert "Lắp đặt tại nhà" in check.document.one("main").text
    visitor.press(check, "Gửi câu hỏi")
    portal: Portal = visitor.client.application.extensions["portal"]
    kept = portal.store.read(lambda c: c.execute(text("SELECT payload FROM private")).scalar_one())
    assert '"category":"lap-dat"' in kept


def test_a_topic_of_another_firm_is_not_taken(firm: Moved) -> None:
    visitor = firm(other_topics)
    answer = visitor.client.post(
        "/api/v1/questions",
        json={**QUESTION, "category": "dai-ly"},
        headers={"Idempotency-Key": "a-key-of-my-own-2026"},
    )
    assert answer.status_code == 422
    assert "category" in answer.text
