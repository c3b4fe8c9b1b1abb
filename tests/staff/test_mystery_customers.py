"""Staff play the customer: a list for each month, what they met, and how often promises held."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from forms_api.mystery import figures, list_of
from forms_api.scorecard import measured
from forms_api.web.app_context import of
from service_policy.mystery import MysteryTasks
from service_policy.scorecard.revise import rows
from tests.support.scene import Scene, local
from tests.support.visitor import Seen

PAGE = "/noi-bo/dong-vai/"
TOLD = {
    "begun_on": "01/12/2026",
    "begun_time": "9:00",
    "ended_on": "01/12/2026",
    "ended_time": "9:12",
    "asked": "Hỏi thủ tục bảo hành khi mất phiếu.",
    "promised": "Mang máy ra trung tâm, không cần phiếu.",
    "got": "Đúng thủ tục đang công bố.",
    "as_promised": "yes",
}


@pytest.fixture
def environ(either_database: dict[str, str]) -> dict[str, str]:
    """Run on both databases."""
    return either_database


@pytest.fixture
def month(scene: Scene) -> Scene:
    """The desk on 2 December 2026."""
    return scene.at("2026-12-02T09:00", swept=False)


def tasks_of(scene: Scene) -> MysteryTasks:
    return of(scene.app).library.mystery


def records(scene: Scene, who: str = "giam", number: int = 1, **changes: Any) -> Seen:
    """Somebody tells what they met when they called; the task has fifteen business minutes."""
    visitor = scene.staff(who)
    page = visitor.get(f"{PAGE}2026-12/goi-dien/{number}/")
    assert page.status == 200
    return visitor.press(page, "Ghi lượt này", {**TOLD, **changes})


def kept(scene: Scene) -> Mapping[str, tuple[int, int]]:
    found = figures(scene.portal.store, tasks_of(scene), "2026-12")
    return {one.task: (one.kept, one.done) for one in found}


def test_the_list_of_a_month_has_each_task_as_often_as_the_company_says(month: Scene) -> None:
    tasks = tasks_of(month)
    found = list_of(month.portal, tasks, "2026-12")
    assert len(found) == sum(one.times for one in tasks.tasks) > 0
    assert found == list_of(month.portal, tasks, "2026-12")
    page = month.staff("kiem").get(PAGE)
    assert page.status == 200
    assert len(re.findall(r'data-label="Nên làm"', page.html)) == len(found)
    assert "chưa đo" in page.html


def test_a_promise_is_kept_when_the_right_thing_came_in_time(month: Scene) -> None:
    assert records(month).status == 303
    assert kept(month)["goi-dien"] == (1, 1)
    page = month.staff("giam").get(PAGE)
    assert "1 trên 1" in page.html
    assert "12 phút làm việc" in page.html
    shown = month.staff("giam").get(f"{PAGE}2026-12/goi-dien/1/").html
    assert TOLD["promised"] in shown
    assert "Ghi lượt này" not in shown


@pytest.mark.parametrize(
    "changes",
    [
        {"ended_time": "9:16"},
        {"as_promised": "no"},
        {"ended_on": "", "ended_time": "", "as_promised": "no"},
    ],
)
def test_late_or_wrong_or_nothing_is_a_promise_not_kept(
    month: Scene, changes: dict[str, str]
) -> None:
    assert records(month, **changes).status == 303
    assert kept(month)["goi-dien"] == (0, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"begun_on": "03/12/2026"}, "begun_on"),
        ({"begun_on": "30/11/2026"}, "begun_on"),
        ({"begun_on": "02/12/2026", "ended_on": "02/12/2026"}, "ended_time"),
        ({"ended_time": "8:59"}, "ended_time"),
        ({"ended_time": ""}, "ended_time"),
        ({"ended_on": ""}, "ended_on"),
        ({"ended_on": "", "ended_time": ""}, "as_promised"),
        ({"asked": ""}, "asked"),
        ({"as_promised": ""}, "as_promised"),
    ],
)
def test_what_cannot_have_been_so_is_given_back_as_typed(
    month: Scene, changes: dict[str, str], field: str
) -> None:
    seen = records(month, **changes)
    assert seen.status == 422
    assert field in seen.errors
    assert TOLD["got"] in seen.html
    assert kept(month)["goi-dien"] == (0, 0)


def test_a_turn_is_recorded_once(month: Scene) -> None:
    first, second = month.staff("giam"), month.staff("kiem")
    pages = [one.get(f"{PAGE}2026-12/goi-dien/1/") for one in (first, second)]
    assert first.press(pages[0], "Ghi lượt này", TOLD).status == 303
    late = second.press(pages[1], "Ghi lượt này", {**TOLD, "as_promised": "no"})
    assert late.status == 422
    assert "đã được ghi" in late.html
    assert kept(month)["goi-dien"] == (1, 1)


def test_a_month_counts_its_own_turns_and_shows_the_one_before(month: Scene) -> None:
    records(month)
    january = month.at("2027-01-05T09:00", swept=False).staff("giam").get(PAGE)
    row = next(one for one in january.html.split("<tr>") if "Gọi điện" in one and "Giữ lời" in one)
    cells = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<td.*?</td>", row)]
    assert (cells[0], cells[2]) == ("chưa đo", "1 trên 1")


def test_a_list_that_changed_meanwhile_keeps_what_was_done(month: Scene) -> None:
    records(month)
    (found,) = figures(month.portal.store, MysteryTasks(), "2026-12")
    assert (found.task, found.kept, found.done, found.planned) == ("goi-dien", 1, 1, 0)


@pytest.mark.parametrize("who", ["lan", "ke", "binh", "minh"])
def test_whoever_is_tried_does_not_see_the_list(month: Scene, who: str) -> None:
    assert month.staff(who).get(PAGE).status == 403
    assert month.staff(who).get(f"{PAGE}2026-12/goi-dien/1/").status == 403


@pytest.mark.parametrize(
    "place", ["2026-12/goi-dien/9", "2026-12/khong-co/1", "2027-01/goi-dien/1", "x/goi-dien/1"]
)
def test_a_turn_that_is_not_on_the_list_is_not_there(month: Scene, place: str) -> None:
    assert month.staff("giam").get(f"{PAGE}{place}/").status == 404


def test_the_trail_says_who_recorded_and_the_page_does_not(month: Scene) -> None:
    records(month)
    trail = month.staff("kiem").get("/noi-bo/ai-da-xem/").html
    assert "ghi một lượt đóng vai khách" in trail
    assert "NV-giam" not in month.staff("kiem").get(f"{PAGE}2026-12/goi-dien/1/").html


def test_the_day_of_recording_is_not_the_day_of_playing(month: Scene) -> None:
    month.clock.moment = local("2026-12-20T10:00")
    assert records(month).status == 303
    assert kept(month)["goi-dien"] == (1, 1)


def test_the_scorecard_of_the_month_publishes_kept_over_done(month: Scene) -> None:
    records(month)
    records(month, number=2, as_promised="no")
    store, policy = month.portal.store, month.portal.policy
    when = local("2027-01-10T00:00")
    snapshot = measured(store, policy, "2026-12", when, tasks=tasks_of(month))
    found = {one.task: (one.numerator, one.denominator, one.planned) for one in snapshot.mystery}
    assert found["goi-dien"] == (1, 2, 4)
    assert all(done == 0 for task, (_, done, _) in found.items() if task != "goi-dien")
    lines = {row["id"]: row for row in rows(snapshot)}
    assert lines["mystery:goi-dien"]["numerator"] == "1"
    assert lines["mystery:goi-dien"]["denominator"] == "2"
    # What was recorded after the figures were taken is not among them; nor is a month without any.
    early = measured(store, policy, "2026-12", local("2026-12-02T08:59"), tasks=tasks_of(month))
    assert early.mystery == ()
    assert measured(store, policy, "2026-11", when, tasks=tasks_of(month)).mystery == ()
