"""Decisions about exemptions: the company proves, a second person signs, the miss stays public."""

from datetime import datetime

from service_policy.cases import commands_money as commands
from service_policy.cases import events_money as events
from service_policy.cases.case import Case
from service_policy.cases.catalogue import commitment_of
from service_policy.cases.decide_closing import SHORTEST_CONCLUSION
from service_policy.cases.decide_messages import need_text
from service_policy.cases.decide_refusals import need_readable
from service_policy.cases.events import Event
from service_policy.cases.refused import CommandRefused, need
from service_policy.clock import due_at
from service_policy.policy import Policy


def claim_exemption(
    case: Case, command: commands.ClaimExemption, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """Only a missed promise, only one of its own published exemptions, only with evidence."""
    promise = case.promise(command.promise)
    if promise is None:
        raise CommandRefused("promise", "Phiếu không có cam kết này.")
    need(promise.status(now) == "missed", "promise", "Cam kết này chưa bị trật.")
    need(promise.exempt == "no", "promise", "Cam kết này đã được xét miễn bù.")
    known = {one.id for one in commitment_of(promise, policy).exemptions}
    need(command.exemption in known, "exemption", "Cam kết không có trường hợp miễn bù này.")
    evidence = need_readable(command.evidence)
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
