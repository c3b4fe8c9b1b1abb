"""The first events of a case: it was received, and promises were made."""

from datetime import datetime
from typing import Literal

from service_policy.actors import Actor
from service_policy.commitments import CaseKind, ChannelId
from service_policy.segments import SegmentId
from service_policy.values import Model

Remedy = Literal[
    "repair", "replace", "refund", "compensate", "apologise", "explain", "feedback_only"
]
"""What the customer wants; the id of a choice, not words of theirs."""


class MovedDue(Model):
    """A promise of the case, by its key, and the date that holds for it from now on.

    ``bound`` is given when a stricter date came from outside (another category, a merged case):
    from now on the promise is due no later than that, whatever becomes of earlier pauses.
    """

    promise: str
    due_at: datetime
    bound: datetime | None = None


class Received(Model):
    """A case was received: its facts, who answers for it, and the promises in force.

    ``owner_department`` is an id. ``fingerprint`` pins the published promises that the customer
    could read at that moment. ``since``
    is the earlier start of a case that was told by phone before it was typed, or split off.
    ``remedy_wanted`` is None where nobody asked and in events older than the field.
    ``part_of`` are the categories of the case that it was split from. ``danger`` says that its
    category was one of danger to somebody.
    """

    type: Literal["received"] = "received"
    at: datetime
    kind: CaseKind
    segment: SegmentId
    channel: ChannelId
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


class PromiseMade(Model):
    """A dated promise was made to the customer under one version of a commitment."""

    type: Literal["promise_made"] = "promise_made"
    at: datetime
    commitment_id: str
    version: int
    title: str
    measure: str
    due_at: datetime
    if_missed_vnd: int | None
    if_missed: str
    started_at: datetime | None = None
    stops_on: str
    unit: str | None = None
