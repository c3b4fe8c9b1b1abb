"""An order is delivered on its day and in full."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Literal

from service_policy.obligations.goods import (
    Part,
    agreed_date,
    cancellation,
    deliveries_of,
    is_untold,
    lines_of,
    parts_of,
)
from service_policy.obligations.obligation import Obligation, Reason
from service_policy.obligations.seen import (
    BY_THE_DAY,
    Promised,
    Rule,
    Seen,
    day_of,
    days_late,
    end_of,
    groups_of,
    judged,
    moment,
    origins,
    promised,
    value_of,
    whole_vnd,
)
from service_policy.promises.clock import due_at
from service_policy.promises.compensation import Facts, Tranche
from service_policy.promises.policy import Policy
from service_policy.promises.proof import Events

Kind = Literal["sale", "parts"]


def _due(
    seen: Seen, policy: Policy, promise: Promised, started_at: datetime
) -> tuple[datetime, bool] | None:
    """Return when an order is due, and whether that is a day; None where nobody said.

    What we set ourselves holds only where the published target is not earlier.
    """
    agreed, by_customer = agreed_date(seen)
    dates = [] if agreed is None else [(agreed, agreed == end_of(day_of(agreed)))]
    if not by_customer:
        for group in groups_of(policy, (one["sku"] for one in lines_of(seen))):
            target = promise.target(policy, group)
            if target is not None:
                by_day = target.unit in BY_THE_DAY
                dates.append((due_at(target, started_at, policy.calendar), by_day))
    return min(dates, default=None)


def _delivery(kind: Kind, *, owes: bool, starts: str, events: Events) -> Rule:
    def look(seen: Seen, policy: Policy, now: datetime) -> Iterator[Obligation]:
        started = moment(seen.row[starts])
        if (seen.row["kind"] or "sale") != kind or started is None:
            return
        promise = promised(seen, policy, events, started.begins)
        found = None if promise is None else _due(seen, policy, promise, started.begins)
        if promise is None or found is None:
            return
        yield _delivered(seen, policy, now, promise, started.begins, *found, owes=owes)

    needs = (f"orders.{starts}", "deliveries.delivered_at")
    return Rule(events, "orders", needs, look)


def _delivered(
    seen: Seen,
    policy: Policy,
    now: datetime,
    promise: Promised,
    started_at: datetime,
    due: datetime,
    by_day: bool,
    *,
    owes: bool,
) -> Obligation:
    until, parts = seen.until("orders", "deliveries"), parts_of(seen)
    voided, cancelled = cancellation(seen, due)
    if cancelled is not None:
        parts = [one if one.came else replace(one, came=cancelled) for one in parts]
    lines = lines_of(seen)
    complete = bool(lines) and all(one.came for one in parts)
    came = [one.came for one in parts if one.came is not None]
    last = max(came, key=lambda one: one.at, default=None)
    stop = last if complete else None
    state = voided or judged(due, stop, until, now, policy.calendar, by_day=by_day)
    if not lines or is_untold(seen):
        # What was ordered or brought nobody knows, so nobody knows either what is late.
        state = voided or ("running" if due >= now else "unknown")
    reason: Reason = "short" if any(one.at <= due for one in came) else "late"
    return promise.made(
        seen.document,
        day_of(due).isoformat(),
        group=groups_of(policy, (one["sku"] for one in lines))[0],
    )(
        started_at=started_at,
        due_at=due,
        stopped_at=None if stop is None else stop.at,
        state=state,
        as_of=until,
        reason=reason,
        facts=_late(parts, due, min(now, until or now), policy, promise),
        owes=owes,
        evidence=origins((seen.row, *lines, *(one for _, one in deliveries_of(seen)))),
    )


def _late(
    parts: list[Part], due: datetime, until: datetime, policy: Policy, promise: Promised
) -> Facts:
    """Add up what is late by how late it is; what has not come is late until the books end."""
    worth: dict[int, Fraction] = defaultdict(Fraction)
    for one in parts:
        in_time = one.came is not None and (
            one.came.at <= due or (one.came.vague and one.came.day <= day_of(due))
        )
        if not in_time:
            late_until = until if one.came is None else one.came.at
            days = days_late(due, late_until, policy.calendar)
            worth[days] += value_of(one.line, one.quantity, promise.segment)
    return Facts(
        tranches=tuple(
            Tranche(value_vnd=whole_vnd(value), late_working_days=days)
            for days, value in sorted(worth.items())
        )
    )


DELIVERY = _delivery(
    "sale",
    owes=True,
    starts="confirmed_at",
    events=Events(starts_on="order_confirmed", stops_on="delivered"),
)
PARTS = _delivery(
    "parts",
    owes=False,
    starts="received_at",
    events=Events(starts_on="received", stops_on="delivered"),
)
