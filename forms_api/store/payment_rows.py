"""Money on its way out, as rows. No account stands here: those lie in ``private``.

``payment_files`` are numbered and frozen: ``sha256`` is of the file that a bank gets. Each of
``payment_lines`` pays one case into the account beside its event ``payout_seq``; while ``outcome``
is empty the bank has not answered, and a case waits in one line at most.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    and_,
    func,
    insert,
    select,
    text,
    update,
)

from forms_api.store.tables import cases, events, metadata, private
from forms_api.store.types import UtcDateTime

payment_files = Table(
    "payment_files",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("lines", Integer, nullable=False),
    Column("total_vnd", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(20), nullable=False),
    Column("approved_at", UtcDateTime, nullable=True),
    Column("approved_by", String(20), nullable=True),
    Column("cancelled_at", UtcDateTime, nullable=True),
    Column("cancelled_by", String(20), nullable=True),
)

payment_lines = Table(
    "payment_lines",
    metadata,
    Column("file", Integer, ForeignKey("payment_files.number"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("case_ref", String(20), nullable=False),
    Column("payout_seq", Integer, nullable=False),
    Column("vnd", BigInteger, nullable=False),
    Column("memo", String(25), nullable=False),
    Column("outcome", String(10), nullable=True),
    Column("settled_at", UtcDateTime, nullable=True),
    Index(
        "ix_payment_lines_waiting",
        "case_ref",
        unique=True,
        sqlite_where=text("outcome IS NULL"),
        postgresql_where=text("outcome IS NULL"),
    ),
)

DROPPED = "dropped"
"""The outcome of a line whose file was cancelled."""


@dataclass(frozen=True)
class LineRow:
    """A line of a payment file: one case, its sum, and the event beside which the account lies."""

    position: int
    case_ref: str
    payout_seq: int
    vnd: int
    memo: str


def owing(connection: Connection, limit: int, skipped: int = 0) -> list[Row[Any]]:
    """Return the cases that owe something, what falls due first in front."""
    query = select(cases).where(cases.c.open_vnd > 0).order_by(cases.c.pay_by, cases.c.reference)
    return list(connection.execute(query.limit(limit).offset(skipped)))


def how_many_owing(connection: Connection) -> tuple[int, int]:
    """Return how many cases owe something, and how much together, đồng."""
    query = select(func.count(), func.coalesce(func.sum(cases.c.open_vnd), 0))
    row = connection.execute(query.where(cases.c.open_vnd > 0)).one()
    return int(row[0]), int(row[1])


def chosen_of_owing(connection: Connection) -> list[Row[Any]]:
    """Return what lies beside each choice of a place, of the cases that owe something, in order."""
    query = (
        select(private.c.case_ref, private.c.payload)
        .join(events, and_(events.c.case_ref == private.c.case_ref, events.c.seq == private.c.seq))
        .join(cases, cases.c.reference == private.c.case_ref)
        .where(cases.c.open_vnd > 0, events.c.type == "payout_chosen")
        .order_by(private.c.case_ref, private.c.seq)
    )
    return list(connection.execute(query))


def filed(connection: Connection, references: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return what was sent when each case was filed."""
    query = select(private.c.case_ref, private.c.payload).where(
        private.c.seq == 1, private.c.case_ref.in_(references)
    )
    return {row.case_ref: row.payload for row in connection.execute(query)}


def waiting_of(connection: Connection, references: Collection[str]) -> dict[str, Row[Any]]:
    """Return the lines that wait for the bank, of files that are approved or not, by case."""
    query = (
        select(payment_lines, payment_files.c.approved_at)
        .join(payment_files, payment_files.c.number == payment_lines.c.file)
        .where(payment_lines.c.outcome.is_(None), payment_lines.c.case_ref.in_(references))
    )
    return {row.case_ref: row for row in connection.execute(query)}


def add_file(
    connection: Connection, lines: Sequence[LineRow], sha256: str, who: str, now: datetime
) -> int:
    """Write a payment file down and return its number."""
    made = connection.execute(
        insert(payment_files)
        .values(
            lines=len(lines),
            total_vnd=sum(one.vnd for one in lines),
            sha256=sha256,
            created_at=now,
            created_by=who,
        )
        .returning(payment_files.c.number)
    ).scalar_one()
    connection.execute(
        insert(payment_lines), [{"file": made, "outcome": None, **asdict(one)} for one in lines]
    )
    return int(made)


def file(connection: Connection, number: int) -> Row[Any] | None:
    """Return a payment file, or None."""
    return connection.execute(
        select(payment_files).where(payment_files.c.number == number)
    ).one_or_none()


def lines_of(connection: Connection, number: int) -> list[Row[Any]]:
    """Return the lines of a file in order."""
    query = select(payment_lines).where(payment_lines.c.file == number)
    return list(connection.execute(query.order_by(payment_lines.c.position)))


def latest_files(connection: Connection, limit: int) -> list[Row[Any]]:
    """Return the latest files, with how many of their lines still wait."""
    waiting = (
        select(func.count())
        .where(payment_lines.c.file == payment_files.c.number, payment_lines.c.outcome.is_(None))
        .scalar_subquery()
    )
    query = select(payment_files, waiting.label("waiting"))
    return list(connection.execute(query.order_by(payment_files.c.number.desc()).limit(limit)))


def approve(connection: Connection, number: int, who: str, now: datetime) -> bool:
    """Let a file go; False when somebody approved or cancelled it meanwhile."""
    done = connection.execute(
        update(payment_files)
        .where(
            payment_files.c.number == number,
            payment_files.c.approved_at.is_(None),
            payment_files.c.cancelled_at.is_(None),
        )
        .values(approved_at=now, approved_by=who)
    )
    return done.rowcount == 1


def cancel(connection: Connection, number: int, who: str, now: datetime) -> bool:
    """Cancel a file that nobody approved; its cases wait for another one."""
    done = connection.execute(
        update(payment_files)
        .where(
            payment_files.c.number == number,
            payment_files.c.approved_at.is_(None),
            payment_files.c.cancelled_at.is_(None),
        )
        .values(cancelled_at=now, cancelled_by=who)
    )
    if done.rowcount != 1:
        return False
    connection.execute(
        update(payment_lines)
        .where(payment_lines.c.file == number, payment_lines.c.outcome.is_(None))
        .values(outcome=DROPPED, settled_at=now)
    )
    return True


def settle(connection: Connection, number: int, position: int, outcome: str, now: datetime) -> None:
    """Write down what the bank did with a line."""
    connection.execute(
        update(payment_lines)
        .where(payment_lines.c.file == number, payment_lines.c.position == position)
        .values(outcome=outcome, settled_at=now)
    )
