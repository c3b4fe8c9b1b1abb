"""What readers say of pages, as rows: one for each time somebody said something."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, select, update

from forms_api.store.tables import feedback

_COLUMNS = feedback.c


def write(connection: Connection, row: dict[str, Any]) -> None:
    """Keep a remark."""
    connection.execute(insert(feedback), row)


def by_key(connection: Connection, key_hash: str) -> Row[Any] | None:
    """Find the remark that came with a key."""
    return connection.execute(select(feedback).where(_COLUMNS.key_hash == key_hash)).first()


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
    each = select(_COLUMNS.page_url, _COLUMNS.page_version).distinct().subquery()
    return connection.scalar(select(func.count()).select_from(each)) or 0


def reasons(
    connection: Connection, page_url: str, page_version: str, since: datetime | None
) -> list[Row[Any]]:
    """Count the reasons of every no to a version, the most frequent first: code, times."""
    times = func.count()
    query = (
        select(_COLUMNS.reason, times.label("times"))
        .where(*_about(page_url, page_version), *_from(since))
        .where(_COLUMNS.useful.is_(False), _COLUMNS.reason.is_not(None))
        .group_by(_COLUMNS.reason)
        .order_by(times.desc(), _COLUMNS.reason)
    )
    return list(connection.execute(query))


def worded(
    connection: Connection, page_url: str, page_version: str, limit: int, skipped: int = 0
) -> list[Row[Any]]:
    """Return what was said in words of a version and waits to be handled, the oldest first."""
    query = select(feedback).where(*_about(page_url, page_version))
    waiting = query.where(_COLUMNS.handled_at.is_(None), _COLUMNS.comment.is_not(None))
    ordered = waiting.order_by(_COLUMNS.id).limit(limit).offset(skipped)
    return list(connection.execute(ordered))


def last_handled(connection: Connection, page_url: str, page_version: str) -> Row[Any] | None:
    """Return the remark on a version that was handled last: when, and by whom."""
    query: Select[Any] = select(_COLUMNS.handled_at, _COLUMNS.handled_by).where(
        *_about(page_url, page_version), _COLUMNS.handled_at.is_not(None)
    )
    return connection.execute(query.order_by(_COLUMNS.handled_at.desc()).limit(1)).first()


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
            _COLUMNS.id <= last,
            _COLUMNS.handled_at.is_(None),
        )
        .values(handled_at=now, handled_by=by, contact=None)
    )
    return done.rowcount


def _about(page_url: str, page_version: str) -> tuple[ColumnElement[bool], ...]:
    return (_COLUMNS.page_url == page_url, _COLUMNS.page_version == page_version)


def _from(since: datetime | None) -> tuple[ColumnElement[bool], ...]:
    return () if since is None else (_COLUMNS.at >= since,)


def _counted() -> Select[Any]:
    no, waits = _COLUMNS.useful.is_(False), _COLUMNS.handled_at.is_(None)
    open_no = func.count().filter(no, waits)
    waiting = func.count().filter(waits)
    return (
        select(
            _COLUMNS.page_url,
            _COLUMNS.page_version,
            func.count().filter(_COLUMNS.useful.is_(True)).label("yes"),
            func.count().filter(no).label("no"),
            open_no.label("open_no"),
            waiting.label("waiting"),
            func.count().filter(waits, _COLUMNS.comment.is_not(None)).label("worded"),
            func.max(_COLUMNS.id).label("last"),
        )
        .group_by(_COLUMNS.page_url, _COLUMNS.page_version)
        .order_by(open_no.desc(), waiting.desc(), _COLUMNS.page_url, _COLUMNS.page_version)
    )
