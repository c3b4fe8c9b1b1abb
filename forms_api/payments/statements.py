"""The bank's statement: each transaction is looked at once and pays, or brings back, one debt.

A line that names no case of ours is counted and forgotten: it is somebody's salary. One that names
a case and fits nothing, or two things, is kept for a person. Imported again, whatever is settled
stays as it is, and the rest is tried anew.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from forms_api import codes, handling
from forms_api.errors import (
    CaseMoved,
    FieldError,
    IdempotencyConflict,
    NotFound,
    ValidationFailed,
)
from forms_api.loading import Loaded, load
from forms_api.payments import sheets
from forms_api.portal import Portal
from forms_api.staff.people import Person
from forms_api.store import payment_rows, statement_rows
from forms_api.store.deeds import Deed
from service_policy.cases import CaseCommand, Evidence
from service_policy.cases.money.payments import PaymentRecorded, RecordPayment
from service_policy.cases.money.returned import PayoutFailed, RecordPayoutFailed
from service_policy.paying.accounts import references_in
from service_policy.paying.matching import (
    SETTLED,
    Account,
    Awaited,
    Bounced,
    Done,
    Match,
    Outcome,
    match,
)
from service_policy.paying.statement import BadStatement, BankLine, read_rows
from service_policy.promises.calendar import VIETNAM


@dataclass(frozen=True)
class Imported:
    """What became of a statement, in lines.

    ``known`` were settled before; ``strangers`` name no case of ours.
    """

    number: int
    lines: int
    paid: int
    returned: int
    known: int
    open: int
    strangers: int


def take(portal: Portal, raw: bytes, layout_id: str, who: Person, now: datetime) -> Imported:
    """Import a statement; a file with a fault is refused whole, and nothing is recorded.

    Raises:
        ValidationFailed: the layout is unknown, or the file is no statement of it; every fault.
        StoreUnavailable: what was matched until then is recorded; import it again.
    """
    layout = portal.policy.banks.layout(layout_id)
    if layout is None:
        raise ValidationFailed([FieldError("layout", "Chọn mẫu sao kê.")])
    try:
        lines = read_rows(sheets.rows_of(raw), layout, now.astimezone(VIETNAM).date())
    except sheets.BadSheet as fault:
        raise ValidationFailed([FieldError("file", str(fault))]) from None
    except BadStatement as bad:
        faults = [FieldError("file", one[:1].upper() + one[1:]) for one in bad.faults]
        raise ValidationFailed(faults) from None
    digest = hashlib.sha256(raw).hexdigest()
    number = portal.store.write(
        lambda connection: statement_rows.add_statement(
            connection, digest, layout.id, len(lines), who.id, now
        )
    )
    mine = [one for one in lines if references_in(one.memo)]
    counts = Counter(_line(portal, number, one, who, now) for one in _once(mine))
    kept = {name: counts[name] for name in ("paid", "returned", "known", "open")}
    portal.store.write(lambda connection: statement_rows.count_statement(connection, number, kept))
    return Imported(number, len(lines), strangers=len(lines) - len(mine), **kept)


def _once(lines: Sequence[BankLine]) -> Sequence[BankLine]:
    """Put lines in the order in which they happened, each id once; banks write the last first.

    Of one day what went out comes before what came back.
    """
    once = {one.reference: one for one in lines}.values()
    return sorted(once, key=lambda one: (one.booked_on, one.vnd > 0, one.row))


def _line(portal: Portal, number: int, line: BankLine, who: Person, now: datetime) -> str:
    """Look at one line and return under what it is counted."""
    named = references_in(line.memo)

    def look(connection: Connection) -> tuple[bool, dict[str, Loaded], dict[str, Account]]:
        before = statement_rows.known_lines(connection, [line.reference]).get(line.reference)
        settled = before is not None and before.outcome in SETTLED
        loaded = {} if settled else _cases(connection, named)
        return settled, loaded, _accounts(connection, loaded)

    settled, loaded, accounts = portal.store.read(look)
    if settled:
        return "known"
    done = next((one for one in loaded.values() if _knows(one, line)), None)
    if done is not None:
        # It was recorded, and the machine stopped before the line was: nothing is paid twice.
        _keep(portal, number, line, "paid" if line.vnd < 0 else "returned", now)
        _release(portal, accounts[done.reference], abs(line.vnd), line.vnd < 0, now)
        return "known"
    found = match(line, accounts)
    acts = found.outcome == "paid" or found.awaited is not None or found.done is not None
    if found.outcome in SETTLED and acts and not _settle(portal, line, found, who, now):
        found = Match("no_debt", found.case)
    _keep(portal, number, line, found.outcome, now)
    return found.outcome if found.outcome in SETTLED else "open"


def _cases(connection: Connection, references: Sequence[str]) -> dict[str, Loaded]:
    found: dict[str, Loaded] = {}
    for reference in references:
        try:
            found[reference] = load(connection, reference)
        except NotFound:
            continue
    return found


def _accounts(connection: Connection, loaded: Mapping[str, Loaded]) -> dict[str, Account]:
    waiting = payment_rows.waiting_of(connection, list(loaded))
    found: dict[str, Account] = {}
    for reference, one in loaded.items():
        row = waiting.get(reference)
        approved = row is not None and row.approved_at is not None
        awaited = (
            (Awaited(row.file, row.position, row.vnd),) if row is not None and approved else ()
        )
        done = tuple(
            Done(paid.number, paid.vnd) for paid in one.case.paid if paid.returned_at is None
        )
        found[reference] = Account(one.case.open_vnd, awaited, done, _bounced(connection, one))
    return found


def _bounced(connection: Connection, loaded: Loaded) -> tuple[Bounced, ...]:
    """Return what came back of a case and was never seen to leave, but for what was seen since."""
    back = {
        one.reference: one.vnd
        for one in loaded.events
        if isinstance(one, PayoutFailed) and one.payment is None and one.reference
    }
    days = statement_rows.known_lines(connection, list(back)) if back else {}
    seen = Counter(statement_rows.paired(connection, loaded.reference)) if back else Counter()
    found = []
    for reference, vnd in back.items():
        if seen[vnd]:
            seen[vnd] -= 1
        elif reference in days:
            found.append(Bounced(vnd, days[reference].booked_on))
    return tuple(found)


def _knows(loaded: Loaded, line: BankLine) -> bool:
    """Say whether a case has this very transaction already."""
    recorded = (one for one in loaded.events if isinstance(one, PaymentRecorded | PayoutFailed))
    return any(one.reference == line.reference for one in recorded)


def _settle(portal: Portal, line: BankLine, found: Match, who: Person, now: datetime) -> bool:
    """Record what a line says of its case; False when the rules refuse it after all."""
    evidence = (Evidence(id=line.reference),)
    command: CaseCommand
    if found.outcome == "paid":
        command = RecordPayment(
            who.actor,
            vnd=-line.vnd,
            method="transfer",
            evidence=evidence,
            reference=line.reference,
            booked_on=line.booked_on,
        )
    else:
        command = RecordPayoutFailed(
            who.actor,
            vnd=line.vnd,
            why="returned",
            evidence=evidence,
            payment=None if found.done is None else found.done.number,
            reference=line.reference,
        )
    # Known by the bank's id alone, whoever imports it and for whichever case.
    deed = Deed(
        codes.hash_of_form("bank", line.reference, "transaction", "", 0),
        codes.hash_of_body(found.outcome, {"case": found.case, "vnd": line.vnd}),
    )
    try:
        handling.execute(portal, found.case, command, now, deed=deed)
    except (ValidationFailed, IdempotencyConflict, CaseMoved, NotFound):
        return False
    if found.awaited is not None:
        one = found.awaited
        portal.store.write(
            lambda connection: payment_rows.settle(
                connection, one.file, one.position, found.outcome, now
            )
        )
    return True


def _release(portal: Portal, account: Account, vnd: int, paid: bool, now: datetime) -> None:
    """Settle the line of a file that a transaction had settled when the machine stopped."""
    outcome = "paid" if paid else "returned"
    for one in account.awaited:
        if one.vnd == vnd:
            portal.store.write(
                partial(
                    payment_rows.settle,
                    number=one.file,
                    position=one.position,
                    outcome=outcome,
                    now=now,
                )
            )


def _keep(portal: Portal, number: int, line: BankLine, outcome: Outcome, now: datetime) -> None:
    row = {
        "reference": line.reference,
        "statement": number,
        "booked_on": line.booked_on,
        "vnd": line.vnd,
        "named": " ".join(references_in(line.memo))[:100],
        "outcome": outcome,
        "at": now,
    }
    portal.store.write(lambda connection: statement_rows.put_line(connection, row))
