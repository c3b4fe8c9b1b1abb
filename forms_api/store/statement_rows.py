"""Statements of the bank, as rows.

``bank_lines`` are the lines that name a case of ours, by the bank's own id: what became of each,
and nothing of its words but the references. ``bank_statements`` are the files that brought them.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    ForeignKey,
    Integer,
    Row,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from forms_api.store.tables import metadata
from forms_api.store.types import UtcDateTime
from service_policy.paying.matching import SETTLED

bank_statements = Table(
    "bank_statements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("sha256", String(64), nullable=False),
    Column("layout", String(64), nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
    Column("imported_by", String(20), nullable=False),
    Column("lines", Integer, nullable=False),
    Column("paid", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("open", Integer, nullable=False),
)

bank_lines = Table(
    "bank_lines",
    metadata,
    Column("reference", String(60), primary_key=True),
    Column("statement", Integer, ForeignKey("bank_statements.number"), nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("vnd", BigInteger, nullable=False),
    Column("named", String(100), nullable=False),
    Column("outcome", String(20), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
)


def add_statement(
    connection: Connection, sha256: str, layout: str, lines: int, who: str, now: datetime
) -> int:
    """Write down that a statement came, before its lines are looked at; return its number."""
    return int(
        connection.execute(
            insert(bank_statements)
            .values(
                sha256=sha256,
                layout=layout,
                imported_at=now,
                imported_by=who,
                lines=lines,
                paid=0,
                returned=0,
                known=0,
                open=0,
            )
            .returning(bank_statements.c.number)
        ).scalar_one()
    )


def count_statement(connection: Connection, number: int, counts: dict[str, int]) -> None:
    """Write down what became of the lines of a statement."""
    connection.execute(
        update(bank_statements).where(bank_statements.c.number == number).values(**counts)
    )


def known_lines(connection: Connection, references: Collection[str]) -> dict[str, Row[Any]]:
    """Return the lines of earlier statements with these ids."""
    query = select(bank_lines).where(bank_lines.c.reference.in_(references))
    return {row.reference: row for row in connection.execute(query)}


def paired(connection: Connection, reference: str) -> list[int]:
    """Return the sums of a case that were seen to leave after they had been seen to come back."""
    query = select(bank_lines.c.vnd).where(
        bank_lines.c.named == reference, bank_lines.c.vnd < 0, bank_lines.c.outcome == "returned"
    )
    return [-vnd for vnd in connection.scalars(query)]


def put_line(connection: Connection, row: dict[str, Any]) -> None:
    """Write down a line, or what became of it now."""
    connection.execute(delete(bank_lines).where(bank_lines.c.reference == row["reference"]))
    connection.execute(insert(bank_lines), row)


def open_lines(connection: Connection, limit: int) -> list[Row[Any]]:
    """Return the lines that a person has to look at, the latest first."""
    query = select(bank_lines).where(bank_lines.c.outcome.not_in(SETTLED))
    return list(
        connection.execute(
            query.order_by(bank_lines.c.booked_on.desc(), bank_lines.c.reference).limit(limit)
        )
    )


def returned_lines(connection: Connection, limit: int) -> list[Row[Any]]:
    """Return the lines that brought money back, the latest first."""
    query = select(bank_lines).where(bank_lines.c.outcome == "returned")
    return list(connection.execute(query.order_by(bank_lines.c.booked_on.desc()).limit(limit)))


def latest_statements(connection: Connection, limit: int) -> list[Row[Any]]:
    """Return the statements that came last."""
    query = select(bank_statements).order_by(bank_statements.c.number.desc())
    return list(connection.execute(query.limit(limit)))
