"""What the company finds in its own books: a case that it opens itself, with the broken promises.

The books say when a promise was broken and what it costs; from there on such a case is one like any
other: its customer reads it, is paid, and disagrees in the same ways.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import over, with_promise
from service_policy.cases.core.command import MACHINES, CaseCommand, FilingCommand
from service_policy.cases.core.event import Deed, Event, fold, moment
from service_policy.cases.core.found import STILL_OWED, Found, MissReason
from service_policy.cases.core.parts import PromiseState
from service_policy.cases.core.promises import PromiseMade, PromiseMissed
from service_policy.cases.filing.received import Received, department
from service_policy.cases.money.owing import owed
from service_policy.cases.money.payout import asked
from service_policy.obligations import Obligation
from service_policy.promises.compensation import Facts, at_the_miss
from service_policy.promises.policy import Policy
from service_policy.values import Model

KIND = "own_report"
"""The kind of case that the company opens itself."""


class Proven(Model):
    """A line of a file that proves something: which system's, until when it knew, its hash."""

    source: str
    as_of: datetime
    sha256: str
    line: int


class BooksCompared(Event):
    """The company's books were compared with a promise of the case (its key).

    ``as_of`` is until when they knew. ``stopped_at`` is when the promise was kept after all, too
    late. ``denied`` says that they no longer show the miss that they showed before: somebody looks
    at it, and nothing that was owed is taken back by a machine.
    """

    type: Literal["books_compared"] = "books_compared"
    promise: str
    reason: MissReason
    as_of: datetime
    stopped_at: datetime | None = None
    denied: bool = False
    facts: Facts
    proven: tuple[Proven, ...] = ()

    TITLE = "Đã đối chiếu sổ sách của chúng tôi"

    def particulars(self, policy: Policy) -> str:
        said = f"số liệu đến {moment(self.as_of)}"
        if self.denied:
            return f"{said}; sổ mới không còn ghi là trễ, chờ người xem lại, khoản nợ giữ nguyên"
        return said if self.stopped_at is None else f"{said}; xong lúc {moment(self.stopped_at)}"

    def series(self) -> tuple[str, ...]:
        return (self.promise,)

    def concerns(self, holder: str, reader: str) -> str:
        return holder if self.denied else ""

    def apply(self, case: Case) -> Case:
        promise = case.promise(self.promise)
        before = None if promise is None else promise.found
        if self.denied and before is not None:
            return with_promise(case, self.promise, found=replace(before, denied=True))
        found = Found(self.as_of, self.reason, self.facts)
        if self.reason not in STILL_OWED:
            return with_promise(case, self.promise, found=found)
        return with_promise(case, self.promise, found=found, ended_at=self.stopped_at)


class CasesLinked(Deed):
    """Another case of the same customer is about the same paper; nothing is paid in both."""

    type: Literal["cases_linked"] = "cases_linked"
    other: str

    TITLE = "Cùng chứng từ với một hồ sơ khác của Quý khách"
    NOTICE = "holder"

    def particulars(self, policy: Policy) -> str:
        return f"{self.other}; mỗi lời hứa chỉ tính bù một lần, ở hồ sơ ghi trước"

    def apply(self, case: Case) -> Case:
        return case


class ContactFound(Deed):
    """The books learned how to reach the customer, who is told now what was found before."""

    type: Literal["contact_found"] = "contact_found"

    TITLE = "Sổ sách đã có cách liên hệ với Quý khách"


class OwnReportSettled(Event):
    """Everything was done and paid, and nobody said a word: the company closes what it opened."""

    type: Literal["own_report_settled"] = "own_report_settled"

    TITLE = "Đã làm xong và trả đủ, hồ sơ tự đóng"

    def apply(self, case: Case) -> Case:
        return over(case, "closed", self.at)


@dataclass(frozen=True)
class OpenOwnReport(FilingCommand):
    """Open a case about one paper with the promises that were broken about it, one at least."""

    broken: tuple[Obligation, ...]

    def decide(self, policy: Policy, now: datetime) -> tuple[Event, ...]:
        """The case belongs to whoever answers for the promise that was broken first."""
        first = min(self.broken, key=lambda one: (one.due_at, one.key))
        owner = department(policy, first.commitment(policy).owner.department)
        received = Received(
            at=now,
            kind=KIND,
            segment=first.segment,
            channel="ledger",
            topic=first.document.table,
            owner_department=owner.id,
            owner_role=owner.role,
            fingerprint=policy.fingerprint,
        )
        opened = tuple(_grown((received,), _added(self.broken, policy, now), policy, now))
        # The first letter asks where the money should go, so that nobody gets two at once.
        return (*opened, *asked(fold(opened), policy, now))


@dataclass(frozen=True)
class CompareBooks(CaseCommand):
    """Add to a case what newer books say: of its promises by key, and of others of its paper."""

    known: Mapping[str, Obligation]
    broken: tuple[Obligation, ...] = ()
    ALLOWED = MACHINES

    def decide(self, case: Case, policy: Policy, now: datetime) -> tuple[Event, ...]:
        """What the books say already adds nothing."""
        told: list[Event] = []
        for key, obligation in sorted(self.known.items()):
            promise = case.promise(key)
            if promise is not None:
                told += _newer(promise, obligation, now)
        added = _added(self.broken, policy, now, fold(told, case))
        grown = _grown((*told,), added, policy, now, case)
        return tuple(grown)


@dataclass(frozen=True)
class LinkCase(CaseCommand):
    """Say in a case that another one (its reference) of the same customer is about its paper."""

    other: str
    ALLOWED = MACHINES

    def decide(self, case: Case, policy: Policy, now: datetime) -> tuple[Event, ...]:
        return (CasesLinked(at=now, by=self.actor, other=self.other),)


@dataclass(frozen=True)
class NoteContact(CaseCommand):
    """Note that the books know now how to reach the customer; the contact is kept beside it."""

    ALLOWED = MACHINES

    def decide(self, case: Case, policy: Policy, now: datetime) -> tuple[Event, ...]:
        return (ContactFound(at=now, by=self.actor),)


def promise_keys(
    broken: tuple[Obligation, ...], case: Case | None = None
) -> tuple[tuple[str, Obligation], ...]:
    """Return the key that each broken promise has in its case, in the order in which it is made."""
    count: dict[str, int] = {}
    for promise in () if case is None else case.promises:
        count[promise.commitment_id] = count.get(promise.commitment_id, 0) + 1
    found = []
    for one in sorted(broken, key=lambda each: (each.due_at, each.key)):
        before = count.get(one.commitment_id, 0)
        count[one.commitment_id] = before + 1
        found.append((f"{one.commitment_id}.{before + 1}" if before else one.commitment_id, one))
    return tuple(found)


def _added(
    broken: tuple[Obligation, ...], policy: Policy, now: datetime, case: Case | None = None
) -> Iterator[Event]:
    """Make each promise that was broken, with what the books say of it, and its miss."""
    for key, one in promise_keys(broken, case):
        commitment = one.commitment(policy)
        rule = commitment.rule(one.segment)
        yield PromiseMade(
            at=now,
            commitment_id=one.commitment_id,
            version=one.version,
            title=commitment.title,
            measure=commitment.measure,
            due_at=one.due_at,
            if_missed_vnd=None if rule is None else at_the_miss(rule),
            if_missed="" if rule is None else rule.describe(),
            started_at=one.started_at,
            stops_on=one.condition,
            unit=one.unit,
        )
        yield _compared(key, one, now)
        yield PromiseMissed(
            at=now,
            promise=key,
            commitment_id=one.commitment_id,
            version=one.version,
            reason=one.reason,
            due_at=one.due_at,
        )


def _compared(key: str, one: Obligation, now: datetime) -> BooksCompared:
    return BooksCompared(
        at=now,
        promise=key,
        reason=one.reason,
        as_of=one.as_of or now,
        stopped_at=one.stopped_at,
        facts=one.facts,
        proven=tuple(
            Proven(source=each.source, as_of=each.as_of, sha256=each.sha256, line=each.line)
            for each in one.evidence
        ),
    )


def _newer(promise: PromiseState, one: Obligation, now: datetime) -> list[Event]:
    """Return what the books say anew of a promise that they showed as broken."""
    found = promise.found
    if found is None:
        return []
    if one.state != "missed":
        denied = one.state in ("kept", "excused", "void") and not found.denied
        return [_compared(promise.key, one, now).model_copy(update={"denied": True})] * denied
    lasts = found.reason in STILL_OWED
    before = (found.facts, found.denied, promise.ended_at if lasts else None)
    same = before == (one.facts, False, one.stopped_at if lasts else None)
    return [] if same else [_compared(promise.key, one, now)]


def _grown(
    told: tuple[Event, ...],
    added: Iterator[Event],
    policy: Policy,
    now: datetime,
    case: Case | None = None,
) -> Iterator[Event]:
    """Return what happened, and then what is owed by it."""
    happened = (*told, *added)
    yield from happened
    if happened:
        yield from owed(fold(happened, case), policy, now)


def settled(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Close what the company opened once all of it is done and paid, unless somebody spoke."""
    done = all(one.ended_at is not None for one in case.promises)
    written = any(one.purpose != "payout" for one in case.messages)
    quiet = not (case.spoken or written or case.mail_failures or case.claims)
    paid = bool(case.debts) and not case.open_vnd
    if case.kind == KIND and case.state_at(now) == "open" and done and quiet and paid:
        yield OwnReportSettled(at=now)
