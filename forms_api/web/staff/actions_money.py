"""Actions about money: exemptions, figures, goodwill within its limit, advances, payments."""

from typing import get_args

from forms_api.errors import FieldError, ValidationFailed
from forms_api.kinds.field import Choice, Field
from forms_api.web.staff.action import (
    END,
    MONEY,
    Action,
    Built,
    Context,
    choice_field,
    evidence_fields,
    money_field,
    proof_fields,
    text_field,
)
from forms_api.web.staff.answers import Values, evidence
from service_policy.cases.money.exemptions import ClaimExemption, SignExemption
from service_policy.cases.money.payments import (
    FACT_WORDS,
    PAYING_WORDS,
    FactName,
    GrantAdvance,
    GrantGoodwill,
    RecordFact,
    RecordPayment,
)
from theme.filters import datetime_vi, vnd

MOST_MONTHS = 600
"""Fifty years; nothing that we sell is used or covered longer."""


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
    return (which, *evidence_fields(), *proof_fields(context), why)


def _exemption(values: Values, context: Context) -> Built:
    promise, _, exemption = str(values["exemption"]).partition("/")
    given, kept = evidence(values)
    claimed = ClaimExemption(
        context.me.actor,
        promise=promise,
        exemption=exemption,
        evidence=given,
        text=values["text"],
    )
    return claimed, kept


def _sign_exemption_fields(context: Context) -> tuple[Field, ...]:
    claims = {
        one.promise: f"{one.promise}, ký trước {datetime_vi(one.sign_by)}"
        for one in context.case.claims
    }
    answers = {"yes": "Đồng ý miễn bù", "no": "Không miễn: khoản bù vẫn phải trả"}
    return (
        choice_field("promise", "Cam kết nào?", claims),
        choice_field("granted", "Quyết định", answers),
    )


def _sign_exemption(values: Values, context: Context) -> Built:
    command = SignExemption(
        context.me.actor, promise=values["promise"], granted=values["granted"] == "yes"
    )
    return command, {}


def _fact_fields(context: Context) -> tuple[Field, ...]:
    known = {name: FACT_WORDS[name] for name in get_args(FactName)}
    amount = Field(
        "value", "Giá trị", "money", "", required=True, hint="Đồng, hoặc số tháng.", width="m"
    )
    return (
        choice_field("name", "Số liệu nào?", known, kind="select"),
        amount,
        *evidence_fields(),
        *proof_fields(context),
    )


def _fact(values: Values, context: Context) -> Built:
    if not str(values["name"]).endswith("_vnd") and values["value"] > MOST_MONTHS:
        text = f"Số tháng này quá lớn; nhiều nhất là {MOST_MONTHS}."
        raise ValidationFailed([FieldError("value", text)])
    given, kept = evidence(values)
    command = RecordFact(
        context.me.actor, name=values["name"], value=values["value"], evidence=given
    )
    return command, kept


def _goodwill_note(context: Context) -> str:
    limit = context.policy.company.payment.discretion_limit_vnd
    used = context.case.goodwill_vnd
    if context.me.role == "lead":
        most = f"Nhân viên tự quyết tối đa {vnd(limit)} mỗi phiếu; đã dùng {vnd(used)}."
        return f"{most} Trưởng nhóm được hơn."
    left = vnd(max(0, limit - used))
    return f"Bạn được tự quyết tối đa {vnd(limit)} mỗi phiếu, không cần xin phép. Còn {left}."


def _goodwill_fields(_: Context) -> tuple[Field, ...]:
    return (money_field("vnd", "Số tiền"), text_field("Vì sao?", "Ghi cho nội bộ."))


def _goodwill(values: Values, context: Context) -> Built:
    return GrantGoodwill(context.me.actor, vnd=values["vnd"], text=values["text"]), {}


def _advance(values: Values, context: Context) -> Built:
    return GrantAdvance(context.me.actor, vnd=values["vnd"], text=values["text"]), {}


def _payment_fields(context: Context) -> tuple[Field, ...]:
    owed = f"Còn nợ khách {vnd(context.case.open_vnd)}."
    return (
        money_field("vnd", "Số tiền đã trả", owed),
        choice_field("method", "Trả bằng", PAYING_WORDS),
        *evidence_fields(readable=False),
    )


def _payment(values: Values, context: Context) -> Built:
    given, kept = evidence(values)
    command = RecordPayment(
        context.me.actor, vnd=values["vnd"], method=values["method"], evidence=given
    )
    return command, kept


def _payment_note(_: Context) -> str:
    return (
        "Tính từ lúc ghi, không ghi lùi ngày được. Bằng chứng là mã giao dịch ngân hàng; trừ công "
        "nợ hoặc phiếu mua hàng thì là lựa chọn của khách."
    )


ACTIONS = (
    Action(
        "mien-bu",
        "Đề nghị miễn bù",
        END,
        ClaimExemption,
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
        SignExemption,
        _sign_exemption_fields,
        _sign_exemption,
        offered=lambda case, now: bool(case.claims),
        danger=True,
    ),
    Action(
        "so-lieu",
        "Ghi số liệu để tính bù",
        MONEY,
        RecordFact,
        _fact_fields,
        _fact,
        offered=lambda case, now: True,
        counts_money=lambda values: str(values["name"]).endswith("_vnd"),
    ),
    Action(
        "tu-quyet",
        "Tự quyết một khoản",
        MONEY,
        GrantGoodwill,
        _goodwill_fields,
        _goodwill,
        offered=lambda case, now: True,
        note=_goodwill_note,
    ),
    Action(
        "tam-ung",
        "Tạm ứng thiệt hại",
        MONEY,
        GrantAdvance,
        _goodwill_fields,
        _advance,
        offered=lambda case, now: case.is_safety,
    ),
    Action(
        "tra-tien",
        "Ghi đã trả tiền",
        MONEY,
        RecordPayment,
        _payment_fields,
        _payment,
        offered=lambda case, now: case.open_vnd > 0,
        note=_payment_note,
    ),
)
"""Money that goes to the customer; there is no action that takes any back."""
