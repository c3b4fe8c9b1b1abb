"""The customer called, came or wrote another way: staff write it down, and it counts."""

from datetime import datetime
from typing import Any

from forms_api import handling
from forms_api.portal import Portal
from forms_api.relatives import tell_relatives
from forms_api.web.fields import Field
from forms_api.web.staff.action import Action, Built, Context, choice_field, file_field, text_field
from forms_api.web.staff.actions_service import TALK
from forms_api.web.staff.answers import Values
from service_policy.cases import commands_service as service
from service_policy.cases.words import WAY_OF_CONTACT

_SAID = (
    "Ghi đúng lời khách, ít nhất 5 ký tự. Khách đọc được; số liệu hóa đơn, công nợ thì chỉ sau khi "
    "đã xác minh người hỏi."
)


def _fields(_: Context) -> tuple[Field, ...]:
    ways = {name: words for name, words in WAY_OF_CONTACT.items() if name != "case"}
    return (
        choice_field("way", "Khách liên hệ bằng cách nào?", ways),
        text_field("Khách nói gì?", _SAID),
        Field("disputes", "Khách nói việc chưa xong, hoặc không đồng ý", "tick", ""),
        file_field("Thư, ảnh khách đưa"),
    )


def _contact(values: Values, context: Context) -> Built:
    command = service.RecordContact(
        context.me.actor, way=values["way"], text=values["text"], disputes=values["disputes"]
    )
    return command, {}


def _give(portal: Portal, reference: str, command: Any, now: datetime, **more: Any) -> None:
    """Write it down, and end the silence of the other parts of the same matter."""
    tell_relatives(portal, reference, now)
    handling.give(portal, reference, command, now, **more)


ACTIONS = (
    Action(
        "khach-lien-he",
        "Ghi khách liên hệ",
        TALK,
        service.RecordContact,
        _fields,
        _contact,
        offered=lambda case, now: case.state != "merged",
        note=lambda _: (
            "Khách gọi, đến, nhắn hay gửi thư thì ghi ngay. Lời khách dừng mọi lần chờ và mọi hạn "
            "im lặng; khách nói chưa xong thì phiếu đã đóng mở lại."
        ),
        give=_give,
    ),
)
"""One action, open to everybody who works on cases: a word of the customer only ever helps."""
