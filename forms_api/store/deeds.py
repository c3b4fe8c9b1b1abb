"""What was done to cases, by the key of the form that asked for it: a repeat is recognised.

A row is written with the events that it stands for, so that it is there exactly when they are.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from forms_api.errors import IdempotencyConflict
from forms_api.store.rows import add
from forms_api.store.tables import deeds


@dataclass(frozen=True)
class Deed:
    """One thing that somebody asked for; both hashes are hexadecimal SHA-256.

    ``key_hash`` is of the form that was sent, ``body_hash`` of everything in it.
    """

    key_hash: str
    body_hash: str

    def row(self, reference: str, now: datetime) -> dict[str, Any]:
        """Lay it out as the row that is written with its events."""
        return {**asdict(self), "case_ref": reference, "at": now}


def write(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Remember deeds, in the transaction of what was done."""
    add(connection, deeds, *rows)


def is_done(connection: Connection, deed: Deed | None) -> bool:
    """Say whether this very thing was done before.

    Raises:
        IdempotencyConflict: the same form was sent before with other words.
    """
    if deed is None:
        return False
    known = connection.scalar(select(deeds.c.body_hash).where(deeds.c.key_hash == deed.key_hash))
    if known is not None and known != deed.body_hash:
        raise IdempotencyConflict
    return known is not None
