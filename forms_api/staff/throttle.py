"""Guessing made slow, without locking anybody out whose name somebody else has tried.

Failures count by account and source together: a known device counts alone, everybody else by
address. Ten in a row from one source close the account to that source for a while. Many from many
addresses slow all unknown sources down to an attempt every few seconds; known devices go on as
ever. Nothing is kept but hashes and counts, and for a day.

A device that somebody has logged in with proves it by a signed cookie for each account, as long as
the password is the one that it was made under. It lets nobody in: it only keeps the guesses of
strangers from locking out who works there.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import ColumnElement, Connection, Row, delete, or_, select, update

from forms_api.portal import Portal
from forms_api.store import staff_rows
from forms_api.store.rows import add
from forms_api.store.tables import login_failures

MOST_FAILURES = 10
CLOSED_FOR = timedelta(minutes=15)
MOST_OF_STRANGERS = 50
"""Failures of all unknown sources together in ``CLOSED_FOR``, before they are slowed down."""
PAUSE_OF_STRANGERS = timedelta(seconds=10)
KEPT = timedelta(days=1)
WORTH_TELLING = 10
"""Failures of a day from which on the leads are told."""
_TRIED = login_failures.c
DEVICE_KEPT = timedelta(days=180)
_SALT = "a device of the desk"


@dataclass(frozen=True)
class Device:
    """A device that logged in once: for whom, under which password, and its own name."""

    staff_id: str
    password: str
    name: str

    def is_known_to(self, staff_id: str, password_hash: str) -> bool:
        """Say whether it is a device of this account under its present password."""
        return self.staff_id == staff_id and self.password == _of_password(password_hash)


@dataclass(frozen=True)
class Source:
    """Where an attempt comes from: an address, and the devices on which somebody logged in."""

    address: str = ""
    devices: tuple[Device, ...] = ()


@dataclass(frozen=True)
class Attempt:
    """An attempt to log in as somebody: who, from where, and whether it is looked at at all."""

    login_hash: str
    source_hash: str
    known: bool
    open: bool


@dataclass(frozen=True)
class Attacked:
    """An account that somebody guesses at: wrong attempts of a day, from how many sources."""

    login: str
    display_name: str
    failures: int
    sources: int
    last_at: datetime


def attempt(
    portal: Portal,
    connection: Connection,
    login: str,
    account: Row[Any] | None,
    source: Source,
    now: datetime,
) -> Attempt:
    """Say whether an attempt is looked at; ``account`` is the row of the login, if there is one."""
    device = None if account is None else _known(account, source)
    known = device is not None
    name = f"address {source.address}" if device is None else f"device {device.name}"
    login_hash, source_hash = _hashed(portal, f"login {login}"), _hashed(portal, name)
    # What lies further ahead than we close was written by a clock that was wrong.
    lately = _TRIED.last_at.between(now - CLOSED_FOR, now + CLOSED_FOR)
    query = select(login_failures).where(_TRIED.login_hash == login_hash, lately)
    rows = connection.execute(query).all()
    return Attempt(login_hash, source_hash, known, _is_open(rows, source_hash, now, known=known))


def _known(account: Row[Any], source: Source) -> Device | None:
    mine = (one for one in source.devices if one.is_known_to(account.id, account.password_hash))
    return next(mine, None)


def _is_open(rows: Sequence[Row[Any]], source_hash: str, now: datetime, *, known: bool) -> bool:
    mine = next((one for one in rows if one.source_hash == source_hash), None)
    if mine is not None and mine.failures >= MOST_FAILURES:
        return False
    strangers = [one for one in rows if not one.known]
    if known or sum(one.failures for one in strangers) < MOST_OF_STRANGERS:
        return True
    latest: datetime = max(one.last_at for one in strangers)
    return latest <= now - PAUSE_OF_STRANGERS


def failed(connection: Connection, tried: Attempt, now: datetime) -> None:
    """Count a failed attempt; an account that does not exist takes the same statements.

    A row of failures whose last one lies before ``CLOSED_FOR`` is over, and a new one begins; so is
    one that a wrong clock wrote into the future.
    """
    # What is over is forgotten, so that guessing at names does not fill the table for ever.
    connection.execute(delete(login_failures).where(_TRIED.last_at < now - KEPT))
    mine = update(login_failures).where(*_of(tried))
    more = {"total": _TRIED.total + 1}
    if not tried.open:
        # One that was refused unread does not lengthen the row.
        connection.execute(mine.values(refused=_TRIED.refused + 1, **more))
        return
    over = or_(_TRIED.last_at < now - CLOSED_FOR, _TRIED.last_at > now + CLOSED_FOR)
    connection.execute(mine.where(over).values(failures=0))
    if connection.execute(mine.values(failures=_TRIED.failures + 1, last_at=now, **more)).rowcount:
        return
    first = {"failures": 1, "refused": 0, "total": 1, "first_at": now, "last_at": now}
    who = {"login_hash": tried.login_hash, "source_hash": tried.source_hash, "known": tried.known}
    add(connection, login_failures, {**who, **first})


def _of(tried: Attempt) -> tuple[ColumnElement[bool], ...]:
    return _TRIED.login_hash == tried.login_hash, _TRIED.source_hash == tried.source_hash


def let_in(connection: Connection, tried: Attempt) -> None:
    """End the row of failures of this source; what others tried stays to be told."""
    connection.execute(update(login_failures).where(*_of(tried)).values(failures=0))


def forget(portal: Portal, connection: Connection, login: str) -> None:
    """Forget what was tried: the account has a new password."""
    mine = _TRIED.login_hash == _hashed(portal, f"login {login}")
    connection.execute(delete(login_failures).where(mine))


def attacked(portal: Portal, now: datetime) -> list[Attacked]:
    """Return the accounts that somebody guesses at, the most tried first.

    Raises:
        StoreUnavailable: the store cannot be read.
    """

    def look(connection: Connection) -> list[Attacked]:
        query = select(login_failures).where(_TRIED.last_at >= now - KEPT)
        rows = connection.execute(query).all()
        return list(_told(portal, rows, staff_rows.everybody(connection)))

    return sorted(portal.store.read(look), key=lambda one: -one.failures)


def _told(portal: Portal, rows: Sequence[Row[Any]], accounts: list[Row[Any]]) -> Iterator[Attacked]:
    for account in accounts:
        login_hash = _hashed(portal, f"login {account.login}")
        mine = [one for one in rows if one.login_hash == login_hash]
        failures = sum(one.total for one in mine)
        if failures >= WORTH_TELLING and account.disabled_at is None:
            last = max(one.last_at for one in mine)
            yield Attacked(account.login, account.display_name, failures, len(mine), last)


def _hashed(portal: Portal, text: str) -> str:
    """Hash a login or a source under the server's secret: addresses are nobody's to read."""
    key = portal.settings.secret_key.encode()
    return hmac.new(key, f"throttle\0{text}".encode(), hashlib.sha256).hexdigest()


def new_device(portal: Portal, staff_id: str, password_hash: str) -> str:
    """Make the token of a device on which somebody has just logged in."""
    token = _serializer(portal).dumps(
        [staff_id, _of_password(password_hash), secrets.token_urlsafe(12)]
    )
    return str(token)


def read_device(portal: Portal, token: str) -> Device | None:
    """Read a token; None for one that we did not make, or that is too old."""
    try:
        staff_id, password, name = _serializer(portal).loads(
            token[:500], max_age=int(DEVICE_KEPT.total_seconds())
        )
    except (BadData, ValueError, TypeError):
        return None
    return Device(str(staff_id), str(password), str(name))


def _of_password(password_hash: str) -> str:
    """Name a password hash without giving anything of it away."""
    return hashlib.sha256(f"device\0{password_hash}".encode()).hexdigest()[:24]


def _serializer(portal: Portal) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(portal.settings.secret_key, salt=_SALT)
