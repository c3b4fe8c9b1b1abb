"""Actions of the daily work: take, answer, ask, hand over, call, third parties."""

from forms_api.web.fields import Choice, Field
from forms_api.web.staff import identity
from forms_api.web.staff.action import Action, Built, Context, choice_field, file_field, text_field
from forms_api.web.staff.answers import Values
from service_policy.actors import Actor
from service_policy.cases.core.promises import hand_off_limit
from service_policy.cases.holding.hand_off import HAND_OFF_WORDS, HandOff, NameOwner
from service_policy.cases.holding.work import (
    CloseSubCase,
    OpenSubCase,
    Recategorise,
    RecordCallback,
)
from service_policy.cases.messages.answers import SendAnswer, SendUpdate
from service_policy.cases.messages.delivery import RecordDelivery
from service_policy.cases.messages.letters import MEANS_WORDS
from service_policy.cases.messages.pauses import THING_WORDS, AskCustomer

TALK, PASS = "Nói với khách", "Giữ và chuyển việc"
PURPOSES = {
    "answer": "trả lời",
    "update": "tiến độ",
    "question": "câu hỏi",
    "resolution": "đề nghị giải quyết",
    "refusal": "từ chối",
    "review": "kết quả xem lại",
}


def _owner_fields(context: Context) -> tuple[Field, ...]:
    own = context.case.owner_department
    fit = {
        one.id: f"{one.display_name} ({one.role_words.lower()})"
        for one in context.colleagues
        if one.department == own and one.role in ("agent", "lead")
    }
    label = f"Người phụ trách, thuộc {context.policy.company.department_name(own)}"
    return (choice_field("owner", label, fit),)


def _owner(values: Values, context: Context) -> Built:
    chosen = next(one for one in context.colleagues if one.id == values["owner"])
    owner = Actor(id=chosen.id, role=chosen.role, department=chosen.department)
    command = NameOwner(context.me.actor, owner=owner, display_name=chosen.display_name)
    return command, {}


def _answer(values: Values, context: Context) -> Built:
    return SendAnswer(context.me.actor, text=values["text"]), {}


def _update(values: Values, context: Context) -> Built:
    return SendUpdate(context.me.actor, text=values["text"]), {}


def _ask(values: Values, context: Context) -> Built:
    command = AskCustomer(context.me.actor, thing=values["thing"], text=values["text"])
    return command, {}


def message_field(context: Context, *, arrived: bool) -> Field:
    """Ask for a message that arrived, or for one that did not yet."""
    options = {
        str(one.number): f"Tin số {one.number}, {PURPOSES[one.purpose]}"
        for one in context.case.messages
        if (one.delivered_at is not None) == arrived
    }
    return choice_field("message", "Tin nhắn nào?", options)


def _arrived_fields(context: Context) -> tuple[Field, ...]:
    by_hand = {name: MEANS_WORDS[name] for name in ("told_by_phone", "handed_over")}
    means = choice_field("means", "Đến tay khách bằng cách nào?", by_hand)
    return (message_field(context, arrived=False), means)


def _arrived(values: Values, context: Context) -> Built:
    number = int(values["message"])
    return RecordDelivery(context.me.actor, message=number, means=values["means"]), {}


def _hand_off_fields(context: Context) -> tuple[Field, ...]:
    groups = {
        one.name: (
            Choice(one.id, "Cả phiếu, không nêu việc riêng"),
            *(
                Choice(f"{one.id}/{limit.id}", f"{limit.task} ({limit.within.as_deadline()})")
                for limit in one.limits
            ),
        )
        for one in context.policy.company.departments
        if one.id != context.case.holder_department
    }
    to = Field(
        "to", "Chuyển tới phòng nào, làm việc gì?", "select", "", required=True, groups=groups
    )
    wish = "Khách tự yêu cầu đổi người thì ghi bằng chứng: cuộc gọi hay thư nào."
    return (
        to,
        choice_field("reason", "Vì sao?", HAND_OFF_WORDS),
        text_field("Việc cần làm, đã biết những gì", "Ghi cho người nhận; khách không đọc được."),
        Field("wish", "Khách yêu cầu", "line", "", hint=wish, longest=200),
    )


def _hand_off(values: Values, context: Context) -> Built:
    to, _, task = str(values["to"]).partition("/")
    command = HandOff(
        context.me.actor,
        to_department=to,
        reason=values["reason"],
        text=values["text"],
        task=task or None,
        evidence="ghi-trong-phieu" if values["wish"] else None,
    )
    return command, {"wish": values["wish"]} if values["wish"] else {}


def _hand_off_note(context: Context) -> str:
    said = "Đồng hồ của khách vẫn chạy và mọi hạn giữ nguyên."
    commitment, most = hand_off_limit(context.case, context.policy)
    if commitment is not None and context.case.counted_hand_offs == most:
        times = "một" if most == 1 else most
        said += f" Phiếu đã chuyển {times} lần: chuyển nữa là trật {commitment.id} và phải bù ngay."
    return said


def _call_fields(context: Context) -> tuple[Field, ...]:
    answers = {"true": "Đã nói chuyện với khách", "false": "Gọi nhưng chưa gặp"}
    return (choice_field("reached", "Kết quả cuộc gọi", answers), text_field("Đã nói gì?"))


def _call(values: Values, context: Context) -> Built:
    reached = values["reached"] == "true"
    return RecordCallback(context.me.actor, reached=reached, text=values["text"]), {}


def _category_fields(context: Context) -> tuple[Field, ...]:
    others = {
        one.id: one.title for one in context.policy.categories if one.id != context.case.category
    }
    return (choice_field("category", "Loại đúng", others), text_field("Vì sao?"))


def _category(values: Values, context: Context) -> Built:
    command = Recategorise(context.me.actor, category=values["category"], text=values["text"])
    return command, {}


def _party_fields(context: Context) -> tuple[Field, ...]:
    parties = {one.id: one.name for one in context.policy.company.third_parties}
    return (
        choice_field("party", "Nhờ ai?", parties),
        text_field("Nhờ việc gì, hẹn bao giờ?", "Khách chỉ thấy loại đơn vị."),
    )


def _party(values: Values, context: Context) -> Built:
    return OpenSubCase(context.me.actor, party=values["party"], text=values["text"]), {}


def _party_done_fields(context: Context) -> tuple[Field, ...]:
    running = {
        str(one.number): f"Việc {one.number}: {context.policy.company.third_party(one.party)}"
        for one in context.case.sub_cases
        if one.closed_at is None
    }
    return (choice_field("number", "Việc nào xong?", running), text_field("Kết quả"))


def _party_done(values: Values, context: Context) -> Built:
    number = int(values["number"])
    return CloseSubCase(context.me.actor, number=number, text=values["text"]), {}


def _said(label: str, hint: str) -> tuple[Field, ...]:
    return (text_field(label, hint),)


_ANSWER_HINT = (
    "Trả lời đúng điều khách hỏi, ít nhất 20 ký tự. Đồng hồ chỉ dừng khi thư đến tay khách."
)
_UPDATE_HINT = "Báo tiến độ không dừng đồng hồ nào."
_ASK_HINT = "Chỉ hỏi một việc. Đồng hồ tạm dừng từ lúc khách nhận được câu hỏi, có giới hạn."

ACTIONS = (
    Action(
        "nhan-viec",
        "Nhận phụ trách",
        PASS,
        NameOwner,
        _owner_fields,
        _owner,
        note=lambda _: "Một người chịu trách nhiệm đến hết. Khách thấy tên người này.",
    ),
    identity.action(TALK),
    Action(
        "tra-loi",
        "Trả lời",
        TALK,
        SendAnswer,
        lambda _: (text_field("Nội dung trả lời", _ANSWER_HINT), file_field()),
        _answer,
    ),
    Action(
        "bao-tien-do",
        "Báo tiến độ",
        TALK,
        SendUpdate,
        lambda _: _said("Đã làm gì, còn gì, khi nào xong", _UPDATE_HINT),
        _update,
        offered=lambda case, now: True,
    ),
    Action(
        "hoi-khach",
        "Hỏi khách một việc",
        TALK,
        AskCustomer,
        lambda _: (
            choice_field("thing", "Cần thứ gì?", THING_WORDS),
            text_field("Câu hỏi gửi khách", _ASK_HINT),
        ),
        _ask,
        offered=lambda case, now: not case.is_ended and case.pause(now) is None,
    ),
    Action(
        "da-den-tay",
        "Ghi tin đã đến tay",
        TALK,
        RecordDelivery,
        _arrived_fields,
        _arrived,
        offered=lambda case, now: any(one.delivered_at is None for one in case.messages),
        note=lambda _: (
            "Chỉ ghi khi đã đọc cả tin qua điện thoại hoặc giao tận tay. Khách thấy dòng này."
        ),
    ),
    Action(
        "chuyen",
        "Chuyển phòng khác",
        PASS,
        HandOff,
        _hand_off_fields,
        _hand_off,
        note=_hand_off_note,
    ),
    Action(
        "goi-lai",
        "Ghi cuộc gọi an toàn",
        TALK,
        RecordCallback,
        _call_fields,
        _call,
        offered=lambda case, now: case.is_safety and not case.is_ended,
    ),
    Action(
        "doi-loai",
        "Đổi loại phiếu",
        PASS,
        Recategorise,
        _category_fields,
        _category,
        offered=lambda case, now: (
            case.kind == "complaint" and not case.is_safety and not case.is_ended
        ),
        note=lambda _: "Hạn chỉ có thể sớm hơn, không bao giờ lùi.",
    ),
    Action(
        "nho-ben-thu-ba",
        "Nhờ bên thứ ba",
        PASS,
        OpenSubCase,
        _party_fields,
        _party,
        offered=lambda case, now: not case.is_ended and not case.priority,
        note=lambda _: "Việc nhờ là của công ty: phiếu của khách vẫn mở, đồng hồ vẫn chạy.",
    ),
    Action(
        "ben-thu-ba-xong",
        "Bên thứ ba đã xong",
        PASS,
        CloseSubCase,
        _party_done_fields,
        _party_done,
        offered=lambda case, now: any(one.closed_at is None for one in case.sub_cases),
    ),
)
"""In the order of a usual day."""
