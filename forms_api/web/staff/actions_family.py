"""Actions about two cases: take a part out, go on with two as one."""

from forms_api import family
from forms_api.desk.case_page import open_case
from forms_api.errors import FieldError, NotFound, ValidationFailed
from forms_api.references import parse_reference
from forms_api.web.desk import desk
from forms_api.web.fields import Field
from forms_api.web.staff.action import Action, Built, Context, choice_field, text_field
from forms_api.web.staff.actions_service import PASS
from forms_api.web.staff.answers import Values
from service_policy.cases.split_merge import MergeCases, SplitCase

_SPLIT_NOTE = (
    "Phiếu mới giữ ngày nhận cũ: hẹn nào tính từ ngày ấy đã qua thì trễ ngay và phải bù. Khách "
    "nhận mã của phiếu mới qua thư và trên trang của phiếu này; nhân viên không thấy mã."
)
_MERGE_NOTE = (
    "Phiếu kia đóng lại và dẫn khách về phiếu này. Ngày nhận và hạn nào sớm hơn thì được giữ, hẹn "
    "còn mở bên kia chạy tiếp ở đây. Khách được báo. Gộp rồi không gỡ ra được."
)
_TOLD = "Khách đọc được. Ít nhất 20 ký tự."


def _split_fields(context: Context) -> tuple[Field, ...]:
    others = {one.id: one.title for one in context.policy.categories}
    return (
        choice_field("category", "Phần tách ra thuộc loại nào?", others, kind="select"),
        text_field("Phần nào tách ra, khách cần gì", _TOLD),
    )


def _split(values: Values, context: Context) -> Built:
    command = SplitCase(context.me.actor, category=values["category"], text=values["text"])
    return command, {}


def _merge_fields(_: Context) -> tuple[Field, ...]:
    hint = "Phiếu đang mở của cùng khách, cùng loại việc. Tìm bằng số điện thoại ở mục Tìm phiếu."
    other = Field("other", "Mã phiếu kia", "line", "", required=True, hint=hint, width="m")
    return (other, text_field("Vì sao là một việc?", _TOLD))


def _merge(values: Values, context: Context) -> Built:
    other = parse_reference(values["other"])
    # Whoever may not read the other case is told no more than that of a case that is not there.
    if other is None or not _readable(other, context):
        raise ValidationFailed([FieldError("other", family.NOBODY)])
    return MergeCases(context.me.actor, other=other, text=values["text"]), {}


def _readable(reference: str, context: Context) -> bool:
    try:
        return open_case(desk().portal, reference, context.me, context.now).personal
    except NotFound:
        return False


ACTIONS = (
    Action(
        "tach",
        "Tách một phần",
        PASS,
        SplitCase,
        _split_fields,
        _split,
        offered=lambda case, now: case.kind == "complaint" and not case.is_ended,
        note=lambda _: _SPLIT_NOTE,
        give=family.split_case,
    ),
    Action(
        "gop",
        "Gộp phiếu khác vào đây",
        PASS,
        MergeCases,
        _merge_fields,
        _merge,
        offered=lambda case, now: case.state == "open",
        note=lambda _: _MERGE_NOTE,
        give=family.merge_cases,
    ),
)
"""For leads; both keep the earliest start and every promise."""
