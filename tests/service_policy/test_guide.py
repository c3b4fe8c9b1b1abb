"""The editors' guide documents every field of every kind, and no field that does not exist."""

import re
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from service_policy.content import Library, guide, scorecards
from service_policy.content.price_tables import attach_vat
from service_policy.content.reading import DATA, DOCUMENTS
from service_policy.content.validate import validate
from service_policy.content.yaml_tree import parse
from service_policy.scorecard import Snapshot
from service_policy.weekly_check import WeeklyCheck

GUIDE = guide._SAMPLE.read_text(encoding="utf-8")
FENCED = re.compile(r"^```yaml\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
WHOLE = {
    title.partition(":")[0]: text
    for title, text in re.findall(r"^## (.+)\n((?:(?!^## ).*\n)*)", GUIDE, re.MULTILINE)
}
SECTIONS = {title: FENCED.sub("", text) for title, text in WHOLE.items()}
EXAMPLES = {title: found[1] for title, text in WHOLE.items() if (found := FENCED.search(text))}
JSON = {scorecards.FOLDER: Snapshot, scorecards.CHECKS: WeeklyCheck}
KINDS: dict[str, type[BaseModel]] = {**DOCUMENTS, **DATA, **JSON}
WRITTEN_BY_THE_READER = {"body", "path"}
NOT_FIELDS = {"kind", "lines_from", "tệp.csv", "draft"}


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """Return every model that a type mentions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


def keys_in(annotation: Any) -> set[str]:
    """Return the keys that a type lets a mapping have, where they are a closed set."""
    keys = get_args(annotation)[:1] if get_origin(annotation) is Mapping else ()
    return {name for one in keys if get_origin(one) is Literal for name in get_args(one)}


def fields_of(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[str]:
    """Return the names of all fields of a model and of the models inside it."""
    if model in seen:
        return set()
    seen.add(model)
    names: set[str] = set()
    for name, field in model.model_fields.items():
        names |= {name, *keys_in(field.annotation)}
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


@pytest.mark.parametrize("kind", EXAMPLES)
def test_an_example_of_the_guide_is_what_the_parser_takes(kind: str, library: Library) -> None:
    tree, faults = parse(EXAMPLES[kind], kind)
    if kind in DOCUMENTS:
        tree.data |= {"body": "Bài viết.", "path": kind}
    if kind == "bang-gia":
        faults += attach_vat(tree, library.vat)
    assert [str(fault) for fault in (*faults, *validate(KINDS[kind], tree)[1])] == []


def test_every_kind_of_document_has_an_example() -> None:
    assert DOCUMENTS.keys() <= EXAMPLES.keys()
