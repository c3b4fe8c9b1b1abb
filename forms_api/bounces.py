"""Bounces: a mail server says later that a letter did not arrive (RFC 3464).

Only what a delivery report names counts: the Message-ID of one letter that we really sent, to the
very address it went to when that is still known, failed for good (5.x.x). A delay is no failure, an
automatic reply no bounce, and words in a mail prove nothing.
"""

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import Compat32
from typing import Any, cast

from sqlalchemy import Row, select

from forms_api.errors import NotFound, ValidationFailed
from forms_api.handling import execute
from forms_api.outbox import TO_CUSTOMERS
from forms_api.portal import Portal
from forms_api.store import outbox_rows
from forms_api.store.tables import outbox
from service_policy.actors import SYSTEM
from service_policy.cases.messages.letters import LetterKind, RecordBounce, RecordLetterFailure

IGNORED = "nothing to do: "
MOST_REPORTS = 50
LONGEST_FIELD = 1000
"""Characters of a field that are read; a line of a mail has no more (RFC 5322, 2.1.1)."""
RECIPIENTS = ("Final-Recipient", "Original-Recipient")


class NotTaken(Exception):
    """A mail that is no bounce of ours; the message says why, quoting nothing of it."""


class _Plain(Compat32):
    """Reads fields as they stand and only their beginning.

    Anybody may write to the address for bounces, and the readers of structured fields take minutes
    for some thousand quotation marks.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return the name of a field and the beginning of its value."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_FIELD]


def take(portal: Portal, raw: bytes, now: datetime) -> str:
    """Read a bounce and undo what rested on the letter; return in English what was done.

    Raises:
        NotTaken: it is no bounce of one letter that was sent, or the rules refuse it.
        StoreUnavailable: nothing was recorded.
    """
    try:
        mail = message_from_bytes(raw, policy=_Plain())
        reports = list(_reports(mail))
        originals = set(_originals(mail))
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError):
        raise NotTaken("the mail cannot be read") from None
    if not reports:
        if str(mail.get("Auto-Submitted", "no")).lower().startswith("auto-replied"):
            return f"{IGNORED}an automatic reply is no bounce"
        raise NotTaken("it holds no delivery report (RFC 3464)")
    failed = [one for one in reports if _is_failure(one)]
    if not failed:
        return f"{IGNORED}the letter is late or has arrived, it has not failed"
    row = _letter(portal, originals)
    _same_recipient(row, failed)
    return _undo(portal, row, now)


def _reports(mail: Message) -> Iterator[Message]:
    """Go through what a delivery report says of each recipient; its first block is of the whole."""
    if mail.get_content_type() != "multipart/report":
        return
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            if isinstance(blocks, list):
                yield from (one for one in blocks[:MOST_REPORTS] if isinstance(one, Message))


def _originals(mail: Message) -> Iterator[str]:
    """Go through the Message-IDs of the mail that came back: its own part, whole or headers."""
    for part in mail.walk():
        match part.get_content_type():
            case "message/rfc822":
                inner = part.get_payload()
                if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                    yield str(inner[0].get("Message-ID", "")).strip()
            case "text/rfc822-headers" | "message/rfc822-headers":
                body = part.get_payload(decode=True)
                if isinstance(body, bytes):
                    head = message_from_bytes(body, policy=_Plain())
                    yield str(head.get("Message-ID", "")).strip()


def _is_failure(report: Message) -> bool:
    action = str(report.get("Action", "")).strip().lower()
    status = str(report.get("Status", "")).strip()
    return action == "failed" and status.startswith("5.")


def _letter(portal: Portal, originals: set[str]) -> Row[Any]:
    wanted = sorted(one for one in originals if one)
    if len(wanted) != 1:
        raise NotTaken("it does not hold exactly one letter of ours")
    query = select(outbox).where(outbox.c.message_id.in_(wanted))
    rows = portal.store.read(lambda connection: connection.execute(query).all())
    if len(rows) != 1:
        raise NotTaken("no letter of ours has this Message-ID")
    if rows[0].sent_at is None:
        raise NotTaken("this letter was not sent, or is already known to have failed")
    return rows[0]


def _same_recipient(row: Row[Any], failed: list[Message]) -> None:
    """Refuse a report of somebody else, as far as the letter still knows whom it went to."""
    if row.recipient is None:
        return
    named = " ".join(str(one.get(name, "")) for one in failed for name in RECIPIENTS)
    if named.strip() and row.recipient.casefold() not in named.casefold():
        raise NotTaken("it speaks of another recipient")


def _undo(portal: Portal, row: Row[Any], now: datetime) -> str:
    if row.kind not in TO_CUSTOMERS:
        failed = {"sent_at": None, "failed_at": now, "last_error": "bounced"}
        portal.store.write(outbox_rows.mark, row.id, failed)
        return f"{row.case_ref}: a notice within the house came back"
    command: RecordBounce | RecordLetterFailure
    if row.kind == "message" and row.case_message is not None:
        command = RecordBounce(SYSTEM, message=row.case_message)
    else:
        kind, number = cast(LetterKind, row.kind), row.case_message
        command = RecordLetterFailure(SYSTEM, letter=kind, message=number, failure="bounced")
    try:
        execute(portal, row.case_ref, command, now)
    except NotFound:
        raise NotTaken("its case is gone") from None
    except ValidationFailed as refused:
        raise NotTaken("; ".join(one.message for one in refused.errors)) from None
    return f"{row.case_ref}: the {row.kind} came back; its case is marked"
