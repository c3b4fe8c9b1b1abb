"""What happens by itself while a case is worked on: reminders, reports of progress, the way up.

A promise may say how often its customer hears how far things are. The time counts from the last
message to the customer. A report that did not come is written down and the next one counts from its
date; no deadline ever moves by any of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import with_promise
from service_policy.cases.core.event import Event, evolve, moment
from service_policy.cases.core.parts import PromiseState
from service_policy.cases.core.promises import by_due, commitment_of
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy


class Escalated(Event):
    """A late case moved up a rung; the department by id, the role by name."""

    type: Literal["escalated"] = "escalated"
    level: int
    promise: str
    department: str
    role: str

    TITLE = "Trễ hạn, đã chuyển lên cấp trên"

    def particulars(self, policy: Policy) -> str:
        return f"{self.role}, {policy.company.department_name(self.department)}"

    def concerns(self, holder: str, reader: str) -> str:
        return self.department

    def apply(self, case: Case) -> Case:
        return replace(case, escalated=max(case.escalated, self.level))


class Reminded(Event):
    """The holder was reminded that a deadline is near."""

    type: Literal["reminded"] = "reminded"
    promise: str

    TITLE = "Đã nhắc người đang giữ phiếu"
    NOTICE = "holder"

    def particulars(self, policy: Policy) -> str:
        return self.promise

    def apply(self, case: Case) -> Case:
        return with_promise(case, self.promise, reminded_at=self.at)


class ProgressDue(Event):
    """The holder was reminded to tell the customer by ``due_at`` how far things are."""

    type: Literal["progress_due"] = "progress_due"
    promise: str
    due_at: datetime

    TITLE = "Đã nhắc người giữ phiếu báo tiến độ cho Quý khách"
    NOTICE = "holder"

    def particulars(self, policy: Policy) -> str:
        return f"phải báo trước {moment(self.due_at)}"

    def series(self) -> tuple[str, ...]:
        return (self.promise,)

    def apply(self, case: Case) -> Case:
        return replace(case, progress_reminded=self.due_at)


class ProgressMissed(Event):
    """No message went to the customer by ``due_at``, although progress was promised."""

    type: Literal["progress_missed"] = "progress_missed"
    promise: str
    due_at: datetime

    TITLE = "Chúng tôi không báo tiến độ đúng hẹn"
    NOTICE = "holder"

    def particulars(self, policy: Policy) -> str:
        return f"phải báo trước {moment(self.due_at)}"

    def series(self) -> tuple[str, ...]:
        return (self.promise,)

    def apply(self, case: Case) -> Case:
        return replace(case, progress_missed=(*case.progress_missed, self.due_at))


@dataclass(frozen=True)
class Report:
    """The next report: for which promise (its key) and by when.

    ``late_since`` is the first date that passed since the last message, None when none did.
    """

    promise: str
    due_at: datetime
    late_since: datetime | None


def next_report(case: Case, policy: Policy) -> Report | None:
    """Return the report that a case owes its customer next; None while no promise asks for one.

    A conclusion that waits for the customer needs no report, an unanswered question does: "we
    still wait for your photo" is worth hearing.
    """
    for promise in case.promises:
        within = commitment_of(promise, policy).ruled("progress")
        if within is None or not promise.is_open or case.is_ended:
            continue
        if not (within.has_clock and within.value):
            # A rhythm of no length, or in years, gives no date that a report could miss.
            continue
        missed = case.progress_missed
        since = missed[-1] if missed else _heard(case, promise)
        late_since = missed[0] if missed else None
        return Report(promise.key, due_at(within, since, policy.calendar), late_since)
    return None


def _heard(case: Case, promise: PromiseState) -> datetime:
    """Return when the customer last heard of us, or began to wait; where money goes is no news."""
    told = (one.sent_at for one in case.messages if one.purpose != "payout")
    moments = [promise.started_at, *told]
    return max(*moments, case.resumed_at or promise.started_at)


def progress(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
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


def reminders(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Remind the holder once; of a short promise when half its time is gone, not at its start."""
    left = policy.calendar.working_minutes_between
    limit = policy.company.handling.remind_before.value * 60
    for promise in by_due(case):
        running = promise.is_open and case.status(promise, now) == "running"
        if case.is_ended or not running or promise.reminded_at is not None:
            continue
        if promise.unit.startswith("clock_"):
            continue
        half = left(promise.started_at, promise.due_at) // 2
        if left(now, promise.due_at) <= min(limit, half):
            yield Reminded(at=now, promise=promise.key)


def escalations(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Move a late case up, a rung at a time."""
    late = [one for one in by_due(case) if one.is_open and one.missed_at is not None]
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
