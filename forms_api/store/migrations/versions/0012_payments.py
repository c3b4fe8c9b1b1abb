"""Money on its way out: payment files and their lines, the bank's statements and theirs."""

import sqlalchemy as sa
from alembic import op

from forms_api.store.types import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the four tables; a case waits in one line at most."""
    op.create_table(
        "payment_files",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.Column("total_vnd", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("created_by", sa.String(20), nullable=False),
        sa.Column("approved_at", UtcDateTime, nullable=True),
        sa.Column("approved_by", sa.String(20), nullable=True),
        sa.Column("cancelled_at", UtcDateTime, nullable=True),
        sa.Column("cancelled_by", sa.String(20), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_payment_files"),
    )
    op.create_table(
        "payment_lines",
        sa.Column("file", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("case_ref", sa.String(20), nullable=False),
        sa.Column("payout_seq", sa.Integer, nullable=False),
        sa.Column("vnd", sa.BigInteger, nullable=False),
        sa.Column("memo", sa.String(25), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=True),
        sa.Column("settled_at", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("file", "position", name="pk_payment_lines"),
        sa.ForeignKeyConstraint(
            ["file"], ["payment_files.number"], name="fk_payment_lines_file_payment_files"
        ),
    )
    waiting = sa.text("outcome IS NULL")
    op.create_index(
        "ix_payment_lines_waiting",
        "payment_lines",
        ["case_ref"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "bank_statements",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("layout", sa.String(64), nullable=False),
        sa.Column("imported_at", UtcDateTime, nullable=False),
        sa.Column("imported_by", sa.String(20), nullable=False),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.Column("paid", sa.Integer, nullable=False),
        sa.Column("returned", sa.Integer, nullable=False),
        sa.Column("known", sa.Integer, nullable=False),
        sa.Column("open", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_bank_statements"),
    )
    op.create_table(
        "bank_lines",
        sa.Column("reference", sa.String(60), nullable=False),
        sa.Column("statement", sa.Integer, nullable=False),
        sa.Column("booked_on", sa.Date, nullable=False),
        sa.Column("vnd", sa.BigInteger, nullable=False),
        sa.Column("named", sa.String(100), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_bank_lines"),
        sa.ForeignKeyConstraint(
            ["statement"],
            ["bank_statements.number"],
            name="fk_bank_lines_statement_bank_statements",
        ),
    )
    op.create_index("ix_bank_lines_outcome", "bank_lines", ["outcome"])
