"""The outbox: letters are written with the case, in its transaction, and leave afterwards.

Sending is at least once: a letter is claimed for a while, handed to the mail server outside any
transaction, then marked. A crash or a lost answer in between sends it again with the same
Message-ID, by which mail programs recognise the copy. A letter that left through SMTP keeps
nothing personal here.
"""

import logging
import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from forms_api import codes
from forms_api.errors import StoreUnavailable
from forms_api.letters import CODE_MARK, LOST_CODE, Letter
from forms_api.mail import Mail, Mailer, NotSent
from forms_api.portal import Portal
from forms_api.store import submissions
from forms_api.store.tables import outbox

BATCH = 10
LEASE = timedelta(minutes=15)
"""Longer than a whole batch can take with every step of SMTP at its time limit."""
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 20
"""With the pauses above this is about three days, as mail servers do."""

log = logging.getLogger("forms_api.outbox")


@dataclass(frozen=True)
class Report:
    """What a round of sending did: how many letters were sent, put off, and given up."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0

    def __add__(self, other: "Report") -> "Report":
        return Report(
            self.sent + other.sent, self.put_off + other.put_off, self.given_up + other.given_up
        )


def post(
    connection: Connection, reference: str, letters: Iterable[Letter], domain: str, now: datetime
) -> None:
    """Write letters into the outbox, in the transaction of what they tell about."""
    rows = [
        {
            "message_id": f"<{letter.kind}.{reference}.{secrets.token_hex(6)}@{domain}>",
            "case_ref": reference,
            "kind": letter.kind,
            "recipient": letter.recipient,
            "subject": letter.subject,
            "body": letter.body,
            "created_at": now,
            "attempts": 0,
            "next_attempt_at": now,
        }
        for letter in letters
    ]
    if rows:
        connection.execute(insert(outbox), rows)


def waiting(connection: Connection) -> int:
    """Count the letters that still have to leave."""
    query = select(func.count(outbox.c.next_attempt_at))
    return connection.scalar(query) or 0


def count(connection: Connection, reference: str, kind: str) -> int:
    """Count the letters of one kind that were written for a case, sent or not."""
    query = (
        select(func.count())
        .select_from(outbox)
        .where(outbox.c.case_ref == reference, outbox.c.kind == kind)
    )
    return connection.scalar(query) or 0


def send_outbox(portal: Portal, mailer: Mailer, now: datetime) -> Report:
    """Send every letter that is due; stop early when the mail server cannot be reached.

    Raises:
        StoreUnavailable: the outbox cannot be read or marked; a letter may be sent again.
    """
    total = Report()
    while rows := portal.store.write(lambda connection: _claim(connection, now)):
        for position, row in enumerate(rows):
            report, reachable = _send_one(portal, mailer, row, now)
            total += report
            if not reachable:
                _release(portal, rows[position + 1 :], now)
                return total
    return total


def utc_now() -> datetime:
    """Return the present moment, in aware UTC."""
    return datetime.now(UTC)


def send_forever(
    portal: Portal,
    mailer: Mailer,
    stop: threading.Event,
    pause_seconds: float = 2,
    clock: Callable[[], datetime] = utc_now,
) -> None:
    """Send letters as they come until ``stop`` is set; for a thread of the server."""
    while not stop.is_set():
        try:
            send_outbox(portal, mailer, clock())
        except StoreUnavailable:
            log.warning("the outbox rests: the store is unavailable")
        stop.wait(pause_seconds)


def _claim(connection: Connection, now: datetime) -> list[Row[Any]]:
    due = (
        select(outbox)
        .where(outbox.c.next_attempt_at <= now)
        .order_by(outbox.c.next_attempt_at, outbox.c.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)  # On SQLite there is one writer and no such clause.
    )
    rows = list(connection.execute(due))
    if rows:
        connection.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in rows]))
            .values(attempts=outbox.c.attempts + 1, next_attempt_at=now + LEASE)
        )
    return rows


def _release(portal: Portal, rows: list[Row[Any]], now: datetime) -> None:
    """Give claimed letters back untried, to be tried again after the first pause."""
    ids = [row.id for row in rows]
    if ids:
        values = {"attempts": outbox.c.attempts - 1, "next_attempt_at": now + FIRST_PAUSE}
        portal.store.write(
            lambda connection: connection.execute(
                update(outbox).where(outbox.c.id.in_(ids)).values(values)
            )
        )


def _send_one(portal: Portal, mailer: Mailer, row: Row[Any], now: datetime) -> tuple[Report, bool]:
    """Send one claimed letter and mark it; also say whether the mail server was reachable."""
    try:
        mailer.send(
            Mail(row.message_id, row.recipient, row.subject, _body(portal, row), row.created_at)
        )
    except NotSent as failure:
        attempts = row.attempts + 1
        give_up = failure.permanent or attempts >= MOST_ATTEMPTS
        log.warning("letter %s was not sent (attempt %d): %s", row.id, attempts, failure.kind)
        pause = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
        _mark(
            portal,
            row.id,
            last_error=failure.kind,
            next_attempt_at=None if give_up else now + pause,
            failed_at=now if give_up else None,
        )
        report = Report(given_up=1) if give_up else Report(put_off=1)
        return report, failure.reachable
    left = {} if mailer.keeps_copy else {"recipient": None, "body": None}
    _mark(portal, row.id, sent_at=now, next_attempt_at=None, last_error=None, **left)
    return Report(sent=1), True


def _mark(portal: Portal, letter_id: int, **values: Any) -> None:
    portal.store.write(
        lambda connection: connection.execute(
            update(outbox).where(outbox.c.id == letter_id).values(values)
        )
    )


def _body(portal: Portal, row: Row[Any]) -> str:
    """Fill the code into a receipt; only here is it written out, and nowhere kept."""
    body = str(row.body)
    if row.kind != "receipt" or CODE_MARK not in body:
        return body
    known = portal.store.read(lambda connection: submissions.by_case(connection, row.case_ref))
    code = None if known is None else portal.codes.code(known.key_hash, known.body_hash)
    if known is None or code is None or not codes.matches(known.code_hash, code):
        return body.replace(CODE_MARK, LOST_CODE)
    return body.replace(CODE_MARK, code)
