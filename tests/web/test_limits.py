"""Every request that sends something is counted, and nobody loses what was typed."""

import re
from html import escape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forms_api.web.app import BLUEPRINTS
from forms_api.web.limits import SHARED, bucket
from tests.support.staff import seat
from tests.web.conftest import MakeApp

WRITING = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture
def limited(make_app: MakeApp, sqlite_url: str) -> Flask:
    """Make an application that counts."""
    return make_app(sqlite_url, PORTAL_RATELIMIT="on")


def test_every_route_that_takes_something_has_a_bucket(app: Flask) -> None:
    found = {
        (rule.rule, method): bucket(rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in WRITING & (rule.methods or set())
    }
    assert len(found) > 60
    assert [place for place, scope in found.items() if scope not in SHARED] == []


def test_a_route_that_nobody_thought_of_is_counted_too() -> None:
    assert bucket("tomorrow.send", "POST") == "forms"
    assert bucket("staff.act_tomorrow", "POST") == "desk"
    assert bucket("tomorrow.send", "GET") is None


def first_refused(client: FlaskClient, path: str, most: int = 150) -> int:
    """Post without a token until it is too often; return after how many."""
    for number in range(most):
        if client.post(path, data={"a": "b"}).status_code == 429:
            return number
    return most


def test_the_limit_of_every_post_bites(limited: Flask) -> None:
    """Each route from an address of its own, so that no other one has used its bucket up."""
    paths = {
        re.sub(r"<[^>]+>", "x", re.sub(r"<int:[^>]+>", "1", rule.rule)): bucket(
            rule.endpoint, "POST"
        )
        for rule in limited.url_map.iter_rules()
        if "POST" in (rule.methods or set())
    }
    allowed = {scope: int(limit.split(" ")[0]) for scope, (limit, _) in SHARED.items()}
    chosen = [path for path, scope in paths.items() if scope != "desk"]
    chosen += [path for path, scope in paths.items() if scope == "desk"][::9]
    for number, path in enumerate(chosen):
        client = limited.test_client()
        client.environ_base["REMOTE_ADDR"] = f"203.0.113.{number}"
        scope = paths[path]
        assert scope is not None
        assert first_refused(client, path) == allowed[scope], path


def token_of(client: FlaskClient, path: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found
    return found.group(1)


TEXT = 'Máy bơm kêu to từ hôm qua,\nđã gọi hai lần mà chưa ai tới "xem".'


@pytest.mark.parametrize(
    ("page", "path", "field"),
    [
        ("/gui/khieu-nai/", "/gui/khieu-nai/", "description"),
        ("/gui/khieu-nai/", "/gui/khieu-nai/xong/", "description"),
        ("/gui/cau-hoi/", "/gui/cau-hoi/", "question"),
        ("/gui/hoa-don/", "/gui/hoa-don/", "correct_details"),
        ("/gui/gop-y/", "/gui/gop-y/", "comment"),
    ],
)
def test_whoever_is_refused_keeps_what_was_typed(
    limited: Flask, page: str, path: str, field: str
) -> None:
    client = limited.test_client()
    token = token_of(client, page)
    first_refused(client, path)
    answer = client.post(path, data={"csrf_token": token, field: TEXT})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "quá nhiều lần" in answer.text
    assert "đã gọi hai lần mà chưa ai tới" in answer.text


def test_the_desk_keeps_what_was_typed_and_sends_it_again(limited: Flask) -> None:
    portal, client = limited.extensions["portal"], limited.test_client()
    client.set_cookie("desk", seat(portal, limited.extensions["desk"].now()))
    token = token_of(client, "/noi-bo/tim/")
    path = "/noi-bo/ho-so/KN-26-7F3K-9Q2M/tra-loi/"
    first_refused(client, path)
    answer = client.post(path, data={"csrf_token": token, "text": TEXT, "seen": "3"})
    assert answer.status_code == 429
    assert f">\n{escape(TEXT, quote=True)}</textarea>" in answer.text.replace("&#34;", "&quot;")
    assert '<input type="hidden" name="seen" value="3">' in answer.text
    assert f'action="{path}"' in answer.text


def test_a_form_of_another_site_is_not_offered_to_be_sent(limited: Flask) -> None:
    client = limited.test_client()
    path = "/noi-bo/ho-so/KN-26-7F3K-9Q2M/tra-loi/"
    first_refused(client, path)
    answer = client.post(path, data={"csrf_token": "forged", "text": TEXT})
    assert answer.status_code == 429
    assert "hai lần" not in answer.text


def test_a_password_is_never_shown_again(limited: Flask) -> None:
    client = limited.test_client()
    token = token_of(client, "/noi-bo/vao/")
    first_refused(client, "/noi-bo/vao/")
    answer = client.post(
        "/noi-bo/vao/", data={"csrf_token": token, "login": "lan", "password": "bốn con mèo"}
    )
    assert answer.status_code == 429
    assert 'value="lan"' in answer.text
    assert "bốn con mèo" not in answer.text


def test_one_request_is_counted_once(limited: Flask) -> None:
    client = limited.test_client()
    answers = [client.post("/api/v1/complaints", json={}).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]


def test_every_blueprint_is_registered_after_the_counting(limited: Flask) -> None:
    """Counting belongs to the application, so that no blueprint can be forgotten."""
    assert len(BLUEPRINTS) == len(limited.blueprints)
