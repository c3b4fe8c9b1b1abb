"""Actions about who holds a case: an owner, a department, a third party; two cases or one."""

from forms_api import linked_cases
from forms_api.desk.case_page import open_case
from forms_api.errors import FieldError, NotFound, ValidationFailed
from forms_api.kinds.field import Choice, Field
from forms_api.references import parse_reference
from forms_api.web.app_context import app_context
from forms_api.web.staff.action import Action, Arguments, Context, choice_field, text_field
from forms_api.web.staff.answers import Values
from service_policy.cases.core.promises import hand_off_limit
from service_policy.cases.holding.hand_off import (
    HAND_OFF_WORDS,
    HandOff,
    NameOwner,
    usual_limit,
)
from service_policy.cases.holding.work import CloseSubCase, OpenSubCase, Recategorise
from service_policy.cases.split_merge import MergeCases, SplitCase
from service_policy.company import Department

_OTHER = "Phiếu đang mở của cùng khách, cùng loại việc. Tìm bằng số điện thoại ở mục Tìm phiếu."
_TOLD = "Khách đọc được. Ít nhất 20 ký tự."


def _owner_fields(context: Context) -> tuple[Field, ...]:
    own = context.case.owner_department
    fit = {
        one.id: f"{one.display_name} ({one.role_words.lower()})"
        for one in context.colleagues
        if one.department == own and one.role in ("agent", "lead")
    }
    label = f"Người phụ trách, thuộc {context.policy.company.department_name(own)}"
    return (choice_field("owner", label, fit),)


def _owner(values: Values, context: Context) -> Arguments:
    chosen = context.colleague(values["owner"])
    return {"owner": chosen.actor, "display_name": chosen.display_name}, {}


def _hand_off_fields(context: Context) -> tuple[Field, ...]:
    groups = {
        one.name: (
            Choice(one.id, _whole(one, context)),
            *(
                Choice(f"{one.id}/{limit.id}", f"{limit.task} ({limit.within.as_deadline()})")
                for limit in one.limits
            ),
        )
        for one in context.policy.company.departments
        if one.id != context.case.holder_department
    }
    wish = "Khách tự yêu cầu đổi người thì ghi bằng chứng: cuộc gọi hay thư nào."
    return (
        choice_field("to", "Chuyển tới phòng nào, làm việc gì?", groups=groups),
        choice_field("reason", "Vì sao?", HAND_OFF_WORDS),
        text_field("Việc cần làm, đã biết những gì", "Ghi cho người nhận; khách không đọc được."),
        Field("wish", "Khách yêu cầu", "line", "", hint=wish, longest=200),
    )


def _whole(taker: Department, context: Context) -> str:
    """Say that no task is named, and which limit holds all the same."""
    limit = usual_limit(context.case, taker, context.policy, context.now)
    words = "Cả phiếu, không nêu việc riêng"
    return words if limit is None else f"{words} (hạn của phòng: {limit.within.as_deadline()})"


def _hand_off(values: Values, context: Context) -> Arguments:
    to, _, task = str(values["to"]).partition("/")
    if not values["wish"]:
        return {"to_department": to, "task": task}, {}
    proof = "ghi-trong-phieu"
    return {"to_department": to, "task": task, "evidence": proof}, {"wish": values["wish"]}


def _categories(context: Context, but: str | None = None) -> dict[str, str]:
    return {one.id: one.title for one in context.policy.categories if one.id != but}


def _merge(values: Values, context: Context) -> Arguments:
    other = parse_reference(values["other"])
    # Whoever may not read the other case is told no more than that of a case that is not there.
    if other is None or not _readable(other, context):
        raise ValidationFailed([FieldError("other", linked_cases.NOBODY)])
    return {"other": other}, {}


def _readable(reference: str, context: Context) -> bool:
    try:
        return open_case(app_context().portal, reference, context.me, context.now).personal
    except NotFound:
        return False


ACTIONS = (
    Action("nhan-viec", "Nhận phụ trách", NameOwner, _owner_fields, _owner),
    Action(
        "chuyen",
        "Chuyển phòng khác",
        HandOff,
        _hand_off_fields,
        _hand_off,
        told=lambda context: hand_off_limit(context.case, context.policy),
    ),
    Action(
        "doi-loai",
        "Đổi loại phiếu",
        Recategorise,
        lambda context: (
            choice_field("category", "Loại đúng", _categories(context, context.case.category)),
            text_field("Vì sao?"),
        ),
        offered=lambda case, now: (
            case.kind == "complaint" and not case.is_safety and not case.is_ended
        ),
    ),
    Action(
        "nho-ben-thu-ba",
        "Nhờ bên thứ ba",
        OpenSubCase,
        lambda context: (
            choice_field(
                "party",
                "Nhờ ai?",
                {one.id: one.name for one in context.policy.company.third_parties},
            ),
            text_field("Nhờ việc gì, hẹn bao giờ?", "Khách chỉ thấy loại đơn vị."),
        ),
        offered=lambda case, now: not case.is_ended and not case.priority,
    ),
    Action(
        "ben-thu-ba-xong",
        "Bên thứ ba đã xong",
        CloseSubCase,
        lambda context: (
            choice_field(
                "number",
                "Việc nào xong?",
                {
                    str(one.number): f"Việc {one.number}: "
                    f"{context.policy.company.third_party(one.party)}"
                    for one in context.case.sub_cases
                    if one.closed_at is None
                },
            ),
            text_field("Kết quả"),
        ),
        offered=lambda case, now: any(one.closed_at is None for one in case.sub_cases),
    ),
    Action(
        "tach",
        "Tách một phần",
        SplitCase,
        lambda context: (
            choice_field(
                "category", "Phần tách ra thuộc loại nào?", _categories(context), kind="select"
            ),
            text_field("Phần nào tách ra, khách cần gì", _TOLD),
        ),
        offered=lambda case, now: case.kind == "complaint" and not case.is_ended,
        execute=linked_cases.split_case,
    ),
    Action(
        "gop",
        "Gộp phiếu khác vào đây",
        MergeCases,
        lambda _: (
            Field("other", "Mã phiếu kia", "line", required=True, hint=_OTHER, width="m"),
            text_field("Vì sao là một việc?", _TOLD),
        ),
        _merge,
        offered=lambda case, now: case.state == "open",
        execute=linked_cases.merge_cases,
    ),
)
"""In the order of a usual day. Dividing and merging keep the earliest start and every promise."""
