"""What nobody saw before: who looked at what, letters that failed, signs of life, used codes."""

import sqlalchemy as sa
from alembic import op

from forms_api.store.types import CanonicalJson, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SQLITE_GUARD = """
CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
"""
_POSTGRES_FUNCTION = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$
"""
_POSTGRES_GUARD = """
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()
"""


def upgrade() -> None:
    """Create ``audit``, ``vitals`` and ``staff_steps``; letters and cases learn to fail openly."""
    _create_audit()
    op.create_table(
        "vitals",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("detail", CanonicalJson, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_vitals"),
    )
    op.create_table(
        "staff_steps",
        sa.Column("staff_id", sa.String(20), nullable=False),
        sa.Column("step", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "step", name="pk_staff_steps"),
    )
    op.execute(
        "INSERT INTO staff_steps (staff_id, step) "
        "SELECT id, totp_last_step FROM staff WHERE totp_last_step > 0"
    )
    op.add_column("outbox", sa.Column("doubts", sa.Integer, nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("resent_at", UtcDateTime, nullable=True))
    op.add_column("outbox", sa.Column("dropped_at", UtcDateTime, nullable=True))
    op.create_index("ix_outbox_failed_at", "outbox", ["failed_at"])
    op.add_column("cases", sa.Column("mail_failed_at", UtcDateTime, nullable=True))
    op.create_index("ix_cases_mail_failed_at", "cases", ["mail_failed_at"])
    # A letter that came back before is a mark of its case from now on; the sweep writes it down.
    op.execute(
        "UPDATE cases SET wake_at = received_at "
        "WHERE reference IN (SELECT case_ref FROM events WHERE type = 'bounced')"
    )


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("staff_id", sa.String(20), nullable=True),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("case_ref", sa.String(20), nullable=True),
        sa.Column("detail", sa.String(100), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_staff_id", "audit", ["staff_id", "id"])
    op.create_index("ix_audit_case_ref", "audit", ["case_ref", "id"])
    if op.get_context().dialect.name == "sqlite":
        op.execute(_SQLITE_GUARD.format(verb="UPDATE"))
        op.execute(_SQLITE_GUARD.format(verb="DELETE"))
    else:
        op.execute(_POSTGRES_FUNCTION)
        op.execute(_POSTGRES_GUARD)
