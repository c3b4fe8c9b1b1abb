"""Actions about money on its way: where the customer wants it, and what came back."""

from forms_api import payouts
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
)
from forms_api.web.staff.answers import Values
from service_policy.cases.money.payout import ChoosePayout
from service_policy.cases.money.returned import RETURN_WORDS, RecordPayoutFailed
from theme.filters import datetime_vi, vnd


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
"""Nothing here pays: what was paid is recorded beside what was owed, and matched with the bank."""
