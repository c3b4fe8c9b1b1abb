"""Members of staff for tests, who can really log in."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from forms_api.portal import Portal
from forms_api.staff import accounts, login, passwords, totp
from forms_api.staff.accounts import Enrolment
from forms_api.staff.people import Person
from forms_api.store.rows import add
from forms_api.store.tables import staff, staff_sessions

PASSWORD = "bốn con mèo uống trà"


@dataclass(frozen=True)
class Member:
    """An account and what its owner knows."""

    enrolment: Enrolment

    @property
    def person(self) -> Person:
        return self.enrolment.person

    def code(self, now: datetime) -> str:
        """Return what the phone shows at this moment."""
        text = self.enrolment.totp_secret.replace(" ", "")
        key = base64.b32decode(text + "=" * (-len(text) % 8))
        return totp.code(key, totp.step_at(now))

    def log_in(self, portal: Portal, now: datetime) -> str:
        """Open a session and return its token."""
        waiting = login.begin(portal, self.person.login, PASSWORD, now)
        return login.finish(portal, waiting, self.code(now), now)


def enrol(
    portal: Portal,
    now: datetime,
    name: str = "lan",
    role: str = "agent",
    department: str = "cskh",
    display_name: str = "Trần Thị Lan",
) -> Member:
    """Add a member of staff."""
    return Member(accounts.add(portal, name, display_name, role, department, PASSWORD, now))


@cache
def _hashed() -> str:
    return passwords.hashed(PASSWORD)


def seat(
    portal: Portal,
    now: datetime,
    name: str = "lan",
    role: str = "agent",
    department: str = "cskh",
) -> str:
    """Put somebody at the desk who is logged in already, and return the token.

    Real passwords take their time on purpose; the tests of logging in use them, others need not.
    """
    token = f"token-of-{name}"
    account = {
        "id": f"NV-{name}",
        "login": name,
        "display_name": f"Người tên {name.title()}",
        "role": role,
        "department": department,
        "password_hash": _hashed(),
        "totp_salt": "00",
        "totp_last_step": 0,
        "failures": 0,
        "created_at": now,
    }
    session = {
        "token_hash": login.hash_of_token(token),
        "staff_id": account["id"],
        "stage": "open",
        "created_at": now,
        "seen_at": now,
        "failures": 0,
    }
    portal.store.write(add, staff, account)
    portal.store.write(add, staff_sessions, session)
    return token


def sit(portal: Portal, now: datetime, name: str) -> str:
    """Open one more session for somebody who has an account, and return its token."""
    token = f"token-of-{name}-{secrets.token_hex(4)}"
    session = {
        "token_hash": login.hash_of_token(token),
        "staff_id": f"NV-{name}",
        "stage": "open",
        "created_at": now,
        "seen_at": now,
        "failures": 0,
    }
    portal.store.write(add, staff_sessions, session)
    return token
