"""A shortage is told in time, with the day on which the goods will be there."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from service_policy.ledger.rows import LedgerRow
from service_policy.obligations.goods import (
    agreed_date,
    cancellation,
    deliveries_of,
    lines_of,
    parts_of,
)
from service_policy.obligations.obligation import Obligation, State
from service_policy.obligations.seen import (
    BY_THE_DAY,
    Moment,
    Rule,
    Seen,
    judged,
    moment,
    origins,
    promised,
    value_of,
    whole_vnd,
)
from service_policy.promises.clock import due_at
from service_policy.promises.compensation import Facts
from service_policy.promises.policy import Policy
from service_policy.promises.proof import Events


def _short_lines(seen: Seen, now: datetime) -> list[tuple[LedgerRow, int]]:
    """Return the lines that fall short, and by how much (in thousandths).

    A line that a delivery did not bring in full by the day that was agreed fell short, too,
    whoever noticed it or not.
    """
    came = [at.at for at, _ in deliveries_of(seen)]
    agreed, _ = agreed_date(seen)
    until = min(now, seen.until("orders", "deliveries") or now)
    missing: dict[int, int] = defaultdict(int)
    if came and agreed is not None and min(came) <= max(agreed, min(came)) < until:
        limit = max(agreed, min(came))
        for one in parts_of(seen):
            if one.came is None or one.came.at > limit:
                missing[int(one.line["line_no"])] += one.quantity
    found = []
    for line in lines_of(seen):
        noticed = int(line["qty_short"] or 0) or missing[int(line["line_no"])]
        if noticed:
            found.append((line, noticed))
    return found


def _told(line: LedgerRow) -> Moment | None:
    """Return when a shortage was told; without the day of the goods it was not."""
    return None if line["restock_on"] is None else moment(line["shortage_told_at"])


def _shortage(seen: Seen, policy: Policy, now: datetime) -> Iterator[Obligation]:
    started, short = moment(seen.row["received_at"]), _short_lines(seen, now)
    if (seen.row["kind"] or "sale") != "sale" or started is None or not short:
        return
    promise = promised(seen, policy, SHORTAGE.events, started.begins)
    target = None if promise is None else promise.target(policy)
    if promise is None or target is None or (started.vague and target.unit not in BY_THE_DAY):
        return
    due = due_at(target, started.begins, policy.calendar)
    until = seen.until("orders", "order_lines")
    voided, _ = cancellation(seen, due)
    by_day, calendar = target.unit in BY_THE_DAY, policy.calendar
    each = [
        (judged(due, _told(line), until, now, calendar, by_day=by_day), line, quantity)
        for line, quantity in short
    ]
    states = {state for state, _, _ in each}
    told = [at for line, _ in short if (at := _told(line)) is not None]
    value = sum(
        (value_of(line, qty, promise.segment) for state, line, qty in each if state == "missed"),
        Fraction(0),
    )
    yield promise.made(seen.document)(
        started_at=started.begins,
        due_at=due,
        stopped_at=max((one.at for one in told), default=None) if len(told) == len(short) else None,
        state=voided or _worst(states),
        as_of=until,
        facts=Facts(short_value_vnd=whole_vnd(value)),
        unit=target.unit,
        evidence=origins((seen.row, *(line for line, _ in short))),
    )


def _worst(states: set[State]) -> State:
    order: tuple[State, ...] = ("missed", "unknown", "running")
    return next((one for one in order if one in states), "kept")


SHORTAGE = Rule(
    Events(starts_on="order_received", stops_on="shortage_notified"),
    "orders",
    ("orders.received_at", "order_lines.qty_short", "order_lines.shortage_told_at"),
    _shortage,
)
