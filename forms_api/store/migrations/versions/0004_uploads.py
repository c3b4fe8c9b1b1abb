"""Files of cases: one row each; the bytes lie in the upload folder."""

import sqlalchemy as sa
from alembic import op

from forms_api.store.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create ``uploads``."""
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_ref", sa.String(20), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("added_by", sa.String(10), nullable=False),
        sa.Column("readable", sa.Boolean, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
        sa.ForeignKeyConstraint(
            ["case_ref", "seq"],
            ["events.case_ref", "events.seq"],
            name="fk_uploads_case_ref_events",
        ),
    )
    op.create_index("ix_uploads_case_ref", "uploads", ["case_ref", "seq", "position"], unique=True)
