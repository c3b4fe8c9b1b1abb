"""Cases as rows: their events, the personal side of them, and the projection that lists them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from forms_api.store.tables import cases, events, private
from service_policy.cases import Case, Event, fold, read_event


def record_new_case(
    connection: Connection, reference: str, happened: Sequence[Event], personal: dict[str, Any]
) -> None:
    """Write a new case: its events, what is personal (beside the first), its projection."""
    connection.execute(insert(events), list(_event_rows(reference, happened)))
    connection.execute(insert(private).values(case_ref=reference, seq=1, payload=personal))
    connection.execute(insert(cases).values(projection(reference, fold(happened))))


def _event_rows(reference: str, happened: Iterable[Event]) -> Iterable[dict[str, Any]]:
    for seq, event in enumerate(happened, 1):
        yield {
            "case_ref": reference,
            "seq": seq,
            "type": event.type,
            "at": event.at,
            "payload": event.model_dump(mode="json"),
        }


def projection(reference: str, case: Case) -> dict[str, Any]:
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
    query = select(events.c.payload).where(events.c.case_ref == reference).order_by(events.c.seq)
    return tuple(read_event(payload) for payload in connection.scalars(query))


def is_taken(connection: Connection, reference: str) -> bool:
    """Say whether a reference is in use."""
    query = select(cases.c.reference).where(cases.c.reference == reference)
    return connection.scalar(query) is not None
