"""The command that files a case: what the rules have to know of a submission, already read.

Everything that was sent, personal data too, is beside it for the erasable side of the store; the
rules never look at that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from service_policy.actors import Actor
from service_policy.cases.events_filing import Remedy
from service_policy.commitments import CaseKind, ChannelId
from service_policy.segments import GroupId, SegmentId

DocumentFormat = Literal["web", "pdf", "xlsx", "print"]
SendBy = Literal["email", "post", "fax", "pick_up"]


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
class FileCase:
    """File a case of a kind.

    ``category`` of a complaint is a code of ``khieu-nai.yaml``; ``topic`` may decide which
    department answers. ``groups`` are of the products that it is about. ``entered_by`` typed it in
    for the customer, who told it at ``taken_at``: the clock starts then. ``private`` is everything
    that was sent, by the name of its field.
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
