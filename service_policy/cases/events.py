"""Events: what happened to a case, in the past tense, public and free of personal data."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from service_policy.commitments import CaseKind, ChannelId
from service_policy.segments import SegmentId
from service_policy.values import Model


class Received(Model):
    """A case was received: its facts, who answers for it, and the promises in force.

    ``fingerprint`` pins the published promises the customer could read at that moment.
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


Event = Received | PromiseMade

_ADAPTER: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="type")])


def read_event(payload: dict[str, Any]) -> Event:
    """Build an event from stored JSON.

    Raises:
        pydantic.ValidationError: the payload is no event of this version.
    """
    return _ADAPTER.validate_python(payload)
