"""The outbox as rows: letters that wait, letters that left, and who is sending what.

A row is claimed by moving its next attempt to the end of a lease, so that two senders never
send one letter at the same time, and a letter of a sender that died comes up again.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from forms_api.letters import Letter
from forms_api.store.tables import outbox

_INSERT = insert(outbox)


def rows_of(
    reference: str, letters: Iterable[Letter], domain: str, now: datetime
) -> list[dict[str, Any]]:
    """Lay out letters about a case as rows, each with the Message-ID it keeps for ever."""
    return [
        {
            "message_id": f"<{letter.kind}.{reference}.{secrets.token_hex(6)}@{domain}>",
            "case_ref": reference,
            "kind": letter.kind,
            "recipient": letter.recipient,
            "subject": letter.subject,
            "body": letter.body,
            "case_message": letter.message,
            "enclosures": [asdict(one) for one in letter.enclosures] or None,
            "created_at": now,
            "attempts": 0,
            "next_attempt_at": now,
        }
        for letter in letters
    ]


def write(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Write letters, in the transaction of what they tell about."""
    if rows:
        connection.execute(_INSERT, rows)


def count(connection: Connection, reference: str, kind: str) -> int:
    """Count the letters of one kind that were written for a case, sent or not."""
    query = (
        select(func.count())
        .select_from(outbox)
        .where(outbox.c.case_ref == reference, outbox.c.kind == kind)
    )
    return connection.scalar(query) or 0


def waiting(connection: Connection) -> int:
    """Count the letters that still have to leave."""
    return connection.scalar(select(func.count(outbox.c.next_attempt_at))) or 0


def claim(
    connection: Connection, now: datetime, lease_ends: datetime, limit: int
) -> list[Row[Any]]:
    """Take up to ``limit`` letters that are due, oldest first; they count as tried once more."""
    due = (
        select(outbox)
        .where(outbox.c.next_attempt_at <= now)
        .order_by(outbox.c.next_attempt_at, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)  # On SQLite there is one writer and no such clause.
    )
    rows = list(connection.execute(due))
    if rows:
        connection.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in rows]))
            .values(attempts=outbox.c.attempts + 1, next_attempt_at=lease_ends)
        )
    return rows


def release(connection: Connection, ids: Sequence[int], next_attempt_at: datetime) -> None:
    """Give claimed letters back untried."""
    connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(ids))
        .values(attempts=outbox.c.attempts - 1, next_attempt_at=next_attempt_at)
    )


def mark(connection: Connection, letter_id: int, values: dict[str, Any]) -> None:
    """Write down what became of a letter."""
    connection.execute(update(outbox).where(outbox.c.id == letter_id).values(values))
