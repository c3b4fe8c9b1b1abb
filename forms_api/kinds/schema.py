"""JSON Schemas of questions, for ``openapi.json``."""

from collections.abc import Iterable
from typing import Any

from forms_api.kinds.field import Field

Json = dict[str, Any]


def object_schema(fields: Iterable[Field]) -> Json:
    """Return the schema of an object with an answer to each question, and nothing else."""
    asked = tuple(fields)
    return {
        "type": "object",
        "properties": {one.name: field_schema(one) for one in asked},
        "required": [one.name for one in asked if one.required],
        "additionalProperties": False,
    }


def field_schema(field: Field) -> Json:
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
