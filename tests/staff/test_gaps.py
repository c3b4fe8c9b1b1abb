"""What is asked in vain, as editors and operators see it."""

import csv
import io

import pytest
from flask import Flask

from forms_api.gaps import count_miss
from forms_api.portal import Portal
from tests.staff.conftest import LogIn
from tests.support.application import Clock

URL = "/noi-bo/cau-hoi-thieu/"


@pytest.fixture(autouse=True)
def asked(portal: Portal, clock: Clock) -> None:
    """Let people ask in vain, today and two days later."""
    for words in ("Qwxzj vwkq", "qwxzj vwkq 0912345678", "mat phieu bao hanh", "zzxw"):
        count_miss(portal, words, clock())
    clock.move(days=2)
    count_miss(portal, "qwxzj vwkq", clock())


@pytest.mark.parametrize("role", ["editor", "lead", "auditor"])
def test_the_page_lists_what_is_missing_and_what_is_answered_by_now(
    log_in: LogIn, role: str
) -> None:
    page = log_in("ba", role).get(URL)
    rows = [row.text for row in page.document.all("tr")][1:]
    assert rows[:2] == [
        "qwxzj vwkq323/11/202625/11/2026chưa có",
        "zzxw123/11/202623/11/2026chưa có",
    ]
    assert rows[2].startswith("mat phieu bao hanh1")
    assert "Đã có câu trả lời" in rows[2]
    assert "Tôi làm mất phiếu bảo hành" in rows[2]
    assert URL in page.document.targets()


def test_others_have_no_place_for_it(log_in: LogIn) -> None:
    visitor = log_in("lan", "agent")
    assert visitor.get(URL).status == 403
    assert URL not in visitor.get("/noi-bo/").document.targets()


def test_nobody_can_mark_a_question_as_answered(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(URL)]
    assert [rule.methods - {"HEAD", "OPTIONS"} for rule in rules] == [{"GET"}]


def test_the_command_lists_them_since_a_day_and_as_a_file(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    lines = run(args=["gaps"]).output.splitlines()
    assert lines == [
        "    3  2026-11-25  qwxzj vwkq",
        "    1  2026-11-23  zzxw",
        "    1  2026-11-23  mat phieu bao hanh  answered by BH-01",
        "2 without an answer, 1 answered by now",
    ]
    lately = run(args=["gaps", "--since", "2026-11-24", "--csv"]).output
    assert list(csv.reader(io.StringIO(lately))) == [
        ["words", "count", "first_on", "last_on", "answered_by"],
        ["qwxzj vwkq", "3", "2026-11-23", "2026-11-25", ""],
    ]
