"""Departments by their ids; what ends each promise and what is a danger, in the events themselves.

Until now events and cases held a department's name, so that a new name in the content lost its
open cases. What the ids are, what ended promises whose event does not say it and which categories
are dangers is taken from the content of the day, which ``migrate.upgrade`` hands over.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from forms_api.errors import StoreUnavailable
from forms_api.store.types import CanonicalJson

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SQLITE_GUARD = """
CREATE TRIGGER events_no_UPDATE BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
"""
_DEPARTMENTS = {
    "received": ("owner_department",),
    "handed_off": ("from_department", "to_department"),
    "escalated": ("department",),
}
_TYPES = (*_DEPARTMENTS, "promise_made", "recategorised")
_AT_ONCE = 500
_EVENTS = sa.table(
    "events",
    sa.column("case_ref", sa.String),
    sa.column("seq", sa.Integer),
    sa.column("type", sa.String),
    sa.column("payload", CanonicalJson),
)
_CASES = sa.table(
    "cases",
    sa.column("kind", sa.String),
    sa.column("category", sa.String),
    sa.column("owner_department", sa.String),
    sa.column("holder_department", sa.String),
    sa.column("danger", sa.Boolean),
)


def upgrade() -> None:
    """Rewrite events and cases, all of them or none.

    Raises:
        StoreUnavailable: something is stored that the content does not know, or no content was
            given; the message names it and says what to do.
    """
    connection, sqlite = op.get_bind(), op.get_context().dialect.name == "sqlite"
    danger = sa.Column("danger", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("cases", danger)
    if not connection.scalar(sa.select(_EVENTS.c.seq).limit(1)):
        return
    content = context.config.attributes.get("content")
    if content is None:
        raise StoreUnavailable("the content is needed to migrate what is stored")
    if sqlite:
        op.execute("DROP TRIGGER events_no_UPDATE")
    else:
        op.execute("ALTER TABLE events DISABLE TRIGGER events_append_only")
    unknown = _rewrite_events(connection, content)
    if unknown:
        raise StoreUnavailable(_report(unknown))
    if sqlite:
        op.execute(_SQLITE_GUARD)
    else:
        op.execute("ALTER TABLE events ENABLE TRIGGER events_append_only")
    _rewrite_cases(connection, content)


def _rewrite_events(connection: sa.Connection, content: Mapping[str, Any]) -> Counter[str]:
    """Rewrite page by page; return what the content does not know, and in how many events."""
    unknown: Counter[str] = Counter()
    one, after = _EVENTS.c, ("", 0)
    written = (
        sa.update(_EVENTS)
        .where(one.case_ref == sa.bindparam("ref"), one.seq == sa.bindparam("number"))
        .values(payload=sa.bindparam("told", type_=CanonicalJson))
    )
    while True:
        later = sa.tuple_(one.case_ref, one.seq) > sa.tuple_(*map(sa.literal, after))
        query = sa.select(one.case_ref, one.seq, one.payload).where(one.type.in_(_TYPES), later)
        rows = connection.execute(query.order_by(one.case_ref, one.seq).limit(_AT_ONCE)).all()
        if not rows:
            return unknown
        changed = [
            {"ref": row.case_ref, "number": row.seq, "told": told}
            for row in rows
            if (told := rewritten(row.payload, content, unknown)) != row.payload
        ]
        if changed:
            connection.execute(written, changed)
        after = (rows[-1].case_ref, rows[-1].seq)


def rewritten(
    payload: Mapping[str, Any], content: Mapping[str, Any], unknown: Counter[str]
) -> dict[str, Any]:
    """Return an event as it is told from now on; count in ``unknown`` what it names in vain."""
    told = dict(payload)
    for field in _DEPARTMENTS.get(told["type"], ()):
        name = told[field]
        if name not in content["departments"]:
            unknown[f"department “{name}”"] += 1
        told[field] = content["departments"].get(name, name)
    if told["type"] == "promise_made" and told.get("stops_on") is None:
        promise = f"{told['commitment_id']} version {told['version']}"
        if promise not in content["stops_on"]:
            unknown[f"commitment {promise}"] += 1
        told["stops_on"] = content["stops_on"].get(promise)
    if told["type"] in ("received", "recategorised"):
        told["danger"] = told.get("category") in content["dangers"]
    return told


def _report(unknown: Counter[str]) -> str:
    found = "; ".join(f"{what} ({number} events)" for what, number in sorted(unknown.items()))
    return (
        f"the content does not know what is stored: {found}. Nothing was changed. Add each "
        "department's name to `formerly` of the department in cong-ty.yaml that does its work "
        "now, keep every version of a commitment in cam-ket/, and migrate again"
    )


def _rewrite_cases(connection: sa.Connection, content: Mapping[str, Any]) -> None:
    for column in (_CASES.c.owner_department, _CASES.c.holder_department):
        ids = sa.case(content["departments"], value=column, else_=column)
        connection.execute(sa.update(_CASES).values({column.name: ids}))
    dangerous = sa.and_(_CASES.c.kind == "complaint", _CASES.c.category.in_(content["dangers"]))
    connection.execute(sa.update(_CASES).where(dangerous).values(danger=True))
