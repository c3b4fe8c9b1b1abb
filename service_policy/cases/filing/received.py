"""Receiving a case: it gets an owner and all its dated promises at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from service_policy.actors import Actor
from service_policy.cases.core.case import Case, NotAHistory
from service_policy.cases.core.command import FILING, CommandRefused, FilingCommand, need
from service_policy.cases.core.event import Event
from service_policy.cases.core.facts import Remedy
from service_policy.cases.core.parts import Holding
from service_policy.cases.core.promises import made
from service_policy.cases.documents import DocumentsWanted
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


def department(policy: Policy, department_id: str) -> Department:
    """Return a department.

    Raises:
        CommandRefused: there is no such department.
    """
    found = policy.company.department(department_id)
    if found is None:
        raise CommandRefused("to_department", "Chọn một phòng trong danh sách.")
    return found


@dataclass(frozen=True)
class FileCase(FilingCommand):
    """File a case of a kind.

    ``category`` of a complaint is a code of ``khieu-nai.yaml``; ``topic`` may decide which
    department answers. ``groups`` are of the products that it is about. ``entered_by`` typed it in
    for the customer, who told it at ``taken_at``: the clock starts then. ``split_from`` is the case
    that it was a part of, ``part_of`` are the categories of that one. ``private`` is everything
    that was sent, personal data too, for the erasable side of the store; no rule looks at it.
    """

    kind: CaseKind
    segment: SegmentId
    category: str | None = None
    topic: str | None = None
    priority: bool = False
    remedy_wanted: Remedy | None = None
    groups: frozenset[GroupId] = frozenset()
    documents: DocumentsWanted | None = None
    channel: CaseChannel = "web"
    entered_by: Actor | None = None
    taken_at: datetime | None = None
    split_from: str | None = None
    part_of: tuple[str, ...] = ()
    private: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def decide(self, policy: Policy, now: datetime) -> tuple[Event, ...]:
        """One owner from the first minute, every promise dated; nobody starts a clock later.

        Of a kind that has promises no case is taken to which nothing is promised.
        """
        about = policy.category(self.category or "")
        department_id = policy.company.route(self.kind, self.topic)
        if self.kind == "complaint":
            if about is None:
                raise CommandRefused("category", "Chọn một loại khiếu nại trong danh sách.")
            department_id = about.department
        if self.entered_by is not None and self.split_from is None:
            allowed = self.entered_by.role in FILING
            need(allowed, "actor", "Vai trò này không được nhập phiếu thay khách.")
            need(self.channel != "web", "channel", "Chọn kênh mà khách đã dùng.")
        start = self.taken_at or now
        need(start <= now, "taken_at", "Giờ khách báo không thể ở tương lai.")
        owner = department(policy, department_id or "")
        received = Received(
            at=now,
            kind=self.kind,
            segment=self.segment,
            channel=self.channel,
            category=self.category,
            topic=self.topic,
            priority=self.priority,
            owner_department=owner.id,
            owner_role=owner.role,
            fingerprint=policy.fingerprint,
            since=self.taken_at,
            entered_by=self.entered_by,
            split_from=self.split_from,
            remedy_wanted=self.remedy_wanted,
            part_of=self.part_of,
            danger=about is not None and about.danger,
        )
        promises = policy.promises_for(
            self.kind,
            self.segment,
            start,
            category=self.category,
            topic=self.topic,
            priority=self.priority,
            groups=self.groups,
        )
        if not promises and policy.is_promised(self.kind):
            raise CommandRefused("segment", NOTHING_PROMISED)
        dated = (made(promise, now, start) for promise in promises)
        wanted = self.documents
        asked = () if wanted is None else (wanted.asked(policy.register, now),)
        return (received, *dated, *asked)
