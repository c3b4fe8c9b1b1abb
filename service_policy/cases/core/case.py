"""The case: a fold of its events. Nothing else is true about it."""

from dataclasses import dataclass
from datetime import date, datetime

from service_policy.actors import Actor
from service_policy.cases.core.facts import AskedDocument, Remedy
from service_policy.cases.core.parts import (
    ENDED,
    Claim,
    Closing,
    Debt,
    Fact,
    FailedLetter,
    Holding,
    Message,
    Pause,
    PromiseState,
    Proposal,
    Refusal,
    Review,
    Sending,
    Span,
    State,
    Status,
    SubCase,
)
from service_policy.cases.core.payouts import Paid, Payout, PayoutQuestion
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.commitment import CaseChannel, CaseKind
from service_policy.promises.compensation import Facts
from service_policy.segments import SegmentId


@dataclass(frozen=True)
class Case:
    """A case as its events tell it; ``seq`` is the number of events folded in.

    ``received_at`` is when the customer's clock starts, ``last_at`` the moment of the last event.
    ``entered_by`` typed in this case or one merged into it. ``resumed_at`` is when work on it began
    or began again after an end. ``progress_missed`` are the dates on which a report of progress was
    due and that passed since the last message.

    ``objected`` is a proposal after which the customer said anything at all: only the customer's
    own yes makes it an end. ``contested`` says that this happened once, or that an ended case was
    opened again. ``spoken`` and ``unreached`` are when the customer was heard, and when somebody
    tried in vain to reach the customer. ``exhibits`` are the events that evidence may name.

    ``categories`` are all that it ever had, also as
    part of another case. ``identified_by`` says how staff made sure of the asker;
    ``identity_lapsed`` that they had, and an asker came in whom nobody made sure of.
    ``plain_messages`` are answers that were held to tell nothing of invoices and debts.
    ``is_safety`` says that somebody is in danger: such a case is never paused and never closed
    silently. ``payouts`` are the places for money that the customer named, the last one holds;
    ``extras_held`` the promises whose extra for late payment waits for the customer.
    """

    kind: CaseKind
    segment: SegmentId
    category: str | None
    topic: str | None
    priority: bool
    state: State
    received_at: datetime
    fingerprint: str
    owner_department: str
    owner_role: str
    holder_department: str
    holder_role: str
    holder_since: datetime
    last_at: datetime
    promises: tuple[PromiseState, ...] = ()
    seq: int = 0
    owner_id: str | None = None
    holdings: tuple[Holding, ...] = ()
    counted_hand_offs: int = 0
    messages: tuple[Message, ...] = ()
    questions: tuple[tuple[int, str], ...] = ()
    pauses: tuple[Pause, ...] = ()
    closed: tuple[Span, ...] = ()
    proposal: Proposal | None = None
    refusal: Refusal | None = None
    review: Review | None = None
    reviewed: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    concluded_by: frozenset[str] = frozenset()
    sub_cases: tuple[SubCase, ...] = ()
    facts: tuple[tuple[str, Fact], ...] = ()
    debts: tuple[Debt, ...] = ()
    goodwill_vnd: int = 0
    escalated: int = 0
    in_favour_at: datetime | None = None
    follow_up_asked: bool = False
    told_of_answer: bool = False
    outcome: str | None = None
    channel: CaseChannel = "web"
    entered_by: Actor | None = None
    resumed_at: datetime | None = None
    progress_missed: tuple[datetime, ...] = ()
    progress_reminded: datetime | None = None
    documents_asked: tuple[AskedDocument, ...] = ()
    documents_sent: tuple[Sending, ...] = ()
    understood_asked: bool = False
    remedy_wanted: Remedy | None = None
    objected: Proposal | None = None
    contested: bool = False
    spoken: tuple[datetime, ...] = ()
    unreached: tuple[datetime, ...] = ()
    exhibits: tuple[int, ...] = ()
    closing: Closing | None = None
    failed_letters: tuple[FailedLetter, ...] = ()

    @property
    def mail_failures(self) -> tuple[FailedLetter, ...]:
        """The letters that did not reach the customer, who was not reached otherwise yet."""
        return tuple(one for one in self.failed_letters if one.settled_at is None)

    categories: tuple[str, ...] = ()
    identified_by: str | None = None
    identity_lapsed: bool = False
    plain_messages: frozenset[int] = frozenset()
    is_safety: bool = False
    paid: tuple[Paid, ...] = ()
    payouts: tuple[Payout, ...] = ()
    payout_questions: tuple[PayoutQuestion, ...] = ()
    extras_held: frozenset[str] = frozenset()

    @property
    def documents_missing(self) -> tuple[AskedDocument, ...]:
        """The documents that were asked for and not sent in any version yet."""
        sent = {copy.asked for one in self.documents_sent for copy in one.copies}
        return tuple(one for one in self.documents_asked if one.id not in sent)

    @property
    def is_ended(self) -> bool:
        """Whether nobody works on it any more."""
        return self.state in ENDED

    @property
    def ended_at(self) -> datetime | None:
        """When it ended; None while somebody works on it."""
        return self.closed[-1].start if self.is_ended and self.closed else None

    @property
    def next_due_at(self) -> datetime | None:
        """When the promise falls due that is kept next, or is late longest; None without one."""
        return min((one.due_at for one in self.promises if one.is_open), default=None)

    @property
    def staff_know_code(self) -> bool:
        """Whether the secret code went through the hands of staff, who handed it to the customer.

        Whoever shows such a code need not be the customer, so it cannot end a case and opening the
        page with it proves no delivery. What it can do only ever helps the customer.
        """
        return self.entered_by is not None

    @property
    def pinned_on(self) -> date:
        """The day whose published promises the case was filed under."""
        return self.received_at.astimezone(VIETNAM).date()

    def promise(self, key: str) -> PromiseState | None:
        """Return a promise by its key, or None."""
        return next((one for one in self.promises if one.key == key), None)

    def message(self, number: int) -> Message | None:
        """Return a message by its number, or None."""
        return next((one for one in self.messages if one.number == number), None)

    def pause(self, now: datetime) -> Pause | None:
        """Return the pause that runs at ``now``, or None."""
        return next((one for one in self.pauses if one.running(now)), None)

    def status(self, promise: PromiseState, now: datetime) -> Status:
        """Say how a promise stands, a pause included."""
        status = promise.status(now)
        if status == "running" and promise.pausable and self.pause(now) is not None:
            return "paused"
        return status

    def state_at(self, now: datetime) -> State:
        """Return the state at ``now``: a pause that ran out is over, swept or not."""
        waiting = self.pause(now) is not None and self.state == "open"
        return "waiting" if waiting else self.state

    def money_facts(self, **more: int) -> Facts:
        """Return what is recorded about the case for the compensation formulas."""
        known: dict[str, int] = {name: fact.value for name, fact in self.facts}
        known.pop("obligation_value_vnd", None)
        if "no_show" in known:
            known["no_show"] = bool(known["no_show"])
        return Facts.model_validate(known | more)

    def fact(self, name: str) -> int | None:
        """Return a recorded figure, or None."""
        return dict(self.facts)[name].value if name in dict(self.facts) else None

    def owed_vnd(self, promise: PromiseState) -> int:
        """Return what is owed for a promise so far, paid or not, late-payment extra included."""
        return sum(one.counted_vnd for one in self.debts if one.promise == promise.key)

    def paid_at(self, promise: PromiseState) -> datetime | None:
        """Return when all that is owed for a promise had been paid; None while some is not."""
        debts = [one for one in self.debts if one.promise == promise.key and not one.void]
        if not debts or any(one.open_vnd for one in debts):
            return None
        return max(one.paid_at for one in debts if one.paid_at is not None)

    @property
    def open_debts(self) -> tuple[Debt, ...]:
        """What is still to be paid, what falls due first in front."""
        debts = (one for one in self.debts if one.open_vnd)
        return tuple(sorted(debts, key=lambda one: (one.pay_by, one.number)))

    @property
    def open_vnd(self) -> int:
        """All that is still to be paid, đồng."""
        return sum(one.open_vnd for one in self.debts)

    @property
    def payout(self) -> Payout | None:
        """Where the customer wants the money now; None while nobody knows it."""
        last = self.payouts[-1] if self.payouts else None
        gone = last is None or last.failed_at is not None or last.erased_at is not None
        return None if gone else last


class NotAHistory(ValueError):
    """Raised when events cannot be the history of one case."""
