"""Actions about money on its way: where the customer wants it, and what came back."""

from forms_api import payouts
from forms_api.kinds.field import Choice, Field
from forms_api.loading import load
from forms_api.payments.files import need_not_under_way
from forms_api.web.app_context import app_context
from forms_api.web.staff.action import (
    MONEY,
    Action,
    Built,
    Context,
    choice_field,
    evidence_fields,
    money_field,
)
from forms_api.web.staff.answers import Values, evidence
from service_policy.cases.money.payout import ChoosePayout
from service_policy.cases.money.returned import RETURN_WORDS, RecordPayoutFailed
from theme.filters import datetime_vi, vnd


def _payout_fields(context: Context) -> tuple[Field, ...]:
    return payouts.fields(context.case, context.policy)


def _payout(values: Values, context: Context) -> Built:
    need_not_under_way(app_context().portal, context.page.reference)
    loaded = app_context().portal.store.read(
        lambda connection: load(connection, context.page.reference)
    )
    return payouts.choice_of(context.me.actor, values, loaded, context.policy), {}


def _payout_note(context: Context) -> str:
    return (
        "Đọc lại cho khách nghe từng chữ số. Khách nhận thư báo ngay; tiền chỉ đi sau 4 giờ làm "
        "việc. Không hỏi OTP, mật khẩu; hỏi nơi nhận tiền không dừng đồng hồ nào."
    )


def _return_fields(context: Context) -> tuple[Field, ...]:
    done = {"": "Chưa ghi là đã trả"} | {
        str(one.number): f"{vnd(one.vnd)}, ghi {datetime_vi(one.at)}"
        for one in context.case.paid
        if one.returned_at is None
    }
    which = Field(
        "payment",
        "Lần trả nào?",
        "select",
        depends=True,
        choices=tuple(Choice(code, words) for code, words in done.items() if code),
        empty=done[""],
    )
    return (
        money_field("vnd", "Số tiền bị trả về"),
        which,
        choice_field("why", "Vì sao?", RETURN_WORDS),
        *evidence_fields(readable=False),
    )


def _return(values: Values, context: Context) -> Built:
    given, kept = evidence(values)
    number = str(values.get("payment") or "")
    command = RecordPayoutFailed(
        context.me.actor,
        vnd=values["vnd"],
        why=values["why"],
        evidence=given,
        payment=int(number) if number else None,
    )
    return command, kept


ACTIONS = (
    Action(
        "noi-nhan",
        "Ghi nơi nhận tiền",
        MONEY,
        ChoosePayout,
        _payout_fields,
        _payout,
        offered=lambda case, now: case.open_vnd > 0,
        note=_payout_note,
        seals=True,
    ),
    Action(
        "tien-ve",
        "Ghi tiền bị trả về",
        MONEY,
        RecordPayoutFailed,
        _return_fields,
        _return,
        offered=lambda case, now: case.open_vnd > 0 or bool(case.paid),
    ),
)
"""Nothing here pays: what was paid is recorded beside what was owed, and matched with the bank."""
