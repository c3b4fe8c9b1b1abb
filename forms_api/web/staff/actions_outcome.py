"""Actions that conclude: a proposal, a refusal with its second reader, a review."""

from dataclasses import replace
from datetime import date

from forms_api.kinds.complaint import REMEDIES
from forms_api.kinds.field import Choice, Field
from forms_api.web.staff.action import (
    END,
    Action,
    Built,
    Context,
    choice_field,
    evidence_fields,
    file_field,
    proof_fields,
    text_field,
)
from forms_api.web.staff.answers import Values, evidence
from service_policy.cases.refusal.refusing import (
    ProposeRefusal,
    RejectRefusal,
    SignRefusal,
    applicable,
)
from service_policy.cases.refusal.review import DecideReview
from service_policy.cases.resolution.proposing import OUTCOME_WORDS, REMEDY_WORDS, ProposeResolution
from service_policy.handling import Clause
from theme.filters import date_vi, datetime_vi

_NO_READER = "Chưa có ai khác được ký: nhờ người quản trị máy chủ thêm {}."
_OTHER_REMEDY = "Chỉ chọn khi giải quyết theo cách khác điều khách muốn."
_PROPOSABLE = {name: OUTCOME_WORDS[name] for name in ("as_asked", "other_remedy", "explained")}


def _resolution_fields(context: Context) -> tuple[Field, ...]:
    other = choice_field("remedy", "Cách khác là cách nào?", REMEDY_WORDS, _OTHER_REMEDY)
    return (
        choice_field("outcome", "Giải quyết thế nào?", _PROPOSABLE, _wanted(context)),
        replace(other, required=False),
        text_field("Đề nghị gửi khách", "Làm gì, ai làm, xong ngày nào. Ít nhất 30 ký tự."),
        file_field(),
    )


def _wanted(context: Context) -> str:
    wish = context.case.remedy_wanted
    said = "" if wish is None else f"Khách muốn: {REMEDIES[wish].lower()}. "
    who = context.policy.company.decisions.refuse.title
    return (
        f"{said}Không làm theo điều khách muốn, chỉ giải thích, là từ chối: dùng việc Từ chối, do "
        f"{who} quyết."
    )


def _resolution(values: Values, context: Context) -> Built:
    command = ProposeResolution(
        context.me.actor,
        outcome=values["outcome"],
        text=values["text"],
        remedy=values["remedy"] or None,
    )
    return command, {}


def _clauses(context: Context) -> dict[str, tuple[Choice, ...]]:
    """Arrange what this refusal may stand on by the page that publishes it."""
    found: dict[str, list[Choice]] = {}
    for one in applicable(context.case, context.policy):
        group = found.setdefault(f"{one.url}, bản {_version(one)}", [])
        group.append(Choice(one.id, f"{one.text} ({one.id}, bản {_version(one)})"))
    return {name: tuple(choices) for name, choices in found.items()}


def _version(clause: Clause) -> str:
    """Write a version as readers know it: the day from which it holds."""
    return date_vi(date.fromisoformat(clause.version))


def _refusal_fields(context: Context) -> tuple[Field, ...]:
    signer = context.policy.company.decisions.sign
    readers = {
        one.id: f"{one.display_name} ({one.role_words.lower()})"
        for one in context.colleagues
        if signer.fits(one.role, one.department) and one.id != context.me.id
    }
    hint = (
        "Chỉ những điều kiện đã công bố ngày khách gửi phiếu và đúng với phiếu này. Không có điều "
        "kiện nào đúng thì không từ chối được."
    )
    clause = Field(
        "clause", "Điều khoản", "select", "", required=True, hint=hint, groups=_clauses(context)
    )
    return (
        clause,
        *evidence_fields(),
        *proof_fields(context),
        text_field("Kết luận gửi khách", "Kết luận, lý do, cách xem lại. Ít nhất 30 ký tự."),
        choice_field(
            "reader",
            "Người đọc lại và ký",
            readers,
            f"Phải là người khác: {signer.title}." if readers else _NO_READER.format(signer.title),
        ),
    )


def _refusal(values: Values, context: Context) -> Built:
    given, kept = evidence(values)
    reader = next(one for one in context.colleagues if one.id == values["reader"])
    command = ProposeRefusal(
        context.me.actor, clause=values["clause"], evidence=given, text=values["text"]
    )
    return command, {**kept, "reader": reader.id, "reader_department": reader.department}


def _refusal_note(context: Context) -> str:
    return (
        f"Chỉ {context.policy.company.decisions.refuse.title} được quyết từ chối. Không gửi được "
        "nếu thiếu điều khoản, bằng chứng khách đọc được, hoặc người thứ hai. "
        "Đồng hồ chạy đến khi lời từ chối đã ký đến tay khách."
    )


def _sign(_: Values, context: Context) -> Built:
    return SignRefusal(context.me.actor), {}


def _signing_note(context: Context) -> str:
    refusal = context.case.refusal
    if refusal is None:
        return ""
    clause = context.policy.clause(refusal.clause, context.case.pinned_on)
    said = "" if clause is None else f"Điều kiện {clause.id}: {clause.text} "
    shown = "" if clause is None else f"Công ty phải đưa ra: {clause.evidence} "
    until = datetime_vi(refusal.sign_by)
    return f"{said}{shown}Quá {until} chưa ký thì coi như không từ chối."


def _reject(values: Values, context: Context) -> Built:
    return RejectRefusal(context.me.actor, text=values["text"]), {}


def _review_fields(context: Context) -> tuple[Field, ...]:
    answers = {"no": "Bỏ kết luận cũ, làm theo yêu cầu của khách", "yes": "Giữ kết luận cũ"}
    piece, readable = evidence_fields()
    optional = Field(
        piece.name, "Bằng chứng, cần khi giữ kết luận cũ", "text", "", hint=piece.hint, longest=2000
    )
    return (
        choice_field("upheld", "Quyết định", answers),
        optional,
        readable,
        *proof_fields(context),
        text_field("Kết luận gửi khách", "Ít nhất 30 ký tự."),
    )


def _review(values: Values, context: Context) -> Built:
    given, kept = evidence(values)
    command = DecideReview(
        context.me.actor, upheld=values["upheld"] == "yes", evidence=given, text=values["text"]
    )
    return command, kept


ACTIONS = (
    Action(
        "de-nghi",
        "Đề nghị cách giải quyết",
        END,
        ProposeResolution,
        _resolution_fields,
        _resolution,
        offered=lambda case, now: case.state == "open",
        note=lambda _: (
            "Đây là đề nghị. Chỉ khách xác nhận mới là xong; khách nói lời nào thì phải làm tiếp "
            "và thời gian được tính đủ."
        ),
    ),
    Action(
        "tu-choi",
        "Từ chối",
        END,
        ProposeRefusal,
        _refusal_fields,
        _refusal,
        offered=lambda case, now: (
            case.state == "open"
            and not case.is_safety
            and case.refusal is None
            and case.in_favour_at is None
        ),
        note=_refusal_note,
        danger=True,
        decider=lambda decisions: decisions.refuse,
    ),
    Action(
        "ky-tu-choi",
        "Ký lời từ chối",
        END,
        SignRefusal,
        lambda _: (),
        _sign,
        offered=lambda case, now: case.refusal is not None and not case.is_ended,
        note=_signing_note,
        danger=True,
        decider=lambda decisions: decisions.sign,
    ),
    Action(
        "khong-ky",
        "Không ký lời từ chối",
        END,
        RejectRefusal,
        lambda _: (text_field("Vì sao không ký?"),),
        _reject,
        offered=lambda case, now: case.refusal is not None,
    ),
    Action(
        "xem-xet-lai",
        "Quyết định xem xét lại",
        END,
        DecideReview,
        _review_fields,
        _review,
        offered=lambda case, now: case.review is not None,
        note=lambda context: (
            f"Chỉ {context.policy.company.decisions.review.title} được quyết, và phải là người "
            "chưa tham gia lần kết luận trước."
        ),
        decider=lambda decisions: decisions.review,
    ),
)
"""What ends in a conclusion, with a second person where the rules want one."""
