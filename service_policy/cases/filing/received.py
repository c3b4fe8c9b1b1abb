"""Receiving a case: it gets an owner and all its dated promises at once."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from service_policy.actors import Actor
from service_policy.cases.core.case import Case, NotAHistory
from service_policy.cases.core.event import Event
from service_policy.cases.core.facts import Remedy
from service_policy.cases.core.parts import Holding
from service_policy.cases.core.promises import made
from service_policy.cases.core.refused import CommandRefused, need
from service_policy.company import Department
from service_policy.promises.commitment import CaseChannel, CaseKind
from service_policy.promises.policy import Policy
from service_policy.segments import GroupId, SegmentId


class Received(Event):
    """A case was received: its facts, who answers for it, and the promises in force.

    ``owner_department`` is an id. ``fingerprint`` pins the published promises that the customer
    could read at that moment. ``since`` is the earlier start of a case that was told by phone
    before it was typed, or split off.
    ``remedy_wanted`` is None where nobody asked and in events older than the field.
    ``part_of`` are the categories of the case that it was split from. ``danger`` says that its
    category was one of danger to somebody.
    """

    type: Literal["received"] = "received"
    kind: CaseKind
    segment: SegmentId
    channel: CaseChannel
    category: str | None = None
    topic: str | None = None
    priority: bool = False
    owner_department: str
    owner_role: str
    fingerprint: str
    since: datetime | None = None
    entered_by: Actor | None = None
    split_from: str | None = None
    remedy_wanted: Remedy | None = None
    part_of: tuple[str, ...] = ()
    danger: bool = False

    TITLE = "Đã nhận phiếu"

    def begin(self) -> Case:
        since = min(self.since or self.at, self.at)
        return Case(
            kind=self.kind,
            segment=self.segment,
            category=self.category,
            topic=self.topic,
            priority=self.priority,
            state="open",
            received_at=since,
            fingerprint=self.fingerprint,
            owner_department=self.owner_department,
            owner_role=self.owner_role,
            holder_department=self.owner_department,
            holder_role=self.owner_role,
            holder_since=self.at,
            last_at=self.at,
            holdings=(Holding(self.owner_department, self.owner_role, self.at),),
            seq=1,
            channel=self.channel,
            entered_by=self.entered_by,
            categories=tuple(dict.fromkeys((*self.part_of, *filter(None, (self.category,))))),
            resumed_at=self.at if self.split_from else None,
            remedy_wanted=self.remedy_wanted,
            is_safety=self.danger,
        )

    def apply(self, case: Case) -> Case:
        raise NotAHistory("received twice")


NOTHING_PROMISED = (
    "Chưa có cam kết nào công bố hạn cho việc này với nhóm khách này, nên phiếu chưa nhận được: "
    "không phiếu nào được mở mà không có hạn. Chọn nhóm khác, hoặc gọi số ở trang kênh chính thức."
)


def receive(
    kind: CaseKind,
    segment: SegmentId,
    policy: Policy,
    now: datetime,
    *,
    channel: CaseChannel,
    department_id: str,
    category: str | None = None,
    topic: str | None = None,
    priority: bool = False,
    groups: Collection[GroupId] = (),
    since: datetime | None = None,
    entered_by: Actor | None = None,
    split_from: str | None = None,
    remedy_wanted: Remedy | None = None,
    part_of: tuple[str, ...] = (),
) -> tuple[Event, ...]:
    """Receive a new case of any kind: one owner from the first minute, every promise dated.

    ``since`` starts the clock earlier than ``now``, for what was told before it was typed.

    Raises:
        CommandRefused: ``since`` lies in the future: nobody may start a clock later; or nothing is
            promised in this case although the kind has promises: no such case is without a date.
    """
    need(since is None or since <= now, "taken_at", "Giờ khách báo không thể ở tương lai.")
    start = since or now
    owner, about = department(policy, department_id), policy.category(category or "")
    received = Received(
        at=now,
        kind=kind,
        segment=segment,
        channel=channel,
        category=category,
        topic=topic,
        priority=priority,
        owner_department=owner.id,
        owner_role=owner.role,
        fingerprint=policy.fingerprint,
        since=since,
        entered_by=entered_by,
        split_from=split_from,
        remedy_wanted=remedy_wanted,
        part_of=part_of,
        danger=about is not None and about.danger,
    )
    promises = policy.promises_for(
        kind, segment, start, category=category, topic=topic, priority=priority, groups=groups
    )
    if not promises and policy.is_promised(kind):
        raise CommandRefused("segment", NOTHING_PROMISED)
    return (received, *(made(promise, now, start) for promise in promises))


def department(policy: Policy, department_id: str) -> Department:
    """Return a department.

    Raises:
        CommandRefused: there is no such department.
    """
    found = policy.company.department(department_id)
    if found is None:
        raise CommandRefused("to_department", "Chọn một phòng trong danh sách.")
    return found
