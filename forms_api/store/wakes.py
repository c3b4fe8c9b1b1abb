"""When each case is looked at next, as rows."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from forms_api.store.tables import cases

FURTHEST = timedelta(days=1)
"""No case sleeps longer; a moment further ahead was set by a clock that was wrong."""


def claim(connection: Connection, now: datetime, lease_ends: datetime, limit: int) -> list[str]:
    """Take up to ``limit`` cases that are due to be looked at; nobody else gets them for a while.

    On PostgreSQL other sweepers skip the locked rows; on SQLite there is one writer at a time.
    """
    wrong = now + FURTHEST
    query = (
        select(cases.c.reference)
        .where((cases.c.wake_at <= now) | (cases.c.wake_at > wrong))
        .order_by(cases.c.wake_at, cases.c.reference)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    references = list(connection.scalars(query))
    if references:
        connection.execute(
            update(cases).where(cases.c.reference.in_(references)).values(wake_at=lease_ends)
        )
    return references
