"""Events by kind and time, for the figures of a month; what mystery customers met."""

import sqlalchemy as sa
from alembic import op

from forms_api.store.types import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index ``ix_events_type_at`` and the table ``mystery_turns``."""
    op.create_index("ix_events_type_at", "events", ["type", "at"])
    op.create_table(
        "mystery_turns",
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("task", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("begun_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime, nullable=True),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=True),
        sa.Column("kept", sa.Boolean, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("promised", sa.Text, nullable=False),
        sa.Column("got", sa.Text, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("recorded_by", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("month", "task", "number", name="pk_mystery_turns"),
    )
