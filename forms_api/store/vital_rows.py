"""The program's signs of life as rows: when the clock was seen, when it swept, what went wrong."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from forms_api.store.tables import vitals

SEEN, SWEPT, CLOCK, CONFIRMED, FAILED_WRITE = (
    "seen",
    "swept",
    "clock",
    "confirmed",
    "failed_write",
)
"""The newest moment that a plausible clock showed; the last whole sweep; why sweeping waits; the
last time that an operator confirmed the clock; the last write that failed."""
PROMISED, KEPT_OUT = "promised", "kept_out"
BOOKS, LINKED = "books", "linked"
"""The versions of promises that came into force; why those of the newest content did not. Up to
which file the books were compared; until when cases about one paper were joined."""


def put(
    connection: Connection, name: str, at: datetime, detail: dict[str, Any] | None = None
) -> None:
    """Write a sign of life in place of the one before."""
    values = {"at": at, "detail": detail or {}}
    done = connection.execute(update(vitals).where(vitals.c.name == name).values(values))
    if done.rowcount == 0:
        connection.execute(insert(vitals), {"name": name, **values})


def drop(connection: Connection, name: str) -> None:
    """Take a sign away, if it is there."""
    connection.execute(delete(vitals).where(vitals.c.name == name))


def all_of(connection: Connection) -> dict[str, Row[Any]]:
    """Return every sign by its name."""
    return {row.name: row for row in connection.execute(select(vitals))}
