"""Reading what staff typed into the form of an action, every fault at once.

Money is said back in digits and in words, and counts once it is confirmed: the form comes back with
everything typed still in it, and sending it once more confirms exactly these amounts. Whoever
changes one of them is asked again.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import FileStorage, MultiDict

from forms_api.errors import FieldError, ValidationFailed
from forms_api.inputs import BadInput
from forms_api.kinds.field import Field
from forms_api.uploads.incoming import Incoming, elsewhere, receive
from forms_api.web.app_context import app_context
from forms_api.web.files import given
from service_policy.cases import Evidence
from service_policy.digits import dong_in_words
from service_policy.promises.calendar import VIETNAM
from service_policy.text import vnd

CONFIRMED = "confirmed"
"""The hidden field that says which amounts were read and found right."""

MOST_EVIDENCE = 10

LONGEST_READ = 20_000
"""Characters of a field that are read at all: five times what any may have."""

Values = Mapping[str, Any]


def read(
    fields: Iterable[Field], typed: Mapping[str, str], sent: MultiDict[str, FileStorage]
) -> Values:
    """Read every field by its kind: texts in NFC, money in đồng, ticks as booleans, files taken.

    Raises:
        ValidationFailed: with every fault at once.
    """
    values: dict[str, Any] = {}
    today = app_context().now().astimezone(VIETNAM).date()
    faults = overlong(typed)
    if faults:
        raise ValidationFailed(faults)
    for field in fields:
        try:
            if field.widget == "files":
                values[field.name] = receive(
                    given(sent.getlist(field.name)),
                    field.name,
                    elsewhere(app_context().policy.company),
                )
            else:
                found = field.read(typed.get(field.name, ""), today)
                # A text that was left out is an empty one; of an amount there is none.
                values[field.name] = "" if found is None and field.widget != "money" else found
        except BadInput as fault:
            faults.append(FieldError(field.name, str(fault)))
        except ValidationFailed as failure:
            faults += failure.errors
    if faults:
        raise ValidationFailed(faults)
    return values


def overlong(typed: Mapping[str, str]) -> list[FieldError]:
    """Find what is far too long, before anything looks at the text itself."""
    return [
        FieldError(name, f"Dài {len(text)} ký tự, quá dài. Viết gọn lại, hoặc gửi kèm thành tệp.")
        for name, text in typed.items()
        if len(text) > LONGEST_READ
    ]


def evidence(values: Values) -> tuple[tuple[Evidence, ...], dict[str, Any]]:
    """Give each line of the evidence an opaque id: the event holds the id, the rest is private.

    Lines say what the files show and what the chosen event proves; an event of the case is read by
    the customer anyway. Returns the pieces for the command and what is kept beside its texts.
    """
    readable = bool(values.get("evidence_readable"))
    lines = [one.strip() for one in str(values["evidence"]).splitlines() if one.strip()]
    pieces = {f"bc-{secrets.token_hex(6)}": one for one in lines[:MOST_EVIDENCE]}
    shown = [Evidence(id=one, readable_by_customer=readable) for one in pieces]
    shown += [
        Evidence(id=one.id, readable_by_customer=readable, kind="file") for one in files_of(values)
    ]
    if values.get("event"):
        number = int(values["event"])
        proof = Evidence(
            id=f"su-kien-{number}", readable_by_customer=True, kind="event", number=number
        )
        shown.append(proof)
    kept = {name: {"what": line, "readable": readable} for name, line in pieces.items()}
    return tuple(shown) if pieces else (), {"evidence": kept} if kept else {}


def files_of(values: Values) -> tuple[Incoming, ...]:
    """Return the files of an action; evidence that the customer may not read takes them along."""
    readable = bool(values.get("evidence_readable", True))
    return tuple(replace(one, readable=readable) for one in values.get("files", ()))


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
    if not money or typed.get(CONFIRMED) == answer:
        return None
    amounts = ((one.label, values[one.name]) for one in money)
    return Question(
        tuple(Amount(label, vnd(amount), dong_in_words(amount)) for label, amount in amounts),
        answer,
    )
