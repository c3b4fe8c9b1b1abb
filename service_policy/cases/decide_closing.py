"""Decisions about the end of a case: the company proposes, the customer disposes."""

from datetime import datetime

from service_policy.cases import commands_outcome as commands
from service_policy.cases import events_outcome as events
from service_policy.cases.case import Case
from service_policy.cases.decide_messages import end_pause, need_open, need_text
from service_policy.cases.dues import moved_dues
from service_policy.cases.events import Event
from service_policy.cases.evolve import evolve
from service_policy.cases.refused import need
from service_policy.clock import due_at
from service_policy.policy import Policy

SHORTEST_CONCLUSION = 30
CODE_ENDS_NOTHING = (
    "Mã của phiếu này do nhân viên đưa, nên không ai dùng mã để đóng hay rút phiếu thay Quý khách. "
    "Phiếu tự đóng khi kết luận đã đến tay Quý khách và hết thời gian phản đối."
)
"""Staff have seen the code of a case that they typed in; silence ends it, never the code."""


def propose_resolution(
    case: Case, command: commands.ProposeResolution, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """A resolution is a written proposal; it stops nothing before it is delivered."""
    need_open(case)
    need(case.state == "open", "state", "Đang chờ khách hoặc đang xem xét lại.")
    need(case.owner_id is not None, "owner", "Phiếu chưa có người phụ trách.")
    calls = any(one.stops_on == "called_back" and one.is_open for one in case.promises)
    need(not calls, "state", "Chưa gọi lại cho khách về an toàn.")
    need_text(command.text, least=SHORTEST_CONCLUSION)
    return (
        events.ResolutionProposed(
            at=now,
            by=command.actor,
            message=case.seq + 1,
            outcome=command.outcome,
            without_figures=command.without_figures,
        ),
    )


def confirm_resolution(
    case: Case, command: commands.ConfirmResolution, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """The customer agrees; nobody can agree in the customer's place."""
    need(not case.staff_know_code, "code", CODE_ENDS_NOTHING)
    need(case.proposal is not None and case.state != "review", "state", "Chưa có đề nghị nào.")
    closed = events.ResolutionConfirmed(at=now, by=command.actor, how="customer")
    return (*end_pause(case, policy, now, "concluded"), closed)


def dispute_resolution(
    case: Case, command: commands.DisputeResolution, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """The customer disputes: all the time since the start counts, as if nothing had been sent."""
    standing = case.proposal is not None and case.state in ("open", "proposed", "refused")
    need(standing, "state", "Không có đề nghị nào đang chờ Quý khách.")
    refused = case.proposal is not None and case.proposal.outcome == "refused"
    need(not refused, "state", "Với lời từ chối, Quý khách dùng nút “Xem xét lại”.")
    return (events.ResolutionDisputed(at=now, by=command.actor),)


def reopen(
    case: Case, command: commands.Reopen, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """The customer reopens within the published time; deadlines lose the closed days only."""
    need(case.state in ("closed", "withdrawn"), "state", "Phiếu này đang mở.")
    closed_at = case.closed[-1].start
    limit = due_at(policy.company.handling.reopen_within, closed_at, policy.calendar)
    need(now <= limit, "state", "Đã quá hạn mở lại; xin gửi phiếu mới, chúng tôi nối hai phiếu.")
    reopened = events.CaseReopened(at=now, by=command.actor, dues=())
    dues = moved_dues(evolve(case, reopened), policy)
    return (reopened.model_copy(update={"dues": dues}),)


def withdraw(
    case: Case, command: commands.Withdraw, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """Only the customer withdraws; what is owed stays owed."""
    need_open(case)
    need(not case.staff_know_code, "code", CODE_ENDS_NOTHING)
    withdrawn = events.CaseWithdrawn(at=now, by=command.actor)
    return (*end_pause(case, policy, now, "concluded"), withdrawn)


def answer_follow_up(
    case: Case, command: commands.AnswerFollowUp, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """The customer says whether the trouble is gone; a no reopens the case."""
    need(case.follow_up_asked and case.state == "closed", "state", "Chưa có câu hỏi nào.")
    answered = events.FollowUpAnswered(at=now, by=command.actor, fixed=command.fixed)
    if command.fixed:
        return (answered,)
    again = commands.Reopen(actor=command.actor)
    return (answered, *reopen(evolve(case, answered), again, policy, now))
