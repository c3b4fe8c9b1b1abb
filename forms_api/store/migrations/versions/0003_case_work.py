"""What the desk lists cases by, when a case is looked at next, what it can be found by.

The new columns of ``cases`` follow from the events. Rows that are there get ``wake_at`` in the
past, so that the next sweep fills them.
"""

import sqlalchemy as sa
from alembic import op

from forms_api.store.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen ``cases`` and ``outbox``; create ``case_texts``."""
    with op.batch_alter_table("cases") as table:
        table.add_column(sa.Column("category", sa.String(20), nullable=True))
        table.add_column(
            sa.Column("priority", sa.Boolean, nullable=False, server_default=sa.false())
        )
        table.add_column(
            sa.Column("holder_department", sa.String(120), nullable=False, server_default="")
        )
        table.add_column(sa.Column("open_vnd", sa.BigInteger, nullable=False, server_default="0"))
        table.add_column(sa.Column("pay_by", UtcDateTime, nullable=True))
        table.add_column(sa.Column("waits_for", sa.String(20), nullable=True))
        table.add_column(sa.Column("wait_by", UtcDateTime, nullable=True))
        table.add_column(sa.Column("wake_at", UtcDateTime, nullable=True))
    op.create_index("ix_cases_wake_at", "cases", ["wake_at"])
    op.create_index("ix_cases_holder_department", "cases", ["holder_department", "next_due_at"])
    op.execute("UPDATE cases SET wake_at = received_at")
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("case_message", sa.Integer, nullable=True))
    op.create_table(
        "case_texts",
        sa.Column("case_ref", sa.String(20), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_ref", "seq", name="pk_case_texts"),
        sa.ForeignKeyConstraint(
            ["case_ref", "seq"],
            ["private.case_ref", "private.seq"],
            name="fk_case_texts_case_ref_private",
            ondelete="CASCADE",
        ),
    )
