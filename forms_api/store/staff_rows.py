"""Staff accounts and their sessions as rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from forms_api.store.tables import staff, staff_sessions

Values = dict[str, Any]


def by_login(connection: Connection, login: str) -> Row[Any] | None:
    """Find an account by its login name."""
    return connection.execute(select(staff).where(staff.c.login == login)).first()


def everybody(connection: Connection) -> list[Row[Any]]:
    """Return every account, disabled ones too, ordered by login name."""
    return list(connection.execute(select(staff).order_by(staff.c.login)))


def change(connection: Connection, staff_id: str, values: Values) -> None:
    """Change an account."""
    connection.execute(update(staff).where(staff.c.id == staff_id).values(values))


def session(connection: Connection, token_hash: str) -> Row[Any] | None:
    """Find a session by the hash of its token, together with its account."""
    columns = [
        staff_sessions.c.token_hash,
        staff_sessions.c.stage,
        staff_sessions.c.created_at.label("session_created_at"),
        staff_sessions.c.seen_at,
        staff_sessions.c.failures.label("session_failures"),
        staff_sessions.c.ended_at,
        *staff.c,
    ]
    query = select(*columns).join(staff).where(staff_sessions.c.token_hash == token_hash)
    return connection.execute(query).first()


def change_session(connection: Connection, token_hash: str, values: Values) -> None:
    """Change a session."""
    connection.execute(
        update(staff_sessions).where(staff_sessions.c.token_hash == token_hash).values(values)
    )


def end_sessions(connection: Connection, staff_id: str, now: datetime) -> None:
    """End every session of an account."""
    connection.execute(
        update(staff_sessions)
        .where(staff_sessions.c.staff_id == staff_id, staff_sessions.c.ended_at.is_(None))
        .values(ended_at=now)
    )
