"""Reading what staff typed into the form of an action, every fault at once."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from forms_api import inputs
from forms_api.errors import FieldError, ValidationFailed
from forms_api.inputs import BadInput
from forms_api.web.fields import Field
from service_policy.cases import Evidence

LONGEST_TEXT = 4000
LONGEST_LINE = 200
MOST_EVIDENCE = 10

Values = Mapping[str, Any]


def read(fields: Iterable[Field], typed: Mapping[str, str]) -> Values:
    """Read every field by its kind: texts in NFC, money in đồng, ticks as booleans.

    Raises:
        ValidationFailed: with every fault at once.
    """
    values: dict[str, Any] = {}
    faults: list[FieldError] = []
    for field in fields:
        try:
            values[field.name] = _value(field, typed.get(field.name, ""))
        except BadInput as fault:
            faults.append(FieldError(field.name, str(fault)))
    if faults:
        raise ValidationFailed(faults)
    return values


def _value(field: Field, typed: str) -> Any:
    if field.kind == "tick":
        return typed == "true"
    if not typed.strip():
        if field.required:
            raise BadInput("Mục này cần được điền.")
        return None if field.kind == "money" else ""
    match field.kind:
        case "radios" | "select":
            return _choice(field, typed)
        case "money":
            return inputs.vnd(typed)
        case "text":
            return inputs.paragraphs(typed, 1, field.longest or LONGEST_TEXT)
        case _:
            return inputs.line(typed, field.longest or LONGEST_LINE)


def _choice(field: Field, typed: str) -> str:
    groups = (one for group in field.groups.values() for one in group)
    if typed not in {one.value for one in (*field.choices, *groups)}:
        raise BadInput("Chọn một trong các mục có sẵn.")
    return typed


def evidence(values: Values) -> tuple[tuple[Evidence, ...], dict[str, Any]]:
    """Give each line of the evidence an opaque id: the event holds the id, the rest is private.

    Returns the pieces for the command and what is kept beside its texts.
    """
    readable = bool(values.get("evidence_readable"))
    lines = [one.strip() for one in str(values["evidence"]).splitlines() if one.strip()]
    pieces = {f"bc-{secrets.token_hex(6)}": one for one in lines[:MOST_EVIDENCE]}
    given = tuple(Evidence(id=one, readable_by_customer=readable) for one in pieces)
    kept = {name: {"what": line, "readable": readable} for name, line in pieces.items()}
    return given, {"evidence": kept} if kept else {}
