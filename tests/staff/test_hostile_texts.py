"""The desk, too, reads as much of any one character as its doors take without keeping others."""

import time
from collections.abc import Iterator

import pytest
from flask import Flask

from forms_api.web.staff.cases import ACTIONS
from tests.staff.conftest import LogIn
from tests.support.hostile import (
    CHARACTERS,
    DOOR,
    SLOWEST,
    Door,
    doors,
    flood,
    knock,
    storm,
)
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


BOUNCE = """Auto-Submitted: {flood}
Content-Type: multipart/report; report-type=delivery-status; boundary=x; y={flood}

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; {flood}

Final-Recipient: rfc822; {flood}
Action: failed {flood}
Status: 5.1.1 {flood}

--x
Content-Type: message/rfc822

Message-ID: {flood}

--x
Content-Type: {flood}

{flood}
"""
"""A delivery report whose every field is as long as somebody likes."""


def record(app: Flask, raw: bytes) -> float:
    """Hand a mail to the command that reads bounces; return the seconds until it is done with."""
    began = time.thread_time()
    done = app.test_cli_runner().invoke(args=["record-bounce"], input=raw)
    assert done.output.startswith(("Error: not taken: ", "nothing to do: ")), done.output
    return time.thread_time() - began


def test_a_mail_to_the_address_for_bounces_is_read_at_once(app: Flask) -> None:
    floods = {name: flood(one, 16_000, encoded=False) for name, one in CHARACTERS.items()}
    seconds = {name: record(app, BOUNCE.format(flood=one).encode()) for name, one in floods.items()}
    assert not {name: one for name, one in seconds.items() if one >= SLOWEST}


def test_a_mail_of_mails_without_end_is_refused_in_words(app: Flask) -> None:
    parts = (b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (i, i) for i in range(999))
    assert record(app, b"".join(parts)) < SLOWEST
    assert record(app, b"Content-Type: message/rfc822\n\n" * 3000) < SLOWEST
    assert record(app, b"Content-Type: " + b"(" * 50_000 + b"\n\n") < SLOWEST


@pytest.mark.parametrize(
    "question", ["1" * 200, "1 " * 100, "a-1/" * 50, "\u0300" * 200, "() " * 60]
)
def test_a_search_of_cases_is_bounded_whatever_is_asked(
    app: Flask, log_in: LogIn, question: str
) -> None:
    visitor = log_in("hoa", role="lead", department="cskh")
    seen = visitor.press(visitor.get("/noi-bo/tim/"), "Tìm", {"q": question})
    assert seen.status == 200
