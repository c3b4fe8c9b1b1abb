"""What the customer may do to a case: one form, one command each; the rules say which are open.

Nothing is repeated here of what the rules decide: a command is offered when they would accept it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from service_policy.actors import CUSTOMER
from service_policy.cases import Case, CaseCommand, CommandRefused, Event, decide
from service_policy.cases.messages.answers import ContestAnswer
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.messages.pauses import ContestPause
from service_policy.cases.refusal.review import Appeal
from service_policy.cases.resolution.proposing import ConfirmResolution, DisputeResolution
from service_policy.cases.resolution.reopening import AnswerFollowUp, Reopen, Withdraw
from service_policy.promises.policy import Policy

Build = Callable[[str, str], CaseCommand]


@dataclass(frozen=True)
class Choice:
    """One kind of thing a customer does; ``slug`` is its address below ``/ho-so/``.

    ``build`` takes the text and the target (a message's number or a promise's key). ``asks`` is
    the label of its text, empty when it has none. ``files`` says that files may go with it.
    """

    slug: str
    build: Build
    done: str
    asks: str = ""
    required: bool = False
    files: bool = False


@dataclass(frozen=True)
class Offer:
    """A choice that is open now, about ``target``; ``name`` is unique on its page."""

    choice: Choice
    target: str = ""

    @property
    def name(self) -> str:
        """The id of its form and the name of its text."""
        return f"{self.choice.slug}-{self.target}" if self.target else self.choice.slug


def _number(target: str) -> int:
    return int(target) if target.isascii() and target.isdigit() and len(target) < 10 else 0


CHOICES = {
    one.slug: one
    for one in (
        Choice(
            "bo-sung",
            lambda text, target: AddInformation(CUSTOMER, text=text),
            "Đã ghi điều Quý khách viết. Người giữ phiếu đã được báo; đồng hồ của chúng tôi chạy.",
            "Nội dung",
            required=True,
            files=True,
        ),
        Choice(
            "khong-tam-dung",
            lambda text, target: ContestPause(CUSTOMER, message=_number(target)),
            "Đã bỏ lần tạm dừng đó. Toàn bộ thời gian được tính cho Quý khách.",
        ),
        Choice(
            "chua-tra-loi",
            lambda text, target: ContestAnswer(CUSTOMER, message=_number(target), text=text),
            "Đã ghi: tin đó chưa phải câu trả lời. Thời gian được tính như chưa trả lời.",
            "Quý khách còn cần biết điều gì?",
            files=True,
        ),
        Choice(
            "dong-y",
            lambda text, target: ConfirmResolution(CUSTOMER),
            "Cảm ơn Quý khách. Phiếu đã đóng; chưa ổn thì Quý khách mở lại được.",
        ),
        Choice(
            "khong-dong-y",
            lambda text, target: DisputeResolution(CUSTOMER, text=text),
            "Đã ghi: Quý khách không đồng ý. Toàn bộ thời gian được tính đủ, chúng tôi làm tiếp.",
            "Điều gì chưa đúng, Quý khách muốn thế nào?",
            files=True,
        ),
        Choice(
            "xem-xet-lai",
            lambda text, target: Appeal(CUSTOMER, text=text, promise=target),
            "Đã nhận yêu cầu xem xét lại. Người chưa tham gia sẽ xem từ đầu; hạn ở phần Các hẹn.",
            "Vì sao Quý khách không đồng ý?",
            files=True,
        ),
        Choice(
            "mo-lai",
            lambda text, target: Reopen(CUSTOMER, text=text),
            "Phiếu đã mở lại. Các hẹn cũ vẫn tính, chỉ trừ những ngày phiếu đóng.",
            "Điều gì chưa ổn?",
            files=True,
        ),
        Choice(
            "rut",
            lambda text, target: Withdraw(CUSTOMER, text=text),
            "Phiếu đã rút. Khoản nào đã nợ Quý khách thì vẫn trả; đổi ý thì Quý khách mở lại được.",
            "Lý do",
        ),
        Choice(
            "het-loi",
            lambda text, target: AnswerFollowUp(CUSTOMER, fixed=True),
            "Cảm ơn Quý khách đã cho biết.",
        ),
        Choice(
            "con-loi",
            lambda text, target: AnswerFollowUp(CUSTOMER, fixed=False),
            "Đã ghi là chưa hết lỗi. Phiếu mở lại và chạy tiếp.",
        ),
    )
}
"""Every choice by its slug."""


def offers(case: Case, events: tuple[Event, ...], policy: Policy, now: datetime) -> list[Offer]:
    """Return what the customer may do now; ``case`` is the case as it is now."""
    told = follow_up_is_answered(events)
    return [
        one
        for one in _thinkable(case)
        if not (told and one.choice.slug in ("het-loi", "con-loi"))
        and accepted(case, one.choice.build("…", one.target), policy, now)
    ]


def accepted(case: Case, command: CaseCommand, policy: Policy, now: datetime) -> bool:
    """Say whether the rules would accept a command now."""
    try:
        decide(case, command, policy, now)
    except CommandRefused:
        return False
    return True


def _thinkable(case: Case) -> Iterator[Offer]:
    """Name everything that could make sense for this case, each target on its own."""
    if not case.is_ended:
        yield Offer(CHOICES["bo-sung"])
    for slug in ("dong-y", "khong-dong-y", "xem-xet-lai", "mo-lai", "rut", "het-loi", "con-loi"):
        yield Offer(CHOICES[slug])
    for pause in case.pauses:
        yield Offer(CHOICES["khong-tam-dung"], str(pause.number))
    for message in case.messages:
        yield Offer(CHOICES["chua-tra-loi"], str(message.number))
    for promise in case.promises:
        if promise.exempt == "granted":
            yield Offer(CHOICES["xem-xet-lai"], promise.key)


def follow_up_is_answered(events: tuple[Event, ...]) -> bool:
    """Say whether the latest follow-up question has its answer."""
    kinds = [one.type for one in events if one.type.startswith("follow_up_")]
    return bool(kinds) and kinds[-1] == "follow_up_answered"
