"""What the company's books say of each promise, kept so that the same facts are told once.

``obligations`` has one row for each: its key is unique across all cases, so that no promise is paid
in two of them. ``case_ref`` is the case that owes it, ``promise`` its key there; ``held_until`` is
when a case is opened at the latest for a miss that waits for a second person. ``own_reports`` has
one row for each paper that the company opened a case about, and says how its customer was told.
Neither names a customer: the books do, and the case.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, UniqueConstraint

from forms_api.store.tables import metadata
from forms_api.store.types import UtcDateTime

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
