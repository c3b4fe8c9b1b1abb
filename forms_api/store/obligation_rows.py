"""Obligations as rows: what the books said last, which case owes it, what waits, who was told.

``obligations`` has one row for each: its key is unique across all cases, so that no promise is paid
in two of them. ``case_ref`` is the case that owes it, ``promise`` its key there; ``held_until`` is
when a case is opened at the latest for a miss that waits for a second person. ``own_reports`` has
one row for each paper that the company opened a case about, and says how its customer was told.
Neither names a customer: the books do, and the case.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    func,
    insert,
    or_,
    select,
    update,
)

from forms_api.store.tables import metadata
from forms_api.store.types import UtcDateTime
from service_policy.ledger.written import Document, key_parts, key_text
from service_policy.obligations import Obligation
from service_policy.obligations.obligation import OPEN
from service_policy.promises.policy import Policy

obligations = Table(
    "obligations",
    metadata,
    Column("key", String(500), primary_key=True),
    Column("commitment_id", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("condition", String(40), nullable=False),
    Column("document_table", String(30), nullable=False),
    Column("document_key", String(400), nullable=False),
    Column("segment", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("reason", String(20), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("stopped_at", UtcDateTime, nullable=True),
    Column("as_of", UtcDateTime, nullable=True),
    Column("source", String(60), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("line", Integer, nullable=False),
    Column("vnd", BigInteger, nullable=True),
    Column("case_ref", String(20), nullable=True, index=True),
    Column("promise", String(40), nullable=True),
    Column("held_until", UtcDateTime, nullable=True, index=True),
    Index("ix_obligations_document_table", "document_table", "document_key"),
    Index("ix_obligations_state", "state", "due_at"),
)

own_reports = Table(
    "own_reports",
    metadata,
    Column("case_ref", String(20), primary_key=True),
    Column("document_table", String(30), nullable=False),
    Column("document_key", String(400), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime, nullable=True, index=True),
    Column("told_by", String(20), nullable=True),
    UniqueConstraint("document_table", "document_key"),
)

_O, _R = obligations.c, own_reports.c


@dataclass(frozen=True)
class Kept:
    """What is kept of a document: its obligations by key, and the case that was opened about it."""

    rows: Mapping[str, Row[Any]]
    report: Row[Any] | None


def kept(connection: Connection, document: Document) -> Kept:
    """Return what is kept of a document."""
    table, key = document.table, key_text(document.key)
    here = (_O.document_table == table, _O.document_key == key)
    rows = connection.execute(select(obligations).where(*here))
    about = select(own_reports).where(_R.document_table == table, _R.document_key == key)
    return Kept({row.key: row for row in rows}, connection.execute(about).first())


def row_of(one: Obligation, policy: Policy) -> dict[str, Any]:
    """Lay out an obligation as a row."""
    owed, proof = one.owed(policy), one.evidence[0] if one.evidence else None
    return {
        "key": one.key,
        "commitment_id": one.commitment_id,
        "version": one.version,
        "condition": one.condition,
        "document_table": one.document.table,
        "document_key": key_text(one.document.key),
        "segment": one.segment,
        "state": one.state,
        "reason": one.reason,
        "started_at": one.started_at,
        "due_at": one.due_at,
        "stopped_at": one.stopped_at,
        "as_of": one.as_of,
        "source": "" if proof is None else proof.source,
        "sha256": "" if proof is None else proof.sha256,
        "line": 0 if proof is None else proof.line,
        "vnd": None if owed is None else owed.vnd,
    }


def put(
    connection: Connection, before: Mapping[str, Row[Any]], rows: Iterable[Mapping[str, Any]]
) -> None:
    """Write rows, in the place of those of the same key."""
    for row in rows:
        if row["key"] in before:
            query = update(obligations).where(_O.key == row["key"])
            connection.execute(query.values({**row}))
        else:
            connection.execute(insert(obligations), dict(row))


def put_report(
    connection: Connection,
    reference: str,
    document: Document,
    now: datetime,
    told_by: str | None,
) -> None:
    """Remember the case that the company opened about a document, and how it was told."""
    row = {
        "case_ref": reference,
        "document_table": document.table,
        "document_key": key_text(document.key),
        "opened_at": now,
        "told_at": None if told_by is None else now,
        "told_by": told_by,
    }
    connection.execute(insert(own_reports), row)


def open_documents(connection: Connection) -> list[Document]:
    """Return the documents of which newer books may still say something."""
    unpaid = (_O.state == "missed") & _O.stopped_at.is_(None)
    query = select(_O.document_table, _O.document_key).where(or_(_O.state.in_(OPEN), unpaid))
    return _documents(connection.execute(query.distinct()))


def released(connection: Connection, now: datetime) -> list[Document]:
    """Return the documents whose misses waited for a second person and wait no longer."""
    query = select(_O.document_table, _O.document_key).where(
        _O.held_until <= now, _O.case_ref.is_(None), _O.state == "missed"
    )
    return _documents(connection.execute(query.distinct()))


def _documents(rows: Iterable[Row[Any]]) -> list[Document]:
    return [Document(row.document_table, key_parts(row.document_key)) for row in rows]


def held(connection: Connection, now: datetime) -> list[Row[Any]]:
    """Return the misses that wait for a second person, the dearest first."""
    waits = (_O.held_until > now, _O.case_ref.is_(None), _O.state == "missed")
    query = select(obligations).where(*waits)
    return list(connection.execute(query.order_by(_O.vnd.desc(), _O.key)))


def release(connection: Connection, keys: Sequence[str], now: datetime) -> int:
    """Let misses wait no longer; return how many did."""
    query = update(obligations).where(_O.key.in_(keys), _O.held_until > now)
    return connection.execute(query.values(held_until=now)).rowcount


def untold(connection: Connection) -> list[Row[Any]]:
    """Return the cases whose customer nobody has told yet, the oldest first."""
    query = select(own_reports).where(_R.told_at.is_(None))
    return list(connection.execute(query.order_by(_R.opened_at, _R.case_ref)))


def tell(connection: Connection, reference: str, now: datetime, told_by: str) -> bool:
    """Note that the customer of a case was told; False where somebody noted it before."""
    query = update(own_reports).where(_R.case_ref == reference, _R.told_at.is_(None))
    return connection.execute(query.values(told_at=now, told_by=told_by)).rowcount == 1


def about(connection: Connection, documents: Sequence[Document]) -> list[Row[Any]]:
    """Return the cases that were opened about any of these documents."""
    found: list[Row[Any]] = []
    for one in documents:
        query = select(own_reports).where(
            _R.document_table == one.table, _R.document_key == key_text(one.key)
        )
        found += connection.execute(query)
    return found


def how_many(connection: Connection) -> dict[str, int]:
    """Count obligations by state."""
    query = select(_O.state, func.count()).group_by(_O.state)
    return {row.state: row[1] for row in connection.execute(query)}
