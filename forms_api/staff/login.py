"""Logging in: password, then one-time code, then a session that runs out by itself.

A session is a row; the browser holds a random token of which the row has the hash. The token
changes when the second factor was right, so that nobody can plant one. Every failure is the same
error and takes the same work: one look, one slow hash, one write.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from forms_api import audit
from forms_api.portal import Portal
from forms_api.staff import passwords, throttle, totp
from forms_api.staff.people import Person, person
from forms_api.staff.throttle import Attempt, Source
from forms_api.store import staff_rows
from forms_api.store.rows import add
from forms_api.store.tables import staff, staff_sessions, staff_steps

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
FOR_THE_CODE = timedelta(minutes=5)
"""How long the password alone is good for."""
MOST_CODES = 5
_NOTICE_EVERY = timedelta(minutes=1)
"""Being seen is written down this often at most: a page view is no reason for a commit."""

_LONGEST_INPUT = 1024


NOWHERE = Source()
"""Where the program itself stands."""


class LoginRefused(Exception):
    """Not let in. Which of login, password, code or a lock is wrong is nobody's business."""


@dataclass(frozen=True)
class Session:
    """An open session: who it is, and when it began."""

    person: Person
    since: datetime


def begin(
    portal: Portal, login: str, password: str, now: datetime, source: Source = NOWHERE
) -> str:
    """Check login and password; return the token of a session that only waits for the code.

    Raises:
        LoginRefused: something is wrong.
        StoreUnavailable: nobody can log in now.
    """
    login = login.strip().lower()[:_LONGEST_INPUT]
    password = password[:_LONGEST_INPUT]

    def look(connection: Connection) -> tuple[Row[Any] | None, Attempt]:
        row = staff_rows.by_login(connection, login)
        return row, throttle.attempt(portal, connection, login, row, source, now)

    row, tried = portal.store.read(look)
    right = passwords.matches(None if row is None else row.password_hash, password)
    if row is None or not right or not tried.open or row.disabled_at is not None:
        portal.store.write(_failed, tried, row and row.id, now)
        raise LoginRefused
    token = secrets.token_urlsafe(32)
    portal.store.write(add, staff_sessions, _row(token, row.id, "password", now))
    return token


def _failed(connection: Connection, tried: Attempt, staff_id: str | None, now: datetime) -> None:
    """Count a failure and write it down; an unknown login takes the same statements."""
    throttle.failed(connection, tried, now)
    audit.line(connection, now, "login_failed", staff_id)


def finish(
    portal: Portal,
    token: str,
    typed: str,
    now: datetime,
    source: Source = NOWHERE,
    moments: Sequence[datetime] = (),
) -> str:
    """Check the one-time code; return the new token of an open session.

    Each code works once, whichever way the clock went since. After a few wrong ones the password
    has to be typed again. ``moments`` are what time it may be where the server's clocks disagree.

    Raises:
        LoginRefused: the code is wrong or was used, or the wait for it is over.
        StoreUnavailable: nobody can log in now.
    """
    token_hash = hash_of_token(token)
    row = portal.store.read(staff_rows.session, token_hash)
    if row is None or row.stage != "password" or row.ended_at is not None:
        raise LoginRefused
    over = abs(now - row.session_created_at) > FOR_THE_CODE or row.session_failures >= MOST_CODES
    key = totp.secret(portal.settings.secret_key, row.totp_salt)
    step = totp.matching_step(key, typed[:_LONGEST_INPUT], moments or (now,))
    fresh = secrets.token_urlsafe(32)

    def record(connection: Connection) -> bool:
        tried = throttle.attempt(portal, connection, row.login, row, source, now)
        good = not over and tried.open and row.disabled_at is None and step is not None
        if not good or not _spend_step(connection, row.id, step or 0):
            wrong = {"failures": staff_sessions.c.failures + 1}
            staff_rows.change_session(connection, token_hash, wrong)
            throttle.failed(connection, tried, now)
            audit.line(connection, now, "code_failed", row.id)
            return False
        staff_rows.change_session(connection, token_hash, {"ended_at": now})
        add(connection, staff_sessions, _row(fresh, row.id, "open", now))
        throttle.let_in(connection, tried)
        audit.line(connection, now, "login", row.id)
        return True

    if not portal.store.write(record):
        raise LoginRefused
    return fresh


def _spend_step(connection: Connection, staff_id: str, step: int) -> bool:
    """Use up a time step of the one-time codes; False when this very step was used before.

    Every used step is remembered. The newest alone would do only while the clock goes forward:
    once it had been ahead, nobody could log in before it was that late again.
    """
    mine = (staff_steps.c.staff_id == staff_id, staff_steps.c.step == step)
    # The row of the account is locked first, so that two requests cannot spend one step.
    connection.execute(select(staff.c.id).where(staff.c.id == staff_id).with_for_update())
    if connection.scalar(select(staff_steps.c.step).where(*mine)) is not None:
        return False
    add(connection, staff_steps, {"staff_id": staff_id, "step": step})
    return True


def waits_for_code(portal: Portal, token: str, now: datetime) -> bool:
    """Say whether a token is that of a login that only lacks its code."""
    row = portal.store.read(staff_rows.session, hash_of_token(token))
    return (
        row is not None
        and row.stage == "password"
        and row.ended_at is None
        and row.session_failures < MOST_CODES
        and abs(now - row.session_created_at) <= FOR_THE_CODE
    )


def session(portal: Portal, token: str, now: datetime) -> Session | None:
    """Return the open session of a token, or None; being seen keeps it open a while longer.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    token_hash = hash_of_token(token)
    row = portal.store.read(staff_rows.session, token_hash)
    if row is None or row.stage != "open" or row.ended_at is not None:
        return None
    # A session that begins in the future is one of a clock that was wrong.
    too_old = abs(now - row.session_created_at) > LONGEST or abs(now - row.seen_at) > IDLE
    if too_old or row.disabled_at is not None:
        return None
    if now - row.seen_at >= _NOTICE_EVERY:
        portal.store.write(staff_rows.change_session, token_hash, {"seen_at": now})
    return Session(person(row), row.session_created_at)


def owner(portal: Portal, token: str) -> str | None:
    """Return the id of whoever had a session, open or over; None when there never was one.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    if not token:
        return None
    row = portal.store.read(staff_rows.session, hash_of_token(token))
    return None if row is None else str(row.id)


def device(portal: Portal, token: str) -> str:
    """Make the sign of a device on which the session of a token was opened.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    row = portal.store.read(staff_rows.session, hash_of_token(token))
    return "" if row is None else throttle.new_device(portal, row.id, row.password_hash)


def end(portal: Portal, token: str, now: datetime) -> None:
    """End the session of a token, if it has one."""

    def record(connection: Connection) -> None:
        row = staff_rows.session(connection, hash_of_token(token))
        if row is not None and row.ended_at is None:
            staff_rows.change_session(connection, row.token_hash, {"ended_at": now})
            audit.line(connection, now, "logout", row.id)

    portal.store.write(record)


def _row(token: str, staff_id: str, stage: str, now: datetime) -> dict[str, Any]:
    return {
        "token_hash": hash_of_token(token),
        "staff_id": staff_id,
        "stage": stage,
        "created_at": now,
        "seen_at": now,
        "failures": 0,
        "ended_at": None,
    }


def hash_of_token(token: str) -> str:
    """Hash a token for storing; 256 random bits need no slow hash."""
    return hashlib.sha256(f"staff session\0{token[:_LONGEST_INPUT]}".encode()).hexdigest()
