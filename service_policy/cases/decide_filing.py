"""Decisions about filing: a new case gets an owner and all its dated promises at once."""

from collections.abc import Collection
from datetime import datetime

from service_policy.actors import Actor
from service_policy.cases.catalogue import department, made
from service_policy.cases.commands import FileCase
from service_policy.cases.decide_documents import asked
from service_policy.cases.events import Event
from service_policy.cases.events_filing import Received, Remedy
from service_policy.cases.permissions import FILING
from service_policy.cases.refused import CommandRefused, need
from service_policy.commitments import CaseKind, ChannelId
from service_policy.policy import Policy
from service_policy.segments import GroupId, SegmentId

NOTHING_PROMISED = (
    "Chưa có cam kết nào công bố hạn cho việc này với nhóm khách này, nên phiếu chưa nhận được: "
    "không phiếu nào được mở mà không có hạn. Chọn nhóm khác, hoặc gọi số ở trang kênh chính thức."
)


def file_case(command: FileCase, policy: Policy, now: datetime) -> tuple[Event, ...]:
    """Return the events of a new case.

    Raises:
        CommandRefused: the category is not published, no department answers for this, which the
            checker of the content refuses, or staff may not enter it.
    """
    department_id = policy.company.route(command.kind, command.topic)
    if command.kind == "complaint":
        found = policy.category(command.category or "")
        if found is None:
            raise CommandRefused("category", "Chọn một loại khiếu nại trong danh sách.")
        department_id = found.department
    wanted = command.documents
    more = () if wanted is None else (asked(wanted, policy, now),)
    if command.entered_by is not None:
        allowed = command.entered_by.role in FILING
        need(allowed, "actor", "Vai trò này không được nhập phiếu thay khách.")
        need(command.channel != "web", "channel", "Chọn kênh mà khách đã dùng.")
    events = receive(
        command.kind,
        command.segment,
        policy,
        now,
        channel=command.channel,
        department_id=department_id or "",
        category=command.category,
        topic=command.topic,
        priority=command.priority,
        groups=command.groups,
        since=command.taken_at,
        entered_by=command.entered_by,
        remedy_wanted=command.remedy_wanted,
    )
    return (*events, *more)


def receive(
    kind: CaseKind,
    segment: SegmentId,
    policy: Policy,
    now: datetime,
    *,
    channel: ChannelId,
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
