"""Actions that conclude: a proposal, a refusal with its second reader, a review, exemptions."""

from datetime import date

from forms_api.web.fields import Choice, Field
from forms_api.web.staff.action import (
    Action,
    Built,
    Context,
    choice_field,
    evidence_fields,
    file_field,
    text_field,
)
from forms_api.web.staff.answers import Values, evidence
from service_policy.cases import commands_money as money
from service_policy.cases import commands_outcome as outcome
from service_policy.cases.clauses import applicable
from service_policy.cases.words import OUTCOME_WORDS
from service_policy.handling import Clause
from theme.filters import date_vi, datetime_vi

END = "Kết luận"
EVIDENCE_FILES = "Tệp bằng chứng"
SIGNERS = ("lead", "second_reader")
_OTHER = "Phải là người khác."
_NO_READER = "Chưa có ai khác được ký: nhờ người quản trị máy chủ thêm người đọc lại."
_PROPOSABLE = {name: OUTCOME_WORDS[name] for name in ("as_asked", "other_remedy", "explained")}


def _resolution(values: Values, context: Context) -> Built:
    command = outcome.ProposeResolution(
        context.me.actor, outcome=values["outcome"], text=values["text"]
    )
    return command, {}


def _clauses(context: Context) -> dict[str, tuple[Choice, ...]]:
    """Arrange what this refusal may stand on: by commitment, then by warranty procedure."""
    titles = {one.commitment_id: one.title for one in context.case.promises}
    found: dict[str, list[Choice]] = {}
    for one in applicable(context.case, context.policy):
        title = titles.get(one.source, "Điều kiện bảo hành")
        group = found.setdefault(f"{one.source} {title}, bản {_version(one)}", [])
        group.append(Choice(one.id, f"{one.text} ({one.id}, bản {_version(one)})"))
    return {name: tuple(choices) for name, choices in found.items()}


def _version(clause: Clause) -> str:
    """Write a version as readers know it: a number, or the day from which it holds."""
    if clause.version.isdecimal():
        return clause.version
    return date_vi(date.fromisoformat(clause.version))


def _refusal_fields(context: Context) -> tuple[Field, ...]:
    readers = {
        one.id: f"{one.display_name} ({one.role_words.lower()})"
        for one in context.colleagues
        if one.role in SIGNERS and one.id != context.me.id
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
        file_field(EVIDENCE_FILES),
        text_field("Kết luận gửi khách", "Kết luận, lý do, cách xem lại. Ít nhất 30 ký tự."),
        choice_field("reader", "Người đọc lại và ký", readers, _OTHER if readers else _NO_READER),
    )


def _refusal(values: Values, context: Context) -> Built:
    given, kept = evidence(values)
    reader = next(one for one in context.colleagues if one.id == values["reader"])
    command = outcome.ProposeRefusal(
        context.me.actor, clause=values["clause"], evidence=given, text=values["text"]
    )
    return command, {**kept, "reader": reader.id, "reader_department": reader.department}


def _refusal_note(_: Context) -> str:
    return (
        "Không gửi được nếu thiếu điều khoản, bằng chứng khách đọc được, hoặc người thứ hai. "
        "Đồng hồ chạy đến khi lời từ chối đã ký đến tay khách."
    )


def _sign(_: Values, context: Context) -> Built:
    return outcome.SignRefusal(context.me.actor), {}


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
    return outcome.RejectRefusal(context.me.actor, text=values["text"]), {}


def _review_fields(_: Context) -> tuple[Field, ...]:
    answers = {"no": "Bỏ kết luận cũ, làm theo yêu cầu của khách", "yes": "Giữ kết luận cũ"}
    piece, readable = evidence_fields()
    optional = Field(
        piece.name, "Bằng chứng, cần khi giữ kết luận cũ", "text", "", hint=piece.hint, longest=2000
    )
    return (
        choice_field("upheld", "Quyết định", answers),
        optional,
        readable,
        file_field(EVIDENCE_FILES),
        text_field("Kết luận gửi khách", "Ít nhất 30 ký tự."),
    )


def _review(values: Values, context: Context) -> Built:
    given, kept = evidence(values)
    command = outcome.DecideReview(
        context.me.actor, upheld=values["upheld"] == "yes", evidence=given, text=values["text"]
    )
    return command, kept


def _exemption_fields(context: Context) -> tuple[Field, ...]:
    groups: dict[str, tuple[Choice, ...]] = {}
    for promise in context.case.promises:
        if context.case.status(promise, context.now) != "missed" or promise.exempt != "no":
            continue
        commitment = context.policy.commitment(promise.commitment_id, promise.version)
        if commitment.exemptions:
            groups[f"{promise.key} {promise.title}"] = tuple(
                Choice(f"{promise.key}/{one.id}", f"{one.text} Cần: {one.evidence}")
                for one in commitment.exemptions
            )
    hint = "Chỉ các trường hợp đã công bố trong chính cam kết đó."
    which = Field(
        "exemption", "Cam kết và trường hợp", "select", "", required=True, hint=hint, groups=groups
    )
    why = text_field("Vì sao đúng trường hợp này", "Khách đọc được. Ít nhất 30 ký tự.")
    return (which, *evidence_fields(), file_field(EVIDENCE_FILES), why)


def _exemption(values: Values, context: Context) -> Built:
    promise, _, exemption = str(values["exemption"]).partition("/")
    given, kept = evidence(values)
    command = money.ClaimExemption(
        context.me.actor,
        promise=promise,
        exemption=exemption,
        evidence=given,
        text=values["text"],
    )
    return command, kept


def _sign_exemption_fields(context: Context) -> tuple[Field, ...]:
    claims = {
        claim[0]: f"{claim[0]}, ký trước {datetime_vi(claim[3])}" for claim in context.case.claims
    }
    answers = {"yes": "Đồng ý miễn bù", "no": "Không miễn: khoản bù vẫn phải trả"}
    return (
        choice_field("promise", "Cam kết nào?", claims),
        choice_field("granted", "Quyết định", answers),
    )


def _sign_exemption(values: Values, context: Context) -> Built:
    command = money.SignExemption(
        context.me.actor, promise=values["promise"], granted=values["granted"] == "yes"
    )
    return command, {}


ACTIONS = (
    Action(
        "de-nghi",
        "Đề nghị cách giải quyết",
        END,
        outcome.ProposeResolution,
        lambda _: (
            choice_field("outcome", "Giải quyết thế nào?", _PROPOSABLE),
            text_field("Đề nghị gửi khách", "Làm gì, ai làm, xong ngày nào. Ít nhất 30 ký tự."),
            file_field(),
        ),
        _resolution,
        offered=lambda case, now: case.state == "open",
        note=lambda _: (
            "Đây là đề nghị. Chỉ khách xác nhận mới là xong; khách phản đối thì tính đủ thời gian."
        ),
    ),
    Action(
        "tu-choi",
        "Từ chối",
        END,
        outcome.ProposeRefusal,
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
    ),
    Action(
        "ky-tu-choi",
        "Ký lời từ chối",
        END,
        outcome.SignRefusal,
        lambda _: (),
        _sign,
        offered=lambda case, now: case.refusal is not None and not case.is_ended,
        note=_signing_note,
        danger=True,
    ),
    Action(
        "khong-ky",
        "Không ký lời từ chối",
        END,
        outcome.RejectRefusal,
        lambda _: (text_field("Vì sao không ký?"),),
        _reject,
        offered=lambda case, now: case.refusal is not None,
    ),
    Action(
        "xem-xet-lai",
        "Quyết định xem xét lại",
        END,
        outcome.DecideReview,
        _review_fields,
        _review,
        offered=lambda case, now: case.review is not None,
        note=lambda _: "Người quyết phải là người chưa tham gia lần kết luận trước.",
    ),
    Action(
        "mien-bu",
        "Đề nghị miễn bù",
        END,
        money.ClaimExemption,
        _exemption_fields,
        _exemption,
        offered=lambda case, now: any(
            case.status(one, now) == "missed" and one.exempt == "no" for one in case.promises
        ),
        note=lambda _: (
            "Công ty phải chứng minh. Trật hẹn vẫn được công bố; chỉ khoản bù là xét miễn."
        ),
        danger=True,
    ),
    Action(
        "ky-mien-bu",
        "Quyết định miễn bù",
        END,
        money.SignExemption,
        _sign_exemption_fields,
        _sign_exemption,
        offered=lambda case, now: bool(case.claims),
        danger=True,
    ),
)
"""What ends in a conclusion, with a second person where the rules want one."""
