"""Events by kind and time, for the figures of a month."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index ``ix_events_type_at``."""
    op.create_index("ix_events_type_at", "events", ["type", "at"])
