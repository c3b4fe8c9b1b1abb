"""The outbox: letters are written with the case, in its transaction, and leave afterwards.

Sending is at least once: a letter is claimed for a while, handed to the mail server outside any
transaction, then marked. A crash or a lost answer in between sends it again with the same
Message-ID, by which mail programs recognise the copy. A letter that left through SMTP keeps
nothing personal here.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Row

from forms_api import codes
from forms_api.documents.enclosing import Enclosed, enclosed
from forms_api.documents.letter import enclosed_lines
from forms_api.errors import StoreUnavailable
from forms_api.handling import delivered, documents_sent
from forms_api.letters import CODE_MARK, ENCLOSED_MARK, LOST_CODE, Enclosure
from forms_api.mail import Mail, Mailer, NoMailer, NotSent
from forms_api.portal import Portal
from forms_api.store import submissions
from forms_api.store.outbox_rows import claim, mark, release
from service_policy.cases.events_documents import SentCopy

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


def send_outbox(portal: Portal, mailer: Mailer, now: datetime) -> Report:
    """Send every letter that is due; stop early when the mail server cannot be reached.

    Without a mail server every letter stays as it is.

    Raises:
        StoreUnavailable: the outbox cannot be read or marked; a letter may be sent again.
    """
    total = Report()
    if isinstance(mailer, NoMailer):
        # Untouched, letters leave once there is a server: no attempt counts that nobody made.
        return total
    while rows := portal.store.write(partial(claim, now=now, lease_ends=now + LEASE, limit=BATCH)):
        for position, row in enumerate(rows):
            report, reachable = _send_one(portal, mailer, row, now)
            total += report
            if not reachable:
                untried = [one.id for one in rows[position + 1 :]]
                later = now + FIRST_PAUSE
                portal.store.write(partial(release, ids=untried, next_attempt_at=later))
                return total
    return total


def utc_now() -> datetime:
    """Return the present moment, in aware UTC."""
    return datetime.now(UTC)


def send_forever(
    portal: Callable[[], Portal],
    mailer: Callable[[Portal], Mailer],
    stop: threading.Event,
    pause_seconds: float = 2,
    clock: Callable[[], datetime] = utc_now,
) -> None:
    """Send letters as they come until ``stop`` is set; for a thread of the server.

    ``portal`` is asked each time, because a newly published site may bring another sender.
    """
    while not stop.is_set():
        here = portal()
        try:
            send_outbox(here, mailer(here), clock())
        except StoreUnavailable:
            log.warning("the outbox rests: the store is unavailable")
        stop.wait(pause_seconds)


def _send_one(portal: Portal, mailer: Mailer, row: Row[Any], now: datetime) -> tuple[Report, bool]:
    """Send one claimed letter and mark it; also say whether the mail server was reachable."""
    try:
        # What a letter encloses is decided now, by what holds now.
        wanted = [Enclosure(**one) for one in row.enclosures or ()]
        copies = enclosed(wanted, portal.policy.register, portal.site, now)
        mailer.send(
            Mail(
                row.message_id,
                row.recipient,
                row.subject,
                _body(portal, row, copies),
                row.created_at,
                tuple(one.file for one in copies if one.file is not None),
            )
        )
    except NotSent as failure:
        attempts = row.attempts + 1
        give_up = failure.permanent or attempts >= MOST_ATTEMPTS
        log.warning("letter %s was not sent (attempt %d): %s", row.id, attempts, failure.kind)
        pause = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
        outcome = {
            "last_error": failure.kind,
            "next_attempt_at": None if give_up else now + pause,
            "failed_at": now if give_up else None,
        }
        portal.store.write(partial(mark, letter_id=row.id, values=outcome))
        report = Report(given_up=1) if give_up else Report(put_off=1)
        return report, failure.reachable
    if row.case_message is not None and not mailer.keeps_copy:
        # First the case, then the letter: a crash in between sends it once more, and the case
        # knows that it has arrived already.
        if copies:
            documents_sent(portal, row.case_ref, row.case_message, _copies(copies), now)
        else:
            delivered(portal, row.case_ref, row.case_message, "mail_accepted", now)
    left = {} if mailer.keeps_copy else {"recipient": None, "body": None}
    sent = {"sent_at": now, "next_attempt_at": None, "last_error": None, **left}
    portal.store.write(partial(mark, letter_id=row.id, values=sent))
    return Report(sent=1), True


def _copies(copies: tuple[Enclosed, ...]) -> tuple[SentCopy, ...]:
    return tuple(one.copy for one in copies)


def _body(portal: Portal, row: Row[Any], copies: tuple[Enclosed, ...]) -> str:
    """Fill the code into a receipt; only here is it written out, and nowhere kept.

    A letter with enclosures is told here what they are.
    """
    body = str(row.body)
    if copies:
        return body.replace(ENCLOSED_MARK, enclosed_lines(copies, portal.settings.site_url))
    if row.kind != "receipt" or CODE_MARK not in body:
        return body
    known = portal.store.read(lambda connection: submissions.by_case(connection, row.case_ref))
    code = None if known is None else portal.codes.code(known.key_hash, known.body_hash)
    if known is None or code is None or not codes.matches(known.code_hash, code):
        return body.replace(CODE_MARK, LOST_CODE)
    return body.replace(CODE_MARK, code)
