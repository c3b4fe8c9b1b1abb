"""Staff accounts and their sessions as rows, and what was tried in vain for each login.

Wrong passwords and codes are counted for each login by where they came from.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from forms_api.store.tables import login_failures, staff, staff_sessions, staff_steps

Values = dict[str, Any]
_COLUMNS = login_failures.c


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


def failures_of(
    connection: Connection, login_hash: str, since: datetime, until: datetime
) -> list[Row[Any]]:
    """Return what came for a login between two moments, by source."""
    mine = (_COLUMNS.login_hash == login_hash, _COLUMNS.last_at.between(since, until))
    return list(connection.execute(select(login_failures).where(*mine)))


def count_failure(
    connection: Connection,
    login_hash: str,
    source_hash: str,
    *,
    known: bool,
    counts: bool,
    row_since: datetime,
    now: datetime,
) -> None:
    """Count a failure; one that was refused unread (not ``counts``) does not lengthen the row.

    A row of failures whose last one lies before ``row_since`` is over, and a new one begins; so is
    one that a wrong clock wrote into the future.
    """
    here = (_COLUMNS.login_hash == login_hash, _COLUMNS.source_hash == source_hash)
    if not counts:
        connection.execute(
            update(login_failures)
            .where(*here)
            .values(refused=_COLUMNS.refused + 1, total=_COLUMNS.total + 1)
        )
        return
    over = or_(_COLUMNS.last_at < row_since, _COLUMNS.last_at > now + (now - row_since))
    begun = update(login_failures).where(*here, over)
    connection.execute(begun.values(failures=0))
    more = {"failures": _COLUMNS.failures + 1, "total": _COLUMNS.total + 1, "last_at": now}
    if connection.execute(update(login_failures).where(*here).values(more)).rowcount:
        return
    connection.execute(
        insert(login_failures).values(
            login_hash=login_hash,
            source_hash=source_hash,
            known=known,
            failures=1,
            refused=0,
            total=1,
            first_at=now,
            last_at=now,
        )
    )


def forget_source(connection: Connection, login_hash: str, source_hash: str) -> None:
    """End the row of failures of a source: whoever it is has just been let in."""
    connection.execute(
        update(login_failures)
        .where(_COLUMNS.login_hash == login_hash, _COLUMNS.source_hash == source_hash)
        .values(failures=0)
    )


def forget_login(connection: Connection, login_hash: str) -> None:
    """Forget everything about a login: it has a new password."""
    connection.execute(delete(login_failures).where(_COLUMNS.login_hash == login_hash))


def forget_before(connection: Connection, moment: datetime) -> None:
    """Forget what is over, so that guessing at names does not fill the table for ever."""
    connection.execute(delete(login_failures).where(_COLUMNS.last_at < moment))


def recent_failures(connection: Connection, since: datetime) -> list[Row[Any]]:
    """Return everything since a moment."""
    return list(connection.execute(select(login_failures).where(_COLUMNS.last_at >= since)))
