"""A case's state and parts: what its events have left behind, as frozen values.

The vocabulary of states is fixed; "somebody else's problem" is none of them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from service_policy.cases.core.facts import SendBy, SentCopy
from service_policy.cases.core.found import Found

State = Literal["open", "waiting", "proposed", "refused", "review", "closed", "withdrawn", "merged"]

STATE_WORDS: dict[State, str] = {
    "open": "Đang xử lý",
    "waiting": "Đang chờ Quý khách, đồng hồ tạm dừng",
    "proposed": "Đã đề nghị cách giải quyết, chờ Quý khách xác nhận",
    "refused": "Đã từ chối bằng văn bản, Quý khách có quyền yêu cầu xem xét lại",
    "review": "Đang xem xét lại ở cấp hai",
    "closed": "Đã đóng",
    "withdrawn": "Quý khách đã rút",
    "merged": "Đã gộp vào phiếu khác",
}
"""What a customer reads for each state."""

ENDED: frozenset[State] = frozenset({"closed", "withdrawn", "merged"})
"""States in which nobody works on the case; money is still paid and reopening is possible."""


Status = Literal["running", "paused", "kept", "missed", "released"]
Purpose = Literal["answer", "update", "question", "resolution", "refusal", "review", "payout"]
Outcome = Literal["as_asked", "other_remedy", "explained", "refused"]
Exempt = Literal["no", "claimed", "granted", "overturned"]

NEVER_PAUSED = frozenset({"owner_assigned", "called_back", "reviewed", "never"})
"""Promises that need nothing from the customer, so that no question can stop their clock."""

ANSWERS: frozenset[Purpose] = frozenset({"answer", "resolution", "refusal", "review"})
"""Messages that answer the customer; an update or a question does not."""


@dataclass(frozen=True)
class PromiseState:
    """One promise of a case: when its clock started, when it falls due, when it ended.

    ``made_at`` is when this case took it on, which may be after its clock started. ``first_due_at``
    is the date first given; ``due_at`` is the one that holds now. ``ended_at``
    is final; ``provisional_at`` is a resolution the customer may still dispute. Only the pauses
    in ``paused_by``, which began while it ran, moved its date; ``bound``, set at ``bound_at``, is a
    stricter date it may not pass, which the pauses in ``bound_over`` move no more. ``found`` is
    there where the company's books judge it.
    """

    commitment_id: str
    version: int
    title: str
    measure: str
    started_at: datetime
    due_at: datetime
    if_missed_vnd: int | None
    if_missed: str
    ended_at: datetime | None = None
    key: str = ""
    stops_on: str = "resolved"
    unit: str = ""
    first_due_at: datetime | None = None
    provisional_at: datetime | None = None
    released_at: datetime | None = None
    missed_at: datetime | None = None
    reminded_at: datetime | None = None
    exempt: Exempt = "no"
    paused_by: frozenset[int] = frozenset()
    bound: datetime | None = None
    bound_at: datetime | None = None
    bound_over: frozenset[int] = frozenset()
    made_at: datetime | None = None
    found: Found | None = None

    @property
    def end(self) -> datetime | None:
        """When the promise ended, finally or for the time being; None while it runs."""
        return self.ended_at or self.provisional_at

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to keep this promise."""
        return self.end is None and self.released_at is None

    @property
    def pausable(self) -> bool:
        """Whether waiting for the customer may stop its clock; never one that runs 24/7."""
        return self.stops_on not in NEVER_PAUSED and not self.unit.startswith("clock_")

    def status(self, now: datetime) -> Status:
        """Say how the promise stands: missed means its time ran out before it was kept.

        A miss that was recorded stays a miss, whatever happens later.
        """
        known = now if self.found is None else min(now, self.found.as_of)
        until = self.end or self.released_at or known
        if self.missed_at is not None or until > self.due_at:
            return "missed"
        if self.ended_at is not None:
            return "kept"
        return "released" if self.released_at is not None else "running"


@dataclass(frozen=True)
class Message:
    """A message to the customer; its text lies in the private side, under the same number."""

    number: int
    purpose: Purpose
    sent_at: datetime
    delivered_at: datetime | None = None
    contested: bool = False
    means: str | None = None

    @property
    def counts(self) -> bool:
        """Whether the customer has it in hand and accepts it as what it claims to be."""
        return self.delivered_at is not None and not self.contested


@dataclass(frozen=True)
class FailedLetter:
    """A letter that did not reach the customer, by the number of the event that says so.

    ``settled_at`` is when the customer was reached after all, None while somebody has to do it.
    """

    number: int
    letter: str
    message: int | None
    failure: str
    at: datetime
    settled_at: datetime | None = None


@dataclass(frozen=True)
class Pause:
    """The clock waits for the customer: for one named thing, from its delivery, capped."""

    number: int
    thing: str
    started_at: datetime
    until: datetime
    ended_at: datetime | None = None
    void: bool = False

    @property
    def end(self) -> datetime:
        """When it ended or will end by itself."""
        return self.until if self.ended_at is None else min(self.ended_at, self.until)

    def running(self, now: datetime) -> bool:
        """Say whether the clock is stopped at ``now``; a sweep is not needed for that."""
        return not self.void and self.started_at <= now < self.end


@dataclass(frozen=True)
class Proposal:
    """A conclusion that waits for the customer: a resolution, or a refusal that was signed."""

    number: int
    outcome: Outcome
    delivered_at: datetime | None = None
    confirm_by: datetime | None = None


@dataclass(frozen=True)
class Closing:
    """A closing that rests on the delivery of one message alone: if that is void, so is this.

    ``state``, ``proposal`` and ``promises`` are what it ended, as they were; the message has the
    number ``message``.
    """

    message: int
    state: State
    proposal: Proposal | None
    promises: tuple[PromiseState, ...]


@dataclass(frozen=True)
class Refusal:
    """A refusal somebody proposed and nobody has signed yet."""

    number: int
    by: str
    clause: str
    clause_version: str
    evidence: tuple[str, ...]
    sign_by: datetime


@dataclass(frozen=True)
class Claim:
    """An exemption that somebody claims for a missed promise; it waits for a second person.

    ``exemption`` is the published case it stands on, ``by`` the id of whoever claims it.
    """

    promise: str
    exemption: str
    by: str
    sign_by: datetime


@dataclass(frozen=True)
class Review:
    """A review at level 2, by somebody who had no part in what is reviewed."""

    subject: str
    promise: str
    review_by: datetime


@dataclass(frozen=True)
class Holding:
    """Who held the case from when to when; departments by id, persons never."""

    department: str
    role: str
    since: datetime
    task: str | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class SubCase:
    """What a third party does for the company; the customer's case stays open above it."""

    number: int
    party: str
    opened_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True)
class Debt:
    """Money owed to the customer; ``promise`` is empty for goodwill and advances.

    ``since`` is when it fell owed, ``pay_by`` when the second clock, the one to payment, runs out.
    """

    number: int
    promise: str
    reason: str
    vnd: int
    step: int
    since: datetime
    pay_by: datetime
    formula: str
    paid_vnd: int = 0
    paid_at: datetime | None = None
    void: bool = False

    @property
    def open_vnd(self) -> int:
        """What is still to be paid, đồng."""
        return self.counted_vnd - self.paid_vnd

    @property
    def counted_vnd(self) -> int:
        """What is owed or was paid; of an exempted debt only what was paid before."""
        return self.paid_vnd if self.void else self.vnd


@dataclass(frozen=True)
class Fact:
    """A figure of the case that money depends on, recorded with evidence."""

    value: int
    evidence: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class Span:
    """A stretch of time in which no clock of the customer ran."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Sending:
    """Copies of documents that went out; ``letter`` is the request that a letter answered."""

    at: datetime
    copies: tuple[SentCopy, ...]
    way: SendBy
    letter: int | None
