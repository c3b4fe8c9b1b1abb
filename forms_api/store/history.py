"""Cases as rows: their events, the personal side of them, and the projection that lists them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from forms_api.store import case_texts
from forms_api.store.tables import cases, events, private
from service_policy.cases import Case, Event, fold, read_event

Row = dict[str, Any]

_INSERT_EVENTS = insert(events)
_INSERT_PRIVATE = insert(private)
_INSERT_CASE = insert(cases)
_EVENTS = (
    select(events.c.payload).where(events.c.case_ref == bindparam("ref")).order_by(events.c.seq)
)
_PRIVATE = select(private.c.seq, private.c.payload).where(private.c.case_ref == bindparam("ref"))
_TAKEN = select(cases.c.reference).where(cases.c.reference == bindparam("ref"))


@dataclass(frozen=True)
class CaseRows:
    """Every row of a new case, ready to be written."""

    events: list[Row]
    private: Row
    text: Row
    case: Row


@dataclass(frozen=True)
class MoreRows:
    """Every row that a case grows by: events after ``after_seq``, texts, the new projection."""

    reference: str
    after_seq: int
    events: list[Row]
    private: list[Row]
    texts: list[Row]
    case: Row


def rows_of(reference: str, happened: Sequence[Event], personal: dict[str, Any]) -> CaseRows:
    """Lay out a new case as rows; what is personal stands beside its first event."""
    case = fold(happened)
    return CaseRows(
        events=_event_rows(reference, happened, 0),
        private={"case_ref": reference, "seq": 1, "payload": personal},
        text=case_texts.row_of(reference, 1, personal),
        case={**projection(reference, case), "wake_at": case.last_at},
    )


def more_rows(
    reference: str,
    before: Case,
    after: Case,
    happened: Sequence[Event],
    personal: Mapping[int, dict[str, Any]],
    wake_at: datetime | None,
) -> MoreRows:
    """Lay out what a case grows by; ``personal`` holds payloads by the number of their event.

    ``wake_at`` is when the sweep looks at the case next.
    """
    return MoreRows(
        reference=reference,
        after_seq=before.seq,
        events=_event_rows(reference, happened, before.seq),
        private=[
            {"case_ref": reference, "seq": seq, "payload": one} for seq, one in personal.items()
        ],
        texts=[case_texts.row_of(reference, seq, one) for seq, one in personal.items()],
        case={**projection(reference, after), "wake_at": wake_at},
    )


def write(connection: Connection, rows: CaseRows) -> None:
    """Write a new case."""
    connection.execute(_INSERT_EVENTS, rows.events)
    connection.execute(_INSERT_PRIVATE, rows.private)
    connection.execute(_INSERT_CASE, rows.case)
    case_texts.write(connection, [rows.text])


def append(connection: Connection, rows: MoreRows) -> bool:
    """Let a case grow; False, and nothing written, when it has grown otherwise meanwhile."""
    grown = connection.execute(
        update(cases)
        .where(cases.c.reference == rows.reference, cases.c.last_seq == rows.after_seq)
        .values({name: value for name, value in rows.case.items() if name != "reference"})
    )
    if grown.rowcount != 1:
        return False
    if rows.events:
        connection.execute(_INSERT_EVENTS, rows.events)
    if rows.private:
        connection.execute(_INSERT_PRIVATE, rows.private)
    case_texts.write(connection, rows.texts)
    return True


def hold(connection: Connection, references: Collection[str]) -> None:
    """Let nobody else change these cases until this transaction ends; always in one order."""
    query = select(cases.c.reference).where(cases.c.reference.in_(sorted(references)))
    connection.execute(query.order_by(cases.c.reference).with_for_update()).all()


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
    return tuple(read_event(one) for one in connection.scalars(_EVENTS, {"ref": reference}))


def load_cases(connection: Connection, references: Sequence[str]) -> dict[str, Case]:
    """Return many cases at once, by reference."""
    query = select(events.c.case_ref, events.c.payload).where(events.c.case_ref.in_(references))
    found: dict[str, list[Event]] = {}
    for row in connection.execute(query.order_by(events.c.case_ref, events.c.seq)):
        found.setdefault(row.case_ref, []).append(read_event(row.payload))
    return {reference: fold(happened) for reference, happened in found.items()}


def load_private(connection: Connection, reference: str) -> dict[int, Row]:
    """Return what is personal about a case, by the number of the event it stands beside."""
    return {row.seq: row.payload for row in connection.execute(_PRIVATE, {"ref": reference})}


def is_taken(connection: Connection, reference: str) -> bool:
    """Say whether a reference is in use."""
    return connection.scalar(_TAKEN, {"ref": reference}) is not None


def _event_rows(reference: str, happened: Sequence[Event], after: int) -> list[Row]:
    return [
        {
            "case_ref": reference,
            "seq": seq,
            "type": event.type,
            "at": event.at,
            "payload": event.model_dump(mode="json"),
        }
        for seq, event in enumerate(happened, after + 1)
    ]
