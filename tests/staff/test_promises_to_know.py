"""Everybody at the desk reads the promises in force, answers three questions and says so."""

import pytest

from forms_api.acknowledgements import questions, reading
from forms_api.portal import Portal
from forms_api.staff import accounts
from tests.staff.conftest import LogIn
from tests.support.application import Clock
from tests.support.visitor import Visitor

URL = "/noi-bo/cam-ket/"
READ = "Tôi đã đọc các bản này"


@pytest.fixture
def environ(either_database: dict[str, str]) -> dict[str, str]:
    return either_database


def right(portal: Portal, clock: Clock, login: str, attempt: int = 0) -> dict[str, str]:
    """Return the right answers of a try of somebody."""
    who = next(one for one in accounts.everybody(portal) if one.login == login)
    asked = questions(portal, who, reading(portal, who, clock()), attempt)
    assert len(asked) == 3
    return {f"cau-{number}": str(one.right) for number, one in enumerate(asked, 1)}


def wrong(answers: dict[str, str]) -> dict[str, str]:
    return {**answers, "cau-2": str((int(answers["cau-2"]) + 1) % 4)}


def text(visitor: Visitor) -> str:
    return visitor.get(URL).document.one("main").text


def test_who_answers_three_questions_has_read_every_version(
    portal: Portal, clock: Clock, log_in: LogIn
) -> None:
    lan = log_in("lan")
    page = lan.get(URL)
    said = page.document.one("main").text
    for one in portal.policy.commitments(clock().date()):
        assert one.staff_guide in said
        assert f"{one.id} bản 1" in said
    assert (
        "18 cam kết đang áp dụng bạn chưa xác nhận" in lan.get("/noi-bo/").document.one("main").text
    )
    done = lan.press(page, READ, right(portal, clock, "lan"))
    assert done.status == 303
    after = lan.get(done.response.headers["Location"]).document.one("main").text
    assert "Đã ghi: bạn đã đọc mọi cam kết đang áp dụng" in after
    assert "Chưa đọc" not in text(lan)
    assert "chưa xác nhận" not in lan.get("/noi-bo/").document.one("main").text


def test_a_wrong_answer_names_the_promise_to_read_and_asks_something_else(
    portal: Portal, clock: Clock, log_in: LogIn
) -> None:
    lan = log_in("lan")
    page = lan.get(URL)
    again = lan.press(page, READ, wrong(right(portal, clock, "lan")))
    assert again.status == 422
    assert "Chưa đúng. Đọc lại CK-" in again.document.one("main").text
    legends = [[one.text for one in each.document.all("legend")] for each in (page, again)]
    assert legends[0] != legends[1]
    assert "Chưa đọc" in text(lan)
    done = lan.press(again, READ, right(portal, clock, "lan", 1))
    assert done.status == 303
    assert "Chưa đọc" not in text(lan)


def test_what_is_not_answered_is_asked_for_and_what_is_stays_chosen(
    portal: Portal, clock: Clock, log_in: LogIn
) -> None:
    lan = log_in("lan")
    answers = right(portal, clock, "lan")
    again = lan.press(lan.get(URL), READ, {"cau-1": answers["cau-1"]})
    assert again.status == 422
    assert sorted(again.errors) == ["cau-2", "cau-3"]
    chosen = [one for one in again.document.all("input") if "checked" in one.attributes]
    assert [(one.get("name"), one.get("value")) for one in chosen] == [("cau-1", answers["cau-1"])]


def test_a_form_that_was_shown_before_something_changed_is_not_taken(
    portal: Portal, clock: Clock, log_in: LogIn
) -> None:
    lan = log_in("lan")
    typed = {**right(portal, clock, "lan"), "seen": "0" * 16}
    again = lan.press(lan.get(URL), READ, typed)
    assert again.status == 422
    assert "vừa có bản mới" in again.document.one("main").text
    assert "Chưa đọc" in text(lan)


def test_a_second_click_is_told_that_everything_is_read(
    portal: Portal, clock: Clock, log_in: LogIn
) -> None:
    lan = log_in("lan")
    page, answers = lan.get(URL), right(portal, clock, "lan")
    lan.press(page, READ, answers)
    assert (
        "Bạn đã đọc bản đang áp dụng của mọi cam kết"
        in lan.press(page, READ, answers).document.one("main").text
    )


def test_a_lead_sees_the_figure_of_each_department_without_a_name(
    portal: Portal, clock: Clock, log_in: LogIn
) -> None:
    lan = log_in("lan")
    lan.press(lan.get(URL), READ, right(portal, clock, "lan"))
    assert "theo phòng" not in text(lan)
    log_in("mai")
    hoa = log_in("hoa", "lead", "ke-toan")
    rows = [row.text for row in hoa.get(URL).document.all("tr")]
    assert any(row.startswith("Chăm sóc khách hàng1250") for row in rows), rows[:4]
    assert any(row.startswith("Kế toán010") for row in rows)
    for name in ("Người tên Lan", "Người tên Mai"):
        assert name not in text(hoa)


def test_two_people_are_asked_different_questions(
    portal: Portal, clock: Clock, log_in: LogIn
) -> None:
    asked = {
        name: [one.text for one in log_in(name).get(URL).document.all("legend")]
        for name in ("lan", "mai", "ba")
    }
    assert len({tuple(one) for one in asked.values()}) > 1
