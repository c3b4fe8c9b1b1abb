"""A resolution is a proposal until the customer has it in hand and says yes, or nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.actors import SYSTEM
from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import changed, over, plain, promises, restored, sent
from service_policy.cases.core.command import (
    CUSTOMERS,
    DESK,
    SHORTEST_CONCLUSION,
    CaseCommand,
    need,
    need_open,
    need_text,
)
from service_policy.cases.core.event import Deed, Event, Telling, moment
from service_policy.cases.core.facts import FileFact
from service_policy.cases.core.parts import Closing, PromiseState, Proposal, State
from service_policy.cases.messages.pauses import end_pause
from service_policy.promises.policy import Policy

Resolution = Literal["as_asked", "other_remedy", "explained"]
OtherRemedy = Literal["repair", "replace", "refund", "compensate", "redo", "correct"]
"""What may be proposed instead of what was asked; an apology or an explanation is no remedy."""
ClosedBy = Literal["customer", "silence", "review"]
Ends = Literal["everything", "what_was_told", "nothing"]

OUTCOME_WORDS: Mapping[str, str] = {
    "as_asked": "giải quyết đúng yêu cầu",
    "other_remedy": "giải quyết theo cách khác đã đề nghị",
    "explained": "đã giải thích rõ",
    "refused": "từ chối bằng văn bản",
}
"""How a case ended."""
REMEDY_WORDS: Mapping[str, str] = {
    "repair": "sửa",
    "replace": "đổi sản phẩm",
    "refund": "hoàn tiền",
    "compensate": "bồi thường",
    "redo": "giao lại, làm lại",
    "correct": "sửa cho đúng giấy tờ, số liệu",
}
"""What may be given instead of what was asked."""

EXPLAINABLE = frozenset({"explain", "feedback_only"})
"""Wishes that an explanation alone fulfils."""
CODE_ENDS_NOTHING = (
    "Mã của phiếu này do nhân viên đưa, nên không ai dùng mã để đóng hay rút phiếu thay Quý khách. "
    "Phiếu tự đóng khi kết luận đã đến tay Quý khách và hết thời gian phản đối."
)
"""Staff have seen the code of a case that they typed in; silence ends it, never the code."""

_IF_NOT_RESOLVED = (
    "Đây là đề nghị. Quý khách xác nhận hoặc không đồng ý trên trang theo dõi; không đồng ý thì "
    "toàn bộ thời gian được tính đủ."
)


class ResolutionProposed(Deed):
    """A resolution was written; it is a proposal until the customer confirms.

    ``without_figures`` says that it was held to tell nothing of invoices and debts.
    """

    type: Literal["resolution_proposed"] = "resolution_proposed"
    message: int
    outcome: Resolution
    remedy: OtherRemedy | None = None
    without_figures: bool = False
    files: tuple[FileFact, ...] = ()

    TITLE = "Đã viết cách giải quyết"
    SUBJECT = "Đề nghị cách giải quyết"
    HEADING = "Đề nghị cách giải quyết"

    def particulars(self, policy: Policy) -> str:
        other = "" if self.remedy is None else f": {REMEDY_WORDS[self.remedy]}"
        return self.about() + other

    def about(self) -> str:
        return OUTCOME_WORDS[self.outcome]

    def below(self, policy: Policy) -> str:
        return _IF_NOT_RESOLVED

    def apply(self, case: Case) -> Case:
        written = plain(
            sent(case, self.message, "resolution", self.at),
            self.message,
            without_figures=self.without_figures,
        )
        return replace(
            written,
            proposal=Proposal(self.message, self.outcome),
            objected=None,
            concluded_by=case.concluded_by | {self.by.id},
        )


class ResolutionNoticed(Event):
    """The customer has the proposal or the refusal in hand and may object until ``confirm_by``."""

    type: Literal["resolution_noticed"] = "resolution_noticed"
    message: int
    confirm_by: datetime

    TITLE = "Quý khách đã nhận kết luận"

    def particulars(self, policy: Policy) -> str:
        return f"xác nhận hoặc phản đối đến {moment(self.confirm_by)}"

    def apply(self, case: Case) -> Case:
        if case.proposal is None:
            return case
        noticed = replace(case.proposal, delivered_at=self.at, confirm_by=self.confirm_by)
        state: State = "refused" if noticed.outcome == "refused" else "proposed"
        told = changed(
            case.promises,
            lambda one: one.stops_on == "resolved" and one.is_open,
            provisional_at=self.at,
        )
        return replace(case, proposal=noticed, state=state, promises=told)


class ResolutionConfirmed(Deed):
    """The case is closed: the customer agreed, stayed silent, or a review upheld a refusal.

    ``ends`` says which open promises count as kept by it: all of them when the customer agreed;
    after silence those whose conclusion was told to the customer; none where the customer objected
    or was given something else than was asked. Events older than the field ended everything.
    """

    type: Literal["resolution_confirmed"] = "resolution_confirmed"
    how: ClosedBy
    ends: Ends = "everything"

    TITLE = "Phiếu đã đóng"

    def particulars(self, policy: Policy) -> str:
        return {"customer": "Quý khách xác nhận", "silence": "hết thời gian phản đối"}.get(
            self.how, "sau khi xem xét lại"
        )

    def news(self, telling: Telling) -> str:
        return "Phiếu đã đóng. Chưa ổn thì Quý khách mở lại được trên trang theo dõi."

    def apply(self, case: Case) -> Case:
        # Silence is complete when its window is, however long the sweep takes to write it down.
        complete = case.proposal.confirm_by if case.proposal is not None else None
        at = self.at if complete is None or self.how != "silence" else min(complete, self.at)

        def end(one: PromiseState) -> PromiseState:
            if one.ended_at is not None or one.released_at is not None:
                return one
            told = one.provisional_at
            if self.ends == "nothing" or (self.ends == "what_was_told" and told is None):
                return replace(one, released_at=told or at, provisional_at=None)
            return replace(one, ended_at=told or self.at, provisional_at=None)

        concluded = case.proposal or case.objected
        outcome = concluded.outcome if concluded is not None else case.outcome
        closed = replace(over(case, "closed", self.at), outcome=outcome, closing=self._rests(case))
        return promises(closed, end)

    def _rests(self, case: Case) -> Closing | None:
        """Say on which message a closing rests that was not the customer's own act."""
        if self.how == "customer":
            return None
        number = case.proposal.number if case.proposal is not None else None
        if self.how == "review":
            number = next(
                (one.number for one in case.messages[::-1] if one.purpose == "review"), None
            )
        if number is None:
            return None
        return Closing(number, case.state, case.proposal, case.promises)


class ResolutionDisputed(Deed):
    """The customer does not agree: the proposal is void and all the time counts."""

    type: Literal["resolution_disputed"] = "resolution_disputed"
    files: tuple[FileFact, ...] = ()

    TITLE = "Quý khách không đồng ý; thời gian được tính đủ"
    HEARD = True
    NOTICE = "holder"

    def apply(self, case: Case) -> Case:
        return restored(case, self.at)


@dataclass(frozen=True)
class ProposeResolution(CaseCommand):
    """Propose a resolution in writing; the customer decides whether it is one.

    ``remedy`` is named where it is another one than was asked for.
    ``without_figures`` says that it tells nothing of invoices and debts; the rules hold it to that.
    """

    outcome: Resolution
    text: str
    remedy: OtherRemedy | None = None
    without_figures: bool = False
    ALLOWED = DESK
    TELLS = "plain_answer"

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """A resolution is a written proposal; it stops nothing before it is delivered."""
        need_open(case)
        need(case.state == "open", "state", "Đang chờ khách hoặc đang xem xét lại.")
        need(case.owner_id is not None, "owner", "Phiếu chưa có người phụ trách.")
        calls = any(one.stops_on == "called_back" and one.is_open for one in case.promises)
        need(not calls, "state", "Chưa gọi lại cho khách về an toàn.")
        need_text(self.text, least=SHORTEST_CONCLUSION)
        if self.outcome == "explained":
            _need_explaining_to_be_enough(case)
        other = self.outcome == "other_remedy"
        need(not other or self.remedy, "remedy", "Chọn cách giải quyết khác là cách nào.")
        same = other and self.remedy == case.remedy_wanted
        need(not same, "outcome", "Đây đúng là điều khách muốn: chọn “giải quyết đúng yêu cầu”.")
        yield ResolutionProposed(
            at=now,
            by=self.actor,
            message=case.seq + 1,
            outcome=self.outcome,
            remedy=self.remedy if other else None,
            without_figures=self.without_figures,
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


@dataclass(frozen=True)
class ConfirmResolution(CaseCommand):
    """The customer agrees that the matter is resolved."""

    ALLOWED = CUSTOMERS

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """The customer agrees; nobody can agree in the customer's place."""
        need(not case.staff_know_code, "code", CODE_ENDS_NOTHING)
        proposed = case.proposal is not None or case.objected is not None
        need(proposed and case.state != "review", "state", "Chưa có đề nghị nào.")
        yield from end_pause(case, policy, now, "concluded")
        yield ResolutionConfirmed(at=now, by=self.actor, how="customer")


@dataclass(frozen=True)
class DisputeResolution(CaseCommand):
    """The customer says that it is not."""

    text: str = ""
    ALLOWED = CUSTOMERS

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """The customer disputes: all the time counts, as if nothing had been sent."""
        proposal = case.proposal or case.objected
        standing = proposal is not None and case.state in ("open", "proposed", "refused")
        need(standing, "state", "Không có đề nghị nào đang chờ Quý khách.")
        refused = proposal is not None and proposal.outcome == "refused"
        need(not refused, "state", "Với lời từ chối, Quý khách dùng nút “Xem xét lại”.")
        yield ResolutionDisputed(at=now, by=self.actor)


def silence_confirms(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Silence after a delivered notice closes a case, but never one about safety."""
    proposal = case.proposal
    waiting = case.state in ("proposed", "refused") and not case.is_safety
    if not waiting or proposal is None or proposal.confirm_by is None or case.review is not None:
        return
    if proposal.delivered_at is not None and proposal.confirm_by < now:
        # Silence is no consent to something else than was asked, nor after an objection.
        doubtful = case.contested or proposal.outcome == "other_remedy"
        ends: Ends = "nothing" if doubtful else "what_was_told"
        yield ResolutionConfirmed(at=now, by=SYSTEM, how="silence", ends=ends)
