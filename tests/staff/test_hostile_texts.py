"""The desk, too, reads as much of any one character as its doors take without keeping others."""

from collections.abc import Iterator

import pytest
from flask import Flask

from forms_api.web.staff.cases import ACTIONS
from tests.staff.conftest import LogIn
from tests.support.hostile import DOOR, Door, doors, flood, knock, storm
from tests.support.scene import PEOPLE, Scene
from tests.support.visitor import Visitor

PLACES = (
    "/noi-bo/",
    "/noi-bo/tim/",
    "/noi-bo/xuat/",
    "/noi-bo/gop-y/",
    "/noi-bo/nhap/khieu-nai/",
    "/noi-bo/nhap/hoa-don/",
    "/noi-bo/nhap/tai-lieu/",
    "/noi-bo/nhap/cau-hoi/",
)


def test_no_page_of_the_desk_is_slow_or_falls_on_any_character(scene: Scene) -> None:
    visitor = scene.staff("hoa")
    found = doors(*(visitor.get(url) for url in PLACES))
    assert {"/noi-bo/tim/", "/noi-bo/nhap/hoa-don/"} <= set(found)
    bad = {url: storm(visitor.client, door, step=4) for url, door in found.items() if url}
    assert not {url: one for url, one in bad.items() if one and url != "/noi-bo/ra/"}


def forms_of_actions(scene: Scene) -> Iterator[tuple[Visitor, Door]]:
    """Open the form of every action for somebody who may do it."""
    for action in ACTIONS:
        who = next(name for name, (role, _) in PEOPLE.items() if role in action.roles)
        visitor = scene.staff(who)
        page = visitor.get(scene.url(action.slug))
        if page.status == 200:
            yield visitor, doors(page)[scene.url(action.slug)]


def test_no_action_of_the_desk_is_slow_or_falls_on_any_character(scene: Scene) -> None:
    scene.owned()
    opened = 0
    for visitor, door in forms_of_actions(scene):
        opened += 1
        assert not storm(visitor.client, door, step=5), door.url
    assert opened >= 12


def test_marks_in_the_wrong_order_cost_an_action_no_more_than_a_few_times_what_letters_cost(
    scene: Scene,
) -> None:
    visitor, door = next(one for one in forms_of_actions(scene.owned()) if "text" in one[1].texts)

    def cost(pattern: str) -> float:
        typed = {"text": flood(pattern, DOOR - 16384)}
        return min(knock(visitor.client, door, typed)[0] for _ in range(3))

    assert cost("\u0300\u0323") < 8 * cost("\u00e0")


def test_the_login_is_not_slow_on_any_character(visitor: Visitor) -> None:
    door = doors(visitor.get("/noi-bo/vao/"))["/noi-bo/vao/"]
    assert {"login", "password"} <= set(door.texts)
    assert not storm(visitor.client, door, step=12)


@pytest.mark.parametrize(
    "question", ["1" * 200, "1 " * 100, "a-1/" * 50, "\u0300" * 200, "() " * 60]
)
def test_a_search_of_cases_is_bounded_whatever_is_asked(
    app: Flask, log_in: LogIn, question: str
) -> None:
    visitor = log_in("hoa", role="lead", department="cskh")
    seen = visitor.press(visitor.get("/noi-bo/tim/"), "Tìm", {"q": question})
    assert seen.status == 200
