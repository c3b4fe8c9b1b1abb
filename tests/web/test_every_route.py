"""What must hold for every route, whoever adds it."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forms_api.errors import SettingsError
from forms_api.kinds import DECLARED
from forms_api.settings import Settings
from forms_api.web.app import assemble
from forms_api.web.limits import SHARED
from forms_api.web.middleware import CONTENT_SECURITY_POLICY
from service_policy.addresses import SERVER_PAGES, is_served
from service_policy.content import Library
from tests.support.html import Document
from tests.web.conftest import MakeApp

FORM = "application/x-www-form-urlencoded"
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def routes(app: Flask, method: str) -> list[str]:
    return sorted(
        re.sub(r"<int:[^>]+>", "1", rule.rule)
        for rule in app.url_map.iter_rules()
        if method in (rule.methods or set())
    )


def test_every_address_of_the_server_is_in_the_register_of_addresses(app: Flask) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    assert [rule for rule in sorted(rules) if not is_served(rule)] == []
    assert [url for url in (*DECLARED.forms, *SERVER_PAGES) if url not in rules] == []


def test_every_page_answers(app: Flask, client: FlaskClient) -> None:
    for url in routes(app, "GET"):
        answer = client.get(f"{url}?q=gia")
        assert answer.status_code in (200, 303, 401), url
        if answer.mimetype == "text/html" and answer.status_code == 200:
            document = Document(answer.text)
            assert document.one("h1").text
            assert len(document.ids()) == len(set(document.ids())), url


def test_every_post_needs_a_token_except_the_api(app: Flask, client: FlaskClient) -> None:
    refused = 0
    for url in routes(app, "POST"):
        answer = client.post(url, data="a=b", content_type=FORM)
        if url.startswith("/noi-bo/"):
            # Whoever has no session is led to the login, and what was sent waits there.
            assert answer.status_code in (400, 401), url
        elif url.startswith("/api/"):
            assert answer.status_code == 415, url
        else:
            assert answer.status_code == 400, url
            refused += 1
    assert refused == 25


def test_every_answer_has_the_security_headers(app: Flask, client: FlaskClient) -> None:
    answers = [client.get(url) for url in routes(app, "GET")]
    answers += [client.post(url, data="a=b", content_type=FORM) for url in routes(app, "POST")]
    answers += [client.get("/nope/"), client.delete("/ho-so/"), client.get("/gui/khieu-nai")]
    answers += [client.post("/gui/khieu-nai/", data=b"a=%ff", content_type=FORM)]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers.get(name) == value, (answer.request.path, name)
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert "Strict-Transport-Security" not in answer.headers
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_policy_forbids_everything_inline() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'; script-src 'self';")


def test_no_page_has_inline_scripts_or_styles(app: Flask, client: FlaskClient) -> None:
    for url in routes(app, "GET"):
        answer = client.get(url)
        if answer.mimetype != "text/html":
            continue
        for element in Document(answer.text).elements:
            assert "style" not in element.attributes, url
            assert not [name for name in element.attributes if name.startswith("on")], url
            assert element.tag != "style", url
            if element.tag == "script":
                assert element.get("src").startswith("/theme/"), url


def test_only_pages_with_a_form_set_the_one_cookie(app: Flask) -> None:
    for url in routes(app, "GET"):
        answer = app.test_client().get(url)
        has_form = 'name="csrf_token"' in answer.text
        cookies = answer.headers.getlist("Set-Cookie")
        assert len(cookies) == (1 if has_form else 0), url
        for cookie in cookies:
            assert cookie.startswith("portal=")
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie


def test_every_limit_names_a_view(app: Flask) -> None:
    named = [endpoint for _, endpoints in SHARED.values() for endpoint in endpoints]
    assert set(named) <= set(app.view_functions)
    assert len(named) == len(set(named))


@pytest.mark.parametrize("place", ["nowhere://x", "memory", "redis://[::1", "http://["])
def test_a_place_for_counts_that_does_not_exist_is_a_bad_setting(
    make_app: MakeApp, sqlite_url: str, place: str
) -> None:
    with pytest.raises(SettingsError, match="PORTAL_RATELIMIT_URL"):
        make_app(sqlite_url, PORTAL_RATELIMIT="on", PORTAL_RATELIMIT_URL=place)


def test_forms_of_later_steps_are_absent(client: FlaskClient) -> None:
    for url in ("/gui/bao-hanh/", "/metrics"):
        assert client.get(url).status_code == 404


@pytest.fixture
def production(library: Library, sqlite_url: str) -> Iterator[Flask]:
    """Make an application as it runs in production."""
    environ = {
        "PORTAL_ENV": "production",
        "PORTAL_SMTP_URL": "none",
        "PORTAL_DATABASE_URL": sqlite_url,
        "PORTAL_SECRET_KEY": "Zk3vQ9wX7bN2mR5tY8uJ4hG6fD1sA0pL",
        "PORTAL_SITE_URL": "https://camket.example",
    }
    app = assemble(Settings.from_environ(environ), library)
    yield app
    app.extensions["portal"].close()


def test_production_insists_on_https_and_on_its_own_name(production: Flask) -> None:
    client = production.test_client()
    page = client.get("/ho-so/", base_url="https://camket.example")
    assert page.status_code == 200
    assert page.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    (cookie,) = page.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-portal=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert client.get("/ho-so/", headers={"Host": "192.168.1.7"}).status_code == 400


def test_production_limits_each_caller_behind_the_web_server(production: Flask) -> None:
    def statuses(address: str) -> list[int]:
        client = production.test_client()
        headers = {"Host": "camket.example", "X-Forwarded-For": address}
        return [client.get("/api/v1/case", headers=headers).status_code for _ in range(61)]

    assert statuses("203.0.113.1")[-2:] == [401, 429]
    assert statuses("203.0.113.2")[0] == 401
    assert statuses("2001:db8::1")[-1] == 429
    assert statuses("2001:db8::ffff")[0] == 429


def test_a_stranger_cannot_choose_an_address(production: Flask) -> None:
    client = production.test_client()
    answers = [
        client.get(
            "/api/v1/case",
            headers={"Host": "camket.example", "X-Forwarded-For": f"203.0.113.{number}"},
            environ_overrides={"REMOTE_ADDR": "198.51.100.9"},
        ).status_code
        for number in range(61)
    ]
    assert answers[-1] == 429
