"""What readers say of pages, as rows: one for each time somebody said something."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from forms_api.store.tables import feedback

MOST = 5000
"""Remarks that are read at once, the latest first; more than anybody works through."""

_COLUMNS = feedback.c


def write(connection: Connection, row: dict[str, Any]) -> None:
    """Keep a remark."""
    connection.execute(insert(feedback), row)


def by_key(connection: Connection, key_hash: str) -> Row[Any] | None:
    """Find the remark that came with a key."""
    return connection.execute(select(feedback).where(_COLUMNS.key_hash == key_hash)).first()


def all_of(connection: Connection, since: datetime | None = None) -> list[Row[Any]]:
    """Return remarks since a moment, the latest first."""
    query = select(feedback).order_by(_COLUMNS.id.desc()).limit(MOST)
    return list(connection.execute(query if since is None else query.where(_COLUMNS.at >= since)))


def handle(
    connection: Connection, page_url: str, page_version: str, last: int, by: str, now: datetime
) -> int:
    """Mark the remarks on a version of a page, up to number ``last``, as handled; count them.

    What was left to be reached by goes with it: nobody has to ask back any more.
    """
    done = connection.execute(
        update(feedback)
        .where(
            _COLUMNS.page_url == page_url,
            _COLUMNS.page_version == page_version,
            _COLUMNS.id <= last,
            _COLUMNS.handled_at.is_(None),
        )
        .values(handled_at=now, handled_by=by, contact=None)
    )
    return done.rowcount
