"""The two clocks of a case: the customer's, which nobody can stop alone, and each holder's.

And the links between departments that follow from holders' clocks (departments, never persons), and
the way up: who answers next, by when, and which body outside the company.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from service_policy.cases.core.case import Case
from service_policy.cases.core.parts import Holding
from service_policy.cases.core.promises import pinned_term
from service_policy.promises.calendar import BusinessCalendar
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy


@dataclass(frozen=True)
class CustomerClock:
    """The customer's time in business minutes: what counts, and what waited for the customer."""

    counted_minutes: int
    waited_minutes: int
    running: bool


def customer_clock(case: Case, calendar: BusinessCalendar, now: datetime) -> CustomerClock:
    """Measure from the start of a case to ``now``, or to its confirmed end.

    Valid pauses and the time a case was closed do not count; a contested pause and the wait for a
    confirmation that never came do.
    """
    ended = case.ended_at
    until = min(now, ended or now)

    def so_far(moment: datetime) -> int:
        # Every span is a difference on one scale: minutes begun never count in two of them.
        return calendar.working_minutes_between(case.received_at, min(moment, until))

    waits = [(one.started_at, one.end) for one in case.pauses if not one.void]
    shut = [(one.start, one.end) for one in case.closed if one.end is not None]
    idle = sum(so_far(end) - so_far(start) for start, end in _joined([*waits, *shut]))
    closed = sum(so_far(end) - so_far(start) for start, end in shut)
    running = ended is None and case.pause(now) is None
    return CustomerClock(so_far(until) - idle, idle - closed, running)


def _joined(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Join spans that overlap: a pause may run into the time that a case was closed."""
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


@dataclass(frozen=True)
class HolderClock:
    """How long a department held a case; ``due_at`` is its own limit for the task, if any.

    ``department`` is its id, ``name`` what it is called now. ``late_minutes`` are those of
    ``minutes`` after the limit.
    """

    department: str
    name: str
    role: str
    since: datetime
    until: datetime | None
    minutes: int
    task: str | None
    due_at: datetime | None
    late: bool
    late_minutes: int


def holder_clocks(case: Case, policy: Policy, now: datetime) -> tuple[HolderClock, ...]:
    """Measure every holder of a case in order; the last one holds it still, unless it ended."""
    return tuple(_holder_clock(one, policy, case.ended_at or now) for one in case.holdings)


def _holder_clock(holding: Holding, policy: Policy, now: datetime) -> HolderClock:
    until = holding.until or now
    found = policy.company.department(holding.department)
    limit = found.limit(holding.task) if found is not None and holding.task else None
    due = due_at(limit.within, holding.since, policy.calendar) if limit is not None else None
    return HolderClock(
        department=holding.department,
        name=policy.company.department_name(holding.department),
        role=holding.role,
        since=holding.since,
        until=holding.until,
        minutes=policy.calendar.working_minutes_between(holding.since, until),
        task=None if limit is None else limit.task,
        due_at=due,
        late=due is not None and until > due,
        late_minutes=0 if due is None else policy.calendar.working_minutes_between(due, until),
    )


@dataclass(frozen=True)
class Link:
    """A link of the internal chain: work that one department gave to another, by their names.

    ``dated`` are those with a published limit, ``late`` those of them that took longer. Of the
    business ``minutes`` that the taker held the cases, ``late_minutes`` came after the limit.
    """

    giver: str
    taker: str
    count: int
    dated: int
    late: int
    minutes: int
    late_minutes: int


def department_links(cases: Iterable[Case], policy: Policy, now: datetime) -> tuple[Link, ...]:
    """Count the links between departments over many cases, ordered by their names."""
    found: dict[tuple[str, str], list[HolderClock]] = {}
    for case in cases:
        clocks = holder_clocks(case, policy, now)
        for giver, taker in pairwise(clocks):
            found.setdefault((giver.department, taker.department), []).append(taker)
    name = policy.company.department_name
    counted = (
        Link(
            giver=name(giver),
            taker=name(taker),
            count=len(clocks),
            dated=sum(one.due_at is not None for one in clocks),
            late=sum(one.late for one in clocks),
            minutes=sum(one.minutes for one in clocks),
            late_minutes=sum(one.late_minutes for one in clocks),
        )
        for (giver, taker), clocks in found.items()
    )
    return tuple(sorted(counted, key=lambda one: (one.giver, one.taker)))


@dataclass(frozen=True)
class Rung:
    """One rung: ``open_from`` is when it may be taken, None for at any time.

    ``answer_by`` is the date its answer is due when it is taken now; None where it is not ours.
    """

    level: int
    name: str
    who: str
    open_from: datetime | None
    answer_by: datetime | None
    reached: bool = False


def ladder(case: Case, policy: Policy, now: datetime, province: str | None) -> tuple[Rung, ...]:
    """Return the rungs from the case's owner to the court, with dates.

    No rung has to be taken first: the customer may go outside at any time.
    """
    return (*_inside(case, policy), *_review(case, policy, now), *_outside(policy, province))


def _inside(case: Case, policy: Policy) -> list[Rung]:
    open_dues = [one.due_at for one in case.promises if one.is_open]
    rungs = [Rung(1, "Người phụ trách phiếu", case.owner_role, None, max(open_dues, default=None))]
    first = case.next_due_at
    for rung in sorted(policy.company.handling.escalation, key=lambda one: one.level):
        start = None if first is None else due_at(rung.after, first, policy.calendar)
        reached = rung.level <= case.escalated
        rungs.append(
            Rung(rung.level + 1, "Tự động chuyển lên khi trễ hạn", rung.role, start, None, reached)
        )
    return rungs


def _review(case: Case, policy: Policy, now: datetime) -> list[Rung]:
    level = 2 + len(policy.company.handling.escalation)
    rungs = []
    _, review = pinned_term(case, policy, "review")
    _, negotiation = pinned_term(case, policy, "negotiation")
    if review is not None:
        by = case.review.review_by if case.review else due_at(review, now, policy.calendar)
        who = "Người chưa tham gia lần giải quyết trước"
        reached = case.review is not None or bool(case.reviewed)
        rungs.append(Rung(level, "Xem xét lại ở cấp hai", who, None, by, reached))
    if negotiation is not None:
        by = due_at(negotiation, now, policy.calendar)
        company = policy.company
        who = " và ".join(map(company.department_name, company.decisions.negotiate))
        rungs.append(Rung(level + 1, "Thương lượng có biên bản", who, None, by))
    return rungs


def _outside(policy: Policy, province: str | None) -> list[Rung]:
    level = 4 + len(policy.company.handling.escalation)
    body = None if policy.outside is None else policy.outside.body(province)
    who = "Sở Công Thương tỉnh, thành phố nơi Quý khách ở" if body is None else body.name
    association = "" if policy.outside is None else f"; {policy.outside.association}"
    return [
        Rung(level, "Cơ quan bảo vệ người tiêu dùng", who + association, None, None),
        Rung(level + 1, "Tòa án, thủ tục rút gọn", "Tòa án nhân dân có thẩm quyền", None, None),
    ]
