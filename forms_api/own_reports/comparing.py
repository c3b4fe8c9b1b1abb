"""One document of the books compared with its promises, and what changed kept: once, and whole.

What the books say is thought over outside the transaction; inside, what is kept must still be what
was read then, or nothing is written and the next round thinks again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from forms_api import codes, filing, references
from forms_api.errors import NotFound
from forms_api.filing import NewCase
from forms_api.handling import allowed, step_of
from forms_api.kinds.own_report import DOCUMENT_NO
from forms_api.loading import Loaded, load
from forms_api.own_reports import books
from forms_api.own_reports.letter import first_letter
from forms_api.portal import Portal
from forms_api.store import history, obligation_rows
from forms_api.store.history import Step
from forms_api.store.obligation_rows import Kept
from service_policy.actors import SYSTEM
from service_policy.cases import Case
from service_policy.cases.core.decide import decide
from service_policy.cases.own_report import KIND, CompareBooks, OpenOwnReport, promise_keys
from service_policy.ledger.written import Document
from service_policy.obligations import Obligation, obligations
from service_policy.obligations.obligation import OPEN
from service_policy.promises.policy import Policy

_TOLD = ("state", "reason", "version", "due_at", "stopped_at", "vnd", "segment")
"""What has to differ for an obligation to be written again; another file with the same does not."""


@dataclass(frozen=True)
class Thought:
    """What the books say of a document now, beside what is kept of it.

    ``broken`` are the misses that no case owes yet. ``loaded`` is the case that was opened about
    it, ``personal`` whose it is and how to reach them.
    """

    document: Document
    found: tuple[Obligation, ...]
    kept: Kept
    broken: tuple[Obligation, ...]
    loaded: Loaded | None
    personal: Mapping[str, Any] = field(repr=False)

    @property
    def known(self) -> dict[str, Obligation]:
        """The promises of its case by their key there, as the books tell of them now."""
        mine = None if self.loaded is None else self.loaded.reference
        rows = ((self.kept.rows.get(one.key), one) for one in self.found)
        return {row.promise: one for row, one in rows if row and mine and row.case_ref == mine}


def think(
    portal: Portal, document: Document, known_until: Mapping[str, datetime], now: datetime
) -> Thought | None:
    """Compare a document; None where the books no longer have it.

    Raises:
        StoreUnavailable: the store cannot be read.
    """

    def look(connection: Connection) -> Thought | None:
        seen = books.seen_of(connection, document, known_until)
        if seen is None:
            return None
        found = obligations(seen, portal.policy, now)
        # A correction may stand for an invoice that nobody imported.
        about = found[0].document if found else document
        kept = obligation_rows.kept(connection, about)
        loaded = None if kept.report is None else _case(connection, kept.report.case_ref)
        broken = tuple(one for one in found if _is_new(one, kept, portal.policy, now))
        personal = books.filed(connection, seen) if broken else {}
        return Thought(about, found, kept, broken, loaded, personal)

    return portal.store.read(look)


def _case(connection: Connection, reference: str) -> Loaded | None:
    try:
        return load(connection, reference)
    except NotFound:
        return None


def _is_new(one: Obligation, kept: Kept, policy: Policy, now: datetime) -> bool:
    """Say whether a miss is owed that no case owes, and that waits for nobody."""
    row = kept.rows.get(one.key)
    if not one.is_owed(policy):
        return False
    return row is None or (
        row.case_ref is None and (row.held_until is None or row.held_until <= now)
    )


def keep(
    portal: Portal, thought: Thought, now: datetime, held_until: datetime | None = None
) -> bool:
    """Keep what changed, with the case that owes it; False when somebody else was faster.

    With ``held_until`` the new misses wait for a second person, and no case is opened for them.

    Raises:
        StoreUnavailable: nothing was kept.
    """
    rows = _changed(thought, portal.policy)
    if held_until is not None:
        for one in thought.broken:
            rows[one.key] = {**obligation_rows.row_of(one, portal.policy), "held_until": held_until}
    broken = () if held_until is not None else thought.broken
    loaded = thought.loaded
    new, step = None, None
    if loaded is not None:
        step = _step(portal, thought, loaded, broken, now)
    elif broken and thought.kept.report is None:
        new = _opened(portal, thought, broken, now)
    if new is not None:
        rows |= _owned(broken, new.receipt.reference, None, portal.policy)
    elif step is not None and loaded is not None:
        rows |= _owned(broken, loaded.reference, loaded.case, portal.policy)
    if not rows and step is None:
        return True
    write = partial(_write, thought=thought, rows=list(rows.values()), new=new, step=step, now=now)
    return portal.store.write(write)


def _owned(
    broken: tuple[Obligation, ...], reference: str, case: Case | None, policy: Policy
) -> dict[str, dict[str, Any]]:
    """Return the rows of misses that a case owes from now on, each with its promise there."""
    return {
        one.key: {
            **obligation_rows.row_of(one, policy),
            "case_ref": reference,
            "promise": promise,
            "held_until": None,
        }
        for promise, one in promise_keys(broken, case)
    }


def _changed(thought: Thought, policy: Policy) -> dict[str, dict[str, Any]]:
    """Return the rows that say something else than is kept.

    What was owed is not taken back: a miss that a case owes stays one. A clock that the books no
    longer know was for a date that the customer has moved since.
    """
    rows: dict[str, dict[str, Any]] = {}
    for one in thought.found:
        before, row = thought.kept.rows.get(one.key), obligation_rows.row_of(one, policy)
        if before is not None and before.case_ref is not None and one.state != "missed":
            continue
        if before is None or any(before._mapping[name] != row[name] for name in _TOLD):
            rows[one.key] = row
    known = {one.key for one in thought.found}
    for key, before in thought.kept.rows.items():
        if key not in known and before.state in OPEN:
            rows[key] = {"key": key, "state": "void"}
    return rows


def _opened(
    portal: Portal, thought: Thought, broken: tuple[Obligation, ...], now: datetime
) -> NewCase:
    """Lay out the case that the company opens; nobody knows its key."""
    events = decide(None, OpenOwnReport(broken), portal.policy, now)
    personal = {**thought.personal, "segment": broken[0].segment}
    hashes = codes.hash_of_key(None), codes.hash_of_body(KIND, personal)
    letter = partial(first_letter, events, personal[DOCUMENT_NO])
    reference = references.new_reference(KIND, now)
    return filing.lay_out(portal, reference, events, personal, hashes, now, letter)


def _step(
    portal: Portal,
    thought: Thought,
    loaded: Loaded,
    broken: tuple[Obligation, ...],
    now: datetime,
) -> Step | None:
    """Lay out what the books add to a case that is there; None where they add nothing."""
    command = CompareBooks(SYSTEM, known=thought.known, broken=broken)
    due, told, texts = allowed(loaded.case, command, portal.policy, now)
    if not told:
        return None
    return step_of(portal, loaded, (*due, *told), texts, now, wake_at=now)


def _write(
    connection: Connection,
    thought: Thought,
    rows: list[dict[str, Any]],
    new: NewCase | None,
    step: Step | None,
    now: datetime,
) -> bool:
    if obligation_rows.kept(connection, thought.document) != thought.kept:
        return False
    if step is not None and not history.append(connection, step):
        return False
    if new is not None:
        reference = new.receipt.reference
        if history.is_taken(connection, reference):
            return False
        history.write(connection, new.rows)
        told_by = "email" if thought.personal.get("email") else None
        obligation_rows.put_report(connection, reference, thought.document, now, told_by)
    obligation_rows.put(connection, thought.kept.rows, rows)
    return True
