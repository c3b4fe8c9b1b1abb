"""Lists of cases as rows, from the projection alone."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, func, select

from forms_api.store.tables import cases
from service_policy.cases.states import ENDED

Queue = Literal["held", "signature", "payment"]
MOST = 500


def in_queue(
    connection: Connection, queue: Queue, department: str | None = None, limit: int = MOST
) -> list[Row[Any]]:
    """Return the cases of a queue, due soonest first; ``department`` (by name) narrows ``held``."""
    return list(connection.execute(_query(queue, department).limit(limit)))


def size(connection: Connection, queue: Queue, department: str | None = None) -> int:
    """Count the cases of a queue."""
    query = _query(queue, department).order_by(None).subquery()
    return connection.scalar(select(func.count()).select_from(query)) or 0


def by_department(connection: Connection, now: datetime) -> list[Row[Any]]:
    """Count, for each holding department, its open cases and those past a date."""
    late = func.count().filter(cases.c.next_due_at < now)
    query = (
        select(
            cases.c.holder_department.label("department"),
            func.count().label("held"),
            late.label("late"),
        )
        .where(cases.c.state.not_in(ENDED))
        .group_by(cases.c.holder_department)
        .order_by(cases.c.holder_department)
    )
    return list(connection.execute(query))


def of(connection: Connection, references: list[str]) -> list[Row[Any]]:
    """Return the rows of some cases, in the given order."""
    rows = connection.execute(select(cases).where(cases.c.reference.in_(references)))
    known = {row.reference: row for row in rows}
    return [known[one] for one in references if one in known]


def open_of_kind(connection: Connection, kind: str) -> list[str]:
    """Return the references of the open cases of a kind, the oldest first."""
    query = select(cases.c.reference).where(cases.c.kind == kind, cases.c.state.not_in(ENDED))
    return list(connection.scalars(query.order_by(cases.c.received_at, cases.c.reference)))


def unreached(connection: Connection, limit: int) -> list[Row[Any]]:
    """Return the cases whose customer a letter did not reach, ended ones too, oldest first."""
    query = select(cases).where(cases.c.mail_failed_at.is_not(None))
    return list(connection.execute(query.order_by(cases.c.mail_failed_at).limit(limit)))


def everything(connection: Connection, limit: int) -> list[Row[Any]]:
    """Return all cases, the latest first."""
    return list(connection.execute(select(cases).order_by(cases.c.received_at.desc()).limit(limit)))


def _query(queue: Queue, department: str | None) -> Select[Any]:
    match queue:
        case "signature":
            return select(cases).where(cases.c.waits_for.is_not(None)).order_by(cases.c.wait_by)
        case "payment":
            return select(cases).where(cases.c.open_vnd > 0).order_by(cases.c.pay_by)
        case "held":
            query = select(cases).where(cases.c.state.not_in(ENDED))
            if department is not None:
                query = query.where(cases.c.holder_department == department)
            no_date = cases.c.next_due_at.is_(None)
            return query.order_by(no_date, cases.c.next_due_at, cases.c.reference)
