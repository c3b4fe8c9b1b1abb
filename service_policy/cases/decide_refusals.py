"""Decisions about refusals and their review.

Law 19/2023, article 57.6: in writing, with reasons. Article 69: the seller proves to be without
fault. A refusal has conclusion, evidence, clause and the way to appeal; two persons decide.
"""

from datetime import datetime

from service_policy.cases import commands_outcome as commands
from service_policy.cases import events_outcome as events
from service_policy.cases.case import Case
from service_policy.cases.catalogue import made_by_hand, pinned_term
from service_policy.cases.clauses import applicable
from service_policy.cases.decide_closing import SHORTEST_CONCLUSION
from service_policy.cases.decide_messages import need_open, need_text
from service_policy.cases.events import Event
from service_policy.cases.proofs import need_decider, proven
from service_policy.cases.refused import CommandRefused, need
from service_policy.clock import due_at
from service_policy.policy import Policy


def propose_refusal(
    case: Case, command: commands.ProposeRefusal, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """A refusal names a clause published before the case, and evidence; it waits for a signer."""
    need_open(case)
    need(case.state == "open", "state", "Đang chờ khách hoặc đang xem xét lại.")
    need(case.owner_id is not None, "owner", "Phiếu chưa có người phụ trách.")
    need(case.refusal is None, "state", "Đang có một lời từ chối chờ người thứ hai.")
    need(not case.is_safety, "state", "Phiếu an toàn không được từ chối.")
    in_time = case.in_favour_at is None
    need(in_time, "state", "Đã quá hạn kết luận: vụ này xử theo hướng có lợi cho khách.")
    clause = next((one for one in applicable(case, policy) if one.id == command.clause), None)
    if clause is None:
        raise CommandRefused(
            "clause",
            "Điều kiện này chưa công bố khi khách gửi phiếu, hoặc không phải điều kiện của việc bị "
            "từ chối. Trường hợp miễn bù của một cam kết không từ chối được việc gì.",
        )
    evidence = proven(case, command, readable=True)
    need_text(command.text, least=SHORTEST_CONCLUSION)
    need_decider(policy.company.decisions.refuse, command.actor, "quyết từ chối")
    limit = policy.company.handling.sign_within
    return (
        events.RefusalProposed(
            at=now,
            by=command.actor,
            clause=clause.id,
            clause_version=clause.version,
            evidence=evidence,
            sign_by=due_at(limit, now, policy.calendar),
        ),
    )


def sign_refusal(
    case: Case, command: commands.SignRefusal, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """Another person signs in time; the refusal goes out with the date to appeal by."""
    refusal = case.refusal
    if refusal is None or case.is_ended:
        raise CommandRefused("state", "Không có lời từ chối nào chờ đọc lại.")
    need(command.actor.id != refusal.by, "actor", "Người đọc lại phải là người khác.")
    need_decider(policy.company.decisions.sign, command.actor, "ký lời từ chối")
    need(now <= refusal.sign_by, "state", "Đã quá hạn đọc lại: coi như không từ chối.")
    window = policy.company.handling.appeal_within
    return (
        events.RefusalIssued(
            at=now,
            by=command.actor,
            proposed_by=refusal.by,
            message=refusal.number,
            clause=refusal.clause,
            clause_version=refusal.clause_version,
            evidence=refusal.evidence,
            appeal_by=due_at(window, now, policy.calendar),
        ),
    )


def reject_refusal(
    case: Case, command: commands.RejectRefusal, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """The second reader does not sign."""
    need(case.refusal is not None, "state", "Không có lời từ chối nào chờ đọc lại.")
    need_text(command.text, least=5)
    return (events.RefusalRejected(at=now, by=command.actor),)


def appeal(
    case: Case, command: commands.Appeal, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """The customer asks for level 2: a promise of its own, dated by the published term."""
    need(case.review is None, "state", "Đang xem xét lại rồi.")
    if command.promise:
        promise = case.promise(command.promise)
        exempted = promise is not None and promise.exempt == "granted"
        need(exempted, "promise", "Cam kết này không bị miễn bù.")
        subject = f"exemption:{command.promise}"
    else:
        _need_refused(case, policy, now)
        subject = "refusal"
    need(subject not in case.reviewed, "state", "Đã xem xét lại; xem nơi khiếu nại tiếp theo.")
    commitment, within = pinned_term(case, policy, "review")
    if commitment is None or within is None:
        raise CommandRefused("state", "Chưa công bố hạn xem xét lại.")
    due = due_at(within, now, policy.calendar)
    asked = events.AppealMade(
        at=now,
        by=command.actor,
        subject=subject,
        promise=command.promise,
        review_by=due,
    )
    promised = made_by_hand(
        case, policy, commitment, now=now, due=due, stops_on="reviewed", target=within
    )
    return (asked, promised)


def _need_refused(case: Case, policy: Policy, now: datetime) -> None:
    objected = case.objected is not None and case.objected.outcome == "refused"
    if case.state == "refused" or objected:
        return
    late = case.state == "closed" and case.outcome == "refused"
    need(late, "state", "Không có lời từ chối nào để xem xét lại.")
    limit = policy.company.handling.reopen_within
    until = due_at(limit, case.closed[-1].start, policy.calendar)
    need(now <= until, "state", "Đã quá hạn xem xét lại.")


def decide_review(
    case: Case, command: commands.DecideReview, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """Somebody who had no part in it decides; keeping a no needs evidence once more."""
    review = case.review
    if review is None:
        raise CommandRefused("state", "Không có yêu cầu xem xét lại.")
    fresh = command.actor.id not in case.concluded_by
    need(fresh, "actor", "Người xem xét lại phải là người chưa tham gia.")
    need_decider(policy.company.decisions.review, command.actor, "quyết định xem xét lại")
    need_text(command.text, least=SHORTEST_CONCLUSION)
    if command.upheld:
        proven(case, command, readable=True)
    return (
        events.ReviewDecided(
            at=now,
            by=command.actor,
            message=case.seq + 1,
            subject=review.subject,
            upheld=command.upheld,
            evidence=tuple(one.id for one in command.evidence),
        ),
    )
