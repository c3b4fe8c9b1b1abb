"""The way in and out, through the pages."""

import re

import pytest

from forms_api.portal import Portal
from tests.staff.conftest import LogIn
from tests.support.application import Clock
from tests.support.staff import PASSWORD, Member, enrol
from tests.support.visitor import Seen, Visitor


@pytest.fixture
def lan(portal: Portal, clock: Clock) -> Member:
    return enrol(portal, clock())


def give_password(visitor: Visitor, password: str = PASSWORD, start: str = "/noi-bo/vao/") -> Seen:
    page = visitor.get(start)
    return visitor.press(page, "Tiếp tục", {"login": "lan", "password": password})


def location(seen: Seen) -> str:
    return seen.response.headers["Location"]


def token(seen: Seen) -> str:
    found = re.search(r"desk=([^;]*)", seen.response.headers.get("Set-Cookie", ""))
    return found[1] if found else ""


def test_password_then_code_lead_to_the_queue(visitor, lan, clock) -> None:
    assert location(visitor.get("/noi-bo/")) == "/noi-bo/vao/?tiep=/noi-bo/"
    first = give_password(visitor, start="/noi-bo/vao/?tiep=/noi-bo/")
    assert (first.status, location(first)) == (303, "/noi-bo/vao/ma/?tiep=/noi-bo/")
    page = visitor.get(location(first))
    second = visitor.press(page, "Đăng nhập", {"code": lan.code(clock())})
    assert (second.status, location(second)) == (303, "/noi-bo/")
    assert token(second) not in ("", token(first))
    home = visitor.get("/noi-bo/")
    assert home.status == 200
    assert "Trần Thị Lan" in home.html


def test_the_password_alone_opens_nothing(visitor, lan) -> None:
    give_password(visitor)
    assert visitor.get("/noi-bo/").status == 303


@pytest.mark.parametrize(
    ("name", "password"), [("lan", "chim-chuột"), ("ai-do", PASSWORD), ("", "")]
)
def test_every_wrong_login_is_told_in_the_same_words(visitor, lan, name, password) -> None:
    page = visitor.get("/noi-bo/vao/")
    refused = visitor.press(page, "Tiếp tục", {"login": name, "password": password})
    assert refused.status == 401
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in refused.html
    assert token(refused) == ""
    assert password == "" or password not in refused.html


def test_a_wrong_code_may_be_typed_again_a_few_times(visitor, lan, clock) -> None:
    page = visitor.get(location(give_password(visitor)))
    for _ in range(5):
        page = visitor.press(page, "Đăng nhập", {"code": "000000"})
        assert page.status == 401
    assert page.document.one("h1").text == "Đăng nhập"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/noi-bo/../x", "/noi-bo//evil\\"]
)
def test_the_way_back_never_leads_elsewhere(visitor, lan, clock, elsewhere) -> None:
    page = visitor.get(f"/noi-bo/vao/?tiep={elsewhere}")
    assert "evil" not in page.html
    assert "tiep" not in page.html


def test_logging_out_ends_the_session_on_the_server(log_in: LogIn) -> None:
    visitor = log_in()
    page = visitor.get("/noi-bo/")
    kept = visitor.client.get_cookie("desk")
    assert visitor.press(page, "Đăng xuất").status == 303
    assert visitor.get("/noi-bo/").status == 303
    visitor.client.set_cookie("desk", kept.value)
    assert visitor.get("/noi-bo/").status == 303


def test_an_idle_session_runs_out(log_in: LogIn, clock) -> None:
    visitor = log_in()
    clock.move(minutes=31)
    assert visitor.get("/noi-bo/").status == 303


def test_a_login_form_without_its_token_is_refused(client, lan) -> None:
    answer = client.post("/noi-bo/vao/", data={"login": "lan", "password": PASSWORD})
    assert answer.status_code == 400
    assert "desk=" not in answer.headers.get("Set-Cookie", "")


class TestInProduction:
    """The cookie in production."""

    @pytest.fixture
    def environ(self) -> dict[str, str]:
        return {
            "PORTAL_ENV": "production",
            "PORTAL_SMTP_URL": "none",
            "PORTAL_SECRET_KEY": "pU7vQ2xK9mR4tW8zB3nF6hJ1cD5gL0sY",
            "PORTAL_TRUSTED_HOSTS": "localhost",
            "PORTAL_SITE_URL": "https://camket.nhakhe.vn",
        }

    def test_the_cookie_is_bound_to_the_host_and_to_https(self, visitor, lan) -> None:
        page = Seen(visitor.client.get("/noi-bo/vao/", base_url="https://localhost"))
        token = page.forms[0].fields["csrf_token"]
        answer = visitor.client.post(
            "/noi-bo/vao/",
            base_url="https://localhost",
            data={"login": "lan", "password": PASSWORD, "csrf_token": token},
        )
        cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-de"))
        for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
            assert part in cookie
        assert "Domain" not in cookie
        assert "Max-Age" not in cookie

    def test_logins_are_limited(self, app, client) -> None:
        app.config["WTF_CSRF_ENABLED"] = False
        url, secure = "/noi-bo/vao/ma/", "https://localhost"
        answers = [client.post(url, base_url=secure, data={"code": "1"}) for _ in range(45)]
        assert [one.status_code for one in answers].count(429) == 5
