"""The first tables: events, private, cases, idempotency, outbox.

The columns are written out here, not taken from ``tables.py``: a migration is history and must
make the same schema for ever.
"""

import sqlalchemy as sa
from alembic import op

from forms_api.store.types import CanonicalJson, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SQLITE_GUARD = """
CREATE TRIGGER events_no_{verb} BEFORE {verb} ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
"""

_POSTGRES_FUNCTION = """
CREATE FUNCTION events_are_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$
"""

_POSTGRES_GUARD = """
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION events_are_append_only()
"""


def upgrade() -> None:
    """Create the tables and the guards that make ``events`` append-only."""
    _create_case_tables()
    _create_idempotency()
    _create_outbox()
    if op.get_context().dialect.name == "sqlite":
        op.execute(_SQLITE_GUARD.format(verb="UPDATE"))
        op.execute(_SQLITE_GUARD.format(verb="DELETE"))
    else:
        op.execute(_POSTGRES_FUNCTION)
        op.execute(_POSTGRES_GUARD)


def _create_case_tables() -> None:
    op.create_table(
        "events",
        sa.Column("case_ref", sa.String(20), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("payload", CanonicalJson, nullable=False),
        sa.PrimaryKeyConstraint("case_ref", "seq", name="pk_events"),
    )
    op.create_table(
        "private",
        sa.Column("case_ref", sa.String(20), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("payload", CanonicalJson, nullable=False),
        sa.PrimaryKeyConstraint("case_ref", "seq", name="pk_private"),
        sa.ForeignKeyConstraint(
            ["case_ref", "seq"],
            ["events.case_ref", "events.seq"],
            name="fk_private_case_ref_events",
        ),
    )
    op.create_table(
        "cases",
        sa.Column("reference", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("segment", sa.String(20), nullable=False),
        sa.Column("received_at", UtcDateTime, nullable=False),
        sa.Column("owner_department", sa.String(120), nullable=False),
        sa.Column("next_due_at", UtcDateTime, nullable=True),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_cases"),
    )
    op.create_index("ix_cases_state_next_due_at", "cases", ["state", "next_due_at"])


def _create_idempotency() -> None:
    op.create_table(
        "idempotency",
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("case_ref", sa.String(20), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name="pk_idempotency"),
        sa.UniqueConstraint("case_ref", name="uq_idempotency_case_ref"),
        sa.UniqueConstraint("code_hash", name="uq_idempotency_code_hash"),
        sa.ForeignKeyConstraint(
            ["case_ref"], ["cases.reference"], name="fk_idempotency_case_ref_cases"
        ),
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("message_id", sa.String(200), nullable=False),
        sa.Column("case_ref", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("recipient", sa.String(320), nullable=True),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text, nullable=True),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", UtcDateTime, nullable=True),
        sa.Column("sent_at", UtcDateTime, nullable=True),
        sa.Column("failed_at", UtcDateTime, nullable=True),
        sa.Column("last_error", sa.String(100), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"),
    )
    op.create_index("ix_outbox_case_ref", "outbox", ["case_ref"])
    op.create_index("ix_outbox_next_attempt_at", "outbox", ["next_attempt_at"])
