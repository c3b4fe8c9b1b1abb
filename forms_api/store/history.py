"""Cases as rows: their events, the personal side of them, and the projection that lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from forms_api.store.tables import cases, events, private
from service_policy.cases import Case, Event, fold, read_event

Row = dict[str, Any]

_INSERT_EVENTS = insert(events)
_INSERT_PRIVATE = insert(private)
_INSERT_CASE = insert(cases)
_EVENTS = (
    select(events.c.payload).where(events.c.case_ref == bindparam("ref")).order_by(events.c.seq)
)
_TAKEN = select(cases.c.reference).where(cases.c.reference == bindparam("ref"))


@dataclass(frozen=True)
class CaseRows:
    """Every row of a new case, ready to be written."""

    events: list[Row]
    private: Row
    case: Row


def rows_of(reference: str, happened: Sequence[Event], personal: dict[str, Any]) -> CaseRows:
    """Lay out a new case as rows; what is personal stands beside its first event."""
    return CaseRows(
        events=[
            {
                "case_ref": reference,
                "seq": seq,
                "type": event.type,
                "at": event.at,
                "payload": event.model_dump(mode="json"),
            }
            for seq, event in enumerate(happened, 1)
        ],
        private={"case_ref": reference, "seq": 1, "payload": personal},
        case=projection(reference, fold(happened)),
    )


def write(connection: Connection, rows: CaseRows) -> None:
    """Write a new case."""
    connection.execute(_INSERT_EVENTS, rows.events)
    connection.execute(_INSERT_PRIVATE, rows.private)
    connection.execute(_INSERT_CASE, rows.case)


def projection(reference: str, case: Case) -> Row:
    """Return the row of ``cases`` that follows from a case; nothing else may stand there."""
    open_dues = [promise.due_at for promise in case.promises if promise.is_open]
    return {
        "reference": reference,
        "kind": case.kind,
        "state": case.state,
        "segment": case.segment,
        "received_at": case.received_at,
        "owner_department": case.owner_department,
        "next_due_at": min(open_dues, default=None),
        "last_seq": case.seq,
    }


def load_events(connection: Connection, reference: str) -> tuple[Event, ...]:
    """Return the events of a case in order; none when there is no such case."""
    return tuple(read_event(one) for one in connection.scalars(_EVENTS, {"ref": reference}))


def is_taken(connection: Connection, reference: str) -> bool:
    """Say whether a reference is in use."""
    return connection.scalar(_TAKEN, {"ref": reference}) is not None
