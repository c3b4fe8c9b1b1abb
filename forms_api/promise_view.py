"""A promise of a case as it stands at a moment: what receipt, case page, desk and API all show."""

from dataclasses import dataclass
from datetime import datetime

from service_policy.cases import Case, PromiseState
from service_policy.cases.core.event import working_time
from service_policy.cases.core.parts import Status
from service_policy.promises.calendar import BusinessCalendar
from service_policy.promises.policy import Policy

EXEMPTIONS = {
    "claimed": "Đang đề nghị miễn bù; người thứ hai chưa ký nên khoản này vẫn nợ.",
    "granted": "Được miễn bù vì có bằng chứng; hẹn vẫn ghi là trễ. Quý khách có thể yêu cầu "
    "xem xét lại.",
    "overturned": "Đã bỏ việc miễn bù sau khi xem xét lại: khoản này phải trả.",
}


def distance(due: datetime, now: datetime, calendar: BusinessCalendar) -> str:
    """Say how far away a date is: ``còn 3 giờ làm việc``; ``trễ 2 ngày làm việc``."""
    if due >= now:
        left = calendar.working_minutes_between(now, due)
        return f"còn {working_time(left, calendar)}" if left else "hết hạn ngay khi mở cửa"
    lost = calendar.working_minutes_between(due, now)
    return f"trễ {working_time(lost, calendar)}" if lost else "vừa trễ, ngoài giờ làm việc"


@dataclass(frozen=True)
class PromiseView:
    """A promise as it stands: by when, whether it holds, what a miss costs, what is owed (đồng).

    ``due_at`` is the date that holds now, ``first_due_at`` the one on the receipt; ``distance`` is
    how far it is, in words, while the promise is open. ``provisional``: kept only if the customer
    accepts the conclusion. ``if_missed_vnd`` is owed at the very miss, None when it depends on
    facts of the case; ``if_missed`` says the rule. ``paid_at`` is when all that is owed was paid.
    ``url`` and ``guide`` are of the very version that was promised, "" once nobody publishes it.
    """

    key: str
    id: str
    version: int
    title: str
    measure: str
    url: str
    guide: str
    due_at: datetime
    first_due_at: datetime
    distance: str
    status: Status
    is_open: bool
    provisional: bool
    if_missed: str
    if_missed_vnd: int | None
    owed_vnd: int
    paid_at: datetime | None
    exemption: str


def promise_views(case: Case, policy: Policy, now: datetime) -> tuple[PromiseView, ...]:
    """Show every promise of ``case``, which is the case as it is at ``now``, in its own order."""
    return tuple(_view(case, promise, policy, now) for promise in case.promises)


def most_urgent_first(views: tuple[PromiseView, ...]) -> tuple[PromiseView, ...]:
    """Put promises that somebody still has to keep in front, then what falls due first."""
    return tuple(sorted(views, key=lambda one: (not one.is_open, one.due_at)))


def _view(case: Case, promise: PromiseState, policy: Policy, now: datetime) -> PromiseView:
    wanted = (promise.commitment_id, promise.version)
    published = next((one for one in policy.versions if (one.id, one.version) == wanted), None)
    return PromiseView(
        key=promise.key,
        id=promise.commitment_id,
        version=promise.version,
        title=promise.title,
        measure=promise.measure,
        url="" if published is None else published.version_url,
        guide="" if published is None else published.staff_guide,
        due_at=promise.due_at,
        first_due_at=promise.first_due_at or promise.due_at,
        distance=distance(promise.due_at, now, policy.calendar) if promise.is_open else "",
        status=case.status(promise, now),
        is_open=promise.is_open,
        provisional=promise.ended_at is None and promise.provisional_at is not None,
        if_missed=promise.if_missed,
        if_missed_vnd=promise.if_missed_vnd,
        owed_vnd=case.owed_vnd(promise),
        paid_at=case.paid_at(promise),
        exemption=EXEMPTIONS.get(promise.exempt, ""),
    )
