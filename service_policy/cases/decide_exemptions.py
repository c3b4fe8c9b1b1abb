"""Decisions about exemptions: the company proves, a second person signs, the miss stays public."""

from collections.abc import Callable, Mapping
from datetime import datetime

from service_policy.cases import commands_money as commands
from service_policy.cases import events_money as events
from service_policy.cases.case import Case
from service_policy.cases.catalogue import commitment_of
from service_policy.cases.decide_closing import SHORTEST_CONCLUSION
from service_policy.cases.decide_messages import need_text
from service_policy.cases.events import Event
from service_policy.cases.parts import PromiseState
from service_policy.cases.proofs import proven
from service_policy.cases.refused import CommandRefused, need
from service_policy.clock import due_at
from service_policy.exemptions import Ground
from service_policy.policy import Policy


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


def claim_exemption(
    case: Case, command: commands.ClaimExemption, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """Only a missed promise, only one of its own published exemptions, only with evidence."""
    promise = case.promise(command.promise)
    if promise is None:
        raise CommandRefused("promise", "Phiếu không có cam kết này.")
    need(promise.status(now) == "missed", "promise", "Cam kết này chưa bị trật.")
    need(promise.exempt == "no", "promise", "Cam kết này đã được xét miễn bù.")
    published = commitment_of(promise, policy).exemptions
    claimed = next((one for one in published if one.id == command.exemption), None)
    if claimed is None:
        raise CommandRefused("exemption", "Cam kết không có trường hợp miễn bù này.")
    if claimed.needs in IN_THE_CASE:
        happened, missing = IN_THE_CASE[claimed.needs]
        need(happened(case, promise), "exemption", missing)
    else:
        need(command.files, "files", "Việc này xảy ra ngoài phiếu: phải gửi kèm văn bản hoặc ảnh.")
    evidence = proven(case, command, readable=True)
    need_text(command.text, least=SHORTEST_CONCLUSION)
    limit = policy.company.handling.sign_within
    return (
        events.ExemptionClaimed(
            at=now,
            by=command.actor,
            promise=promise.key,
            exemption=command.exemption,
            evidence=evidence,
            sign_by=due_at(limit, now, policy.calendar),
        ),
    )


def sign_exemption(
    case: Case, command: commands.SignExemption, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """Another person decides in time; otherwise the money stays owed."""
    claim = next((one for one in case.claims if one[0] == command.promise), None)
    if claim is None:
        raise CommandRefused("promise", "Không có đề nghị miễn bù nào chờ đọc lại.")
    promise, exemption, claimed_by, sign_by = claim
    need(command.actor.id != claimed_by, "actor", "Người đọc lại phải là người khác.")
    if not command.granted:
        return (events.ExemptionLapsed(at=now, promise=promise),)
    need(now <= sign_by, "promise", "Đã quá hạn đọc lại: khoản bù vẫn phải trả.")
    return (
        events.ExemptionGranted(at=now, by=command.actor, promise=promise, exemption=exemption),
    )
