"""The company's own books, as files and systems told them; see ``forms_api.ledger``.

``ledger_files`` has one row for each file (or day of pushed rows) that was taken: from which
system, until when it knew, the hashes of file and mapping, how many rows were new, changed, the
same, or older than what was known, and who gave it when. ``ledger_rows`` holds every revision of
every record, one of them current: its values as JSON, whose it is, what it is part of
(``document``), what else it is found by (``alias``), and the file and line that said so;
``as_of`` is until when a later file said the same, ``gone_in`` the complete file that no longer
had it. Values are personal: they go when their
customer is erased or their time is over. ``ledger_forgotten`` keeps salted hashes of whom to
forget, so that the next file brings nobody back. ``ledger_pushes`` knows what a system pushed
already.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from forms_api.store.tables import metadata
from forms_api.store.types import CanonicalJson, UtcDateTime

_ID = BigInteger().with_variant(Integer(), "sqlite")

ledger_files = Table(
    "ledger_files",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=True),
    Column("source", String(60), nullable=False),
    Column("table_name", String(30), nullable=False),
    Column("as_of", UtcDateTime, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("mapping_sha256", String(64), nullable=False),
    Column("rows_new", Integer, nullable=False),
    Column("rows_changed", Integer, nullable=False),
    Column("rows_same", Integer, nullable=False),
    Column("rows_older", Integer, nullable=False),
    Column("rows_gone", Integer, nullable=False),
    Column("taken_by", String(64), nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
    UniqueConstraint("sha256", "mapping_sha256", "source", "table_name", "as_of"),
    Index("ix_ledger_files_table_name", "table_name", "source", "as_of"),
)

ledger_rows = Table(
    "ledger_rows",
    metadata,
    Column("table_name", String(30), primary_key=True),
    Column("key", String(400), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("current", Boolean, nullable=False),
    Column("row_hash", String(64), nullable=False),
    Column("row_values", Text, nullable=False),
    Column("customer_id", String(100), nullable=True),
    Column("document", String(400), nullable=True),
    Column("alias", String(400), nullable=True),
    Column("file_id", _ID, ForeignKey("ledger_files.id"), nullable=False, index=True),
    Column("line", Integer, nullable=False),
    Column("as_of", UtcDateTime, nullable=False),
    Column("gone_in", _ID, nullable=True),
)
for _name in ("customer_id", "document", "alias"):
    _found = ledger_rows.c.current & ledger_rows.c[_name].is_not(None)
    Index(
        f"ix_ledger_rows_{_name}",
        ledger_rows.c[_name],
        ledger_rows.c.table_name,
        sqlite_where=_found,
        postgresql_where=_found,
    )

ledger_forgotten = Table(
    "ledger_forgotten",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

ledger_pushes = Table(
    "ledger_pushes",
    metadata,
    Column("key_hash", String(64), primary_key=True),
    Column("body_hash", String(64), nullable=False),
    Column("answer", CanonicalJson, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
