"""The sweep's decisions: what has come due by itself, as events. Applying them twice adds nothing.

Each part looks at the case and says what is due; the case is folded on before the next one looks.
Whether the sweep runs every minute or once a week changes when an event is written, never a
deadline, a miss or an amount.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from service_policy.actors import SYSTEM
from service_policy.cases.case import Case
from service_policy.cases.catalogue import commitment_of
from service_policy.cases.decide_documents import understood
from service_policy.cases.decide_messages import end_pause
from service_policy.cases.events import Event
from service_policy.cases.events_money import ExemptionLapsed, PromiseMissed
from service_policy.cases.events_outcome import (
    DecidedForCustomer,
    Ends,
    FollowUpAsked,
    RefusalLapsed,
    ResolutionConfirmed,
)
from service_policy.cases.events_service import (
    Escalated,
    ProgressDue,
    ProgressMissed,
    Reminded,
)
from service_policy.cases.evolve import evolve, fold
from service_policy.cases.money import late_extras, owed_events
from service_policy.cases.parts import PromiseState
from service_policy.cases.progress import next_report
from service_policy.cases.versions import improved_promises
from service_policy.clock import due_at
from service_policy.policy import Policy


def due_work(case: Case, policy: Policy, now: datetime) -> tuple[Event, ...]:
    """Return every event that is due at ``now`` (aware UTC) and not written yet."""
    now = max(now, case.last_at)
    happened: list[Event] = []
    for part in PARTS:
        for event in part(case, policy, now):
            happened.append(event)
            case = evolve(case, event)
    return tuple(happened)


def as_of(case: Case, policy: Policy, now: datetime) -> Case:
    """Return the case as it is at ``now``, with everything that is due, written yet or not."""
    return fold(due_work(case, policy, now), case)


def _pauses_end(case: Case, policy: Policy, now: datetime) -> Iterable[Event]:
    ran_out = any(not one.void and one.ended_at is None and one.until <= now for one in case.pauses)
    if not ran_out or case.pause(now) is not None:
        return ()
    return end_pause(case, policy, now, "limit_reached")


def _unsigned_claims_lapse(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    if case.refusal is not None and case.refusal.sign_by < now:
        yield RefusalLapsed(at=now)
    for promise, _, _, sign_by in case.claims:
        if sign_by < now:
            yield ExemptionLapsed(at=now, promise=promise)


def _silence_confirms(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Silence after a delivered notice closes a case, but never one about safety."""
    proposal = case.proposal
    waiting = case.state in ("proposed", "refused") and not case.is_safety
    if not waiting or proposal is None or proposal.confirm_by is None or case.review is not None:
        return
    if proposal.delivered_at is not None and proposal.confirm_by < now:
        # Silence is no consent to something else than was asked, nor after an objection.
        doubtful = case.contested or proposal.outcome == "other_remedy"
        ends: Ends = "nothing" if doubtful else "what_was_told"
        yield ResolutionConfirmed(at=now, by=SYSTEM, how="silence", ends=ends)


def _promises_are_missed(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    for promise in _by_due(case):
        if promise.missed_at is None and promise.status(now) == "missed":
            yield PromiseMissed(
                at=now,
                promise=promise.key,
                commitment_id=promise.commitment_id,
                version=promise.version,
                reason="late",
                due_at=promise.due_at,
            )


def _money_is_owed(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    for promise in _by_due(case):
        for event in owed_events(case, promise, policy, now):
            case = evolve(case, event)
            yield event


def _late_payment_costs(case: Case, policy: Policy, now: datetime) -> Iterable[Event]:
    return late_extras(case, policy, now)


def _too_long_is_decided(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Past the longest time without a conclusion, the customer is right."""
    if case.in_favour_at is not None or case.state != "open":
        return
    for promise in case.promises:
        if promise.stops_on != "resolved" or not promise.is_open:
            continue
        commitment = commitment_of(promise, policy)
        longest = commitment.longest(policy.matrix, case.segment)
        if longest is None:
            continue
        paused = max(timedelta(), promise.due_at - (promise.first_due_at or promise.due_at))
        start = min(promise.started_at, case.received_at)
        if now > due_at(longest, start, policy.calendar) + paused:
            yield DecidedForCustomer(at=now, promise=promise.key)
            return


def _lateness_escalates(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    late = [one for one in _by_due(case) if one.is_open and one.missed_at is not None]
    if case.is_ended or not late:
        return
    for rung in sorted(policy.company.handling.escalation, key=lambda one: one.level):
        if rung.level <= case.escalated:
            continue
        for promise in late:
            if due_at(rung.after, promise.due_at, policy.calendar) < now:
                yield Escalated(
                    at=now,
                    level=rung.level,
                    promise=promise.key,
                    department=rung.department,
                    role=rung.role,
                )
                break


def _deadlines_are_near(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Remind the holder once; of a short promise when half its time is gone, not at its start."""
    left = policy.calendar.working_minutes_between
    limit = policy.company.handling.remind_before.value * 60
    for promise in _by_due(case):
        running = promise.is_open and case.status(promise, now) == "running"
        if case.is_ended or not running or promise.reminded_at is not None:
            continue
        if promise.unit.startswith("clock_"):
            continue
        half = left(promise.started_at, promise.due_at) // 2
        if left(now, promise.due_at) <= min(limit, half):
            yield Reminded(at=now, promise=promise.key)


def _progress_is_told(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Remind the holder once before each report is due, and write down each that did not come."""
    limit = policy.company.handling.remind_before.value * 60
    while (report := next_report(case, policy)) is not None:
        due = report.due_at
        reminded = case.progress_reminded == due
        event: Event
        if due < now:
            event = ProgressMissed(at=now, promise=report.promise, due_at=due)
        elif not reminded and policy.calendar.working_minutes_between(now, due) <= limit:
            event = ProgressDue(at=now, promise=report.promise, due_at=due)
        else:
            return
        case = evolve(case, event)
        yield event


def _closed_cases_are_followed_up(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    if case.state != "closed" or case.follow_up_asked:
        return
    wait = policy.company.handling.follow_up_after
    if due_at(wait, case.closed[-1].start, policy.calendar) <= now:
        yield FollowUpAsked(at=now)


def _by_due(case: Case) -> list[PromiseState]:
    """Order promises by their dates, so that the order of sweeping does not matter."""
    return sorted(case.promises, key=lambda one: (one.due_at, one.key))


PARTS: tuple[Callable[[Case, Policy, datetime], Iterable[Event]], ...] = (
    _pauses_end,
    _unsigned_claims_lapse,
    _silence_confirms,
    improved_promises,
    _promises_are_missed,
    _money_is_owed,
    _late_payment_costs,
    _too_long_is_decided,
    _lateness_escalates,
    _deadlines_are_near,
    _progress_is_told,
    _closed_cases_are_followed_up,
    understood,
)
"""The parts in order: what ends a wait comes before what judges it, misses before money."""

__all__ = ["PARTS", "as_of", "due_work"]
