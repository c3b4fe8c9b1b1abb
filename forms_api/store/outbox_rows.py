"""The outbox as rows: letters that wait, letters that left, and who is sending what.

A row is claimed by moving its next attempt to the end of a lease, so that two senders never
send one letter at the same time, and a letter of a sender that died comes up again. ``doubts``
counts the tries of which nobody knows how they ended.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select, update

from forms_api.letters import Letter
from forms_api.store import rows
from forms_api.store.tables import outbox
from forms_api.store.types import UtcDateTime

_IS_DEAD = and_(
    outbox.c.failed_at.is_not(None), outbox.c.dropped_at.is_(None), outbox.c.sent_at.is_(None)
)
DEAD = select(outbox).where(_IS_DEAD).order_by(outbox.c.failed_at.desc(), outbox.c.id.desc())
"""The letters that were given up and that nobody has looked after, the latest first."""


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


def write(connection: Connection, letters: Sequence[dict[str, Any]]) -> None:
    """Write letters, in the transaction of what they tell about."""
    rows.add(connection, outbox, *letters)


def count(connection: Connection, reference: str, kind: str) -> int:
    """Count the letters of one kind that were written for a case, sent or not."""
    mine = (outbox.c.case_ref == reference, outbox.c.kind == kind)
    return rows.count(connection, select(outbox.c.id).where(*mine))


def waiting(connection: Connection) -> int:
    """Count the letters that still have to leave."""
    return connection.scalar(select(func.count(outbox.c.next_attempt_at))) or 0


def claim(connection: Connection, now: datetime, pauses: Sequence[timedelta]) -> Row[Any] | None:
    """Take the letter that is due longest, if there is one; the try counts from here on.

    Whoever dies with it leaves an attempt and a doubt behind: perhaps the mail server has it. The
    letter comes up again after the pause of its doubts, the last one for ever more. A next attempt
    that lies further ahead than any pause was set by a clock that was wrong, and is due now.
    """
    wrong = now + 2 * max(pauses)
    due = (
        select(outbox)
        .where((outbox.c.next_attempt_at <= now) | (outbox.c.next_attempt_at > wrong))
        .order_by(outbox.c.next_attempt_at, outbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)  # On SQLite there is one writer and no such clause.
    )
    row = connection.execute(due).first()
    if row is None:
        return None
    taken = {
        "attempts": row.attempts + 1,
        "doubts": row.doubts + 1,
        "next_attempt_at": now + pauses[min(row.doubts, len(pauses) - 1)],
    }
    connection.execute(update(outbox).where(outbox.c.id == row.id).values(taken))
    return row


def dead_letters(connection: Connection) -> int:
    """Count the letters that were given up and that nobody has looked after."""
    return rows.count(connection, DEAD)


def oldest(connection: Connection) -> datetime | None:
    """Return since when the oldest letter waits to leave; None when none does."""
    since = func.coalesce(outbox.c.resent_at, outbox.c.created_at, type_=UtcDateTime())
    waits = select(func.min(since, type_=UtcDateTime())).where(
        outbox.c.next_attempt_at.is_not(None)
    )
    return connection.scalar(waits)


def resend(connection: Connection, letter_id: int, now: datetime) -> str | None:
    """Let a dead letter try again from the start; the case it is about, None when it is not dead.

    It keeps its Message-ID.
    """
    fresh = {"failed_at": None, "attempts": 0, "doubts": 0, "next_attempt_at": now}
    return _settle(connection, letter_id, {**fresh, "resent_at": now})


def drop(connection: Connection, letter_id: int, now: datetime) -> str | None:
    """Let a dead letter rest, and forget what is personal in it; see ``resend``."""
    return _settle(connection, letter_id, {"dropped_at": now, "recipient": None, "body": None})


def _settle(connection: Connection, letter_id: int, values: dict[str, Any]) -> str | None:
    mine = (outbox.c.id == letter_id, _IS_DEAD)
    reference: str | None = connection.scalar(select(outbox.c.case_ref).where(*mine))
    if reference is not None:
        connection.execute(update(outbox).where(*mine).values(values))
    return reference


def mark(connection: Connection, letter_id: int, values: dict[str, Any]) -> None:
    """Write down what became of a letter."""
    connection.execute(update(outbox).where(outbox.c.id == letter_id).values(values))
