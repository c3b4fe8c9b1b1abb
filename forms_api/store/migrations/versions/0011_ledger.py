"""The company's own books: the files that were taken, and every revision of every row."""

import sqlalchemy as sa
from alembic import op

from forms_api.store.types import CanonicalJson, UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COUNTS = ("rows_new", "rows_changed", "rows_same", "rows_older", "rows_gone")


def upgrade() -> None:
    """Create the tables of ``forms_api.ledger``."""
    op.create_table(
        "ledger_files",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("table_name", sa.String(30), nullable=False),
        sa.Column("as_of", UtcDateTime, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("mapping_sha256", sa.String(64), nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in _COUNTS),
        sa.Column("taken_by", sa.String(64), nullable=False),
        sa.Column("taken_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_files"),
        sa.UniqueConstraint(
            *("sha256", "mapping_sha256", "source", "table_name", "as_of"),
            name="uq_ledger_files_sha256",
        ),
    )
    op.create_index("ix_ledger_files_table_name", "ledger_files", ["table_name", "source", "as_of"])
    op.create_table(
        "ledger_rows",
        sa.Column("table_name", sa.String(30), nullable=False),
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("revision", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("row_hash", sa.String(64), nullable=False),
        sa.Column("row_values", sa.Text, nullable=False),
        sa.Column("customer_id", sa.String(100), nullable=True),
        sa.Column("document", sa.String(400), nullable=True),
        sa.Column("alias", sa.String(400), nullable=True),
        sa.Column("file_id", _ID, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("as_of", UtcDateTime, nullable=False),
        sa.Column("gone_in", _ID, nullable=True),
        sa.PrimaryKeyConstraint("table_name", "key", "revision", name="pk_ledger_rows"),
        sa.ForeignKeyConstraint(
            ["file_id"], ["ledger_files.id"], name="fk_ledger_rows_file_id_ledger_files"
        ),
    )
    op.create_index("ix_ledger_rows_file_id", "ledger_rows", ["file_id"])
    for name in ("customer_id", "document", "alias"):
        found = sa.text(f"current AND {name} IS NOT NULL")
        op.create_index(
            f"ix_ledger_rows_{name}",
            "ledger_rows",
            [name, "table_name"],
            sqlite_where=found,
            postgresql_where=found,
        )
    op.create_table(
        "ledger_forgotten",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_ledger_forgotten"),
    )
    op.create_table(
        "ledger_pushes",
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("answer", CanonicalJson, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name="pk_ledger_pushes"),
    )
