"""A slip's promises: the machine comes back, or is exchanged, on the day that was first written."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from service_policy.ledger.rows import LedgerRow
from service_policy.obligations.obligation import Obligation
from service_policy.obligations.seen import (
    BY_THE_DAY,
    Rule,
    Seen,
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
from service_policy.promises.compensation import Facts
from service_policy.promises.policy import Policy
from service_policy.promises.proof import Events
from service_policy.segments import Segment

_ONE = 1000


def _rule(events: Events, kind: str, starts: str, *, dated: bool) -> Rule:
    def look(seen: Seen, policy: Policy, now: datetime) -> Iterator[Obligation]:
        row = seen.row
        started = moment(row[starts])
        if (row["kind"] or "repair") != kind or started is None:
            return
        promise = promised(seen, policy, events, started.begins)
        if promise is None:
            return
        (group, *_) = groups_of(policy, (row["sku"],))
        dates = [(_first_day(seen), True)] if dated else []
        target = promise.target(policy, group)
        if target is not None:
            at = due_at(target, started.begins, policy.calendar)
            dates.append((at, target.unit in BY_THE_DAY))
        if not dates:
            return
        due, by_day = min(dates)
        until, stop = seen.until("warranty_slips"), moment(row["returned_at"])
        end = min(now, until or now) if stop is None else stop.at
        sold = _sold(seen)
        yield promise.made(seen.document, group=group)(
            started_at=started.begins,
            due_at=due,
            stopped_at=None if stop is None else stop.at,
            state=judged(due, stop, until, now, policy.calendar, by_day=by_day),
            as_of=until,
            facts=Facts(
                late_working_days=days_late(due, end, policy.calendar),
                price_vnd=_price(sold, promise.segment),
            ),
            evidence=origins((row, *sold)),
        )

    needs = (f"warranty_slips.{starts}", "warranty_slips.returned_at")
    return Rule(events, "warranty_slips", needs, look)


def _first_day(seen: Seen) -> datetime:
    """Return the day of return that was written first; only an earlier one takes its place."""
    return min(end_of(one["promised_return_on"]) for one in (*seen.earlier, seen.row))


def _sold(seen: Seen) -> tuple[LedgerRow, ...]:
    """Return the line of the invoice by which this very machine was sold, if the books have it."""
    serial = seen.row["serial"]
    return () if serial is None else tuple(seen.books.where("invoice_lines", serial=serial))


def _price(sold: tuple[LedgerRow, ...], segment: Segment) -> int | None:
    """Return what was paid for it: the highest of several, None where nobody knows."""
    prices: list[Fraction] = [value_of(one, _ONE, segment) for one in sold]
    return whole_vnd(max(prices)) if prices else None


RETURN = _rule(
    Events(starts_on="slip_issued", stops_on="returned"), "repair", "received_at", dated=True
)
EXCHANGE = _rule(
    Events(starts_on="fault_confirmed", stops_on="delivered"),
    "exchange",
    "confirmed_at",
    dated=False,
)
