"""The customer's own hand on a case: read it, answer, confirm, object, withdraw; no account.

Whoever holds the secret code is the customer. Opening the page is how a message without e-mail
reaches its reader, and it is recorded as such.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from forms_api import handling
from forms_api.desk.spans import working_time
from forms_api.errors import FieldError, ValidationFailed
from forms_api.inputs import BadInput, paragraphs
from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.service import held
from forms_api.story import Line, told
from forms_api.timeline import Timeline, timeline
from forms_api.views import CaseView, case_view
from service_policy.actors import CUSTOMER
from service_policy.cases import Case, CaseCommand, as_of
from service_policy.cases import commands_outcome as outcome
from service_policy.cases import commands_service as service
from service_policy.cases.clocks import CustomerClock, HolderClock, customer_clock, holder_clocks
from service_policy.cases.ladder import Rung, ladder
from service_policy.policy import Policy

LONGEST_TEXT = 4000
Typed = Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """Something that the customer may do now; ``subject`` is a message or a promise it is about.

    ``ask`` is the label of a text, empty when none is asked for.
    """

    action: str
    title: str
    hint: str
    ask: str = ""
    must_write: bool = False
    subject: str = ""
    weight: str = "secondary"


@dataclass(frozen=True)
class CustomerCase:
    """Everything the customer's page shows; ``seen`` is the number of stored events."""

    view: CaseView
    case: Case
    seen: int
    owner_name: str
    history: tuple[Line, ...]
    clock: CustomerClock
    counted: str
    waited: str
    holders: tuple[tuple[HolderClock, str], ...]
    timeline: Timeline
    choices: tuple[Choice, ...]
    rungs: tuple[Rung, ...]


def open_case(
    portal: Portal, reference: str, code: str, now: datetime, *, reads: bool = True
) -> CustomerCase:
    """Show a case to whoever holds its code; ``reads`` records that its messages were opened.

    Raises:
        NotFound: no case answers to this reference and code.
        StoreUnavailable: the store cannot be read.
    """

    def look(connection: Connection) -> Loaded:
        return load(connection, held(connection, reference, code).case_ref)

    loaded = portal.store.read(look)
    unread = [one.number for one in loaded.case.messages if one.delivered_at is None]
    for number in unread if reads else ():
        handling.delivered(portal, loaded.reference, number, "page_opened", now)
    return _shown(portal.policy, portal.store.read(look) if unread and reads else loaded, now)


def act(portal: Portal, reference: str, code: str, typed: Typed, now: datetime) -> None:
    """Do what the customer chose: ``action`` of ``typed``, with ``text`` and ``subject``.

    Raises:
        NotFound: no case answers to this reference and code.
        ValidationFailed: it is not possible (any more), or the text is missing.
        CaseMoved: something happened to the case after ``seen``.
        StoreUnavailable: nothing was recorded.
    """
    found = portal.store.read(lambda connection: held(connection, reference, code).case_ref)
    build = _COMMANDS.get(typed.get("action", ""))
    if build is None:
        raise ValidationFailed([FieldError("action", "Chọn một việc trong trang.")])
    try:
        text = paragraphs(typed.get("text", ""), 0, LONGEST_TEXT)
    except BadInput as fault:
        raise ValidationFailed([FieldError("text", str(fault))]) from None
    seen = typed.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else 0
    handling.give(portal, found, build(text, typed.get("subject", "")), now, seen=number)


def _number(subject: str) -> int:
    return int(subject) if subject.isascii() and subject.isdigit() and len(subject) < 7 else 0


_COMMANDS: Mapping[str, Callable[[str, str], CaseCommand]] = {
    "bo-sung": lambda text, _: service.AddInformation(CUSTOMER, text=text),
    "phan-doi-dung": lambda _, one: service.ContestPause(CUSTOMER, message=_number(one)),
    "chua-tra-loi": lambda text, one: service.ContestAnswer(
        CUSTOMER, message=_number(one), text=text
    ),
    "xac-nhan": lambda _text, _one: outcome.ConfirmResolution(CUSTOMER),
    "khong-dong-y": lambda text, _: outcome.DisputeResolution(CUSTOMER, text=text),
    "xem-lai": lambda text, one: outcome.Appeal(CUSTOMER, text=text, promise=one),
    "mo-lai": lambda text, _: outcome.Reopen(CUSTOMER, text=text),
    "rut": lambda text, _: outcome.Withdraw(CUSTOMER, text=text),
    "da-het-loi": lambda _text, _one: outcome.AnswerFollowUp(CUSTOMER, fixed=True),
    "chua-het-loi": lambda _text, _one: outcome.AnswerFollowUp(CUSTOMER, fixed=False),
}


def _choices(case: Case, now: datetime) -> list[Choice]:
    """List what is open to the customer, what waits for an answer first."""
    found: list[Choice] = []
    pause = case.pause(now)
    if case.state == "proposed":
        found += [
            Choice("xac-nhan", "Xác nhận đã giải quyết", "Phiếu đóng lại.", weight="primary"),
            Choice(
                "khong-dong-y",
                "Không đồng ý",
                "Phiếu mở lại, toàn bộ thời gian được tính đủ.",
                "Chưa ổn chỗ nào?",
            ),
        ]
    if case.state == "refused" or (case.state == "closed" and case.outcome == "refused"):
        hint = "Người chưa tham gia xem lại từ đầu và trả lời bằng văn bản."
        found.append(Choice("xem-lai", "Yêu cầu xem xét lại", hint, "Vì sao?", weight="primary"))
    found += [
        Choice(
            "xem-lai",
            f"Xem xét lại việc miễn bù {one.key}",
            "Người chưa tham gia xem lại bằng chứng.",
            "Vì sao?",
            subject=one.key,
        )
        for one in case.promises
        if one.exempt == "granted"
    ]
    if pause is not None:
        hint = "Bấm một lần: thời gian dừng được tính đủ như chưa dừng."
        title = "Không đồng ý tạm dừng"
        found.append(Choice("phan-doi-dung", title, hint, subject=str(pause.number)))
    if case.state == "closed" and case.follow_up_asked:
        found += [
            Choice("da-het-loi", "Đã hết lỗi", "Cảm ơn Quý khách.", weight="primary"),
            Choice("chua-het-loi", "Chưa hết lỗi", "Phiếu được mở lại ngay."),
        ]
    return found + _always(case)


def _always(case: Case) -> list[Choice]:
    found = []
    answers = [one for one in case.messages if one.purpose == "answer" and one.counts]
    if answers and not case.is_ended:
        hint = "Thời gian của chúng tôi được tính lại như chưa trả lời."
        number = str(answers[-1].number)
        title = "Chưa trả lời đúng câu hỏi"
        found.append(Choice("chua-tra-loi", title, hint, "Còn thiếu gì?", subject=number))
    if case.state != "merged":
        found.append(
            Choice(
                "bo-sung",
                "Gửi thêm thông tin",
                "Nếu chúng tôi đang chờ Quý khách, đồng hồ chạy lại ngay.",
                "Nội dung",
                must_write=True,
            )
        )
    if case.state in ("closed", "withdrawn"):
        hint = "Các ngày hẹn chỉ trừ thời gian phiếu đã đóng."
        found.append(Choice("mo-lai", "Mở lại phiếu", hint, "Chưa ổn chỗ nào?"))
    if not case.is_ended:
        hint = "Khoản bù đã phát sinh vẫn được trả."
        found.append(Choice("rut", "Rút phiếu", hint, "Lý do (không bắt buộc)"))
    return found


def _shown(policy: Policy, loaded: Loaded, now: datetime) -> CustomerCase:
    case = as_of(loaded.case, policy, now)
    clock = customer_clock(case, policy.calendar, now)
    return CustomerCase(
        view=case_view(loaded.reference, loaded.events, policy, now),
        case=case,
        seen=len(loaded.events),
        owner_name=_owner_name(loaded),
        history=told(loaded, policy),
        clock=clock,
        counted=working_time(clock.counted_minutes, policy.calendar),
        waited=working_time(clock.waited_minutes, policy.calendar),
        holders=tuple(
            (one, working_time(one.minutes, policy.calendar))
            for one in holder_clocks(case, policy, now)
        ),
        timeline=timeline(case, policy, now),
        choices=tuple(_choices(case, now)),
        rungs=ladder(case, policy, now, loaded.filed.get("province")),
    )


def _owner_name(loaded: Loaded) -> str:
    """Return the name that the customer was given for the person who answers."""
    names = [
        str(loaded.private.get(seq, {}).get("display_name", ""))
        for seq, event in enumerate(loaded.events, 1)
        if event.type == "owner_named"
    ]
    return names[-1] if names else ""
