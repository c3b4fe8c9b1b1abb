"""Refusals: who may say no to what, and how.

Law 19/2023, article 57.6: in writing, with reasons. Article 69: the seller proves to be without
fault. A refusal has conclusion, evidence, clause and the way to appeal; two persons decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import sent
from service_policy.cases.core.command import (
    DESK,
    SECOND_READERS,
    SHORTEST_CONCLUSION,
    CaseCommand,
    CommandRefused,
    need,
    need_open,
    need_text,
)
from service_policy.cases.core.event import Deed, Event, Telling, moment
from service_policy.cases.core.facts import Evidence, FileFact
from service_policy.cases.core.parts import Proposal, Refusal
from service_policy.cases.core.promises import commitment_of
from service_policy.cases.core.proofs import need_decider, proven
from service_policy.handling import Clause
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy


class RefusalProposed(Deed):
    """Somebody proposes to refuse: with a published clause and evidence the customer can read."""

    type: Literal["refusal_proposed"] = "refusal_proposed"
    clause: str
    clause_version: str
    evidence: tuple[str, ...]
    sign_by: datetime
    files: tuple[FileFact, ...] = ()

    TITLE = "Có đề nghị từ chối, chờ người thứ hai đọc lại"
    NOTICE = "reader"

    def particulars(self, policy: Policy) -> str:
        return f"theo điều kiện {self.clause}; phải ký trước {moment(self.sign_by)}"

    def apply(self, case: Case) -> Case:
        refusal = Refusal(
            number=case.seq + 1,
            by=self.by.id,
            clause=self.clause,
            clause_version=self.clause_version,
            evidence=self.evidence,
            sign_by=self.sign_by,
        )
        return replace(case, refusal=refusal, concluded_by=case.concluded_by | {self.by.id})


class RefusalRejected(Deed):
    """The second reader did not sign."""

    type: Literal["refusal_rejected"] = "refusal_rejected"

    TITLE = "Người thứ hai không ký lời từ chối"

    def apply(self, case: Case) -> Case:
        return replace(case, refusal=None)


class RefusalLapsed(Event):
    """Nobody signed in time, which counts as not refused."""

    type: Literal["refusal_lapsed"] = "refusal_lapsed"

    TITLE = "Quá hạn đọc lại, coi như không từ chối"

    def apply(self, case: Case) -> Case:
        return replace(case, refusal=None)


class RefusalIssued(Deed):
    """A second person signed; the refusal goes to the customer with the way to appeal.

    ``proposed_by`` and ``by`` are two persons; ``appeal_by`` is the earliest end of the appeal
    window: it is counted again from delivery.
    """

    type: Literal["refusal_issued"] = "refusal_issued"
    proposed_by: str
    message: int
    clause: str
    clause_version: str
    evidence: tuple[str, ...]
    appeal_by: datetime

    TITLE = "Từ chối bằng văn bản, có hai người ký"
    SUBJECT = "Kết luận bằng văn bản"
    HEADING = "Từ chối bằng văn bản"

    def particulars(self, policy: Policy) -> str:
        return f"theo điều kiện {self.clause}; yêu cầu xem xét lại đến {moment(self.appeal_by)}"

    def published(self, policy: Policy) -> Clause | None:
        """Return the clause it stands on, as it was published then."""
        wanted = (self.clause, self.clause_version)
        return next((one for one in policy.clauses if (one.id, one.version) == wanted), None)

    def below(self, policy: Policy) -> str:
        clause, until = self.published(policy), self.appeal_by.astimezone(VIETNAM)
        condition = "" if clause is None else f"Điều kiện đã công bố ({clause.id}): {clause.text}\n"
        return (
            f"{condition}Hai người đã đọc và ký kết luận này. Bằng chứng có trên trang theo dõi.\n"
            f"Không đồng ý: bấm “Yêu cầu xem xét lại” ít nhất đến hết ngày {until:%d/%m/%Y}; "
            "người chưa tham gia sẽ xem lại từ đầu."
        )

    def apply(self, case: Case) -> Case:
        written = sent(case, self.message, "refusal", self.at)
        return replace(
            written,
            refusal=None,
            proposal=Proposal(self.message, "refused"),
            objected=None,
            concluded_by=case.concluded_by | {self.by.id, self.proposed_by},
        )


class DecidedForCustomer(Event):
    """The longest time passed without a conclusion: the case can no longer be refused."""

    type: Literal["decided_for_customer"] = "decided_for_customer"
    promise: str

    TITLE = "Quá hạn kết luận, xử theo hướng có lợi cho Quý khách"

    def news(self, telling: Telling) -> str:
        return f"{self.TITLE}."

    def apply(self, case: Case) -> Case:
        def unless_refusing(one: Proposal | None) -> Proposal | None:
            return None if one is not None and one.outcome == "refused" else one

        return replace(
            case,
            in_favour_at=self.at,
            refusal=None,
            proposal=unless_refusing(case.proposal),
            objected=unless_refusing(case.objected),
        )


@dataclass(frozen=True)
class ProposeRefusal(CaseCommand):
    """Propose to refuse under a published ``clause``; somebody else has to sign it.

    ``clause`` is the id of a condition that was published when the case was filed.
    """

    clause: str
    evidence: tuple[Evidence, ...]
    text: str
    ALLOWED = DESK
    TELLS = "answer"

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """A refusal names a clause published before the case, with evidence; another signs it."""
        need_open(case)
        need(case.state == "open", "state", "Đang chờ khách hoặc đang xem xét lại.")
        need(case.owner_id is not None, "owner", "Phiếu chưa có người phụ trách.")
        need(case.refusal is None, "state", "Đang có một lời từ chối chờ người thứ hai.")
        need(not case.is_safety, "state", "Phiếu an toàn không được từ chối.")
        in_time = case.in_favour_at is None
        need(in_time, "state", "Đã quá hạn kết luận: vụ này xử theo hướng có lợi cho khách.")
        clause = next((one for one in applicable(case, policy) if one.id == self.clause), None)
        if clause is None:
            raise CommandRefused(
                "clause",
                "Điều kiện này chưa công bố khi khách gửi phiếu, hoặc không phải điều kiện của việc"
                " bị từ chối. Trường hợp miễn bù của một cam kết không từ chối được việc gì.",
            )
        evidence = proven(case, self, readable=True)
        need_text(self.text, least=SHORTEST_CONCLUSION)
        need_decider(policy.company.decisions.refuse, self.actor, "quyết từ chối")
        limit = policy.company.handling.sign_within
        yield RefusalProposed(
            at=now,
            by=self.actor,
            clause=clause.id,
            clause_version=clause.version,
            evidence=evidence,
            sign_by=due_at(limit, now, policy.calendar),
        )


@dataclass(frozen=True)
class SignRefusal(CaseCommand):
    """Sign a proposed refusal as its second reader; it then goes to the customer."""

    ALLOWED = SECOND_READERS

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """Another person signs in time; the refusal goes out with the date to appeal by."""
        refusal = case.refusal
        if refusal is None or case.is_ended:
            raise CommandRefused("state", "Không có lời từ chối nào chờ đọc lại.")
        need(self.actor.id != refusal.by, "actor", "Người đọc lại phải là người khác.")
        need_decider(policy.company.decisions.sign, self.actor, "ký lời từ chối")
        need(now <= refusal.sign_by, "state", "Đã quá hạn đọc lại: coi như không từ chối.")
        window = policy.company.handling.appeal_within
        yield RefusalIssued(
            at=now,
            by=self.actor,
            proposed_by=refusal.by,
            message=refusal.number,
            clause=refusal.clause,
            clause_version=refusal.clause_version,
            evidence=refusal.evidence,
            appeal_by=due_at(window, now, policy.calendar),
        )


@dataclass(frozen=True)
class RejectRefusal(CaseCommand):
    """Do not sign a proposed refusal."""

    text: str
    ALLOWED = SECOND_READERS

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """The second reader does not sign."""
        need(case.refusal is not None, "state", "Không có lời từ chối nào chờ đọc lại.")
        need_text(self.text, least=5)
        yield RefusalRejected(at=now, by=self.actor)


def applicable(case: Case, policy: Policy) -> tuple[Clause, ...]:
    """Return the conditions of the thing refused that were in force when the case was filed.

    The complaint's category names the documents whose conditions may decide it; a warranty claim
    is decided by the conditions of the warranty. The exemptions of a commitment excuse money when
    it was missed: they are no condition of anything, and refuse nothing.
    """
    category = policy.category(case.category or "")
    sources = frozenset(category.refuse_under if category is not None else ())
    claim = case.kind == "warranty_claim"
    return tuple(
        one
        for one in policy.clauses
        if one.of != "exemption"
        and policy.clause(one.id, case.pinned_on) == one
        and (one.source in sources or (claim and one.of == "exclusion"))
    )


def unsigned_lapse(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Let a refusal go that nobody signed in time."""
    if case.refusal is not None and case.refusal.sign_by < now:
        yield RefusalLapsed(at=now)


def too_long_is_decided(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Past the longest time without a conclusion, the customer is right."""
    if case.in_favour_at is not None or case.state != "open":
        return
    for promise in case.promises:
        if promise.stops_on != "resolved" or not promise.is_open:
            continue
        commitment = commitment_of(promise, policy)
        longest = commitment.longest(policy.matrix, case.segment)
        if longest is None:
            continue
        paused = max(timedelta(), promise.due_at - (promise.first_due_at or promise.due_at))
        start = min(promise.started_at, case.received_at)
        if now > due_at(longest, start, policy.calendar) + paused:
            yield DecidedForCustomer(at=now, promise=promise.key)
            return
