"""Filing a new case: decide, lay out every row, write them in one transaction.

All thinking is done before the transaction, because on SQLite one thread writes for everybody;
inside there is only looking up the key and inserting rows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from forms_api import codes, contacts, references, views
from forms_api.documents.enclosing import document_letter, enclosures
from forms_api.errors import FieldError, IdempotencyConflict, ValidationFailed
from forms_api.letters import Letter, notice_letter, receipt_letter
from forms_api.portal import Portal
from forms_api.store import history, outbox_rows, submissions
from forms_api.store.submissions import Submission
from forms_api.store.tables import idempotency, outbox
from forms_api.views import Receipt
from service_policy.cases import CommandRefused, Event, FileCase, decide, fold
from service_policy.cases.documents import DocumentsAsked
from service_policy.promises.policy import Policy

ToCustomer = Callable[[Receipt, str, Policy, str], Letter]
"""Writes the first letter of a case: to an address, under the rules, with the site's address."""


@dataclass(frozen=True)
class NewCase:
    """A case that is about to be written: its receipt and every row of it."""

    receipt: Receipt
    rows: history.Rows


def file_case(portal: Portal, command: FileCase, key: str | None, now: datetime) -> Receipt:
    """Write a new case and return its receipt, or the same receipt for the same key again.

    The same ``key`` (the caller's ``Idempotency-Key``) with the same command gives the same
    receipt again, built from the stored facts. Documents asked for by e-mail go out with a letter
    of the same transaction.

    Raises:
        ValidationFailed: the command or the key has faults.
        IdempotencyConflict: the key was used for something else.
        StoreUnavailable: nothing was recorded.
    """
    personal = {**command.private, "channel": command.channel}
    key_hash = codes.hash_of_key(key)
    body_hash = codes.hash_of_body(command.kind, _identity(command, personal))
    code = portal.codes.code(key_hash, body_hash)

    try:
        events = decide(None, command, portal.policy, now)
    except CommandRefused as refusal:
        return _answered_before(portal, key_hash, body_hash, code, refusal)

    def prepare() -> NewCase:
        reference = references.new_reference(command.kind, now)
        return lay_out(portal, reference, events, personal, (key_hash, body_hash), now)

    first = prepare()

    def record(connection: Connection) -> Receipt:
        known = submissions.by_key(connection, key_hash)
        if known is not None:
            return _again(connection, known, body_hash, code, portal.policy)
        new = first
        while history.is_taken(connection, new.receipt.reference):
            new = prepare()
        history.write(connection, new.rows)
        return new.receipt

    return portal.store.write(record)


def _identity(command: FileCase, personal: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything that was sent: also which way it came, who typed it in and since when.

    What says nothing is left out, so that a field added later does not change old hashes: a tick
    left empty, and all that only the desk tells.
    """
    said = {name: value for name, value in personal.items() if value is not False}
    told: dict[str, Any] = {}
    if command.channel != "web":
        told["channel"] = command.channel
    if command.entered_by is not None:
        told["entered_by"] = command.entered_by.id
    if command.taken_at is not None:
        told["taken_at"] = command.taken_at.astimezone(UTC).isoformat()
    return {**said, "told": told} if told else said


def lay_out(
    portal: Portal,
    reference: str,
    events: Sequence[Event],
    personal: dict[str, Any],
    hashes: tuple[str, str],
    now: datetime,
    first_letter: ToCustomer = receipt_letter,
) -> NewCase:
    """Lay out every row of a new case; ``hashes`` are of its key and of its body."""
    code = portal.codes.code(*hashes)
    receipt = views.receipt(reference, code, fold(events), personal, portal.policy)
    letters = _letters(portal, receipt, personal, events, first_letter)
    submission = Submission(*hashes, reference, codes.hash_of_code(code), now)
    rows = {
        **history.rows_of(reference, events, personal),
        idempotency: [asdict(submission)],
        outbox: outbox_rows.rows_of(reference, letters, portal.mail_domain, now),
    }
    return NewCase(receipt, rows)


def _answered_before(
    portal: Portal, key_hash: str, body_hash: str, code: str, refusal: CommandRefused
) -> Receipt:
    """Refuse a command, unless its key was answered under rules that have changed since."""

    def look(connection: Connection) -> Receipt:
        known = submissions.by_key(connection, key_hash)
        if known is None:
            raise ValidationFailed([FieldError(refusal.field, refusal.message)])
        return _again(connection, known, body_hash, code, portal.policy)

    return portal.store.read(look)


def _again(
    connection: Connection, known: Submission, body_hash: str, code: str, policy: Policy
) -> Receipt:
    """Answer a repeated key from the stored facts, or refuse it."""
    if known.body_hash != body_hash or not codes.matches(known.code_hash, code):
        # The second case: the server's secret has changed since, and the code with it.
        raise IdempotencyConflict
    events = history.load_events(connection, known.case_ref)
    filed = history.load_private(connection, known.case_ref).get(1, {})
    case = views.as_filed(events)
    return views.receipt(known.case_ref, code, case, filed, policy, replayed=True)


def _letters(
    portal: Portal,
    receipt: Receipt,
    personal: dict[str, Any],
    events: Sequence[Event],
    first_letter: ToCustomer,
) -> list[Letter]:
    """Write to the customer, if there is an address, and to the department that answers."""
    company, owner = portal.policy.company, fold(events).owner_department
    letters = []
    for address in contacts.emails({1: personal}):
        letters.append(first_letter(receipt, address, portal.policy, portal.settings.site_url))
        letters += _documents(portal, receipt.reference, address, events)
    letters += [
        notice_letter(receipt, department.email, personal, portal.policy)
        for department in company.departments
        if department.id == owner
    ]
    return letters


def _documents(
    portal: Portal, reference: str, address: str, events: Sequence[Event]
) -> Iterator[Letter]:
    """Write the letter that brings the documents, where they are to come by e-mail at once."""
    quote = fold(events).topic == "quote"
    for number, event in enumerate(events, 1):
        if not isinstance(event, DocumentsAsked) or event.way != "email":
            continue
        files = enclosures(event, portal.policy.register, portal.site)
        if files:
            company = portal.policy.company
            yield document_letter(reference, address, number, event, files, company, quote=quote)
