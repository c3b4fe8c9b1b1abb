"""Cases about one paper know of each other: what the company found, and what its customer filed.

An order's number that somebody types proves nothing, so only cases that share an address or a phone
are joined; to anybody else neither says that the other is there.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from forms_api import contacts
from forms_api.errors import NotFound
from forms_api.handling import execute
from forms_api.kinds.own_report import DOCUMENT_NO
from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.references import letters_and_digits
from forms_api.store import case_texts, vital_rows
from forms_api.store.obligation_rows import own_reports
from forms_api.store.tables import idempotency
from service_policy.actors import SYSTEM
from service_policy.cases.own_report import KIND, CasesLinked, LinkCase

OVERLAP = timedelta(minutes=5)
"""How far back a round looks again: a case may be durable a little later than it says."""


def link_cases(portal: Portal, now: datetime) -> int:
    """Join the cases that were filed or opened since the last round; return how many pairs.

    Twice is once.

    Raises:
        StoreUnavailable: what was joined until then stays so.
    """
    joined = 0
    # Two cases that are both new find each other twice.
    found = portal.store.read(lambda connection: list(_pairs(connection)))
    pairs = {(one.reference, other.reference): (one, other) for one, other in found}
    for ours, theirs in pairs.values():
        for one, other in ((ours, theirs), (theirs, ours)):
            if not _knows(one, other.reference):
                command = LinkCase(SYSTEM, other=other.reference)
                execute(portal, one.reference, command, now)
                joined += one is ours
    portal.store.write(lambda connection: vital_rows.put(connection, vital_rows.LINKED, now))
    return joined


def _pairs(connection: Connection) -> Iterator[tuple[Loaded, Loaded]]:
    """Yield each case of ours with one of its customer's about the same paper."""
    mark = vital_rows.all_of(connection).get(vital_rows.LINKED)
    query = select(idempotency.c.case_ref)
    if mark is None:
        # Whatever was filed before is found from the company's own cases.
        query = query.where(idempotency.c.case_ref.in_(select(own_reports.c.case_ref)))
    else:
        query = query.where(idempotency.c.created_at > mark.at - OVERLAP)
    for reference in connection.scalars(query):
        with suppress(NotFound):
            new = load(connection, reference)
            for number in _numbers(new):
                for found in case_texts.find(connection, number):
                    yield from _pair(new, load(connection, found))


def _pair(one: Loaded, other: Loaded) -> Iterator[tuple[Loaded, Loaded]]:
    for ours, theirs in ((one, other), (other, one)):
        alike = ours.case.kind == KIND != theirs.case.kind and _same_paper(ours, theirs)
        if alike and contacts.in_common(ours.private, theirs.private):
            yield ours, theirs


def _numbers(loaded: Loaded) -> Iterator[str]:
    """Yield the numbers of papers that a case names."""
    for name in (DOCUMENT_NO, "order_no", "invoice_no"):
        number = str(loaded.filed.get(name) or "")
        if number:
            yield number.split()[-1]


def _same_paper(ours: Loaded, theirs: Loaded) -> bool:
    """Say whether a customer names the paper of a case of ours, however it was typed."""
    paper = str(ours.filed.get(DOCUMENT_NO) or "")
    series, _, number = paper.rpartition(" ")
    filed = theirs.filed
    if ours.case.topic != "invoices":
        return _plain(filed.get("order_no")) == _plain(paper) != ""
    typed = _plain(filed.get("invoice_series"))
    same_number = _plain(filed.get("invoice_no")).lstrip("0") == _plain(number).lstrip("0") != ""
    return same_number and typed in ("", _plain(series))


def _plain(typed: object) -> str:
    return letters_and_digits(str(typed or ""))


def _knows(loaded: Loaded, other: str) -> bool:
    return any(isinstance(one, CasesLinked) and one.other == other for one in loaded.events)
