"""The description of the API (OpenAPI 3.1), made from the questions and from the answers' shapes.

A test validates it, and another one sees every answer it lists.
"""

from collections.abc import Iterable
from typing import Any

from forms_api import codes
from forms_api.kinds import KINDS
from forms_api.kinds.feedback import QUESTIONS
from forms_api.kinds.field import Field
from forms_api.kinds.questions import Questions, Section
from forms_api.web.api import schemas
from service_policy.content import Library

Json = dict[str, Any]

_SEARCHED = Field(
    "q",
    "Đã tìm",
    "line",
    "What was searched for.",
    required=True,
    shortest=1,
    missing="Thiếu chữ đã tìm.",
    reader=str,
)
MISS = Questions((Section("da-tim", "Đã tìm", (_SEARCHED,)),))
"""The report of a search without an answer."""

_PROBLEMS = {
    400: "The request cannot be read, or the Idempotency-Key is malformed or too short.",
    401: "No case answers to this code. Every kind of miss is this same answer.",
    403: "A browser sent this from another site's page.",
    409: "The Idempotency-Key was used for another body. No code is part of this answer.",
    413: "The body is too large.",
    415: "The body is not application/json.",
    422: "Fields are missing, wrong or unknown; `errors` names all of them at once.",
    429: "Too many requests; see Retry-After.",
    503: "The store could not promise to keep it: nothing was recorded. Retry with the same key.",
}


def document(library: Library) -> Json:
    """Return the OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Cổng cam kết {library.company.short_name}",
            "version": "1",
            "summary": "File complaints and inquiries, follow a case, read the commitments.",
            "description": "Times are ISO 8601 with Vietnam's offset, money is an integer of "
            "đồng. Messages are Vietnamese. Unknown fields are refused, so that a misspelt name "
            "is never lost without a word.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            **{
                kind.api_url: {"post": _filing(f"post{kind.schema}", kind.summary, kind.schema)}
                for kind in KINDS
            },
            **_paths(),
        },
        "components": {
            "schemas": {
                **{kind.schema: _body(kind.questions(library.policy)) for kind in KINDS},
                "Feedback": object_schema(QUESTIONS),
                "Miss": object_schema(MISS),
                **schemas.ANSWERS,
            },
            "securitySchemes": {
                "code": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The secret code of the case, as the receipt shows it.",
                }
            },
        },
    }


def _body(questions: Questions) -> Json:
    # Either way of answering is enough; neither is not.
    either = [{"required": ["phone"]}, {"required": ["email"]}]
    return {**object_schema(questions), "anyOf": either}


_KEY: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Makes a repeated request safe: the same key with the same body gets the same "
    "answer, byte for byte, and never records anything a second time. Make a new UUID for every "
    "submission: what somebody else has used is answered with 409.",
    "schema": {"type": "string", "pattern": f"^[\\x21-\\x7e]{{{codes.SHORTEST_KEY},255}}$"},
}


def _feedback() -> Json:
    told = "It is no case: it has no code, and nobody answers it."
    path = _filing("postFeedback", "Say whether a version of a page is clear", "Feedback")
    answers = {**path["responses"], "201": _json("Recorded and durable.", "Kept")}
    return {**path, "description": told, "responses": answers}


def _filing(operation: str, summary: str, body: str) -> Json:
    return {
        "operationId": operation,
        "summary": summary,
        "parameters": [_KEY],
        "requestBody": {"required": True, "content": _content(body)},
        "responses": {
            "201": _json("Recorded and durable. The code is secret.", "Receipt"),
            **_problems(400, 403, 409, 413, 415, 422, 429, 503),
        },
    }


def _paths() -> Json:
    """Describe everything but the filing of cases."""
    return {
        "/api/v1/case": {
            "get": {
                "operationId": "getCase",
                "summary": "Follow a case by its code",
                "security": [{"code": []}],
                "responses": {"200": _json("The case.", "Case"), **_problems(401, 429, 503)},
            }
        },
        "/api/v1/commitments": {
            "get": {
                "operationId": "getCommitments",
                "summary": "The commitments in force today",
                "responses": {"200": _json("The commitments.", "Commitments")},
            }
        },
        "/api/v1/document-checks": {
            "get": {
                "operationId": "getDocumentChecks",
                "summary": "The latest weekly check of the documents",
                "responses": {"200": _json("The check.", "DocumentChecks"), **_problems(503)},
            }
        },
        "/api/v1/search": {
            "get": {
                "operationId": "search",
                "summary": "Find answers, products, commitments and procedures",
                "parameters": [
                    {
                        "name": "q",
                        "in": "query",
                        "required": True,
                        "description": "The question; diacritics may be left out.",
                        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
                    }
                ],
                "responses": {
                    "200": _json("The best documents.", "SearchResults"),
                    **_problems(400, 429),
                },
            }
        },
        "/api/v1/search-misses": {
            "post": {
                "operationId": "postSearchMiss",
                "summary": "Count a search that found no answer",
                "description": "Kept are folded words and the day. Numbers, addresses and whoever "
                "asked are not.",
                "requestBody": {"required": True, "content": _content("Miss")},
                "responses": {
                    "204": {"description": "Counted, or nothing of it may be kept."},
                    **_problems(400, 403, 413, 415, 422, 429, 503),
                },
            }
        },
        "/api/v1/feedback": {"post": _feedback()},
        "/api/v1/openapi.json": {
            "get": {
                "operationId": "getOpenapi",
                "summary": "This document",
                "responses": {
                    "200": {
                        "description": "This document.",
                        "content": {"application/json": {"schema": {"type": "object"}}},
                    }
                },
            }
        },
    }


def _content(schema: str, media_type: str = "application/json") -> Json:
    return {media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _json(description: str, schema: str) -> Json:
    return {"description": description, "content": _content(schema)}


def _problems(*statuses: int) -> Json:
    wait = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    return {
        str(one): {
            "description": _PROBLEMS[one],
            "content": _content("Problem", "application/problem+json"),
            **({"headers": wait} if one in (429, 503) else {}),
        }
        for one in statuses
    }


def object_schema(fields: Iterable[Field]) -> Json:
    """Return the schema of an object with an answer to each question, and nothing else."""
    asked = tuple(fields)
    return {
        "type": "object",
        "properties": {one.name: _schema(one) for one in asked},
        "required": [one.name for one in asked if one.required],
        "additionalProperties": False,
    }


def _schema(field: Field) -> Json:
    """Return the JSON Schema of the field's value."""
    match field.widget:
        case "tick":
            return {"type": "boolean", "default": False, "description": field.about}
        case "money" | "number":
            # What people type ("1tr2") is taken as well; a program sends an integer.
            kinds = ["integer", "string"]
            if field.widget == "number" and not field.required:
                kinds.append("null")
            return {"type": kinds, "description": field.about}
        case "rows":
            return _table(field)
        case "list":
            texts = {"type": "string"}
            return {"type": ["array", "null"], "items": texts, "description": field.about}
        case _:
            return _text(field)


def _text(field: Field) -> Json:
    schema: Json = {"type": "string", "description": field.about}
    if field.choices and not field.open:
        schema["enum"] = [choice.value for choice in field.choices]
    if field.shortest:
        schema["minLength"] = field.shortest
    if field.longest:
        schema["maxLength"] = field.longest
    if field.widget in ("email", "day"):
        schema["examples"] = [{"email": "ten@tenmien.vn", "day": "2026-11-21"}[field.widget]]
    if not field.required:
        schema["type"] = ["string", "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], "", None]
    return schema


def _table(field: Field) -> Json:
    """Return the schema of a table: a list of texts, or of objects for several columns."""
    items: Json = {"type": "string"}
    if len(field.columns) > 1:
        items = object_schema(field.columns)
    schema = {"type": "array", "items": items, "maxItems": field.count}
    if field.required:
        return {**schema, "minItems": 1, "description": field.about}
    return {**schema, "type": ["array", "null"], "description": field.about}
