"""One function per command: the use cases of the desk.

The web layer reads input into a command (``kinds``), calls a function here and shows what comes
back; it never touches the store. A command is decided by the rules (``service_policy.cases``),
and everything that follows from it (events, personal data, letters) becomes durable in one
transaction before the customer hears of it.
"""

from datetime import datetime

from sqlalchemy import Connection

from forms_api import codes, contacts, views
from forms_api.errors import (
    FieldError,
    IdempotencyConflict,
    NotFound,
    StoreUnavailable,
    ValidationFailed,
)
from forms_api.filing import file_case
from forms_api.inputs import BadInput, email
from forms_api.letters import receipt_letter
from forms_api.portal import Portal
from forms_api.references import parse_reference
from forms_api.store import deeds, history, outbox_rows, submissions
from forms_api.store.deeds import Deed
from forms_api.store.submissions import Submission
from forms_api.views import CaseView, Receipt
from service_policy.cases import Event

__all__ = [
    "FieldError",
    "IdempotencyConflict",
    "NotFound",
    "StoreUnavailable",
    "ValidationFailed",
    "email_receipt",
    "file_case",
    "follow_case",
    "held",
    "receipt_of",
]

MOST_RECEIPTS = 5
"""How often the receipt of one case may be mailed: enough for people, useless for a nuisance."""


def follow_case(portal: Portal, reference: str | None, code: str, now: datetime) -> CaseView:
    """Show a case to whoever holds its code; a given reference must be the right one, too.

    Every kind of miss takes the same single look into the store and ends in the same error.

    Raises:
        NotFound: no case answers to this reference and code.
        StoreUnavailable: the store cannot be read.
    """

    def look(connection: Connection) -> tuple[str, tuple[Event, ...]]:
        found = held(connection, reference, code)
        return found.case_ref, history.load_events(connection, found.case_ref)

    case_ref, events = portal.store.read(look)
    return views.case_view(case_ref, events, portal.policy, now)


def receipt_of(portal: Portal, reference: str, code: str) -> Receipt:
    """Write the receipt of a case once more for whoever holds its code.

    Raises:
        NotFound: no case answers to this reference and code.
        StoreUnavailable: the store cannot be read.
    """

    def look(connection: Connection) -> Receipt:
        found = held(connection, reference, code)
        events = history.load_events(connection, found.case_ref)
        filed = history.load_private(connection, found.case_ref).get(1, {})
        case, shown = views.as_filed(events), codes.spelled(code)
        return views.receipt(found.case_ref, shown, case, filed, portal.policy)

    return portal.store.read(look)


def email_receipt(
    portal: Portal, reference: str, code: str, address: str, now: datetime, key: str = ""
) -> None:
    """Mail the receipt to an address the holder of the code names.

    ``key`` is that of the form: sent twice with one address, it writes one letter.

    Raises:
        NotFound: no case answers to this reference and code.
        ValidationFailed: the address cannot be read, or the receipt was mailed too often.
        StoreUnavailable: nothing was recorded.
    """
    try:
        recipient = email(address)
    except BadInput as fault:
        raise ValidationFailed([FieldError("email", str(fault))]) from None

    def post(connection: Connection) -> None:
        found = held(connection, reference, code)
        deed = _letter(found.case_ref, recipient, key) if key else None
        if deeds.is_done(connection, deed):
            return
        if outbox_rows.count(connection, found.case_ref, "receipt") >= MOST_RECEIPTS:
            message = f"Phiếu này đã được gửi {MOST_RECEIPTS} lần; Quý khách hãy lưu hoặc in lại."
            raise ValidationFailed([FieldError("email", message)])
        events = history.load_events(connection, found.case_ref)
        private = history.load_private(connection, found.case_ref)
        known = {one.casefold() for one in contacts.emails(private)}
        # What somebody typed goes to an address of the case, and never wherever he likes.
        filed = private.get(1, {}) if recipient.casefold() in known else {}
        policy = portal.policy
        receipt = views.receipt(found.case_ref, "", views.as_filed(events), filed, policy)
        letter = receipt_letter(receipt, recipient, policy, portal.settings.site_url)
        rows = outbox_rows.rows_of(found.case_ref, [letter], portal.mail_domain, now)
        outbox_rows.write(connection, rows)
        deeds.write(connection, [deed.row(found.case_ref, now)] if deed else [])

    portal.store.write(post)


def _letter(reference: str, recipient: str, key: str) -> Deed:
    """Say which letter a form asked for; the same form with another address is another letter."""
    form = codes.hash_of_form("customer", reference, f"receipt to {recipient}", key, 0)
    return Deed(form, codes.hash_of_body("receipt", {"email": recipient}))


def held(connection: Connection, reference: str | None, code: str) -> Submission:
    """Find the submission that a code belongs to; a given reference must be the right one, too.

    Raises:
        NotFound: no case answers to this reference and code.
    """
    found = submissions.by_code(connection, codes.hash_of_code(code))
    if found is None or (reference is not None and parse_reference(reference) != found.case_ref):
        raise NotFound
    return found
