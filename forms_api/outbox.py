"""The outbox: letters are written with the case, in its transaction, and leave afterwards.

Sending is at least once: a letter is claimed for a while, handed to the mail server outside any
transaction, then marked. A crash or a lost answer in between sends it again, a few times at most,
with the same Message-ID, by which mail programs recognise the copy. A letter that is given up
becomes a mark of its case and waits here for somebody to send it again or to let it rest. A letter
that left through SMTP keeps nothing personal here.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, get_args

from sqlalchemy import Row

from forms_api import codes
from forms_api.documents.enclosing import Enclosed, enclosed, enclosed_lines
from forms_api.handling import delivered, letter_arrived, once
from forms_api.letters import CODE_MARK, ENCLOSED_MARK, LOST_CODE, Enclosure
from forms_api.mail import Mail, Mailer, NoMailer, NotSent
from forms_api.portal import Portal
from forms_api.store import submissions
from forms_api.store.outbox_rows import claim, mark
from service_policy.actors import SYSTEM
from service_policy.cases.documents import RecordDocumentsSent
from service_policy.cases.messages.letters import Failure, LetterKind, RecordLetterFailure

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 20
"""With the pauses above this is about three days, as mail servers do."""
LEASES = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), LONGEST_PAUSE)
"""When a letter comes up again whose sender died with it, by how often that happened before.

The shortest is longer than a letter can take with every step of SMTP at its time limit.
"""
TO_CUSTOMERS = frozenset(get_args(LetterKind))
"""Kinds of letter that customers get; the others are notices within the house."""
MOST_DOUBTS = 3
"""Tries of which nobody knows how they ended; after that a letter is dead, or it may be there.

Somebody looks at it then: one letter too many is better than none, ten are not.
"""

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
    while row := portal.store.write(claim, now, LEASES):
        report, reachable = _send_one(portal, mailer, row, now)
        total += report
        if not reachable:
            break
    return total


def _send_one(portal: Portal, mailer: Mailer, row: Row[Any], now: datetime) -> tuple[Report, bool]:
    """Send one claimed letter and mark it; also say whether the mail server was reachable."""
    if row.doubts >= MOST_DOUBTS:
        return _give_up(portal, row, "in doubt", "in_doubt", now), True
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
                now,
                tuple(one.file for one in copies if one.file is not None),
            )
        )
    except NotSent as failure:
        return _not_sent(portal, row, failure, now), failure.reachable
    if not mailer.keeps_copy:
        _arrived(portal, row, copies, now)
    left = {} if mailer.keeps_copy else {"recipient": None, "body": None}
    sent = {"sent_at": now, "next_attempt_at": None, "last_error": None, **left}
    portal.store.write(mark, row.id, sent)
    return Report(sent=1), True


def _arrived(portal: Portal, row: Row[Any], copies: tuple[Enclosed, ...], now: datetime) -> None:
    """Tell the case that a letter arrived.

    First the case, then the letter: a crash in between sends it once more, and the case knows
    that it has arrived already.
    """
    if row.case_message is not None:
        if copies:
            sent = tuple(one.copy for one in copies)
            brought = RecordDocumentsSent(SYSTEM, sent, way="email", letter=row.case_message)
            once(portal, row.case_ref, brought, now)
        else:
            delivered(portal, row.case_ref, row.case_message, "mail_accepted", now)
    if row.resent_at is not None and row.kind in TO_CUSTOMERS:
        letter_arrived(portal, row.case_ref, row.kind, now)


def _not_sent(portal: Portal, row: Row[Any], failure: NotSent, now: datetime) -> Report:
    attempts = row.attempts + 1
    doubts = row.doubts + failure.doubtful
    log.warning("letter %s was not sent (attempt %d): %s", row.id, attempts, failure.kind)
    if failure.permanent:
        why: Failure = "unsendable" if failure.kind == "unsendable" else "refused"
        return _give_up(portal, row, failure.kind, why, now)
    if doubts >= MOST_DOUBTS:
        return _give_up(portal, row, failure.kind, "in_doubt", now)
    if attempts >= MOST_ATTEMPTS:
        return _give_up(portal, row, failure.kind, "no_answer", now)
    pause = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    outcome = {"last_error": failure.kind, "doubts": doubts, "next_attempt_at": now + pause}
    portal.store.write(mark, row.id, outcome)
    return Report(put_off=1)


def _give_up(portal: Portal, row: Row[Any], kind: str, why: Failure, now: datetime) -> Report:
    """Let a letter rest and tell the case: its holder reaches the customer in another way.

    First the case, then the letter, so that no letter is dead of which the case knows nothing.
    """
    log.error("letter %s is given up: %s", row.id, kind)
    if row.kind in TO_CUSTOMERS:
        failed = RecordLetterFailure(SYSTEM, letter=row.kind, failure=why, message=row.case_message)
        once(portal, row.case_ref, failed, now)
    doubts = MOST_DOUBTS if why == "in_doubt" else row.doubts
    outcome = {"last_error": kind, "next_attempt_at": None, "failed_at": now, "doubts": doubts}
    portal.store.write(mark, row.id, outcome)
    return Report(given_up=1)


def _body(portal: Portal, row: Row[Any], copies: tuple[Enclosed, ...]) -> str:
    """Fill the code into a receipt; only here is it written out, and nowhere kept.

    A letter with enclosures is told here what they are.
    """
    body = str(row.body)
    if copies:
        return body.replace(ENCLOSED_MARK, enclosed_lines(copies, portal.settings.site_url))
    if row.kind != "receipt" or CODE_MARK not in body:
        return body
    known = portal.store.read(submissions.by_case, row.case_ref)
    code = None if known is None else portal.codes.code(known.key_hash, known.body_hash)
    if known is None or code is None or not codes.matches(known.code_hash, code):
        return body.replace(CODE_MARK, LOST_CODE)
    return body.replace(CODE_MARK, code)
