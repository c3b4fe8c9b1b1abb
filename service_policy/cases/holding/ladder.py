"""The way up: who answers next, by when, and which body outside the company."""

from dataclasses import dataclass
from datetime import datetime

from service_policy.cases.core.case import Case
from service_policy.cases.core.promises import pinned_term
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy


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
