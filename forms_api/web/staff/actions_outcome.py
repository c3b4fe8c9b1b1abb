"""Actions that conclude: a proposal, a refusal with its second reader, a review, an exemption."""

from dataclasses import replace
from datetime import date

from forms_api.kinds.complaint import REMEDIES
from forms_api.kinds.field import Choice, Field
from forms_api.web.staff.action import (
    Action,
    Arguments,
    Context,
    choice_field,
    evidence_fields,
    file_field,
    proof_fields,
    text_field,
)
from forms_api.web.staff.answers import Values
from service_policy.cases.money.exemptions import ClaimExemption, SignExemption
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
_GRANTED = {"yes": "Đồng ý miễn bù", "no": "Không miễn: khoản bù vẫn phải trả"}
_PROPOSABLE = {name: OUTCOME_WORDS[name] for name in ("as_asked", "other_remedy", "explained")}
_REMEDY = choice_field(
    "remedy",
    "Cách khác là cách nào?",
    REMEDY_WORDS,
    "Chỉ chọn khi giải quyết theo cách khác điều khách muốn.",
)


def _wanted(context: Context) -> str:
    wish = context.case.remedy_wanted
    said = "" if wish is None else f"Khách muốn: {REMEDIES[wish].lower()}. "
    who = context.policy.company.decisions.refuse.title
    return (
        f"{said}Không làm theo điều khách muốn, chỉ giải thích, là từ chối: dùng việc Từ chối, do "
        f"{who} quyết."
    )


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
    return (
        choice_field("clause", "Điều khoản", hint=hint, groups=_clauses(context)),
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


def _refusal(values: Values, context: Context) -> Arguments:
    reader = context.colleague(values["reader"])
    return {}, {"reader": reader.id, "reader_department": reader.department}


def _signed(context: Context) -> Clause | None:
    """Return the clause of the refusal that waits for a signature."""
    refusal = context.case.refusal
    if refusal is None:
        return None
    return context.policy.clause(refusal.clause, context.case.pinned_on)


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
    why = text_field("Vì sao đúng trường hợp này", "Khách đọc được. Ít nhất 30 ký tự.")
    which = choice_field("exemption", "Cam kết và trường hợp", hint=hint, groups=groups)
    return (which, *evidence_fields(), *proof_fields(context), why)


def _exemption(values: Values, context: Context) -> Arguments:
    promise, _, exemption = str(values["exemption"]).partition("/")
    return {"promise": promise, "exemption": exemption}, {}


ACTIONS = (
    Action(
        "de-nghi",
        "Đề nghị cách giải quyết",
        ProposeResolution,
        lambda context: (
            choice_field("outcome", "Giải quyết thế nào?", _PROPOSABLE, _wanted(context)),
            replace(_REMEDY, required=False),
            text_field("Đề nghị gửi khách", "Làm gì, ai làm, xong ngày nào. Ít nhất 30 ký tự."),
            file_field(),
        ),
        offered=lambda case, now: case.state == "open",
    ),
    Action(
        "tu-choi",
        "Từ chối",
        ProposeRefusal,
        _refusal_fields,
        _refusal,
        offered=lambda case, now: (
            case.state == "open"
            and not case.is_safety
            and case.refusal is None
            and case.in_favour_at is None
        ),
        danger=True,
        decider=lambda decisions: decisions.refuse,
    ),
    Action(
        "ky-tu-choi",
        "Ký lời từ chối",
        SignRefusal,
        lambda _: (),
        offered=lambda case, now: case.refusal is not None and not case.is_ended,
        told=_signed,
        danger=True,
        decider=lambda decisions: decisions.sign,
    ),
    Action(
        "khong-ky",
        "Không ký lời từ chối",
        RejectRefusal,
        lambda _: (text_field("Vì sao không ký?"),),
        offered=lambda case, now: case.refusal is not None,
    ),
    Action(
        "xem-xet-lai",
        "Quyết định xem xét lại",
        DecideReview,
        _review_fields,
        offered=lambda case, now: case.review is not None,
        decider=lambda decisions: decisions.review,
    ),
    Action(
        "mien-bu",
        "Đề nghị miễn bù",
        ClaimExemption,
        _exemption_fields,
        _exemption,
        offered=lambda case, now: any(
            case.status(one, now) == "missed" and one.exempt == "no" for one in case.promises
        ),
        danger=True,
    ),
    Action(
        "ky-mien-bu",
        "Quyết định miễn bù",
        SignExemption,
        lambda context: (
            choice_field(
                "promise",
                "Cam kết nào?",
                {
                    one.promise: f"{one.promise}, ký trước {datetime_vi(one.sign_by)}"
                    for one in context.case.claims
                },
            ),
            choice_field("granted", "Quyết định", _GRANTED),
        ),
        offered=lambda case, now: bool(case.claims),
        danger=True,
    ),
)
"""What ends in a conclusion, with a second person where the rules want one."""
