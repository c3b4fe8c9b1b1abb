"""The command that files a case: what the rules have to know of a submission, already read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from service_policy.actors import Actor
from service_policy.cases.core.command import FilingCommand
from service_policy.cases.core.event import Event
from service_policy.cases.core.facts import Remedy, SendBy
from service_policy.cases.core.permissions import FILING
from service_policy.cases.core.refused import CommandRefused, need
from service_policy.cases.documents import asked
from service_policy.cases.filing.received import receive
from service_policy.promises.commitment import CaseKind, ChannelId
from service_policy.promises.policy import Policy
from service_policy.segments import GroupId, SegmentId

DocumentFormat = Literal["web", "pdf", "xlsx", "print"]


@dataclass(frozen=True)
class DocumentsWanted:
    """Documents of the register by their ids, and how they are to come.

    ``version_shown`` is the version of the first one that the asker had in hand.
    """

    ids: tuple[str, ...]
    way: SendBy
    format: DocumentFormat = "pdf"
    version_shown: int | None = None


@dataclass(frozen=True)
class FileCase(FilingCommand):
    """File a case of a kind.

    ``category`` of a complaint is a code of ``khieu-nai.yaml``; ``topic`` may decide which
    department answers. ``groups`` are of the products that it is about. ``entered_by`` typed it in
    for the customer, who told it at ``taken_at``: the clock starts then. ``private`` is everything
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
    channel: ChannelId = "web"
    entered_by: Actor | None = None
    taken_at: datetime | None = None
    private: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def decide(self, policy: Policy, now: datetime) -> tuple[Event, ...]:
        department_id = policy.company.route(self.kind, self.topic)
        if self.kind == "complaint":
            found = policy.category(self.category or "")
            if found is None:
                raise CommandRefused("category", "Chọn một loại khiếu nại trong danh sách.")
            department_id = found.department
        if self.entered_by is not None:
            allowed = self.entered_by.role in FILING
            need(allowed, "actor", "Vai trò này không được nhập phiếu thay khách.")
            need(self.channel != "web", "channel", "Chọn kênh mà khách đã dùng.")
        events = receive(
            self.kind,
            self.segment,
            policy,
            now,
            channel=self.channel,
            department_id=department_id or "",
            category=self.category,
            topic=self.topic,
            priority=self.priority,
            groups=self.groups,
            since=self.taken_at,
            entered_by=self.entered_by,
            remedy_wanted=self.remedy_wanted,
        )
        return (*events, *self._documents(policy, now))

    def _documents(self, policy: Policy, now: datetime) -> tuple[Event, ...]:
        found = self.documents
        if found is None:
            return ()
        return (asked(found.ids, found.version_shown, found.way, found.format, policy, now),)
