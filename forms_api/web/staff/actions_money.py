"""Actions about money: exemptions, figures, goodwill within its limit, advances, payments."""

from typing import get_args

from forms_api.errors import FieldError, ValidationFailed
from forms_api.kinds.field import Choice, Field
from forms_api.web.staff.action import (
    END,
    MONEY,
    Action,
    Arguments,
    Context,
    choice_field,
    evidence_fields,
    money_field,
    proof_fields,
    text_field,
)
from forms_api.web.staff.answers import Values
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
    why = text_field("Vì sao đúng trường hợp này", "Khách đọc được. Ít nhất 30 ký tự.")
    which = choice_field("exemption", "Cam kết và trường hợp", hint=hint, groups=groups)
    return (which, *evidence_fields(), *proof_fields(context), why)


def _exemption(values: Values, context: Context) -> Arguments:
    promise, _, exemption = str(values["exemption"]).partition("/")
    return {"promise": promise, "exemption": exemption}, {}


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


def _fact_fields(context: Context) -> tuple[Field, ...]:
    known = {name: FACT_WORDS[name] for name in get_args(FactName)}
    return (
        choice_field("name", "Số liệu nào?", known, kind="select"),
        money_field("value", "Giá trị", "Đồng, hoặc số tháng."),
        *evidence_fields(),
        *proof_fields(context),
    )


def _fact(values: Values, _: Context) -> Arguments:
    if not str(values["name"]).endswith("_vnd") and values["value"] > MOST_MONTHS:
        text = f"Số tháng này quá lớn; nhiều nhất là {MOST_MONTHS}."
        raise ValidationFailed([FieldError("value", text)])
    return {}, {}


def _goodwill_fields(_: Context) -> tuple[Field, ...]:
    return (money_field("vnd", "Số tiền"), text_field("Vì sao?", "Ghi cho nội bộ."))


def _payment_fields(context: Context) -> tuple[Field, ...]:
    owed = f"Còn nợ khách {vnd(context.case.open_vnd)}."
    return (
        money_field("vnd", "Số tiền đã trả", owed),
        choice_field("method", "Trả bằng", PAYING_WORDS),
        *evidence_fields(readable=False),
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
        danger=True,
    ),
    Action(
        "ky-mien-bu",
        "Quyết định miễn bù",
        END,
        SignExemption,
        _sign_exemption_fields,
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
        offered=lambda case, now: True,
    ),
    Action(
        "tam-ung",
        "Tạm ứng thiệt hại",
        MONEY,
        GrantAdvance,
        _goodwill_fields,
        offered=lambda case, now: case.is_safety,
    ),
    Action(
        "tra-tien",
        "Ghi đã trả tiền",
        MONEY,
        RecordPayment,
        _payment_fields,
        offered=lambda case, now: case.open_vnd > 0,
    ),
)
"""Money that goes to the customer; there is no action that takes any back."""
