"""A member of staff, as the rest of the program knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import Row

from service_policy.actors import ROLE_WORDS, Actor, Role

STAFF_ROLES: Mapping[str, str] = {
    role: ROLE_WORDS[role] for role in get_args(Role) if role not in ("customer", "system")
}
"""The roles that a member of staff can have, with their Vietnamese words."""


@dataclass(frozen=True)
class Person:
    """A member of staff. ``id`` is opaque and stands in events; ``display_name`` never does."""

    id: str
    login: str
    display_name: str
    role: Role
    department: str
    disabled_at: datetime | None = None

    @property
    def actor(self) -> Actor:
        """Who gives a command."""
        return Actor(id=self.id, role=self.role, department=self.department)

    @property
    def role_words(self) -> str:
        """The role in Vietnamese."""
        return ROLE_WORDS[self.role]


def person(row: Row[Any]) -> Person:
    """Read a person from a row of ``staff``."""
    return Person(
        id=row.id,
        login=row.login,
        display_name=row.display_name,
        role=row.role,
        department=row.department,
        disabled_at=row.disabled_at,
    )
