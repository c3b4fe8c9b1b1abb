"""Wrong passwords and codes as rows: for each login by where they came from."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from forms_api.store.staff_tables import login_failures

_COLUMNS = login_failures.c


def of(connection: Connection, login_hash: str, since: datetime, until: datetime) -> list[Row[Any]]:
    """Return what came for a login between two moments, by source."""
    mine = (_COLUMNS.login_hash == login_hash, _COLUMNS.last_at.between(since, until))
    return list(connection.execute(select(login_failures).where(*mine)))


def count(
    connection: Connection,
    login_hash: str,
    source_hash: str,
    *,
    known: bool,
    counts: bool,
    row_since: datetime,
    now: datetime,
) -> None:
    """Count a failure; one that was refused unread (not ``counts``) does not lengthen the row.

    A row of failures whose last one lies before ``row_since`` is over, and a new one begins; so is
    one that a wrong clock wrote into the future.
    """
    here = (_COLUMNS.login_hash == login_hash, _COLUMNS.source_hash == source_hash)
    if not counts:
        connection.execute(
            update(login_failures)
            .where(*here)
            .values(refused=_COLUMNS.refused + 1, total=_COLUMNS.total + 1)
        )
        return
    over = or_(_COLUMNS.last_at < row_since, _COLUMNS.last_at > now + (now - row_since))
    begun = update(login_failures).where(*here, over)
    connection.execute(begun.values(failures=0))
    more = {"failures": _COLUMNS.failures + 1, "total": _COLUMNS.total + 1, "last_at": now}
    if connection.execute(update(login_failures).where(*here).values(more)).rowcount:
        return
    connection.execute(
        insert(login_failures).values(
            login_hash=login_hash,
            source_hash=source_hash,
            known=known,
            failures=1,
            refused=0,
            total=1,
            first_at=now,
            last_at=now,
        )
    )


def forget_source(connection: Connection, login_hash: str, source_hash: str) -> None:
    """End the row of failures of a source: whoever it is has just been let in."""
    connection.execute(
        update(login_failures)
        .where(_COLUMNS.login_hash == login_hash, _COLUMNS.source_hash == source_hash)
        .values(failures=0)
    )


def forget_login(connection: Connection, login_hash: str) -> None:
    """Forget everything about a login: it has a new password."""
    connection.execute(delete(login_failures).where(_COLUMNS.login_hash == login_hash))


def forget_before(connection: Connection, moment: datetime) -> None:
    """Forget what is over, so that guessing at names does not fill the table for ever."""
    connection.execute(delete(login_failures).where(_COLUMNS.last_at < moment))


def recent(connection: Connection, since: datetime) -> list[Row[Any]]:
    """Return everything since a moment."""
    return list(connection.execute(select(login_failures).where(_COLUMNS.last_at >= since)))
