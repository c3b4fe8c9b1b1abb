"""The tables, in SQLAlchemy Core. Migrations create them; this is what the code queries.

``events`` is append-only (a trigger refuses anything else) and holds nothing personal.
``private`` holds everything personal, beside its event, and may be erased.
``cases`` is a projection: it can be thrown away and folded from the events again. Only ``wake_at``
does not follow from the events: it is when the sweep looks at the case next.
``idempotency`` has one row per accepted submission: which key made which case, and the hash of
its code. ``case_texts`` is what the desk finds cases by: folded copies of ``private``, which go
when the originals go. ``outbox`` holds the letters that still have to leave, and what became of
the others. ``uploads`` has one row per file of a case, beside the event that names its hash; the
bytes lie in the upload folder under the row's id, the name in ``private``. ``search_misses`` counts
searches that found no answer, by their folded words alone. ``feedback`` is what readers say of a
version of a page; the contact of whoever left one goes when it is handled. ``checks`` has one row
for each weekly check of the documents, as an event that is never changed. ``audit`` says who of the
staff looked at what or did what (a trigger keeps it append-only; nothing personal of a customer
stands in it). ``vitals`` are the program's signs of life, one row each. ``deeds`` has one row for
each form about a case that was sent and taken, so that a repeat is known.

A row of ``staff`` is never removed: cases name their staff by its opaque id for ever. Somebody
who leaves is disabled. ``staff_sessions`` holds only the hash of a cookie's token; ``stage`` is
``password`` until the one-time code was right, then ``open``. ``staff_steps`` holds every time step
whose one-time code was used: each works once, whichever way the clock went since.
``totp_last_step`` was its forerunner and is no longer read. ``login_failures`` counts wrong
passwords and codes for a login by their source, a known device or an address, both as hashes: in a
row (``failures``), while refused (``refused``), and of the last day (``total``). ``failures`` and
``locked_until`` of ``staff`` are not used any more: an account is never locked for everybody.
``acknowledgements`` has one row for each version of a promise that somebody said to have read.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
)
from sqlalchemy.schema import SchemaItem

from forms_api.store.types import CanonicalJson, UtcDateTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    }
)


def _table(name: str, *columns: SchemaItem) -> Table:
    return Table(name, metadata, *columns)


def _counted() -> Column[int]:
    """A key that the database counts up; SQLite does so for nothing but an INTEGER."""
    kind = BigInteger().with_variant(Integer(), "sqlite")
    return Column("id", kind, primary_key=True, autoincrement=True)


events = _table(
    "events",
    Column("case_ref", String(20), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("type", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("payload", CanonicalJson, nullable=False),
    Index("ix_events_type_at", "type", "at"),
)

private = _table(
    "private",
    Column("case_ref", String(20), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("payload", CanonicalJson, nullable=False),
    ForeignKeyConstraint(["case_ref", "seq"], ["events.case_ref", "events.seq"]),
)

cases = _table(
    "cases",
    Column("reference", String(20), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("segment", String(20), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("owner_department", String(120), nullable=False),
    Column("next_due_at", UtcDateTime, nullable=True),
    Column("last_seq", Integer, nullable=False),
    Column("category", String(20), nullable=True),
    Column("priority", Boolean, nullable=False, server_default=false()),
    Column("holder_department", String(120), nullable=False, server_default=""),
    Column("open_vnd", BigInteger, nullable=False, server_default="0"),
    Column("pay_by", UtcDateTime, nullable=True),
    Column("waits_for", String(20), nullable=True),
    Column("wait_by", UtcDateTime, nullable=True),
    Column("wake_at", UtcDateTime, nullable=True, index=True),
    Column("mail_failed_at", UtcDateTime, nullable=True, index=True),
    Column("danger", Boolean, nullable=False, server_default=false()),
    Index("ix_cases_state_next_due_at", "state", "next_due_at"),
    Index("ix_cases_holder_department", "holder_department", "next_due_at"),
)

case_texts = _table(
    "case_texts",
    Column("case_ref", String(20), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("folded", Text, nullable=False),
    ForeignKeyConstraint(
        ["case_ref", "seq"], ["private.case_ref", "private.seq"], ondelete="CASCADE"
    ),
)

idempotency = _table(
    "idempotency",
    Column("key_hash", String(64), primary_key=True),
    Column("body_hash", String(64), nullable=False),
    Column("case_ref", String(20), ForeignKey("cases.reference"), nullable=False, unique=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
)

outbox = _table(
    "outbox",
    _counted(),
    Column("message_id", String(200), nullable=False, unique=True),
    Column("case_ref", String(20), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("recipient", String(320), nullable=True),
    Column("subject", String(200), nullable=False),
    Column("body", Text, nullable=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcDateTime, nullable=True, index=True),
    Column("sent_at", UtcDateTime, nullable=True),
    Column("failed_at", UtcDateTime, nullable=True, index=True),
    Column("last_error", String(100), nullable=True),
    Column("case_message", Integer, nullable=True),
    Column("enclosures", CanonicalJson, nullable=True),
    Column("doubts", Integer, nullable=False, server_default="0"),
    Column("resent_at", UtcDateTime, nullable=True),
    Column("dropped_at", UtcDateTime, nullable=True),
)

uploads = _table(
    "uploads",
    Column("id", String(32), primary_key=True),
    Column("case_ref", String(20), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("media_type", String(40), nullable=False),
    Column("added_by", String(10), nullable=False),
    Column("readable", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["case_ref", "seq"], ["events.case_ref", "events.seq"]),
    Index("ix_uploads_case_ref", "case_ref", "seq", "position", unique=True),
)

search_misses = _table(
    "search_misses",
    Column("words", String(100), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
)

feedback = _table(
    "feedback",
    _counted(),
    Column("key_hash", String(64), nullable=False, unique=True),
    Column("body_hash", String(64), nullable=False),
    Column("page_url", String(200), nullable=False),
    Column("page_version", String(40), nullable=False),
    Column("useful", Boolean, nullable=False),
    Column("reason", String(20), nullable=True),
    Column("comment", Text, nullable=True),
    Column("contact", String(320), nullable=True),
    Column("at", UtcDateTime, nullable=False),
    Column("handled_at", UtcDateTime, nullable=True),
    Column("handled_by", String(40), nullable=True),
    Index("ix_feedback_page_url", "page_url", "page_version"),
)

checks = _table(
    "checks",
    Column("reference", String(20), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("result", CanonicalJson, nullable=False),
)

audit = _table(
    "audit",
    _counted(),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("staff_id", String(20), nullable=True),
    Column("action", String(40), nullable=False),
    Column("case_ref", String(20), nullable=True),
    Column("detail", String(100), nullable=True),
    Index("ix_audit_staff_id", "staff_id", "id"),
    Index("ix_audit_case_ref", "case_ref", "id"),
)

vitals = _table(
    "vitals",
    Column("name", String(20), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("detail", CanonicalJson, nullable=False),
)

deeds = _table(
    "deeds",
    Column("key_hash", String(64), primary_key=True),
    Column("body_hash", String(64), nullable=False),
    Column("case_ref", String(20), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)


staff = _table(
    "staff",
    Column("id", String(20), primary_key=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("display_name", String(100), nullable=False),
    Column("role", String(20), nullable=False),
    Column("department", String(64), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("totp_salt", String(64), nullable=False),
    Column("totp_last_step", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", UtcDateTime, nullable=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime, nullable=True),
)

staff_sessions = _table(
    "staff_sessions",
    Column("token_hash", String(64), primary_key=True),
    Column("staff_id", String(20), ForeignKey("staff.id"), nullable=False, index=True),
    Column("stage", String(10), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("ended_at", UtcDateTime, nullable=True),
)

staff_steps = _table(
    "staff_steps",
    Column("staff_id", String(20), primary_key=True),
    Column("step", BigInteger, primary_key=True, autoincrement=False),
)

acknowledgements = _table(
    "acknowledgements",
    Column("staff_id", String(20), ForeignKey("staff.id"), primary_key=True),
    Column("commitment", String(20), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
)

login_failures = _table(
    "login_failures",
    Column("login_hash", String(64), primary_key=True),
    Column("source_hash", String(64), primary_key=True),
    Column("known", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False, index=True),
)
