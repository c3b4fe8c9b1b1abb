"""Which versions of promises the staff have read, as rows."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from forms_api.store.tables import acknowledgements, staff

Version = tuple[str, int]
"""A promise by its id, and which version of it."""
_READ = acknowledgements.c


def read_by(connection: Connection, staff_id: str) -> dict[Version, datetime]:
    """Return what somebody has read, with when they said so."""
    mine = select(_READ.commitment, _READ.version, _READ.at).where(_READ.staff_id == staff_id)
    return {(row.commitment, row.version): row.at for row in connection.execute(mine)}


def keep(
    connection: Connection, staff_id: str, versions: list[Version], now: datetime
) -> list[Version]:
    """Write down what somebody has read; returns what was not known before.

    The row of the account is locked first, so that sending twice writes once.
    """
    connection.execute(select(staff.c.id).where(staff.c.id == staff_id).with_for_update())
    known = read_by(connection, staff_id)
    fresh = [one for one in versions if one not in known]
    if fresh:
        rows = [
            {"staff_id": staff_id, "commitment": name, "version": version, "at": now}
            for name, version in fresh
        ]
        connection.execute(insert(acknowledgements), rows)
    return fresh


def read_by_all(connection: Connection) -> dict[str, set[Version]]:
    """Return what everybody at the desk has read, by their ids; nobody who has left is counted."""
    active = select(staff.c.id).where(staff.c.disabled_at.is_(None))
    found: dict[str, set[Version]] = {row.id: set() for row in connection.execute(active)}
    rows = select(_READ.staff_id, _READ.commitment, _READ.version)
    for row in connection.execute(rows.where(_READ.staff_id.in_(active))):
        found[row.staff_id].add((row.commitment, row.version))
    return found
