"""Understood? What readers say of a version of a page, and what editors do with it.

A remark is no case: nobody is promised an answer to it. It is kept until the editors have handled
it; the contact that somebody may leave is erased then.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, update

from forms_api import codes
from forms_api.errors import IdempotencyConflict
from forms_api.kinds.feedback import QUESTIONS, REASONS
from forms_api.paging import Sheet, sheet
from forms_api.portal import Portal
from forms_api.store.rows import add, page_of
from forms_api.store.tables import feedback

_SAID = feedback.c


@dataclass(frozen=True)
class Feedback:
    """What somebody says of a page; ``page_version`` is empty where a page has none."""

    page_url: str
    page_version: str
    useful: bool
    reason: str | None = None
    comment: str | None = None
    contact: str | None = None


@dataclass(frozen=True)
class Remark:
    """One remark that nobody has handled yet, for the desk."""

    at: datetime
    useful: bool
    reason: str
    comment: str
    contact: str


@dataclass(frozen=True)
class PageFeedback:
    """What was said of one version of a page.

    ``yes`` and ``no`` count everything, ``reasons`` are (words, count) of every no. Of what is not
    handled yet, ``waiting`` in all, ``open_no`` are complaints, and ``remarks`` is a page (``at``)
    of those in words, the oldest first. ``last`` is the number up to which this is all there is.
    """

    page_url: str
    page_version: str
    yes: int
    no: int
    open_no: int
    waiting: int
    reasons: tuple[tuple[str, int], ...]
    remarks: tuple[Remark, ...]
    at: Sheet
    last: int
    handled_at: datetime | None
    handled_by: str


@dataclass(frozen=True)
class Listed:
    """A page of what was said, by page and version."""

    pages: tuple[PageFeedback, ...]
    at: Sheet


def read(raw: Mapping[str, Any], now: datetime, *, json: bool = False) -> Feedback:
    """Read a remark.

    Raises:
        ValidationFailed: with every fault at once.
    """
    answers = QUESTIONS.read(raw, now.date(), json=json)
    answers.refuse_if_faulty()
    return Feedback(**{**answers.values, "useful": answers.values["useful"] == "yes"})


def give_feedback(portal: Portal, said: Feedback, key: str | None, now: datetime) -> datetime:
    """Keep a remark and return when it was received; the same key again keeps nothing twice.

    Raises:
        ValidationFailed: the key is malformed.
        IdempotencyConflict: the key was used for another remark.
        StoreUnavailable: nothing was recorded.
    """
    values = asdict(said)
    key_hash, body_hash = codes.hash_of_key(key), codes.hash_of_body("feedback", values)
    row = {**values, "key_hash": key_hash, "body_hash": body_hash, "at": now}

    def record(connection: Connection) -> datetime:
        known = connection.execute(select(feedback).where(_SAID.key_hash == key_hash)).first()
        if known is None:
            add(connection, feedback, row)
            return now
        if known.body_hash != body_hash:
            raise IdempotencyConflict
        return known.at  # type: ignore[no-any-return]

    return portal.store.write(record)


def pages(portal: Portal, since: datetime | None = None) -> list[PageFeedback]:
    """Return what was said, by page and version; those with most open complaints first.

    Raises:
        StoreUnavailable: it cannot be read.
    """

    def look(connection: Connection) -> list[PageFeedback]:
        return [_page(connection, row, since) for row in connection.execute(_versions(since))]

    return portal.store.read(look)


def listed(portal: Portal, page: str) -> Listed:
    """Return a page of what was said, by page and version; see ``pages``.

    Raises:
        StoreUnavailable: it cannot be read.
    """

    def look(connection: Connection) -> Listed:
        rows, at = page_of(connection, _versions(), page)
        return Listed(tuple(_page(connection, row) for row in rows), at)

    return portal.store.read(look)


def of_version(
    portal: Portal, page_url: str, page_version: str, page: str = ""
) -> PageFeedback | None:
    """Return what was said of one version, with a page of its remarks; None when nothing was.

    Raises:
        StoreUnavailable: it cannot be read.
    """

    def look(connection: Connection) -> PageFeedback | None:
        row = connection.execute(_versions().where(_about(page_url, page_version))).first()
        return None if row is None else _page(connection, row, page=page)

    return portal.store.read(look)


def unclear_pages(portal: Portal, since: datetime) -> list[PageFeedback]:
    """Return the pages of which somebody said no since a moment, and nobody has handled it.

    Raises:
        StoreUnavailable: it cannot be read.
    """
    return [one for one in pages(portal, since) if one.open_no]


def mark_handled(
    portal: Portal, page_url: str, page_version: str, last: int, by: str, now: datetime
) -> int:
    """Mark what was said of a version, up to remark ``last``, as handled by somebody; count it.

    What was left to be reached by goes with it: nobody has to ask back any more.

    Raises:
        StoreUnavailable: nothing was changed.
    """
    handled = (
        update(feedback)
        .where(_about(page_url, page_version), _SAID.id <= last, _SAID.handled_at.is_(None))
        .values(handled_at=now, handled_by=by, contact=None)
    )
    return portal.store.write(lambda connection: connection.execute(handled).rowcount)


def _about(page_url: str, page_version: str) -> ColumnElement[bool]:
    return (_SAID.page_url == page_url) & (_SAID.page_version == page_version)


def _versions(since: datetime | None = None) -> Select[Any]:
    """Count what was said of each version of a page; those with most open complaints first.

    ``waiting`` are not handled yet, ``open_no`` complaints among them, ``worded`` those of them
    that say something in words. ``since`` leaves out what was said before.
    """
    no, waits = _SAID.useful.is_(False), _SAID.handled_at.is_(None)
    open_no = func.count().filter(no, waits)
    waiting = func.count().filter(waits)
    query = (
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
    return query if since is None else query.where(_SAID.at >= since)


def _page(
    connection: Connection, row: Row[Any], since: datetime | None = None, page: str = ""
) -> PageFeedback:
    """Put together what was said of a version; ``row`` counts it.

    The reasons come by how often they were given, the remarks in words the oldest first.
    """
    about, at = _about(row.page_url, row.page_version), sheet(page, row.worded)
    worded = select(feedback).where(about, _SAID.handled_at.is_(None), _SAID.comment.is_not(None))
    said = connection.execute(worded.order_by(_SAID.id).limit(at.size).offset(at.skipped)).all()
    done = select(_SAID.handled_at, _SAID.handled_by).where(about, _SAID.handled_at.is_not(None))
    handled = connection.execute(done.order_by(_SAID.handled_at.desc()).limit(1)).first()
    why = select(_SAID.reason, func.count()).where(
        about, _SAID.useful.is_(False), _SAID.reason.is_not(None)
    )
    if since is not None:
        why = why.where(_SAID.at >= since)
    reasons = why.group_by(_SAID.reason).order_by(func.count().desc(), _SAID.reason)
    return PageFeedback(
        row.page_url,
        row.page_version,
        yes=row.yes,
        no=row.no,
        open_no=row.open_no,
        waiting=row.waiting,
        reasons=tuple((REASONS[code], times) for code, times in connection.execute(reasons)),
        remarks=tuple(_remark(one) for one in said),
        at=at,
        # Whoever saw a part of the remarks has handled that part.
        last=row.last if at.number == at.pages else max((one.id for one in said), default=0),
        handled_at=None if handled is None else handled.handled_at,
        handled_by="" if handled is None else handled.handled_by,
    )


def _remark(row: Row[Any]) -> Remark:
    reason = REASONS.get(row.reason or "", "")
    return Remark(row.at, row.useful, reason, row.comment or "", row.contact or "")
