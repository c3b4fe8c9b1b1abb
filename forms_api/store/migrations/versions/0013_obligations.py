"""Promises that the company's own books prove, and the cases that it opens about them."""

import sqlalchemy as sa
from alembic import op

from forms_api.store.types import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "obligations",
        sa.Column("key", sa.String(500), nullable=False),
        sa.Column("commitment_id", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("condition", sa.String(40), nullable=False),
        sa.Column("document_table", sa.String(30), nullable=False),
        sa.Column("document_key", sa.String(400), nullable=False),
        sa.Column("segment", sa.String(20), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("started_at", UtcDateTime, nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("stopped_at", UtcDateTime, nullable=True),
        sa.Column("as_of", UtcDateTime, nullable=True),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("vnd", sa.BigInteger, nullable=True),
        sa.Column("case_ref", sa.String(20), nullable=True),
        sa.Column("promise", sa.String(40), nullable=True),
        sa.Column("held_until", UtcDateTime, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_obligations"),
    )
    for columns in (
        ["case_ref"],
        ["held_until"],
        ["document_table", "document_key"],
        ["state", "due_at"],
    ):
        op.create_index(f"ix_obligations_{columns[0]}", "obligations", columns)
    op.create_table(
        "own_reports",
        sa.Column("case_ref", sa.String(20), nullable=False),
        sa.Column("document_table", sa.String(30), nullable=False),
        sa.Column("document_key", sa.String(400), nullable=False),
        sa.Column("opened_at", UtcDateTime, nullable=False),
        sa.Column("told_at", UtcDateTime, nullable=True),
        sa.Column("told_by", sa.String(20), nullable=True),
        sa.PrimaryKeyConstraint("case_ref", name="pk_own_reports"),
        sa.UniqueConstraint("document_table", "document_key", name="uq_own_reports_document_table"),
    )
    op.create_index("ix_own_reports_told_at", "own_reports", ["told_at"])


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("own_reports")
    op.drop_table("obligations")
