"""Every route of the staff's side asks who is there and what their role is."""

from collections.abc import Iterator

import pytest
from flask import Flask

from forms_api.staff.people import STAFF_ROLES
from forms_api.web.staff import guard, pages
from tests.staff.conftest import LogIn

WAY_IN = {"staff.ask_password", "staff.check_password", "staff.ask_code", "staff.check_code"}
WAY_OUT = {"staff.log_out"}
SAMPLE = {"reference": "KN-26-7F3K-9Q2M"}


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Go through every address and method: endpoint, method, address."""
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/noi-bo"):
            continue
        values = {name: SAMPLE.get(name, "1") for name in rule.arguments}
        with app.test_request_context():
            url = app.url_map.bind("localhost").build(rule.endpoint, values)
        for method in sorted(rule.methods or ()):
            yield rule.endpoint, method, url


def test_every_address_below_noi_bo_belongs_to_the_guarded_blueprint(app: Flask) -> None:
    assert {endpoint.partition(".")[0] for endpoint, _, _ in routes(app)} == {"staff"}


def test_only_the_way_in_and_out_is_open_to_anybody(app: Flask) -> None:
    open_doors = {one for one, _, _ in routes(app) if guard.roles_of(one) is None}
    assert open_doors == WAY_IN | WAY_OUT


def test_without_a_login_every_route_leads_to_the_login(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    for endpoint, method, url in routes(app):
        if guard.roles_of(endpoint) is None:
            continue
        answer = client.open(url, method=method, data={"x": "1"} if method == "POST" else None)
        if method in ("GET", "HEAD"):
            assert answer.status_code == 303, (method, url)
            assert answer.headers["Location"].startswith("/noi-bo/vao/"), (method, url)
        else:
            assert answer.status_code == 401, (method, url)


def test_a_place_of_the_menu_is_shown_to_exactly_those_whom_its_page_lets_in(app: Flask) -> None:
    addresses = app.url_map.bind("localhost")
    let_in = {one.url: guard.roles_of(addresses.match(one.url)[0]) for one in pages.MENU}
    assert let_in == {one.url: one.roles for one in pages.MENU}


@pytest.mark.parametrize("role", list(STAFF_ROLES))
def test_every_route_refuses_every_other_role(app: Flask, log_in: LogIn, role: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = log_in(role.replace("_", "-"), role).client
    for endpoint, method, url in routes(app):
        roles = guard.roles_of(endpoint)
        if roles is None:
            continue
        answer = client.open(url, method=method, data={"x": "1"} if method == "POST" else None)
        assert (answer.status_code == 403) == (role not in roles), (role, method, url)


def test_a_route_on_which_nobody_decided_keeps_the_program_from_starting(app: Flask) -> None:
    app.url_map._remap = True
    app._got_first_request = False
    app.add_url_rule("/noi-bo/quen/", "forgotten", lambda: "open")
    with pytest.raises(RuntimeError, match="/noi-bo/quen/"):
        guard.check(app)


def test_answers_of_the_staffs_side_are_never_stored_or_indexed(log_in: LogIn) -> None:
    page = log_in().get("/noi-bo/")
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.document.meta("robots") == "noindex"
