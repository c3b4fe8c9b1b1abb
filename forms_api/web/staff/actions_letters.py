"""Actions about letters that did not arrive, and about how the customer knows after all."""

from forms_api.web.fields import Field
from forms_api.web.staff.action import Action, Built, Context, choice_field
from forms_api.web.staff.actions_service import TALK, message_field
from forms_api.web.staff.answers import Values
from service_policy.cases.messages.letters import (
    LETTER_WORDS,
    MEANS_WORDS,
    RecordBounce,
    RecordReached,
)
from theme.filters import datetime_vi


def _reached_fields(context: Context) -> tuple[Field, ...]:
    options = {
        str(one.number): f"{LETTER_WORDS[one.letter]} (hỏng {datetime_vi(one.at)})"
        for one in context.case.mail_failures
        if one.letter != "message"
    }
    by_hand = {name: MEANS_WORDS[name] for name in ("told_by_phone", "handed_over")}
    means = choice_field("means", "Khách biết bằng cách nào?", by_hand)
    return (choice_field("failure", "Lá thư nào?", options), means)


def _reached(values: Values, context: Context) -> Built:
    number = int(values["failure"])
    return RecordReached(context.me.actor, failure=number, means=values["means"]), {}


def _bounced(values: Values, context: Context) -> Built:
    return RecordBounce(context.me.actor, message=int(values["message"])), {}


ACTIONS = (
    Action(
        "da-bao-khach",
        "Ghi đã báo khách cách khác",
        TALK,
        RecordReached,
        _reached_fields,
        _reached,
        offered=lambda case, now: any(one.letter != "message" for one in case.mail_failures),
        note=lambda _: "Ghi khi khách đã biết điều lá thư hỏng muốn nói. Khách thấy dòng này.",
    ),
    Action(
        "thu-bi-tra",
        "Ghi thư bị trả lại",
        TALK,
        RecordBounce,
        lambda context: (message_field(context, arrived=True),),
        _bounced,
        offered=lambda case, now: any(one.delivered_at is not None for one in case.messages),
        note=lambda _: "Những gì tin này đã làm với đồng hồ được tính lại như chưa gửi.",
    ),
)
"""In the order of a usual day."""
