"""Letters bring files of the site; readers say whether they understood a page."""

import sqlalchemy as sa
from alembic import op

from forms_api.store.types import CanonicalJson, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add ``outbox.enclosures`` and create ``feedback``."""
    op.add_column("outbox", sa.Column("enclosures", CanonicalJson, nullable=True))
    op.create_table(
        "feedback",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("page_url", sa.String(200), nullable=False),
        sa.Column("page_version", sa.String(40), nullable=False),
        sa.Column("useful", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String(20), nullable=True),
        sa.Column("comment", sa.Text, nullable=True),
        sa.Column("contact", sa.String(320), nullable=True),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("handled_at", UtcDateTime, nullable=True),
        sa.Column("handled_by", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint("key_hash", name="uq_feedback_key_hash"),
    )
    op.create_index("ix_feedback_page_url", "feedback", ["page_url", "page_version"])
