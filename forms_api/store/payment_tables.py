"""The tables of money on its way out. No account stands here: those lie in ``private``.

``payment_files`` are numbered and frozen: ``sha256`` is of the file that a bank gets. Each of
``payment_lines`` pays one case into the account beside its event ``payout_seq``; while ``outcome``
is empty the bank has not answered, and a case waits in one line at most. ``bank_lines`` are the
lines of statements that name a case of ours, by the bank's own id: what became of each, and
nothing of its words but the references. ``bank_statements`` are the files that brought them.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    text,
)

from forms_api.store.tables import metadata
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
