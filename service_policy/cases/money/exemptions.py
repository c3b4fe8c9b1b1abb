"""Exemptions: the company proves, a second person signs, the miss stays public."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import changed, with_promise
from service_policy.cases.core.command import (
    LEADS,
    SECOND_READERS,
    SHORTEST_CONCLUSION,
    CaseCommand,
    CommandRefused,
    need,
    need_text,
)
from service_policy.cases.core.event import Deed, Event, Telling
from service_policy.cases.core.facts import Evidence, FileFact
from service_policy.cases.core.parts import Claim, Exempt, PromiseState
from service_policy.cases.core.promises import commitment_of
from service_policy.cases.core.proofs import proven
from service_policy.promises.clock import due_at
from service_policy.promises.commitment import Ground
from service_policy.promises.policy import Policy


class ExemptionClaimed(Deed):
    """Somebody claims that a missed promise need not be paid for; it waits for a second person."""

    type: Literal["exemption_claimed"] = "exemption_claimed"
    promise: str
    exemption: str
    evidence: tuple[str, ...]
    sign_by: datetime
    files: tuple[FileFact, ...] = ()

    TITLE = "Đề nghị miễn bù, chờ người thứ hai"
    QUOTED = True
    NOTICE = "reader"

    def particulars(self, policy: Policy) -> str:
        return self.promise

    def apply(self, case: Case) -> Case:
        claimed = _exempt(case, self.promise, "claimed")
        claim = Claim(self.promise, self.exemption, self.by.id, self.sign_by)
        return replace(
            claimed,
            claims=(*claimed.claims, claim),
            concluded_by=case.concluded_by | {self.by.id},
        )


class ExemptionGranted(Deed):
    """A second person signed: unpaid money of this promise is not owed; the miss stays."""

    type: Literal["exemption_granted"] = "exemption_granted"
    promise: str
    exemption: str

    TITLE = "Miễn bù có bằng chứng; Quý khách được yêu cầu xem xét lại"

    def particulars(self, policy: Policy) -> str:
        return self.promise

    def news(self, telling: Telling) -> str:
        return f"{self.TITLE}."

    def apply(self, case: Case) -> Case:
        granted = _exempt(case, self.promise, "granted")
        debts = changed(case.debts, lambda one: one.promise == self.promise, void=True)
        return replace(granted, debts=debts, concluded_by=case.concluded_by | {self.by.id})


class ExemptionLapsed(Event):
    """Nobody signed the claim in time, or the second person refused it."""

    type: Literal["exemption_lapsed"] = "exemption_lapsed"
    promise: str

    TITLE = "Không miễn bù"

    def apply(self, case: Case) -> Case:
        return _exempt(case, self.promise, "no")


def _exempt(case: Case, key: str, exempt: Exempt) -> Case:
    claims = tuple(claim for claim in case.claims if claim.promise != key)
    return with_promise(replace(case, claims=claims), key, exempt=exempt)


def _question_unanswered(case: Case, promise: PromiseState) -> bool:
    """A question reached the customer in time and nothing was heard until the time ran out."""
    asked = (
        one.delivered_at
        for one in case.messages
        if one.purpose == "question"
        and one.delivered_at is not None
        and not any(pause.number == one.number and pause.void for pause in case.pauses)
    )
    return any(
        at <= promise.due_at and not any(at < said <= promise.due_at for said in case.spoken)
        for at in asked
    )


def _customer_asked(case: Case, promise: PromiseState) -> bool:
    return any(at <= promise.due_at for at in case.spoken)


def _unreachable(case: Case, promise: PromiseState) -> bool:
    return any(at <= promise.due_at for at in case.unreached)


IN_THE_CASE: Mapping[Ground, tuple[Callable[[Case, PromiseState], bool], str]] = {
    "question_unanswered": (
        _question_unanswered,
        "Trong phiếu không có câu hỏi nào đã đến tay khách trước hạn mà khách chưa trả lời.",
    ),
    "customer_asked": (
        _customer_asked,
        "Trong phiếu không có lời nào của khách được ghi trước hạn.",
    ),
    "customer_unreachable": (
        _unreachable,
        "Trong phiếu không có thư bị trả lại hay cuộc gọi hụt nào trước hạn.",
    ),
}
"""The grounds that must be in the case itself, and what is missing when they are not."""


@dataclass(frozen=True)
class ClaimExemption(CaseCommand):
    """Claim that a missed ``promise`` (its key) falls under one of its published exemptions."""

    promise: str
    exemption: str
    evidence: tuple[Evidence, ...]
    text: str
    ALLOWED = LEADS
    TELLS = "text"

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """Only a missed promise, only one of its own published exemptions, only with evidence."""
        promise = case.promise(self.promise)
        if promise is None:
            raise CommandRefused("promise", "Phiếu không có cam kết này.")
        need(promise.status(now) == "missed", "promise", "Cam kết này chưa bị trật.")
        need(promise.exempt == "no", "promise", "Cam kết này đã được xét miễn bù.")
        published = commitment_of(promise, policy).exemptions
        claimed = next((one for one in published if one.id == self.exemption), None)
        if claimed is None:
            raise CommandRefused("exemption", "Cam kết không có trường hợp miễn bù này.")
        if claimed.needs in IN_THE_CASE:
            happened, missing = IN_THE_CASE[claimed.needs]
            need(happened(case, promise), "exemption", missing)
        else:
            need(self.files, "files", "Việc này xảy ra ngoài phiếu: phải gửi kèm văn bản hoặc ảnh.")
        evidence = proven(case, self, readable=True)
        need_text(self.text, least=SHORTEST_CONCLUSION)
        limit = policy.company.handling.sign_within
        yield ExemptionClaimed(
            at=now,
            by=self.actor,
            promise=promise.key,
            exemption=self.exemption,
            evidence=evidence,
            sign_by=due_at(limit, now, policy.calendar),
        )


@dataclass(frozen=True)
class SignExemption(CaseCommand):
    """Decide, as a second person, on a claimed exemption."""

    promise: str
    granted: bool = True
    ALLOWED = SECOND_READERS

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """Another person decides in time; otherwise the money stays owed."""
        claim = next((one for one in case.claims if one.promise == self.promise), None)
        if claim is None:
            raise CommandRefused("promise", "Không có đề nghị miễn bù nào chờ đọc lại.")
        need(self.actor.id != claim.by, "actor", "Người đọc lại phải là người khác.")
        if not self.granted:
            yield ExemptionLapsed(at=now, promise=claim.promise)
            return
        need(now <= claim.sign_by, "promise", "Đã quá hạn đọc lại: khoản bù vẫn phải trả.")
        yield ExemptionGranted(
            at=now, by=self.actor, promise=claim.promise, exemption=claim.exemption
        )


def unsigned_lapse(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Let each claim go that nobody signed in time: the money stays owed."""
    for claim in case.claims:
        if claim.sign_by < now:
            yield ExemptionLapsed(at=now, promise=claim.promise)
