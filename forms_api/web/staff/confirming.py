"""Money that staff typed is said back in digits and in words, and counts once it is confirmed.

The form comes back with everything typed still in it; sending it once more confirms exactly these
amounts. Whoever changes one of them is asked again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forms_api.kinds.field import Field
from forms_api.web.staff.answers import Values
from service_policy.amount_in_words import dong_in_words
from service_policy.text import vnd

FIELD = "confirmed"
"""The hidden field that says which amounts were read and found right."""


@dataclass(frozen=True)
class Amount:
    """An amount as it was read: the label of its field, digits, words."""

    label: str
    digits: str
    words: str


@dataclass(frozen=True)
class Question:
    """What is asked before money counts; ``answer`` is what the next post says of it."""

    amounts: tuple[Amount, ...]
    answer: str


def question(fields: Iterable[Field], values: Values, typed: Mapping[str, str]) -> Question | None:
    """Return what is to be confirmed, or None when it is, or when there is no money in it."""
    money = [one for one in fields if one.widget == "money" and values[one.name] is not None]
    answer = "&".join(f"{one.name}={values[one.name]}" for one in money)
    if not money or typed.get(FIELD) == answer:
        return None
    amounts = ((one.label, values[one.name]) for one in money)
    return Question(
        tuple(Amount(label, vnd(amount), dong_in_words(amount)) for label, amount in amounts),
        answer,
    )
