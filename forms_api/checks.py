"""The weekly check of the documents as the desk keeps it: an event, and a letter to the editors.

The event feeds the scorecard (K11). Who reads the letter follows from the
content: the department that owns the commitments which K11 measures.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Final

from sqlalchemy import Connection, exists, insert, select

from forms_api.feedback import unclear_pages
from forms_api.letters import Letter, written
from forms_api.portal import Portal
from forms_api.store import Store, outbox_rows
from forms_api.store.tables import checks
from forms_api.store.types import canonical_json
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.commitment import Commitment, IndicatorId
from service_policy.scorecard import Figure
from service_policy.scorecard.snapshot import Source
from service_policy.weekly_check import CHECKED_WITHIN, HEADINGS, Finding, WeeklyCheck, monday

INDICATOR: Final[IndicatorId] = "K11"
NEVER_CHECKED = "Chưa có lần kiểm tra nào trong kỳ."


def unclear_findings(portal: Portal, since: datetime) -> list[Finding]:
    """Return the pages of which readers said no since a moment, and nobody has handled it.

    Raises:
        StoreUnavailable: it cannot be read.
    """
    return [
        Finding(
            kind="unclear",
            where=f"{page.page_url} {page.page_version}".strip(),
            what=f"{page.open_no} người chưa rõ: "
            + ", ".join(f"{words} ({number})" for words, number in page.reasons),
        )
        for page in unclear_pages(portal, since)
    ]


def record(portal: Portal, result: WeeklyCheck, now: datetime) -> str:
    """Write a check and the letter about it in one transaction; return the check's reference.

    Raises:
        StoreUnavailable: nothing was written.
    """
    reference = f"KT-{now:%y%m%d-%H%M%S}"
    portal.store.write(_writer(portal, result, now, reference))
    return reference


def record_of_week(portal: Portal, result: WeeklyCheck, now: datetime) -> bool:
    """Write a check as that of its week, unless this week has one; say whether it was written.

    Its reference is the week's, so that of several processes one records it and one letter goes.

    Raises:
        StoreUnavailable: nothing was written.
    """
    begun, ends = _week(now)
    write = _writer(portal, result, now, f"KT-{monday(now):%G-W%V}")

    def unless_there(connection: Connection) -> bool:
        if connection.scalar(select(exists().where(checks.c.at >= begun, checks.c.at < ends))):
            return False
        write(connection)
        return True

    return portal.store.write(unless_there)


def _writer(
    portal: Portal, result: WeeklyCheck, now: datetime, reference: str
) -> Callable[[Connection], None]:
    """Return what writes a check and its letters, one to each department that answers for it."""
    measured = portal.policy.feeding(INDICATOR, now.astimezone(VIETNAM).date())
    owners = {one.owner.department for one in measured}
    letters = [
        report_letter(result, one.email, measured)
        for one in portal.policy.company.departments
        if one.id in owners and one.email
    ]
    rows = outbox_rows.rows_of(reference, letters, portal.mail_domain, now)

    def write(connection: Connection) -> None:
        kept = {"reference": reference, "at": now, "result": result.model_dump(mode="json")}
        connection.execute(insert(checks), kept)
        outbox_rows.write(connection, rows)

    return write


def _week(now: datetime) -> tuple[datetime, datetime]:
    """Return the first moments of a week in Vietnam and of the next."""
    begun = datetime.combine(monday(now), time(), VIETNAM)
    return begun, begun + timedelta(days=7)


def last_check(portal: Portal, now: datetime) -> WeeklyCheck | None:
    """Return the latest check up to this week, or None before the first one.

    One of a week to come was made by a clock that was wrong: it must not stand in for all others.

    Raises:
        StoreUnavailable: it cannot be read.
    """
    query = select(checks.c.result).where(checks.c.at < _week(now)[1])
    latest = query.order_by(checks.c.at.desc(), checks.c.reference.desc()).limit(1)
    found = portal.store.read(lambda connection: connection.scalar(latest))
    return None if found is None else WeeklyCheck.model_validate(found)


def recorded(store: Store) -> list[WeeklyCheck]:
    """Return every check of a store, the earliest first.

    Raises:
        StoreUnavailable: it cannot be read.
    """
    query = select(checks.c.result).order_by(checks.c.at, checks.c.reference)
    rows = store.read(lambda connection: connection.scalars(query).all())
    return list(map(WeeklyCheck.model_validate, rows))


def report_letter(result: WeeklyCheck, recipient: str, measured: Sequence[Commitment]) -> Letter:
    """Write the report to the editors, the findings by kind."""
    order = list(HEADINGS)
    ordered = sorted(result.findings, key=lambda one: (order.index(one.kind), one.where))
    kinds = [
        (HEADINGS[kind], list(found)) for kind, found in groupby(ordered, key=lambda one: one.kind)
    ]
    day, number = f"{result.checked_on:%d/%m/%Y}", len(result.findings)
    body = written("check", day=day, result=result, kinds=kinds, measured=measured)
    told = f"{number} việc cần làm" if number else "không có lỗi"
    return Letter("notice", recipient, f"Kiểm tra tài liệu {day}: {told}", f"{body}\n")


def checked_documents(connection: Connection, cutoff: datetime) -> tuple[Figure, Source]:
    """Return K11 at a moment, from the latest check before it, and what it was taken from.

    A check that is older than it may be counts no document as checked.
    """
    query = select(checks).where(checks.c.at < cutoff).order_by(checks.c.at, checks.c.reference)
    rows = connection.execute(query).all()
    digest = hashlib.sha256()
    for row in rows:
        digest.update(canonical_json([row.reference, row.result]).encode() + b"\n")
    source = Source(id="checks", sha256=digest.hexdigest(), rows=len(rows))
    if not rows:
        return Figure(id=INDICATOR, note=NEVER_CHECKED), source
    last = WeeklyCheck.model_validate(rows[-1].result)
    right = last.documents_right if cutoff - rows[-1].at <= CHECKED_WITHIN else 0
    return Figure(id=INDICATOR, numerator=right, denominator=last.documents), source
