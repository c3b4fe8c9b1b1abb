"""Weekly checks of the documents as rows: one event each, written once and never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from forms_api.store.tables import checks


def write(connection: Connection, reference: str, at: datetime, result: dict[str, Any]) -> None:
    """Write a check."""
    connection.execute(insert(checks).values(reference=reference, at=at, result=result))


def before(connection: Connection, cutoff: datetime) -> list[Row[Any]]:
    """Return every check before a moment, the earliest first."""
    query = select(checks).where(checks.c.at < cutoff).order_by(checks.c.at, checks.c.reference)
    return list(connection.execute(query))
