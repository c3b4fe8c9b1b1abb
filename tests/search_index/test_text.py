"""The Python text rules agree with the examples that the JavaScript ones are tested by."""

import json
from pathlib import Path
from typing import Any

import pytest

from search_index import text

FIXTURE = Path(__file__).parent.parent / "fixtures" / "text_rules.json"
RULES: dict[str, list[list[Any]]] = json.loads(FIXTURE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule", ["fold", "place_tone", "words"])
def test_a_rule_agrees_with_every_shared_example(rule: str) -> None:
    for given, expected in RULES[rule]:
        assert getattr(text, rule)(given) == expected, given


def test_every_spelling_of_a_word_has_one_normal_form() -> None:
    spellings = ["Hoá đơn", "HÓA ĐƠN", "hoa\u0301 \u0111o\u031bn", "ho\u0301a \u0111ơn"]
    assert {tuple(text.words(spelling)) for spelling in spellings} == {("hóa", "đơn")}
