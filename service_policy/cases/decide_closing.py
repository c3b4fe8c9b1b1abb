"""Decisions about the end of a case: the company proposes, the customer disposes."""

from datetime import datetime

from service_policy.cases import commands_outcome as commands
from service_policy.cases import events_outcome as events
from service_policy.cases.case import Case
from service_policy.cases.commands_service import RecordContact
from service_policy.cases.decide_messages import end_pause, need_open, need_text
from service_policy.cases.dues import moved_dues
from service_policy.cases.events import Event
from service_policy.cases.events_service import ContactRecorded
from service_policy.cases.evolve import evolve
from service_policy.cases.refused import need
from service_policy.clock import due_at
from service_policy.policy import Policy

SHORTEST_CONCLUSION = 30
EXPLAINABLE = frozenset({"explain", "feedback_only"})
"""Wishes that an explanation alone fulfils."""
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
    if command.outcome == "explained":
        _need_explaining_to_be_enough(case)
    other = command.outcome == "other_remedy"
    need(not other or command.remedy, "remedy", "Chọn cách giải quyết khác là cách nào.")
    same = other and command.remedy == case.remedy_wanted
    need(not same, "outcome", "Đây đúng là điều khách muốn: chọn “giải quyết đúng yêu cầu”.")
    return (
        events.ResolutionProposed(
            at=now,
            by=command.actor,
            message=case.seq + 1,
            outcome=command.outcome,
            remedy=command.remedy if other else None,
            without_figures=command.without_figures,
        ),
    )


def _need_explaining_to_be_enough(case: Case) -> None:
    """Against a wanted remedy an explanation is a refusal in other words, and goes its way.

    A complaint of which nobody knows what the customer wants is not explained away either.
    """
    enough = case.kind != "complaint" or case.remedy_wanted in EXPLAINABLE
    need(
        enough,
        "outcome",
        "Khách không chỉ xin giải thích: không làm theo yêu cầu là từ chối, phải dùng “Từ chối” "
        "với điều kiện đã công bố, bằng chứng và người ký thứ hai.",
    )
    waiting = any(one.closed_at is None for one in case.sub_cases)
    need(not waiting, "outcome", "Việc nhờ bên thứ ba chưa xong; phần của họ là việc của công ty.")


def confirm_resolution(
    case: Case, command: commands.ConfirmResolution, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """The customer agrees; nobody can agree in the customer's place."""
    need(not case.staff_know_code, "code", CODE_ENDS_NOTHING)
    proposed = case.proposal is not None or case.objected is not None
    need(proposed and case.state != "review", "state", "Chưa có đề nghị nào.")
    closed = events.ResolutionConfirmed(at=now, by=command.actor, how="customer")
    return (*end_pause(case, policy, now, "concluded"), closed)


def dispute_resolution(
    case: Case, command: commands.DisputeResolution, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """The customer disputes: all the time since the start counts, as if nothing had been sent."""
    proposal = case.proposal or case.objected
    standing = proposal is not None and case.state in ("open", "proposed", "refused")
    need(standing, "state", "Không có đề nghị nào đang chờ Quý khách.")
    refused = proposal is not None and proposal.outcome == "refused"
    need(not refused, "state", "Với lời từ chối, Quý khách dùng nút “Xem xét lại”.")
    return (events.ResolutionDisputed(at=now, by=command.actor),)


def record_contact(
    case: Case, command: RecordContact, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """What the customer told staff counts like what the customer typed, and only ever helps.

    It ends a wait for the customer and a silence; an objection opens an ended case again.
    """
    need(case.state != "merged", "state", "Phiếu đã gộp; ghi vào phiếu đang được xử lý.")
    recorded = ContactRecorded(
        at=now,
        by=command.actor,
        way=command.way,
        disputes=command.disputes,
        elsewhere=command.elsewhere,
    )
    if command.elsewhere is not None:
        machine = command.actor.role == "system"
        need(machine, "actor", "Máy ghi việc này khi khách viết ở phiếu kia.")
        return (recorded,)
    need_text(command.text, least=5)
    if case.is_ended and command.disputes:
        return (recorded, *reopen(evolve(case, recorded), command, policy, now))
    return (recorded, *end_pause(case, policy, now, "customer_replied"))


def reopen(
    case: Case, command: commands.Reopen | RecordContact, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """The customer reopens within the published time; deadlines lose the closed days only.

    Staff may write the customer's wish down, never have it in the customer's place.
    """
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
