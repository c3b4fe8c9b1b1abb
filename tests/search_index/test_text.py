"""The Python text rules agree with the examples that the JavaScript ones are tested by."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search_index import text
from search_index.keyboards import keystrokes

FIXTURE = Path(__file__).parent.parent / "fixtures" / "text_rules.json"
RULES: dict[str, list[list[Any]]] = json.loads(FIXTURE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "rule", [text.fold, text.place_tone, text.without_tone, text.words, keystrokes]
)
def test_a_rule_agrees_with_every_shared_example(rule: Callable[[str], Any]) -> None:
    for given, expected in RULES[rule.__name__]:
        assert rule(given) == expected, given


@pytest.mark.parametrize(
    ("keys", "word"),
    [("baor", "bảo"), ("hanhf", "hành"), ("d9u7o7ng2", "đường"), ("dduowngf", "đường")],
)
def test_the_keys_of_a_word_are_among_its_keystrokes(keys: str, word: str) -> None:
    assert keys in keystrokes(word)


def test_every_spelling_of_a_word_has_one_normal_form() -> None:
    spellings = ["Hoá đơn", "HÓA ĐƠN", "hoa\u0301 \u0111o\u031bn", "ho\u0301a \u0111ơn"]
    assert {tuple(text.words(spelling)) for spelling in spellings} == {("hóa", "đơn")}
