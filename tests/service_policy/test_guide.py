"""The editors' guide documents every field of every kind, and no field that does not exist."""

import re
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from service_policy.content.reading import DATA, DOCUMENTS
from service_policy.content.scorecards import SCORECARDS
from tests.service_policy.conftest import CONTENT

GUIDE = (CONTENT / "HUONG-DAN.md").read_text(encoding="utf-8")
SECTIONS = {
    title.partition(":")[0]: text
    for title, text in re.findall(r"^## (.+)\n((?:(?!^## ).*\n)*)", GUIDE, re.MULTILINE)
}
KINDS: dict[str, type[BaseModel]] = {**DOCUMENTS, **DATA, **SCORECARDS}
WRITTEN_BY_THE_READER = {"body", "path"}
NOT_FIELDS = {"kind", "lines_from", "tệp.csv", "draft"}


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """Return every model that a type mentions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


def fields_of(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[str]:
    """Return the names of all fields of a model and of the models inside it."""
    if model in seen:
        return set()
    seen.add(model)
    names: set[str] = set()
    for name, field in model.model_fields.items():
        names.add(name)
        for inner in models_in(field.annotation):
            names |= fields_of(inner, seen)
    return names - WRITTEN_BY_THE_READER


@pytest.mark.parametrize("kind", [*KINDS])
def test_the_guide_names_every_field_of_a_kind(kind: str) -> None:
    model = KINDS[kind]
    common = SECTIONS["Chỗ điền số"]  # `value` and `unit` are explained once, for all kinds
    documented = set(re.findall(r"`([^`]+)`", SECTIONS[kind] + common))
    documented |= {"value", "unit"}
    assert fields_of(model, set()) - documented == set()


@pytest.mark.parametrize("kind", [*KINDS])
def test_the_guide_names_no_field_that_the_parser_does_not_know(kind: str) -> None:
    rows = re.findall(r"^\| (`[^|]+) \|", SECTIONS[kind], re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    kinds = {"fixed", "stepped", "percent_once", "fixed_plus_daily", "percent_daily"}
    kinds |= {"multiple_of_difference", "residual_value", "refund_plus_daily", "multiplier"}
    kinds |= {"advance_plus_actual"}
    model = KINDS[kind]
    assert named - fields_of(model, set()) - NOT_FIELDS - kinds == set()
