"""Actions about money: figures, goodwill within its limit, advances, payments and their way."""

from typing import get_args

from forms_api import payouts
from forms_api.errors import FieldError, ValidationFailed
from forms_api.kinds.field import Choice, Field
from forms_api.loading import load
from forms_api.payments.files import need_not_under_way
from forms_api.web.app_context import app_context
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
from service_policy.cases.money.payout import ChoosePayout
from service_policy.cases.money.returned import RETURN_WORDS, RecordPayoutFailed
from theme.filters import datetime_vi, vnd

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


def _payout(values: Values, context: Context) -> Arguments:
    portal, reference = app_context().portal, context.page.reference
    need_not_under_way(portal, reference)
    loaded = portal.store.read(lambda connection: load(connection, reference))
    command = payouts.choice_of(context.me.actor, values, loaded, context.policy)
    chosen = {
        "account": dict(command.account),
        "place": command.place,
        "other_holder": command.other_holder,
    }
    return chosen, {}


def _return_fields(context: Context) -> tuple[Field, ...]:
    done = tuple(
        Choice(str(one.number), f"{vnd(one.vnd)}, ghi {datetime_vi(one.at)}")
        for one in context.case.paid
        if one.returned_at is None
    )
    empty = "Chưa ghi là đã trả"
    return (
        money_field("vnd", "Số tiền bị trả về"),
        Field("payment", "Lần trả nào?", "select", depends=True, choices=done, empty=empty),
        choice_field("why", "Vì sao?", RETURN_WORDS),
        *evidence_fields(readable=False),
    )


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
    Action(
        "noi-nhan",
        "Ghi nơi nhận tiền",
        ChoosePayout,
        lambda context: payouts.fields(context.case, context.policy),
        _payout,
        offered=lambda case, now: case.open_vnd > 0,
        seals=True,
    ),
    Action(
        "tien-ve",
        "Ghi tiền bị trả về",
        RecordPayoutFailed,
        _return_fields,
        offered=lambda case, now: case.open_vnd > 0 or bool(case.paid),
    ),
)
"""Money that goes to the customer; there is no action that takes any back."""
