"""Breaking a scorecard file: every fault has its file, line, field and a fix."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_policy.content import check, read
from service_policy.content.json_tree import parse_json
from tests.service_policy.conftest import TODAY

FILE = "ket-qua/2026-07.json"


BREAKS: dict[str, tuple[str, str, str, str]] = {
    # what the editor did: (old, new, field, code)
    "a percentage instead of a count": (
        '"numerator": 2827',
        '"numerator": 94.6',
        "tệp",
        "not_an_integer",
    ),
    "an exponent": ('"numerator": 2827', '"numerator": 2e3', "tệp", "not_an_integer"),
    "a quoted number": (
        '"numerator": 2827',
        '"numerator": "2827"',
        "indicators.1.numerator",
        "not_an_integer",
    ),
    "a negative number": ('"numerator": 2827', '"numerator": -1', "tệp", "not_an_integer"),
    "more than all": ('"numerator": 2827', '"numerator": 2989', "indicators.1", "more_than_all"),
    "a numerator without a denominator": (
        '"numerator": 2827,\n      "denominator": 2988,',
        '"numerator": 2827,',
        "indicators.1",
        "half_a_figure",
    ),
    "money for a share": (
        '"numerator": 2827,',
        '"numerator": 2827, "value_vnd": 1, "cases": 1,',
        "indicators.1",
        "not_money",
    ),
    "an unknown indicator": ('"id": "K3"', '"id": "K13"', "indicators.3.id", "literal_error"),
    "an indicator twice": ('"id": "K3"', '"id": "K2"', "tệp", "duplicate_indicator"),
    "a misspelt field": ('"note"', '"nota"', "indicators.3.nota", "extra_forbidden"),
    "a name twice": ('"sample": true', '"sample": true, "sample": false', "tệp", "duplicate_key"),
    "a comma too many": ("  ]\n}", "  ],\n}", "tệp", "json_syntax"),
    "an open quote": ('"2026-07",', '"2026-07,', "tệp", "json_syntax"),
    "words after the end": ("  ]\n}\n", "  ]\n}\n{}", "tệp", "json_syntax"),
    "a list instead of fields": ("{", "[{", "tệp", "json_syntax"),
    "a month that is none": ('"month": "2026-07"', '"month": "2026-13"', "month", "not_a_month"),
    "the month of another file": (
        '"month": "2026-07"',
        '"month": "2026-06"',
        "month",
        "wrong_file",
    ),
    "a moment without a zone": ("T00:00:00+07:00", "T00:00:00", "as_of", "not_a_moment"),
    "a moment to come": ("2026-08-10T", "2027-08-10T", "as_of", "future"),
    "a moment before the month": ("2026-08-10T", "2026-06-10T", "tệp", "before_the_month"),
    "no source and no sample": ('"sample": true,', "", "tệp", "no_source"),
    "a formula": (
        '"why": "Phần',
        '"why": "=Phần',
        "indicators.1.reason.why",
        "looks_like_a_formula",
    ),
    "an unlawful phrase": (
        '"why": "Phần',
        '"why": "Miễn trừ trách nhiệm. Phần',
        "indicators.1.reason.why",
        "unlawful_phrase",
    ),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_scorecard_is_named_with_its_line(content: Path, what: str) -> None:
    old, new, field, code = BREAKS[what]
    path = content / FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    faults = [fault for fault in check(content, TODAY) if fault.level == "error"]
    assert [(fault.file, fault.field) for fault in faults] == [(f"content/{FILE}", field)], faults
    assert faults[0].code == code or what == "an unlawful phrase"
    assert faults[0].fix
    assert faults[0].line >= 1


def test_a_missed_month_without_a_reason_is_a_warning_and_still_published(content: Path) -> None:
    path = content / FILE
    data = json.loads(path.read_text(encoding="utf-8"))
    del data["indicators"][0]["reason"]
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2), encoding="utf-8")
    (warning,) = check(content, TODAY)
    assert (warning.code, warning.level, warning.line) == ("missed_without_reason", "warning", 6)
    assert read(content, TODAY).scorecards[2].figure("K1").standing == "missed"


def test_a_file_that_is_no_month_is_reported(content: Path) -> None:
    (content / "ket-qua" / "ghi-chu.txt").write_text("x", encoding="utf-8")
    assert [fault.code for fault in check(content, TODAY)] == ["stray_file"]


def test_a_site_without_any_month_is_sound(content: Path) -> None:
    shutil.rmtree(content / "ket-qua")
    assert read(content, TODAY).scorecards == ()


WHOLE = st.recursive(
    st.none() | st.booleans() | st.integers(0, 10**14) | st.text('aăâ"\\/\n{}[]:, 1', max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abcd"), WHOLE, max_size=4), st.sampled_from([None, 2]))
def test_what_python_writes_is_read_the_same(data: dict[str, Any], indent: int | None) -> None:
    for ascii_only in (True, False):
        text = json.dumps(data, ensure_ascii=ascii_only, indent=indent)
        tree, faults = parse_json(text, "x.json")
        assert (tree.data, faults) == (data, [])


@given(st.text('{}[]":,1.e-+ntru\\\n', max_size=40))
def test_whatever_is_no_json_is_a_fault_and_never_an_exception(text: str) -> None:
    tree, faults = parse_json(text, "x.json")
    try:
        known = json.loads(text)
    except ValueError:
        assert faults
    else:
        assert faults or tree.data == known


def test_a_deep_nest_is_refused() -> None:
    _, (fault,) = parse_json('{"a": ' + "[" * 100_000, "x.json")
    assert fault.code == "json_depth"
