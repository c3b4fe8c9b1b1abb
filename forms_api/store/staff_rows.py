"""Staff accounts and their sessions as rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from forms_api.store.staff_tables import staff, staff_sessions, staff_steps

Values = dict[str, Any]


def add(connection: Connection, values: Values) -> None:
    """Write a new account."""
    connection.execute(insert(staff), values)


def by_login(connection: Connection, login: str) -> Row[Any] | None:
    """Find an account by its login name."""
    return connection.execute(select(staff).where(staff.c.login == login)).first()


def by_id(connection: Connection, staff_id: str) -> Row[Any] | None:
    """Find an account by its id."""
    return connection.execute(select(staff).where(staff.c.id == staff_id)).first()


def everybody(connection: Connection) -> list[Row[Any]]:
    """Return every account, disabled ones too, ordered by login name."""
    return list(connection.execute(select(staff).order_by(staff.c.login)))


def change(connection: Connection, staff_id: str, values: Values) -> None:
    """Change an account."""
    connection.execute(update(staff).where(staff.c.id == staff_id).values(values))


def spend_step(connection: Connection, staff_id: str, step: int) -> bool:
    """Use up a time step of the one-time codes; False when this very step was used before.

    Every used step is remembered. The newest alone would do only while the clock goes forward:
    once it had been ahead, nobody could log in before it was that late again.
    """
    mine = (staff_steps.c.staff_id == staff_id, staff_steps.c.step == step)
    # The row of the account is locked first, so that two requests cannot spend one step.
    connection.execute(select(staff.c.id).where(staff.c.id == staff_id).with_for_update())
    if connection.scalar(select(staff_steps.c.step).where(*mine)) is not None:
        return False
    connection.execute(insert(staff_steps), {"staff_id": staff_id, "step": step})
    return True


def forget_steps(connection: Connection, staff_id: str) -> None:
    """Forget the used steps of an account: its codes come from a new secret."""
    connection.execute(delete(staff_steps).where(staff_steps.c.staff_id == staff_id))


def open_session(connection: Connection, values: Values) -> None:
    """Write a new session."""
    connection.execute(insert(staff_sessions), values)


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


def count_code_failure(connection: Connection, token_hash: str) -> None:
    """Count a wrong one-time code of a session."""
    connection.execute(
        update(staff_sessions)
        .where(staff_sessions.c.token_hash == token_hash)
        .values(failures=staff_sessions.c.failures + 1)
    )


def end_sessions(connection: Connection, staff_id: str, now: datetime) -> None:
    """End every session of an account."""
    connection.execute(
        update(staff_sessions)
        .where(staff_sessions.c.staff_id == staff_id, staff_sessions.c.ended_at.is_(None))
        .values(ended_at=now)
    )


def how_many(connection: Connection) -> int:
    """Count the accounts."""
    return connection.scalar(select(func.count()).select_from(staff)) or 0
