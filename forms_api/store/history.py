"""Cases as rows: their events, the personal side of them, and the projection that lists them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select, update

from forms_api.store.case_texts import row_of
from forms_api.store.rows import add
from forms_api.store.tables import case_texts, cases, events, private
from service_policy.cases import Case, Event, fold, read_event
from service_policy.cases.money.payout import PRIVATE_KEY

Row = dict[str, Any]
Rows = dict[Table, list[Row]]
"""New rows by their table; those that others point to come first."""


@dataclass(frozen=True)
class Step:
    """What one more turn of a case brings, after its event ``after``: what it becomes, its rows.

    ``erased`` are the events beside which an account lies that is not needed any more.
    """

    case: Row
    after: int
    rows: Rows
    erased: tuple[int, ...] = ()


def rows_of(reference: str, happened: Sequence[Event], personal: Row) -> Rows:
    """Lay out a new case; what is personal stands beside its first event."""
    case = fold(happened)
    listed = {**projection(reference, case), "wake_at": case.last_at}
    return {**rows_after(reference, 0, happened, {1: personal}), cases: [listed]}


def rows_after(
    reference: str, after: int, happened: Sequence[Event], personal: Mapping[int, Row]
) -> Rows:
    """Lay out what comes after event ``after``; ``personal`` holds payloads by event number."""
    return {
        events: [
            {
                "case_ref": reference,
                "seq": seq,
                "type": event.type,
                "at": event.at,
                "payload": event.model_dump(mode="json"),
            }
            for seq, event in enumerate(happened, after + 1)
        ],
        private: [
            {"case_ref": reference, "seq": seq, "payload": one} for seq, one in personal.items()
        ],
        case_texts: [row_of(reference, seq, one) for seq, one in personal.items()],
    }


def write(connection: Connection, rows: Rows) -> None:
    """Write new rows."""
    for table, some in rows.items():
        add(connection, table, *some)


def append(connection: Connection, step: Step) -> bool:
    """Let a case grow; False, and nothing written, when it has grown otherwise meanwhile."""
    mine = (cases.c.reference == step.case["reference"], cases.c.last_seq == step.after)
    changed = {name: value for name, value in step.case.items() if name != "reference"}
    if connection.execute(update(cases).where(*mine).values(changed)).rowcount != 1:
        return False
    write(connection, step.rows)
    erase_accounts(connection, str(step.case["reference"]), step.erased)
    return True


def erase_accounts(connection: Connection, reference: str, numbers: Collection[int]) -> None:
    """Take the accounts out of what lies beside some events of a case; the rest of it stays."""
    if not numbers:
        return
    of_case = private.c.case_ref == reference
    rows = connection.execute(
        select(private.c.seq, private.c.payload).where(of_case, private.c.seq.in_(numbers))
    ).all()
    for row in rows:
        left: Row = {k: v for k, v in row.payload.items() if k != PRIVATE_KEY}
        connection.execute(
            update(private).where(of_case, private.c.seq == row.seq).values(payload=left)
        )


def projection(reference: str, case: Case) -> Row:
    """Return the row of ``cases`` that follows from a case; nothing else may stand there."""
    debts = case.open_debts
    waits_for, wait_by = _wait(case)
    return {
        "reference": reference,
        "kind": case.kind,
        "state": case.state,
        "segment": case.segment,
        "received_at": case.received_at,
        "owner_department": case.owner_department,
        "next_due_at": case.next_due_at,
        "last_seq": case.seq,
        "category": case.category or case.topic,
        "priority": case.priority,
        "holder_department": case.holder_department,
        "open_vnd": case.open_vnd,
        "pay_by": debts[0].pay_by if debts else None,
        "waits_for": waits_for,
        "wait_by": wait_by,
        "danger": case.is_safety,
        "mail_failed_at": min((one.at for one in case.mail_failures), default=None),
    }


def _wait(case: Case) -> tuple[str | None, Any]:
    """Say what a second person has to decide, and by when: a signature or a review."""
    if case.is_ended:
        return None, None
    signatures = [claim.sign_by for claim in case.claims]
    if case.refusal is not None:
        signatures.append(case.refusal.sign_by)
    if signatures:
        return "signature", min(signatures)
    return ("review", case.review.review_by) if case.review is not None else (None, None)


def load_events(connection: Connection, reference: str) -> tuple[Event, ...]:
    """Return the events of a case in order; none when there is no such case."""
    query = select(events.c.payload).where(events.c.case_ref == reference).order_by(events.c.seq)
    return tuple(read_event(one) for one in connection.scalars(query))


def load_cases(connection: Connection, references: Sequence[str]) -> dict[str, Case]:
    """Return many cases at once, by reference."""
    query = select(events.c.case_ref, events.c.payload).where(events.c.case_ref.in_(references))
    found: dict[str, list[Event]] = {}
    for row in connection.execute(query.order_by(events.c.case_ref, events.c.seq)):
        found.setdefault(row.case_ref, []).append(read_event(row.payload))
    return {reference: fold(happened) for reference, happened in found.items()}


def load_private(connection: Connection, reference: str) -> dict[int, Row]:
    """Return what is personal about a case, by the number of the event it stands beside."""
    query = select(private.c.seq, private.c.payload).where(private.c.case_ref == reference)
    return {row.seq: row.payload for row in connection.execute(query)}


def is_taken(connection: Connection, reference: str) -> bool:
    """Say whether a reference is in use."""
    query = select(cases.c.reference).where(cases.c.reference == reference)
    return connection.scalar(query) is not None
