"""Actions about money: figures, goodwill within its limit, advances, payments."""

from typing import get_args

from forms_api.errors import FieldError, ValidationFailed
from forms_api.kinds.field import Field
from forms_api.web.staff.action import (
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
from service_policy.cases.money.payments import (
    FACT_WORDS,
    PAYING_WORDS,
    FactName,
    GrantAdvance,
    GrantGoodwill,
    RecordFact,
    RecordPayment,
)
from theme.filters import vnd

_FACTS = {name: FACT_WORDS[name] for name in get_args(FactName)}
MOST_MONTHS = 600
"""Fifty years; nothing that we sell is used or covered longer."""


def _fact(values: Values, _: Context) -> Arguments:
    if not str(values["name"]).endswith("_vnd") and values["value"] > MOST_MONTHS:
        text = f"Số tháng này quá lớn; nhiều nhất là {MOST_MONTHS}."
        raise ValidationFailed([FieldError("value", text)])
    return {}, {}


def _goodwill_fields(_: Context) -> tuple[Field, ...]:
    return (money_field("vnd", "Số tiền"), text_field("Vì sao?", "Ghi cho nội bộ."))


ACTIONS = (
    Action(
        "so-lieu",
        "Ghi số liệu để tính bù",
        RecordFact,
        lambda context: (
            choice_field("name", "Số liệu nào?", _FACTS, kind="select"),
            money_field("value", "Giá trị", "Đồng, hoặc số tháng."),
            *evidence_fields(),
            *proof_fields(context),
        ),
        _fact,
        offered=lambda case, now: True,
        counts_money=lambda values: str(values["name"]).endswith("_vnd"),
    ),
    Action(
        "tu-quyet",
        "Tự quyết một khoản",
        GrantGoodwill,
        _goodwill_fields,
        offered=lambda case, now: True,
    ),
    Action(
        "tam-ung",
        "Tạm ứng thiệt hại",
        GrantAdvance,
        _goodwill_fields,
        offered=lambda case, now: case.is_safety,
    ),
    Action(
        "tra-tien",
        "Ghi đã trả tiền",
        RecordPayment,
        lambda context: (
            money_field("vnd", "Số tiền đã trả", f"Còn nợ khách {vnd(context.case.open_vnd)}."),
            choice_field("method", "Trả bằng", PAYING_WORDS),
            *evidence_fields(readable=False),
        ),
        offered=lambda case, now: case.open_vnd > 0,
    ),
)
"""Money that goes to the customer; there is no action that takes any back."""
