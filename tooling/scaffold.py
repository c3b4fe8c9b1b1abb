"""The text of a new content file, written from the model of its kind and the editors' guide.

Every required field stands there with its meaning above it: a choice has its first value, a date
today's, and a text a mark that the checker refuses until it is written. Optional fields are there
as comments. A field that is added to a model is in the next scaffold by itself.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin

from annotated_types import MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from service_policy.content.drafts import to_write
from service_policy.values import peel

Meanings = Callable[[str], str]
"""What the guide says of a field of the kind; "" when it says nothing."""
Facts = Mapping[str, str]
"""Values that the schema cannot know, by the name of their field, as they stand in YAML."""

_NOT_WRITTEN = {"body", "path"}


def scaffold(model: type[BaseModel], meanings: Meanings, facts: Facts, today: date) -> str:
    """Return the whole file: front matter with ``draft: true``, and a mark for the text."""
    return "\n".join(
        (
            "---",
            "# Bản nháp: không ai thấy tệp này. Viết xong thì xóa dòng dưới.",
            "draft: true",
            *_fields(model, meanings, facts, today),
            "---",
            to_write("bài viết"),
            "",
        )
    )


def _fields(model: type[BaseModel], meanings: Meanings, facts: Facts, today: date) -> Iterator[str]:
    required_first = sorted(model.model_fields.items(), key=lambda item: not item[1].is_required())
    for name, field in required_first:
        if name in _NOT_WRITTEN:
            continue
        yield f"# {meanings(name) or name}{_choices(field.annotation)}"
        line = f"{name}: {_value(name, field, meanings, facts, today)}"
        yield line if field.is_required() else f"# {line}"


def _value(name: str, field: FieldInfo, meanings: Meanings, facts: Facts, today: date) -> str:
    """Return a value for a field as it stands on one line of YAML."""
    if name in facts:
        return facts[name]
    kind = peel(field.annotation)[0]
    least = next((one.min_length for one in field.metadata if isinstance(one, MinLen)), 1)
    if get_origin(kind) is tuple:
        one = _one(name, peel(get_args(kind)[0])[0], meanings, facts, today)
        return f"[{', '.join([one] * least)}]"
    return _one(name, kind, meanings, facts, today)


def _one(name: str, kind: Any, meanings: Meanings, facts: Facts, today: date) -> str:
    if get_origin(kind) is Literal:
        return str(get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        inner = (
            f"{key}: {_value(key, field, meanings, facts, today)}"
            for key, field in kind.model_fields.items()
            if field.is_required()
        )
        return "{" + ", ".join(inner) + "}"
    plain = {date: today.isoformat(), time: "08:00", bool: "false", int: "1", Fraction: "1"}
    if kind in plain:
        return plain[kind]
    if kind is str:
        return f'"{to_write((meanings(name) or name).replace(chr(34), chr(39)))}"'
    return "{}"


def _choices(annotation: Any) -> str:
    kind = peel(annotation)[0]
    return f" ({', '.join(map(str, get_args(kind)))})" if get_origin(kind) is Literal else ""
