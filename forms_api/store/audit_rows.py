"""The audit trail as rows: written once, read a page at a time, the latest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from forms_api.store.tables import audit


@dataclass(frozen=True)
class Wanted:
    """What is looked for in the trail; None and empty mean everything."""

    case_ref: str | None = None
    staff_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def write(connection: Connection, values: dict[str, Any]) -> None:
    """Add a line."""
    connection.execute(insert(audit), values)


def find(connection: Connection, wanted: Wanted, start: int, limit: int) -> list[Row[Any]]:
    """Return lines ``start`` to ``start + limit``, the latest first."""
    query = _narrowed(select(audit), wanted).order_by(audit.c.id.desc())
    return list(connection.execute(query.offset(start).limit(limit)))


def count(connection: Connection, wanted: Wanted) -> int:
    """Count the lines."""
    return connection.scalar(_narrowed(select(func.count()).select_from(audit), wanted)) or 0


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.case_ref:
        query = query.where(audit.c.case_ref == wanted.case_ref)
    if wanted.staff_id:
        query = query.where(audit.c.staff_id == wanted.staff_id)
    if wanted.since is not None:
        query = query.where(audit.c.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(audit.c.at < wanted.until)
    return query
