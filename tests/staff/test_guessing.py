"""Somebody guesses a password: the guesser waits, whoever works there does not."""

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from forms_api.staff import accounts, passwords
from forms_api.web.server import PortalServer
from tests.staff.conftest import LogIn
from tests.support.staff import PASSWORD, enrol
from tests.support.visitor import Seen, Visitor

HERE, THERE, ELSEWHERE = "127.0.0.2", "127.0.0.3", "127.0.0.4"


@pytest.fixture
def lan(portal, clock):
    return enrol(portal, clock())


class Browser:
    """A browser at an address, on the test's own client."""

    def __init__(self, app, address: str) -> None:
        self.client = app.test_client()
        self.client.environ_base = {**self.client.environ_base, "REMOTE_ADDR": address}
        self.visitor = Visitor(self.client)

    def password(self, password: str, name: str = "lan") -> Seen:
        page = self.visitor.get("/noi-bo/vao/")
        return self.visitor.press(page, "Tiếp tục", {"login": name, "password": password})

    def log_in(self, member, clock) -> Seen:
        first = self.password(PASSWORD, member.person.login)
        assert first.status == 303
        clock.move(seconds=31)
        page = self.visitor.get(first.response.headers["Location"])
        return self.visitor.press(page, "Đăng nhập", {"code": member.code(clock())})


def twelve_wrong(browser: Browser, name: str = "lan") -> None:
    for _ in range(12):
        assert browser.password("sai rồi", name).status == 401


@pytest.mark.parametrize("where", [THERE, ELSEWHERE, "2001:db8::7"])
def test_twelve_wrong_passwords_from_one_address_leave_every_other_one_open(
    app, lan, clock, where
) -> None:
    guesser = Browser(app, HERE)
    twelve_wrong(guesser)
    assert guesser.password(PASSWORD).status == 401
    assert Browser(app, where).log_in(lan, clock).status == 303


def test_a_known_device_behind_the_guessers_own_address_gets_in(app, lan, clock) -> None:
    desk = Browser(app, HERE)
    assert desk.log_in(lan, clock).status == 303
    desk.visitor.press(desk.visitor.get("/noi-bo/"), "Đăng xuất")
    twelve_wrong(Browser(app, HERE))
    assert desk.log_in(lan, clock).status == 303


def test_a_machine_that_two_people_share_is_known_to_both(app, portal, lan, clock) -> None:
    mai = enrol(portal, clock(), "mai", "agent", "cskh", "Lê Thị Mai")
    shared = Browser(app, HERE)
    for member in (lan, mai):
        assert shared.log_in(member, clock).status == 303
        shared.visitor.press(shared.visitor.get("/noi-bo/"), "Đăng xuất")
    for name in ("lan", "mai"):
        twelve_wrong(Browser(app, HERE), name)
    for member in (lan, mai):
        assert shared.log_in(member, clock).status == 303


def test_a_device_is_known_for_its_own_account_and_its_present_password_alone(
    app, portal, lan, clock
) -> None:
    enrol(portal, clock(), "mai", "agent", "cskh", "Lê Thị Mai")
    desk = Browser(app, HERE)
    desk.log_in(lan, clock)
    twelve_wrong(Browser(app, HERE), "mai")
    assert desk.password(PASSWORD, "mai").status == 401
    accounts.reset(portal, "lan", PASSWORD + " mới", clock())
    twelve_wrong(Browser(app, HERE))
    assert desk.password(PASSWORD + " mới").status == 401
    clock.move(minutes=16)
    assert desk.password(PASSWORD + " mới").status == 303


@pytest.mark.parametrize("cookie", ["x", "eyJ.x.y", "a" * 4000])
def test_a_cookie_that_we_did_not_make_is_no_known_device(app, lan, clock, cookie) -> None:
    guesser = Browser(app, HERE)
    guesser.client.set_cookie("device-0123456789ab", cookie)
    twelve_wrong(guesser)
    assert guesser.password(PASSWORD).status == 401


def test_the_guesser_may_try_again_after_a_quarter_of_an_hour(app, lan, clock) -> None:
    guesser = Browser(app, HERE)
    twelve_wrong(guesser)
    clock.move(minutes=14)
    assert guesser.password(PASSWORD).status == 401
    clock.move(minutes=2)
    assert guesser.password(PASSWORD).status == 303


def test_wrong_codes_count_like_wrong_passwords(app, lan, clock) -> None:
    thief = Browser(app, HERE)
    for _ in range(2):
        page = thief.visitor.get(thief.password(PASSWORD).response.headers["Location"])
        for _ in range(5):
            page = thief.visitor.press(page, "Đăng nhập", {"code": "000000"})
            assert page.status == 401
    assert thief.password(PASSWORD).status == 401
    assert Browser(app, THERE).log_in(lan, clock).status == 303


def test_guesses_from_many_addresses_slow_strangers_down_and_nobody_who_is_known(
    app, lan, clock
) -> None:
    desk = Browser(app, HERE)
    desk.log_in(lan, clock)
    desk.visitor.press(desk.visitor.get("/noi-bo/"), "Đăng xuất")
    for number in range(51):
        assert Browser(app, f"198.51.100.{number}").password("sai rồi").status == 401
    stranger = Browser(app, "203.0.113.9")
    assert stranger.password(PASSWORD).status == 401
    assert desk.log_in(lan, clock).status == 303
    clock.move(seconds=11)
    assert stranger.password(PASSWORD).status == 303


@pytest.mark.parametrize("name", ["lan", "khong-co-ai", ""])
def test_who_exists_cannot_be_told_by_how_guesses_are_refused(app, lan, name) -> None:
    guesser = Browser(app, HERE)
    pages = [guesser.password("sai rồi", name) for _ in range(12)]
    assert {(one.status, one.document.one("h1").text) for one in pages} == {(401, "Đăng nhập")}


def test_leads_are_told_who_is_guessed_at_and_nobody_else_is(
    app, lan, clock, log_in: LogIn
) -> None:
    for address in (HERE, THERE):
        twelve_wrong(Browser(app, address))
    told = log_in("hoa", "lead", "cskh").get("/noi-bo/").html
    assert "Có người đang dò mật khẩu" in told
    assert "24 lần sai" in told
    assert "từ 2 nơi" in told
    assert HERE not in told
    assert "dò mật khẩu" not in log_in("thu", "agent", "cskh").get("/noi-bo/").html
    clock.move(hours=25)
    assert "dò mật khẩu" not in log_in("giam", "lead", "cskh").get("/noi-bo/").html


@pytest.fixture
def address(app) -> Iterator[int]:
    """Serve the application on a real socket and give its port."""
    server = PortalServer(app, "127.0.0.1", 0, refusal="", headers={})
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.port
    server.stop()
    thread.join()


def post(port: int, source: str, data: dict[str, str]) -> int:
    """Give a password over a real connection from an address of this machine."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120, source_address=(source, 0))
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/noi-bo/vao/", urlencode(data), kind)
    status = connection.getresponse().status
    connection.close()
    return status


def test_over_real_connections_addresses_are_told_apart(app, lan, address: int) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    wrong = {"login": "lan", "password": "sai rồi"}
    right = {"login": "lan", "password": PASSWORD}
    assert {post(address, HERE, wrong) for _ in range(12)} == {401}
    assert post(address, HERE, right) == 401
    assert post(address, THERE, right) == 303
    assert post(address, ELSEWHERE, right) == 303


class TestWithLimits:
    """The limit of an address, which a whole office shares."""

    @pytest.fixture
    def environ(self) -> dict[str, str]:
        return {"PORTAL_RATELIMIT": "on"}

    def test_whoever_is_known_gets_in_while_a_neighbour_uses_up_the_limit(
        self, app, lan, clock, monkeypatch
    ) -> None:
        desk = Browser(app, HERE)
        assert desk.log_in(lan, clock).status == 303
        desk.visitor.press(desk.visitor.get("/noi-bo/"), "Đăng xuất")
        neighbour = Browser(app, HERE)
        page = neighbour.visitor.get("/noi-bo/vao/")
        typed = {"login": "khong-co", "password": "x"}
        with monkeypatch.context() as patch:
            # The limit counts by the minute, in which a busy machine hashes no thirty passwords.
            patch.setattr(passwords, "matches", lambda *_: False)
            answers = [neighbour.visitor.press(page, "Tiếp tục", typed).status for _ in range(45)]
        assert 429 in answers
        assert desk.log_in(lan, clock).status == 303
