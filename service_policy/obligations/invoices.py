"""An invoice's promises: issued on the day of the delivery, and right the first time."""

from collections.abc import Iterator
from datetime import datetime

from service_policy.ledger.rows import LedgerRow
from service_policy.ledger.written import Document
from service_policy.obligations.goods import deliveries_of
from service_policy.obligations.obligation import Obligation, State
from service_policy.obligations.seen import (
    Moment,
    Rule,
    Seen,
    days_late,
    end_of,
    judged,
    moment,
    origins,
    promised,
)
from service_policy.promises.clock import Quantity, due_at
from service_policy.promises.compensation import Facts
from service_policy.promises.policy import Policy
from service_policy.promises.proof import Events

SHOWN_WITHIN = Quantity(value=1, unit="working_days")
"""Within this somebody shows whose fault a correction was; without proof it was ours."""
_CORRECTS = frozenset({"adjust", "replace", "notice_04ss"})


def _issued_at(row: LedgerRow) -> Moment:
    """Return when an invoice was issued; the law knows it by its day."""
    at = moment(row["issued_at"])
    return Moment(end_of(row["issued_on"]), vague=True) if at is None else at


def _issued(seen: Seen, policy: Policy, now: datetime) -> Iterator[Obligation]:
    came = deliveries_of(seen)
    if (seen.row["kind"] or "sale") != "sale" or not came:
        return
    (first, delivery), *_ = came
    promise = promised(seen, policy, ISSUED.events, first.begins)
    if promise is None:
        return
    invoices = [
        one
        for one in seen.books.where("invoices", order_no=seen.row["order_no"])
        if one["relation"] in (None, "original")
    ]
    stop = min((_issued_at(one) for one in invoices), key=lambda one: one.at, default=None)
    due, until = end_of(first.day), seen.until("invoices", "deliveries")
    end = min(now, until or now) if stop is None else stop.at
    yield promise.made(seen.document)(
        started_at=first.begins,
        due_at=due,
        stopped_at=None if stop is None else stop.at,
        state=judged(due, stop, until, now, policy.calendar, by_day=True),
        as_of=until,
        facts=Facts(late_working_days=days_late(due, end, policy.calendar)),
        evidence=origins((seen.row, delivery, *invoices)),
    )


def original_of(row: LedgerRow) -> Document | None:
    """Return the invoice that a correction corrects; None for an invoice of its own."""
    if row["relation"] not in _CORRECTS:
        return None
    if row["ref_number"] is None:
        return Document("invoices", row.key)
    return Document("invoices", (str(row["ref_series"] or row["series"]), str(row["ref_number"])))


def _right(seen: Seen, policy: Policy, now: datetime) -> Iterator[Obligation]:
    """Judge an invoice by what corrects it; a correction stands for one that nobody imported."""
    about = original_of(seen.row)
    known = {one.key: one for one in seen.books.of("invoices")}
    if about is not None and about.key != seen.row.key and about.key in known:
        return
    about = about or seen.document
    corrections = [one for one in known.values() if original_of(one) == about]
    started = _issued_at(seen.row).begins
    promise = promised(seen, policy, RIGHT.events, started)
    if promise is None or not corrections:
        return
    until = seen.until("invoices")
    found = [_fault(one, until, now, policy) for one in corrections]
    order: tuple[State, ...] = ("missed", "unknown", "running", "excused")
    state, due = min(found, key=lambda one: (order.index(one[0]), one[1]))
    yield promise.made(about)(
        started_at=started,
        due_at=due,
        stopped_at=None,
        state=state,
        as_of=until,
        reason="wrong_document",
        evidence=origins((seen.row, *corrections)),
    )


def _fault(
    row: LedgerRow, until: datetime | None, now: datetime, policy: Policy
) -> tuple[State, datetime]:
    """Say whose a correction is, and since when: ours where the books say so, or after a while."""
    corrected = _issued_at(row).begins
    shown_by = due_at(SHOWN_WITHIN, corrected, policy.calendar)
    match row["fault"]:
        case "ours":
            return "missed", corrected
        case None:
            return judged(shown_by, None, until, now, policy.calendar, by_day=True), shown_by
        case _:
            return "excused", corrected


ISSUED = Rule(
    Events(starts_on="delivered", stops_on="invoice_issued"),
    "orders",
    ("deliveries.delivered_at", "invoices.issued_on"),
    _issued,
)
RIGHT = Rule(
    Events(starts_on="invoice_issued", stops_on="invoice_right"),
    "invoices",
    ("invoices.relation", "invoices.fault"),
    _right,
)
