"""Understood? What readers say of a version of a page, and what editors do with it.

A remark is no case: nobody is promised an answer to it. It is kept until the editors have handled
it; the contact that somebody may leave is erased then.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from forms_api import codes
from forms_api.errors import IdempotencyConflict
from forms_api.kinds.feedback import QUESTIONS, REASONS
from forms_api.paging import Sheet, sheet
from forms_api.portal import Portal
from forms_api.store import reader_rows


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
        known = reader_rows.by_key(connection, key_hash)
        if known is None:
            reader_rows.write(connection, row)
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
        rows = reader_rows.versions(connection, since)
        return [_page(connection, row, since) for row in rows]

    return portal.store.read(look)


def listed(portal: Portal, page: str) -> Listed:
    """Return a page of what was said, by page and version; see ``pages``.

    Raises:
        StoreUnavailable: it cannot be read.
    """

    def look(connection: Connection) -> Listed:
        at = sheet(page, reader_rows.how_many_versions(connection))
        rows = reader_rows.versions(connection, None, at.size, at.skipped)
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
        row = reader_rows.version(connection, page_url, page_version)
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

    Raises:
        StoreUnavailable: nothing was changed.
    """
    return portal.store.write(
        lambda connection: reader_rows.handle(connection, page_url, page_version, last, by, now)
    )


def _page(
    connection: Connection, row: Row[Any], since: datetime | None = None, page: str = ""
) -> PageFeedback:
    """Put together what was said of a version; ``row`` counts it."""
    about = (row.page_url, row.page_version)
    at = sheet(page, row.worded)
    said = reader_rows.worded(connection, *about, at.size, at.skipped)
    handled = reader_rows.last_handled(connection, *about)
    reasons = reader_rows.reasons(connection, *about, since)
    return PageFeedback(
        *about,
        yes=row.yes,
        no=row.no,
        open_no=row.open_no,
        waiting=row.waiting,
        reasons=tuple((REASONS[one.reason], one.times) for one in reasons),
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
