"""Devices that somebody has logged in with: a signed cookie for each account, and what it proves.

A device is known to its account as long as the password is the one that it was made under. It
lets nobody in: it only keeps the guesses of strangers from locking out who works there.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import BadData, URLSafeTimedSerializer

from forms_api.portal import Portal

KEPT = timedelta(days=180)
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


def new(portal: Portal, staff_id: str, password_hash: str) -> str:
    """Make the token of a device on which somebody has just logged in."""
    token = _serializer(portal).dumps(
        [staff_id, _of_password(password_hash), secrets.token_urlsafe(12)]
    )
    return str(token)


def read(portal: Portal, token: str) -> Device | None:
    """Read a token; None for one that we did not make, or that is too old."""
    try:
        staff_id, password, name = _serializer(portal).loads(
            token[:500], max_age=int(KEPT.total_seconds())
        )
    except (BadData, ValueError, TypeError):
        return None
    return Device(str(staff_id), str(password), str(name))


def _of_password(password_hash: str) -> str:
    """Name a password hash without giving anything of it away."""
    return hashlib.sha256(f"device\0{password_hash}".encode()).hexdigest()[:24]


def _serializer(portal: Portal) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(portal.settings.secret_key, salt=_SALT)
