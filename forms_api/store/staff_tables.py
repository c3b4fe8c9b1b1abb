"""The tables of the desk's staff: accounts and sessions. Migrations create them.

A row of ``staff`` is never removed: cases name their staff by its opaque id for ever. Somebody
who leaves is disabled. ``staff_sessions`` holds only the hash of a cookie's token; ``stage`` is
``password`` until the one-time code was right, then ``open``. ``staff_steps`` holds every time step
whose one-time code was used: each works once, whichever way the clock went since.
``totp_last_step`` was its forerunner and is no longer read.
``login_failures`` counts wrong
passwords and codes for a login by their source, a known device or an address, both as hashes: in a
row (``failures``), while refused (``refused``), and of the last day (``total``). ``failures`` and
``locked_until`` of ``staff`` are not used any more: an account is never locked for everybody.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, String, Table

from forms_api.store.tables import metadata
from forms_api.store.types import UtcDateTime

staff = Table(
    "staff",
    metadata,
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

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("staff_id", String(20), ForeignKey("staff.id"), nullable=False, index=True),
    Column("stage", String(10), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("ended_at", UtcDateTime, nullable=True),
)

staff_steps = Table(
    "staff_steps",
    metadata,
    Column("staff_id", String(20), primary_key=True),
    Column("step", BigInteger, primary_key=True, autoincrement=False),
)

login_failures = Table(
    "login_failures",
    metadata,
    Column("login_hash", String(64), primary_key=True),
    Column("source_hash", String(64), primary_key=True),
    Column("known", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False, index=True),
)
