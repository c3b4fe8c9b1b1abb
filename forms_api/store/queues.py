"""Lists of cases as rows, from the projection alone, and when each is looked at next."""

from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, and_, case, func, or_, select, update

from forms_api.store.rows import count
from forms_api.store.tables import cases
from service_policy.cases.core.parts import ENDED

Queue = Literal["held", "signature", "payment"]

URGENCY = case((cases.c.danger, 0), (cases.c.priority, 1), else_=2)
"""The promise of ``/ho-tro-uu-tien/``: first what is about safety, then who has priority."""

UNREACHED = (
    select(cases)
    .where(cases.c.mail_failed_at.is_not(None))
    .order_by(cases.c.mail_failed_at, cases.c.reference)
)
"""The cases whose customer a letter did not reach, ended ones too, oldest first."""

FURTHEST = timedelta(days=1)
"""No case sleeps longer; a moment further ahead was set by a clock that was wrong."""


def by_department(connection: Connection, now: datetime) -> list[Row[Any]]:
    """Count, for each holding department, its open cases and those past a date."""
    query = (
        select(
            cases.c.holder_department.label("department"),
            func.count().label("held"),
            func.count().filter(cases.c.next_due_at < now).label("late"),
        )
        .where(cases.c.state.not_in(ENDED))
        .group_by(cases.c.holder_department)
    )
    return list(connection.execute(query))


def of(connection: Connection, references: list[str]) -> list[Row[Any]]:
    """Return the rows of some cases, in the given order."""
    rows = connection.execute(select(cases).where(cases.c.reference.in_(references)))
    known = {row.reference: row for row in rows}
    return [known[one] for one in references if one in known]


def how_many_unreached(connection: Connection) -> int:
    """Count the cases whose customer a letter did not reach, ended ones too."""
    return count(connection, UNREACHED)


def everything(
    connection: Connection, limit: int, after: tuple[datetime, str] | None = None
) -> list[Row[Any]]:
    """Return cases, the latest first, beginning after one of them (when received, reference)."""
    query = select(cases).order_by(cases.c.received_at.desc(), cases.c.reference.desc())
    if after is not None:
        at, reference = after
        same = and_(cases.c.received_at == at, cases.c.reference < reference)
        query = query.where(or_(cases.c.received_at < at, same))
    return list(connection.execute(query.limit(limit)))


def claim_due(connection: Connection, now: datetime, lease_ends: datetime, limit: int) -> list[str]:
    """Take up to ``limit`` cases that are due to be looked at; nobody else gets them for a while.

    On PostgreSQL other sweepers skip the locked rows; on SQLite there is one writer at a time.
    """
    wrong = now + FURTHEST
    query = (
        select(cases.c.reference)
        .where((cases.c.wake_at <= now) | (cases.c.wake_at > wrong))
        .order_by(cases.c.wake_at, cases.c.reference)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    references = list(connection.scalars(query))
    if references:
        connection.execute(
            update(cases).where(cases.c.reference.in_(references)).values(wake_at=lease_ends)
        )
    return references


def in_queue(queue: Queue, department: str | None = None) -> Select[Any]:
    """Ask for the cases of a queue: safety, then priority, then due soonest first.

    ``department`` (by id) narrows ``held``.
    """
    by_reference = cases.c.reference
    match queue:
        case "signature":
            waiting = select(cases).where(cases.c.waits_for.is_not(None))
            return waiting.order_by(URGENCY, cases.c.wait_by, by_reference)
        case "payment":
            owing = select(cases).where(cases.c.open_vnd > 0)
            return owing.order_by(URGENCY, cases.c.pay_by, by_reference)
        case "held":
            query = select(cases).where(cases.c.state.not_in(ENDED))
            if department is not None:
                query = query.where(cases.c.holder_department == department)
            no_date = cases.c.next_due_at.is_(None)
            return query.order_by(URGENCY, no_date, cases.c.next_due_at, by_reference)
