"""How the asker was identified: asked first on every form that tells the customer something."""

from dataclasses import replace

from forms_api import handling
from forms_api.kinds.field import Field
from forms_api.web.staff.action import Action, Built, Context, choice_field, text_field
from forms_api.web.staff.answers import Values
from service_policy.cases import CaseCommand
from service_policy.cases.core.identification import (
    FIELD,
    NEEDED,
    ONLY_IDENTIFIED,
    needs_identification,
)
from service_policy.cases.messages.answers import SendAnswer
from service_policy.cases.messages.contact import IDENTITY_WORDS, NOTE, IdentifyAsker
from service_policy.cases.resolution.proposing import ProposeResolution

PLAINLY = "chua_xac_minh"
"""The choice of answering without having made sure; such an answer may disclose nothing."""

_PLAINLY_WORDS = "Chưa xác minh được: câu trả lời không nêu số tiền, tình trạng, không kèm tệp"
_HINT = (
    "Ai cũng gõ được tên và email của khách. Phải đối chiếu với sổ sách của công ty, không với số "
    "hay email ghi trong phiếu. Khách thấy dòng “Đã xác minh người hỏi”, không thấy ghi chú."
)
_NOTE_HINT = "Gọi số nào trong sổ nào, xem giấy tờ gì. Ít nhất 20 ký tự; khách không đọc được."


def fields_of(action: Action, context: Context) -> tuple[Field, ...]:
    """Return the fields of an action; how the asker was identified stands first, if it must."""
    own = action.fields(context)
    asks = action.command.TELLS != "nothing" and action.execute is handling.execute
    if not asks or not needs_identification(context.case, context.policy):
        return own
    ways = dict(IDENTITY_WORDS)
    if action.command.TELLS == "plain_answer":
        ways[PLAINLY] = _PLAINLY_WORDS
    needed = action.command.TELLS in ("answer", "plain_answer")
    return (*_asked(ways, required=needed, noted=False), *own)


def _asked(ways: dict[str, str], *, required: bool, noted: bool) -> tuple[Field, ...]:
    way = choice_field(FIELD, "Đã xác minh người hỏi bằng cách nào?", ways, _HINT)
    note = text_field("Đã kiểm tra gì?", _NOTE_HINT, required=noted, name=NOTE)
    note = replace(note, depends=not noted)
    missing = NEEDED if PLAINLY in ways else ONLY_IDENTIFIED
    return (replace(way, required=required, missing=missing), note)


def given(action: Action, values: Values, context: Context) -> tuple[CaseCommand | None, Built]:
    """Return the command that identifies the asker first, if one was chosen, and the action's."""
    command, more = action.build(values, context)
    way = values.get(FIELD)
    if not way or isinstance(command, IdentifyAsker):
        return None, (command, more)
    if way == PLAINLY and isinstance(command, SendAnswer | ProposeResolution):
        return None, (replace(command, without_figures=True), more)
    first = IdentifyAsker(context.me.actor, way=values[FIELD], text=values[NOTE])
    return first, (command, more)


ACTION = Action(
    "xac-minh",
    "Xác minh người hỏi",
    IdentifyAsker,
    lambda _: _asked(dict(IDENTITY_WORDS), required=True, noted=True),
    lambda values, context: ({"way": values[FIELD], "text": values[NOTE]}, {}),
    offered=lambda case, now: case.identified_by is None and not case.is_ended,
)
"""The identification alone."""
