"""Who of the staff has read which version of which promise."""

import sqlalchemy as sa
from alembic import op

from forms_api.store.types import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create ``acknowledgements``."""
    op.create_table(
        "acknowledgements",
        sa.Column("staff_id", sa.String(20), nullable=False),
        sa.Column("commitment", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "commitment", "version", name="pk_acknowledgements"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_acknowledgements_staff_id_staff"
        ),
    )
