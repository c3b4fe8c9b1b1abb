"""Telling customers whom the books could not reach when their case was opened."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from forms_api import contacts, views
from forms_api.contacts import Reach
from forms_api.errors import NotFound
from forms_api.handling import allowed, step_of
from forms_api.kinds.own_report import DOCUMENT_NO
from forms_api.loading import Loaded, load
from forms_api.own_reports import books
from forms_api.own_reports.letter import first_letter
from forms_api.portal import Portal
from forms_api.store import history, obligation_rows, outbox_rows
from forms_api.store.history import Step
from forms_api.store.tables import outbox
from service_policy.actors import SYSTEM
from service_policy.cases.own_report import NoteContact
from service_policy.ledger.written import Document, key_parts


def tell_the_untold(portal: Portal, known_until: Mapping[str, datetime], now: datetime) -> int:
    """Write to each customer for whom the books have an address by now; return to how many.

    Raises:
        StoreUnavailable: whoever was written to until then stays so.
    """
    told = 0
    for row in portal.store.read(obligation_rows.untold):
        document = Document(row.document_table, key_parts(row.document_key))
        reach = _reach(portal, document, known_until)
        loaded = None if reach is None else _case(portal, row.case_ref)
        if reach is not None and loaded is not None:
            told += _tell(portal, loaded, reach, now)
    return told


def _case(portal: Portal, reference: str) -> Loaded | None:
    try:
        return portal.store.read(lambda connection: load(connection, reference))
    except NotFound:
        return None


def _reach(portal: Portal, document: Document, known_until: Mapping[str, datetime]) -> Reach | None:
    """Return how the books reach the customer of a document by mail, or None."""

    def look(connection: Connection) -> dict[str, Any]:
        seen = books.seen_of(connection, document, known_until)
        return {} if seen is None else books.filed(connection, seen)

    found = portal.store.read(look)
    if not found.get("email"):
        return None
    return Reach(str(found.get("name") or ""), found.get("phone"), found["email"])


def _tell(portal: Portal, loaded: Loaded, reach: Reach, now: datetime) -> bool:
    due, noted, texts = allowed(loaded.case, NoteContact(SYSTEM), portal.policy, now)
    seq = loaded.case.seq + len(due) + 1
    texts |= {seq: contacts.to_keep((reach,))}
    step = step_of(portal, loaded, (*due, *noted), texts, now, wake_at=now)
    number = str(loaded.filed.get(DOCUMENT_NO, ""))
    receipt = views.receipt(
        loaded.reference, "", views.as_filed(loaded.events), loaded.filed, portal.policy
    )
    site_url, address = portal.settings.site_url, str(reach.email)
    letter = first_letter(loaded.case, number, receipt, address, portal.policy, site_url)
    letters = outbox_rows.rows_of(loaded.reference, [letter], portal.mail_domain, now)
    return portal.store.write(partial(_write, step=step, letters=letters, now=now))


def _write(
    connection: Connection, step: Step, letters: list[dict[str, Any]], now: datetime
) -> bool:
    """Write to the customer, unless somebody did, or the case has grown meanwhile."""
    if not history.append(connection, step):
        return False
    if obligation_rows.tell(connection, step.case["reference"], now, "email"):
        history.write(connection, {outbox: letters})
    return True
