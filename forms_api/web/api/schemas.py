"""JSON Schemas of the API's answers."""

from typing import Any

from forms_api.kinds import ALL
from service_policy.cases.core.parts import STATE_WORDS

Json = dict[str, Any]

_TIME: Json = {"type": "string", "format": "date-time"}
_TEXT: Json = {"type": "string"}
_DAY: Json = {"type": "string", "format": "date"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_VND: Json = {"type": "integer", "minimum": 0, "description": "đồng"}


def _object(**properties: Json) -> Json:
    """Return an object that has exactly these properties, all of them."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _or_null(schema: Json) -> Json:
    return {**schema, "type": [schema["type"], "null"]}


_REFERENCE: Json = {
    "type": "string",
    "pattern": "^[A-Z]{2}-[0-9]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}$",
}
_COMMITMENT_ID: Json = {"type": "string", "pattern": "^CK-[0-9]+$"}
_OWNER = _object(role=_TEXT, department=_TEXT)
_QUANTITY = _object(value={"type": "integer"}, unit=_TEXT, text=_TEXT)

_RECEIPT_PROMISE = _object(
    id=_COMMITMENT_ID,
    version={"type": "integer", "minimum": 1},
    measure=_TEXT,
    due_at=_TIME,
    compensation_if_missed_vnd={
        **_or_null(_VND),
        "description": "đồng owed at the very miss; null when it depends on facts of the case",
    },
)

_CASE_PROMISE = _object(
    id=_COMMITMENT_ID,
    version={"type": "integer", "minimum": 1},
    due_at=_TIME,
    status={
        "type": "string",
        "enum": ["running", "paused", "kept", "missed"],
        "description": "paused: the clock waits for the customer, or stands still because the "
        "case was withdrawn or merged; it runs on when the customer answers or reopens.",
    },
    owed_vnd=_VND,
    paid_at=_or_null(_TIME),
)

_TARGET = _object(
    segments=_list(_TEXT),
    product_groups=_list(_TEXT),
    condition=_or_null(_TEXT),
    place=_or_null(_TEXT),
    value={"type": ["integer", "null"]},
    unit=_or_null(_TEXT),
    text=_TEXT,
)

_COMMITMENT = _object(
    id=_COMMITMENT_ID,
    version={"type": "integer", "minimum": 1},
    title=_TEXT,
    url=_TEXT,
    effective_from={"type": "string", "format": "date"},
    promise=_TEXT,
    measure=_TEXT,
    owner=_OWNER,
    applies_to=_list(_object(kind=_TEXT, categories=_list(_TEXT), topics=_list(_TEXT))),
    targets=_list(_TARGET),
    compensation=_list(_object(segments=_list(_TEXT), kind=_TEXT, text=_TEXT)),
    pay_within=_QUANTITY,
    late_payment_add_vnd=_VND,
)

_PROBLEM: Json = {
    "type": "object",
    "description": "RFC 9457. A refused submission has `recorded: false` and open `channels`.",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "errors": _list(_object(field=_TEXT, message=_TEXT)),
        "recorded": {"type": "boolean", "const": False},
        "channels": _list(_TEXT),
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
}

ANSWERS: Json = {
    "Receipt": _object(
        reference=_REFERENCE,
        code={"type": "string", "description": "Secret; at least 128 bits."},
        received_at=_TIME,
        owner=_OWNER,
        promises=_list(_RECEIPT_PROMISE),
        follow_url=_TEXT,
    ),
    "Case": _object(
        reference=_REFERENCE,
        kind={"type": "string", "enum": [kind.id for kind in ALL]},
        state={"type": "string", "enum": list(STATE_WORDS)},
        received_at=_TIME,
        owner=_OWNER,
        holder=_object(role=_TEXT, department=_TEXT, since=_TIME),
        promises=_list(_CASE_PROMISE),
        events=_list(_object(at=_TIME, type=_TEXT, by_role=_TEXT, text=_TEXT)),
    ),
    "Kept": _object(recorded={"type": "boolean", "const": True}, received_at=_TIME),
    "DocumentChecks": _object(
        latest={
            **_or_null(
                _object(
                    checked_on=_DAY,
                    good_until=_DAY,
                    links=_COUNT,
                    documents=_COUNT,
                    documents_right=_COUNT,
                )
            ),
            "description": "null before the first one; after good_until a week went by without",
        }
    ),
    "Commitments": _object(
        fingerprint={"type": "string", "pattern": "^[0-9a-f]{12}$"},
        as_of={"type": "string", "format": "date"},
        commitments=_list(_COMMITMENT),
    ),
    "SearchResults": _object(
        query=_TEXT,
        sure={"type": "boolean"},
        meant=_or_null(_TEXT),
        results=_list(_object(id=_TEXT, kind=_TEXT, title=_TEXT, url=_TEXT, snippet=_TEXT)),
    ),
    "Problem": _PROBLEM,
}
"""Schemas by name, for ``#/components/schemas``."""
