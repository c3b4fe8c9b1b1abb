"""Events of letters that did not arrive, and of how their reader was reached after all."""

from datetime import datetime
from typing import Literal

from service_policy.actors import Actor
from service_policy.cases.events_filing import MovedDue
from service_policy.values import Model

LetterKind = Literal["receipt", "message", "news", "document"]
Failure = Literal["refused", "no_answer", "unsendable", "in_doubt", "bounced"]
ReachedBy = Literal["mail_accepted", "told_by_phone", "handed_over"]


class LetterFailed(Model):
    """A letter to the customer was given up, or came back without having counted as delivered.

    ``message`` is the message or the request that it carried, if it carried one; no address and
    no word of a mail server stands here.
    """

    type: Literal["letter_failed"] = "letter_failed"
    at: datetime
    by: Actor
    letter: LetterKind
    failure: Failure
    message: int | None = None
    way: Literal["email"] = "email"
    dues: tuple[MovedDue, ...] = ()


class CustomerReached(Model):
    """The customer knows what a failed letter was to say; ``failure`` is its event's number."""

    type: Literal["customer_reached"] = "customer_reached"
    at: datetime
    by: Actor
    failure: int
    means: ReachedBy
