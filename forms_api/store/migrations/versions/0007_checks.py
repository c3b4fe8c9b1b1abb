"""Weekly checks of the documents: when, and what was found."""

import sqlalchemy as sa
from alembic import op

from forms_api.store.types import CanonicalJson, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create ``checks``."""
    op.create_table(
        "checks",
        sa.Column("reference", sa.String(20), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("result", CanonicalJson, nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_checks"),
    )
