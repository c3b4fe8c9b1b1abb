"""Accounts of staff: made, disabled and given new secrets by an operator on the machine itself.

There is no way to do any of this over the network.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, delete

from forms_api import audit
from forms_api.errors import FieldError, NotFound, ValidationFailed
from forms_api.portal import Portal
from forms_api.staff import passwords, throttle, totp
from forms_api.staff.people import STAFF_ROLES, Person, person
from forms_api.store import rows, staff_rows
from forms_api.store.tables import staff, staff_steps
from service_policy.actors import Role
from service_policy.text import nfc

_LOGIN = re.compile(r"[a-z][a-z0-9.-]{1,39}")
_ALPHABET = "23456789ACDEFHJKMNPQRTVWXY"


@dataclass(frozen=True)
class Enrolment:
    """What a new account needs once: the secret for the phone's app, as text and as address."""

    person: Person
    totp_secret: str
    totp_address: str


def add(
    portal: Portal,
    login: str,
    name: str,
    role: str,
    department: str,
    password: str,
    now: datetime,
) -> Enrolment:
    """Make an account; ``department`` is the id of a department of ``cong-ty.yaml``.

    Raises:
        ValidationFailed: with every fault at once.
        StoreUnavailable: nothing was recorded.
    """
    login, name = login.strip().lower(), nfc(name).strip()
    faults = _faults(portal, login, name, role, department)
    faults += _password_faults(portal, password, login)
    if faults:
        raise ValidationFailed(faults)
    staff_id = "NV-" + "".join(secrets.choice(_ALPHABET) for _ in range(8))
    values: dict[str, Any] = {
        "id": staff_id,
        "login": login,
        "display_name": name,
        "role": role,
        "department": department,
        "created_at": now,
        "disabled_at": None,
        **_secrets(password),
    }

    def record(connection: Connection) -> None:
        if staff_rows.by_login(connection, login) is not None:
            raise ValidationFailed([FieldError("login", f"the login {login} is taken")])
        rows.add(connection, staff, values)
        audit.line(connection, now, "staff_added", None, detail=staff_id)

    portal.store.write(record)
    who = Person(staff_id, login, name, cast(Role, role), department)
    return _enrolment(portal, who, values["totp_salt"])


def reset(portal: Portal, login: str, password: str, now: datetime) -> Enrolment:
    """Give an account a new password and a new one-time secret, and end its sessions.

    Raises:
        NotFound: nobody has this login.
        ValidationFailed: the password is weak.
        StoreUnavailable: nothing was changed.
    """
    faults = _password_faults(portal, password, login)
    if faults:
        raise ValidationFailed(faults)
    values = _secrets(password)

    def record(connection: Connection) -> Person:
        row = staff_rows.by_login(connection, login)
        if row is None:
            raise NotFound
        staff_rows.change(connection, row.id, values)
        # The codes come from a new secret, so no step of them was used.
        connection.execute(delete(staff_steps).where(staff_steps.c.staff_id == row.id))
        staff_rows.end_sessions(connection, row.id, now)
        audit.line(connection, now, "staff_reset", None, detail=row.id)
        throttle.forget(portal, connection, row.login)
        return person(row)

    return _enrolment(portal, portal.store.write(record), values["totp_salt"])


def disable(portal: Portal, login: str, now: datetime) -> Person:
    """Close an account and end its sessions; its row stays, because cases name it.

    Raises:
        NotFound: nobody has this login.
        StoreUnavailable: nothing was changed.
    """

    def record(connection: Connection) -> Person:
        row = staff_rows.by_login(connection, login)
        if row is None:
            raise NotFound
        if row.disabled_at is None:
            staff_rows.change(connection, row.id, {"disabled_at": now})
        staff_rows.end_sessions(connection, row.id, now)
        audit.line(connection, now, "staff_disabled", None, detail=row.id)
        return person(row)

    return portal.store.write(record)


def everybody(portal: Portal) -> tuple[Person, ...]:
    """Return every account, disabled ones too.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    return portal.store.read(lambda c: tuple(person(row) for row in staff_rows.everybody(c)))


def _faults(portal: Portal, login: str, name: str, role: str, department: str) -> list[FieldError]:
    known = [one.id for one in portal.policy.company.departments]
    checks = (
        ("login", _LOGIN.fullmatch(login), "2 to 40 of a-z, 0-9, '.' and '-'"),
        ("name", 2 <= len(name) <= 100 and name.isprintable(), "2 to 100 characters"),
        ("role", role in STAFF_ROLES, "one of " + ", ".join(STAFF_ROLES)),
        ("department", department in known, "one of " + ", ".join(known)),
    )
    return [FieldError(field, f"must be {rule}") for field, fine, rule in checks if not fine]


def _password_faults(portal: Portal, password: str, login: str) -> list[FieldError]:
    try:
        passwords.check(password, login, portal.policy.company.short_name)
    except passwords.WeakPassword as weak:
        return [FieldError("password", str(weak))]
    return []


def _secrets(password: str) -> dict[str, Any]:
    """Return fresh secrets: every column that an attempt to log in looks at or changes."""
    return {
        "password_hash": passwords.hashed(password),
        "totp_salt": secrets.token_hex(16),
        "totp_last_step": 0,
        "failures": 0,
        "locked_until": None,
    }


def _enrolment(portal: Portal, who: Person, salt: str) -> Enrolment:
    key = totp.secret(portal.settings.secret_key, salt)
    issuer = f"{portal.policy.company.short_name} - Bàn làm việc"
    return Enrolment(who, totp.base32(key), totp.address(key, who.login, issuer))
