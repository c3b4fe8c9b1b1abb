"""Staff accounts and logging in, on both databases."""

from datetime import timedelta

import pytest

from forms_api.errors import NotFound, ValidationFailed
from forms_api.staff import accounts, login, passwords, totp
from forms_api.store import staff_rows
from tests.support.staff import PASSWORD, enrol

RFC_SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds: int, expected: str) -> None:
    assert totp.code(RFC_SECRET, seconds // 30, digits=8) == expected


def test_a_clock_may_be_one_step_off_and_no_more(now) -> None:
    step = totp.step_at(now)
    for off, found in ((-2, None), (-1, step - 1), (0, step), (1, step + 1), (2, None)):
        assert totp.matching_step(RFC_SECRET, totp.code(RFC_SECRET, step + off), (now,)) == found


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "------"])
def test_what_is_no_code_never_matches(typed: str, now) -> None:
    assert totp.matching_step(RFC_SECRET, typed, (now,)) is None


def test_a_password_is_stored_as_a_slow_hash_and_found_again() -> None:
    stored = passwords.hashed(PASSWORD)
    assert stored.startswith("scrypt$15$8$3$")
    assert PASSWORD not in stored
    assert passwords.matches(stored, PASSWORD)
    assert not passwords.matches(stored, PASSWORD + "x")
    assert not passwords.matches(None, PASSWORD)
    assert passwords.hashed(PASSWORD) != stored


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "123456789012",
        "aaaaaaaaaaaaaa",
        "matkhau123456",
        "password1234",
        "lan.cskh12345",
        "x" * 129,
    ],
)
def test_weak_passwords_are_refused(weak: str) -> None:
    with pytest.raises(passwords.WeakPassword):
        passwords.check(weak, "lan.cskh")


def test_every_fault_of_an_account_is_named_at_once(portal, now) -> None:
    with pytest.raises(ValidationFailed) as failure:
        accounts.add(portal, "Ông Lan", "", "boss", "nowhere", "short", now)
    assert {fault.field for fault in failure.value.errors} == {
        "login", "name", "role", "department", "password",
    }  # fmt: skip


def test_a_login_is_given_once(portal, now) -> None:
    enrol(portal, now)
    with pytest.raises(ValidationFailed):
        enrol(portal, now)


def test_password_and_code_open_a_session_with_a_new_token(portal, now) -> None:
    member = enrol(portal, now)
    waiting = login.begin(portal, " LAN ", PASSWORD, now)
    assert login.waits_for_code(portal, waiting, now)
    assert login.session(portal, waiting, now) is None
    token = login.finish(portal, waiting, member.code(now), now)
    assert token != waiting
    assert login.session(portal, waiting, now) is None
    opened = login.session(portal, token, now)
    assert opened is not None
    assert (opened.person.login, opened.person.role) == ("lan", "agent")


def test_a_code_is_good_once_even_within_its_half_minute(portal, now) -> None:
    member = enrol(portal, now)
    code = member.code(now)
    login.finish(portal, login.begin(portal, "lan", PASSWORD, now), code, now)
    again = login.begin(portal, "lan", PASSWORD, now)
    with pytest.raises(login.LoginRefused):
        login.finish(portal, again, code, now)
    later = now + timedelta(seconds=30)
    assert login.finish(portal, again, member.code(later), later)


@pytest.mark.parametrize(("name", "password"), [("lan", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_login_and_a_wrong_password_are_one_error(portal, now, name, password) -> None:
    enrol(portal, now)
    with pytest.raises(login.LoginRefused) as refusal:
        login.begin(portal, name, password, now)
    assert str(refusal.value) == ""


def test_the_password_alone_is_good_for_five_minutes_and_five_codes(portal, now) -> None:
    member = enrol(portal, now)
    waiting = login.begin(portal, "lan", PASSWORD, now)
    late = now + timedelta(minutes=5, seconds=1)
    with pytest.raises(login.LoginRefused):
        login.finish(portal, waiting, member.code(late), late)
    waiting = login.begin(portal, "lan", PASSWORD, now)
    for _ in range(login.MOST_CODES):
        with pytest.raises(login.LoginRefused):
            login.finish(portal, waiting, "000000", now)
    with pytest.raises(login.LoginRefused):
        login.finish(portal, waiting, member.code(now), now)


def test_after_ten_failures_from_one_place_it_rests_for_a_quarter_of_an_hour(portal, now) -> None:
    member = enrol(portal, now)
    for _ in range(10):
        with pytest.raises(login.LoginRefused):
            login.begin(portal, "lan", "wrong", now)
    with pytest.raises(login.LoginRefused):
        login.begin(portal, "lan", PASSWORD, now + timedelta(minutes=14))
    later = now + timedelta(minutes=30)
    token = login.finish(
        portal, login.begin(portal, "lan", PASSWORD, later), member.code(later), later
    )
    assert login.session(portal, token, later)


def test_a_session_ends_after_thirty_idle_minutes(portal, now) -> None:
    token = enrol(portal, now).log_in(portal, now)
    for minutes in (29, 58, 87):
        assert login.session(portal, token, now + timedelta(minutes=minutes))
    assert login.session(portal, token, now + timedelta(minutes=118)) is None


def test_a_session_ends_after_ten_hours_however_busy(portal, now) -> None:
    token = enrol(portal, now).log_in(portal, now)
    moment = now
    while moment < now + login.LONGEST:
        assert login.session(portal, token, moment)
        moment += timedelta(minutes=20)
    assert login.session(portal, token, now + login.LONGEST + timedelta(seconds=1)) is None


def test_logging_out_ends_the_session_on_the_server(portal, now) -> None:
    token = enrol(portal, now).log_in(portal, now)
    login.end(portal, token, now)
    assert login.session(portal, token, now) is None


def test_disabling_and_resetting_end_every_session(portal, now) -> None:
    token = enrol(portal, now).log_in(portal, now)
    fresh = accounts.reset(portal, "lan", PASSWORD + " khác", now)
    assert login.session(portal, token, now) is None
    with pytest.raises(login.LoginRefused):
        login.begin(portal, "lan", PASSWORD, now)
    assert fresh.totp_address.startswith("otpauth://totp/")
    assert login.begin(portal, "lan", PASSWORD + " khác", now)
    accounts.disable(portal, "lan", now)
    with pytest.raises(login.LoginRefused):
        login.begin(portal, "lan", PASSWORD + " khác", now)
    assert [one.disabled_at for one in accounts.everybody(portal)] == [now]
    with pytest.raises(NotFound):
        accounts.disable(portal, "nobody", now)


def test_the_database_holds_no_secret_of_a_second_factor(portal, now) -> None:
    member = enrol(portal, now)
    row = portal.store.read(lambda c: staff_rows.by_login(c, "lan"))
    assert member.enrolment.totp_secret.replace(" ", "") not in str(tuple(row))
    other = totp.secret("another server's key", row.totp_salt)
    assert totp.base32(other) != member.enrolment.totp_secret
