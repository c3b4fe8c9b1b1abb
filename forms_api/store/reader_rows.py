"""What readers leave behind, as rows: what they say of pages, and what they searched for in vain.

A remark is a row for each time somebody said something. A search without an answer is kept as
folded words alone: how often, and between which days.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, select, update

from forms_api.store.tables import feedback, search_misses

_SAID = feedback.c
_MISSES = search_misses.c

MOST_ROWS = 5000
"""Different texts that are kept; beyond that the rarest and oldest makes room."""


def write(connection: Connection, row: dict[str, Any]) -> None:
    """Keep a remark."""
    connection.execute(insert(feedback), row)


def by_key(connection: Connection, key_hash: str) -> Row[Any] | None:
    """Find the remark that came with a key."""
    return connection.execute(select(feedback).where(_SAID.key_hash == key_hash)).first()


def versions(
    connection: Connection,
    since: datetime | None = None,
    limit: int | None = None,
    skipped: int = 0,
) -> list[Row[Any]]:
    """Count what was said of each version of a page; those with most open complaints first.

    ``waiting`` are not handled yet, ``open_no`` complaints among them, ``worded`` those of them
    that say something in words. ``since`` leaves out what was said before.
    """
    counted = _counted().where(*_from(since)).offset(skipped).limit(limit)
    return list(connection.execute(counted))


def version(connection: Connection, page_url: str, page_version: str) -> Row[Any] | None:
    """Count what was said of one version as ``versions`` does; None when nothing was."""
    return connection.execute(_counted().where(*_about(page_url, page_version))).first()


def how_many_versions(connection: Connection) -> int:
    """Count the versions of pages of which something was said."""
    each = select(_SAID.page_url, _SAID.page_version).distinct().subquery()
    return connection.scalar(select(func.count()).select_from(each)) or 0


def reasons(
    connection: Connection, page_url: str, page_version: str, since: datetime | None
) -> list[Row[Any]]:
    """Count the reasons of every no to a version, the most frequent first: code, times."""
    times = func.count()
    query = (
        select(_SAID.reason, times.label("times"))
        .where(*_about(page_url, page_version), *_from(since))
        .where(_SAID.useful.is_(False), _SAID.reason.is_not(None))
        .group_by(_SAID.reason)
        .order_by(times.desc(), _SAID.reason)
    )
    return list(connection.execute(query))


def worded(
    connection: Connection, page_url: str, page_version: str, limit: int, skipped: int = 0
) -> list[Row[Any]]:
    """Return what was said in words of a version and waits to be handled, the oldest first."""
    query = select(feedback).where(*_about(page_url, page_version))
    waiting = query.where(_SAID.handled_at.is_(None), _SAID.comment.is_not(None))
    ordered = waiting.order_by(_SAID.id).limit(limit).offset(skipped)
    return list(connection.execute(ordered))


def last_handled(connection: Connection, page_url: str, page_version: str) -> Row[Any] | None:
    """Return the remark on a version that was handled last: when, and by whom."""
    query: Select[Any] = select(_SAID.handled_at, _SAID.handled_by).where(
        *_about(page_url, page_version), _SAID.handled_at.is_not(None)
    )
    return connection.execute(query.order_by(_SAID.handled_at.desc()).limit(1)).first()


def handle(
    connection: Connection, page_url: str, page_version: str, last: int, by: str, now: datetime
) -> int:
    """Mark the remarks on a version of a page, up to number ``last``, as handled; count them.

    What was left to be reached by goes with it: nobody has to ask back any more.
    """
    done = connection.execute(
        update(feedback)
        .where(
            *_about(page_url, page_version),
            _SAID.id <= last,
            _SAID.handled_at.is_(None),
        )
        .values(handled_at=now, handled_by=by, contact=None)
    )
    return done.rowcount


def _about(page_url: str, page_version: str) -> tuple[ColumnElement[bool], ...]:
    return (_SAID.page_url == page_url, _SAID.page_version == page_version)


def _from(since: datetime | None) -> tuple[ColumnElement[bool], ...]:
    return () if since is None else (_SAID.at >= since,)


def _counted() -> Select[Any]:
    no, waits = _SAID.useful.is_(False), _SAID.handled_at.is_(None)
    open_no = func.count().filter(no, waits)
    waiting = func.count().filter(waits)
    return (
        select(
            _SAID.page_url,
            _SAID.page_version,
            func.count().filter(_SAID.useful.is_(True)).label("yes"),
            func.count().filter(no).label("no"),
            open_no.label("open_no"),
            waiting.label("waiting"),
            func.count().filter(waits, _SAID.comment.is_not(None)).label("worded"),
            func.max(_SAID.id).label("last"),
        )
        .group_by(_SAID.page_url, _SAID.page_version)
        .order_by(open_no.desc(), waiting.desc(), _SAID.page_url, _SAID.page_version)
    )


def count_miss(connection: Connection, words: str, day: date) -> None:
    """Count a search once more; two that come first at once meet at the key, and one repeats."""
    known = connection.execute(
        update(search_misses)
        .where(_MISSES.words == words)
        .values(count=_MISSES.count + 1, last_on=day)
    )
    if known.rowcount:
        return
    if how_many_misses(connection) >= MOST_ROWS:
        _make_room(connection)
    connection.execute(
        insert(search_misses).values(words=words, count=1, first_on=day, last_on=day)
    )


def how_many_misses(connection: Connection) -> int:
    """Count the different texts."""
    return connection.scalar(select(func.count()).select_from(search_misses)) or 0


def misses_since(
    connection: Connection, day: date | None = None, limit: int = MOST_ROWS, skipped: int = 0
) -> list[Row[Any]]:
    """Return what was searched for on ``day`` or later, the most often first: words, times, days.

    None leaves no day out; of the list, ``limit`` follow the ``skipped`` first.
    """
    # A row has a method named "count", so the column goes by another name.
    query = (
        select(_MISSES.words, _MISSES.count.label("times"), _MISSES.first_on, _MISSES.last_on)
        .order_by(_MISSES.count.desc(), _MISSES.last_on.desc(), _MISSES.words)
        .limit(limit)
        .offset(skipped)
    )
    return list(connection.execute(query if day is None else query.where(_MISSES.last_on >= day)))


def _make_room(connection: Connection) -> None:
    rarest = (
        select(_MISSES.words)
        .order_by(_MISSES.count, _MISSES.last_on, _MISSES.words)
        .limit(1)
        .scalar_subquery()
    )
    connection.execute(delete(search_misses).where(_MISSES.words == rarest))
