"""Actions about what is said: what goes out to the customer, and what passed outside the program.

Staff answer, report, ask and call. The customer called, came or wrote; a letter did not arrive, and
the customer knows after all; a document was posted, faxed or handed over: that is written down, and
then it counts.
"""

from datetime import datetime
from typing import Any

from forms_api import handling
from forms_api.kinds.field import Choice, Field
from forms_api.linked_cases import tell_relatives
from forms_api.portal import Portal
from forms_api.web.staff import identity
from forms_api.web.staff.action import (
    Action,
    Arguments,
    Context,
    choice_field,
    file_field,
    text_field,
)
from forms_api.web.staff.answers import Values
from service_policy.cases.core.facts import SentCopy
from service_policy.cases.documents import WAY_WORDS, RecordDocumentsSent
from service_policy.cases.holding.work import RecordCallback
from service_policy.cases.messages.answers import SendAnswer, SendUpdate
from service_policy.cases.messages.contact import WAY_OF_CONTACT, RecordContact
from service_policy.cases.messages.delivery import RecordDelivery
from service_policy.cases.messages.letters import (
    LETTER_WORDS,
    MEANS_WORDS,
    RecordBounce,
    RecordReached,
)
from service_policy.cases.messages.pauses import THING_WORDS, AskCustomer
from service_policy.promises.calendar import VIETNAM
from theme.filters import datetime_vi

PURPOSES = {
    "answer": "trả lời",
    "update": "tiến độ",
    "question": "câu hỏi",
    "resolution": "đề nghị giải quyết",
    "refusal": "từ chối",
    "review": "kết quả xem lại",
    "payout": "hỏi nơi nhận tiền",
}
_ASKED = {code: words for code, words in THING_WORDS.items() if code != "bank_account"}
"""Where money should go is asked by itself, and stops no clock."""
_BY_HAND = {name: MEANS_WORDS[name] for name in ("told_by_phone", "handed_over")}
_REACHED = {"true": "Đã nói chuyện với khách", "false": "Gọi nhưng chưa gặp"}
_WAYS = {name: words for name, words in WAY_OF_CONTACT.items() if name != "case"}
_ANSWER_HINT = (
    "Trả lời đúng điều khách hỏi, ít nhất 20 ký tự. Đồng hồ chỉ dừng khi thư đến tay khách."
)
_UPDATE_HINT = "Báo tiến độ không dừng đồng hồ nào."
_ASK_HINT = "Chỉ hỏi một việc. Đồng hồ tạm dừng từ lúc khách nhận được câu hỏi, có giới hạn."
_SAID = (
    "Ghi đúng lời khách, ít nhất 5 ký tự. Khách đọc được; số liệu hóa đơn, công nợ thì chỉ sau khi "
    "đã xác minh người hỏi."
)


def _message_field(context: Context, *, arrived: bool) -> Field:
    """Ask for a message that arrived, or for one that did not yet."""
    options = {
        str(one.number): f"Tin số {one.number}, {PURPOSES[one.purpose]}"
        for one in context.case.messages
        if (one.delivered_at is not None) == arrived
    }
    return choice_field("message", "Tin nhắn nào?", options)


def _execute(portal: Portal, reference: str, command: Any, now: datetime, **more: Any) -> None:
    """Write it down, and end the silence of the other parts of the same matter."""
    tell_relatives(portal, reference, now)
    handling.execute(portal, reference, command, now, **more)


def _copies(context: Context) -> dict[str, tuple[Choice, ...]]:
    """Offer, for each document that was asked for, the copy that holds first, then its versions."""
    register, day = context.policy.register, context.now.astimezone(VIETNAM).date()
    found = {}
    for asked in context.case.documents_asked:
        versions = register.of(asked.id)
        current = register.in_place_of(versions[0], day) if versions else None
        ordered = dict.fromkeys(([current] if current is not None else []) + list(versions))
        found[f"Khách xin {asked.id}"] = tuple(
            Choice(
                f"{asked.id}|{one.id}|{one.version}",
                f"{one.id} phiên bản {one.version}"
                + (" (đang hiệu lực)" if one.state(day) == "current" else ""),
            )
            for one in ordered
        )
    return found


def _sent(values: Values, _: Context) -> Arguments:
    asked, document_id, version = str(values["copy"]).split("|")
    copy = SentCopy(asked=asked, id=document_id, version=int(version), format="print")
    return {"copies": (copy,)}, {}


ACTIONS = (
    identity.ACTION,
    Action(
        "tra-loi",
        "Trả lời",
        SendAnswer,
        lambda _: (text_field("Nội dung trả lời", _ANSWER_HINT), file_field()),
    ),
    Action(
        "bao-tien-do",
        "Báo tiến độ",
        SendUpdate,
        lambda _: (text_field("Đã làm gì, còn gì, khi nào xong", _UPDATE_HINT),),
        offered=lambda case, now: True,
    ),
    Action(
        "hoi-khach",
        "Hỏi khách một việc",
        AskCustomer,
        lambda _: (
            choice_field("thing", "Cần thứ gì?", _ASKED),
            text_field("Câu hỏi gửi khách", _ASK_HINT),
        ),
        offered=lambda case, now: not case.is_ended and case.pause(now) is None,
    ),
    Action(
        "da-den-tay",
        "Ghi tin đã đến tay",
        RecordDelivery,
        lambda context: (
            _message_field(context, arrived=False),
            choice_field("means", "Đến tay khách bằng cách nào?", _BY_HAND),
        ),
        offered=lambda case, now: any(one.delivered_at is None for one in case.messages),
    ),
    Action(
        "goi-lai",
        "Ghi cuộc gọi an toàn",
        RecordCallback,
        lambda _: (
            choice_field("reached", "Kết quả cuộc gọi", _REACHED),
            text_field("Đã nói gì?"),
        ),
        offered=lambda case, now: case.is_safety and not case.is_ended,
    ),
    Action(
        "khach-lien-he",
        "Ghi khách liên hệ",
        RecordContact,
        lambda _: (
            choice_field("way", "Khách liên hệ bằng cách nào?", _WAYS),
            text_field("Khách nói gì?", _SAID),
            Field("disputes", "Khách nói việc chưa xong, hoặc không đồng ý", "tick"),
            file_field("Thư, ảnh khách đưa"),
        ),
        offered=lambda case, now: case.state != "merged",
        execute=_execute,
    ),
    Action(
        "da-bao-khach",
        "Ghi đã báo khách cách khác",
        RecordReached,
        lambda context: (
            choice_field(
                "failure",
                "Lá thư nào?",
                {
                    str(one.number): f"{LETTER_WORDS[one.letter]} (hỏng {datetime_vi(one.at)})"
                    for one in context.case.mail_failures
                    if one.letter != "message"
                },
            ),
            choice_field("means", "Khách biết bằng cách nào?", _BY_HAND),
        ),
        offered=lambda case, now: any(one.letter != "message" for one in case.mail_failures),
    ),
    Action(
        "thu-bi-tra",
        "Ghi thư bị trả lại",
        RecordBounce,
        lambda context: (_message_field(context, arrived=True),),
        offered=lambda case, now: any(one.delivered_at is not None for one in case.messages),
    ),
    Action(
        "da-gui-tai-lieu",
        "Đã gửi tài liệu",
        RecordDocumentsSent,
        lambda context: (
            choice_field("copy", "Tài liệu và phiên bản", groups=_copies(context)),
            choice_field("way", "Gửi qua đâu?", WAY_WORDS),
        ),
        _sent,
        offered=lambda case, now: bool(case.documents_asked) and not case.is_ended,
    ),
)
"""In the order of a usual day. A word of the customer only ever helps: everybody may record one."""
