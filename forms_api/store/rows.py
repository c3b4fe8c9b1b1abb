"""What every table needs: write rows, count what a query finds, show it a page at a time."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, insert, select

from forms_api.paging import Sheet, sheet


def add(connection: Connection, table: Table, *rows: dict[str, Any]) -> None:
    """Write new rows, if there are any."""
    if rows:
        connection.execute(insert(table), rows)


def count(connection: Connection, query: Select[Any] | Table) -> int:
    """Count the rows of a table, or those that a query finds."""
    found = query.order_by(None).subquery() if isinstance(query, Select) else query
    return connection.scalar(select(func.count()).select_from(found)) or 0


def page_of(
    connection: Connection, query: Select[Any], asked: str
) -> tuple[Sequence[Row[Any]], Sheet]:
    """Return the rows of the page that was asked for, and where it stands among all of them."""
    at = sheet(asked, count(connection, query))
    return connection.execute(query.limit(at.size).offset(at.skipped)).all(), at
