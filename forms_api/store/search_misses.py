"""Searches without an answer as rows: folded words, how often, and between which days."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from forms_api.store.tables import search_misses

MOST_ROWS = 5000
"""Different texts that are kept; beyond that the rarest and oldest makes room."""

_COLUMNS = search_misses.c


def count(connection: Connection, words: str, day: date) -> None:
    """Count a search once more; two that come first at once meet at the key, and one repeats."""
    known = connection.execute(
        update(search_misses)
        .where(_COLUMNS.words == words)
        .values(count=_COLUMNS.count + 1, last_on=day)
    )
    if known.rowcount:
        return
    if how_many(connection) >= MOST_ROWS:
        _make_room(connection)
    connection.execute(
        insert(search_misses).values(words=words, count=1, first_on=day, last_on=day)
    )


def how_many(connection: Connection) -> int:
    """Count the different texts."""
    return connection.scalar(select(func.count()).select_from(search_misses)) or 0


def since(
    connection: Connection, day: date | None = None, limit: int = MOST_ROWS, skipped: int = 0
) -> list[Row[Any]]:
    """Return what was searched for on ``day`` or later, the most often first: words, times, days.

    None leaves no day out; of the list, ``limit`` follow the ``skipped`` first.
    """
    # A row has a method named "count", so the column goes by another name.
    query = (
        select(_COLUMNS.words, _COLUMNS.count.label("times"), _COLUMNS.first_on, _COLUMNS.last_on)
        .order_by(_COLUMNS.count.desc(), _COLUMNS.last_on.desc(), _COLUMNS.words)
        .limit(limit)
        .offset(skipped)
    )
    return list(connection.execute(query if day is None else query.where(_COLUMNS.last_on >= day)))


def _make_room(connection: Connection) -> None:
    rarest = (
        select(_COLUMNS.words)
        .order_by(_COLUMNS.count, _COLUMNS.last_on, _COLUMNS.words)
        .limit(1)
        .scalar_subquery()
    )
    connection.execute(delete(search_misses).where(_COLUMNS.words == rarest))
