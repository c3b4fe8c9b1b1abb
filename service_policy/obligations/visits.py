"""A visit's promise: somebody is there within the hours that were agreed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from service_policy.obligations.obligation import Obligation, Reason, State
from service_policy.obligations.seen import (
    Moment,
    Promised,
    Rule,
    Seen,
    day_of,
    end_of,
    judged,
    moment,
    origins,
    promised,
)
from service_policy.promises.clock import NotAClock, due_at
from service_policy.promises.compensation import Facts
from service_policy.promises.policy import Policy
from service_policy.promises.proof import Events


def _visit(seen: Seen, policy: Policy, now: datetime) -> Iterator[Obligation]:
    row = seen.row
    opens, closes = moment(row["window_start"]), moment(row["window_end"])
    if (row["kind"] or "technician") != "technician" or opens is None or closes is None:
        return
    if opens.vague or closes.vague:
        return
    promise = promised(seen, policy, ARRIVAL.events, opens.at)
    if promise is None:
        return
    due, until, arrived = closes.at, seen.until("visits"), moment(row["arrived_at"])
    state, reason = _came(due, arrived, until, now, policy)
    if _changed_too_late(seen, policy, promise, opens):
        state, reason = "missed", "no_show"
    late = 0 if arrived is None else max(0, int((arrived.at - due).total_seconds()) // 60)
    yield promise.made(seen.document)(
        started_at=opens.at,
        due_at=due,
        stopped_at=None if arrived is None else arrived.at,
        state=state,
        as_of=until,
        reason=reason,
        facts=Facts(late_minutes=0 if reason == "no_show" else late, no_show=reason == "no_show"),
        unit="clock_minutes",
        evidence=origins((row,)),
    )


def _came(
    due: datetime,
    arrived: Moment | None,
    until: datetime | None,
    now: datetime,
    policy: Policy,
) -> tuple[State, Reason]:
    """Say how the visit went: who has not come by the end of the day did not come."""
    if arrived is not None:
        state = judged(due, arrived, until, now, policy.calendar, by_day=False)
        if state == "missed" and day_of(arrived.at) > day_of(due):
            return "missed", "no_show"
        return state, "late"
    over = judged(end_of(day_of(due)), None, until, now, policy.calendar, by_day=False)
    return over, "no_show"


def _changed_too_late(seen: Seen, policy: Policy, promise: Promised, opens: Moment) -> bool:
    """Say whether we moved it when the published notice before it was no longer possible.

    What was agreed first counts: the row itself may hold the new hours already.
    """
    row, notice = seen.row, promise.commitment.ruled("notice")
    changed = moment(row["notice_at"] or row["changed_at"])
    if row["changed_by"] != "us" or changed is None or notice is None:
        return False
    starts = [at for one in seen.earlier if (at := moment(one["window_start"])) is not None]
    first = min((*starts, opens), key=lambda one: one.at)
    try:
        length = due_at(notice, first.at, policy.calendar) - first.at
    except NotAClock:
        return False
    return changed.begins > first.at - max(length, timedelta())


ARRIVAL = Rule(
    Events(starts_on="appointment", stops_on="arrived"),
    "visits",
    ("visits.window_end", "visits.arrived_at"),
    _visit,
)
