"""What `inv mutate` changes, how it counts, and that the figure it left behind is a good one."""

import importlib
import json
from pathlib import Path

import pytest

from bench import mutation
from bench.results import RESULTS, missed
from service_policy.cases import CommandRefused
from service_policy.cases.core.permissions import may
from service_policy.cases.refusal.refusing import SignRefusal
from service_policy.cases.refusal.review import Appeal
from service_policy.promises.calendar import BusinessCalendar
from service_policy.promises.clock import due_at
from service_policy.promises.compensation import amount
from service_policy.promises.compensation_kinds import PercentDaily


def test_the_rules_that_are_changed_are_those_of_time_money_refusals_and_rights() -> None:
    chosen = set(mutation.modules())
    rules = (due_at, BusinessCalendar, amount, PercentDaily, CommandRefused, may)
    assert {one.__module__ for one in rules} <= chosen
    assert {SignRefusal.__module__, Appeal.__module__} <= chosen
    assert all(importlib.import_module(one) for one in chosen)


def test_each_rule_has_tests_of_its_limits_and_nothing_else_is_run() -> None:
    names = {one.stem for one in mutation.limits()}
    subjects = ("calendar", "compensation", "refusal", "permissions")
    assert names >= {f"test_{one}_bounds" for one in subjects}
    assert all(name.startswith("test_") and name.endswith("_bounds") for name in names)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("service_policy.promises.clock", True),
        ("service_policy.cases.refusal.review", True),
        ("service_policy.promises.compensation_kinds", True),
        ("service_policy.cases.holding.clocks", False),
        ("service_policy.content.calendars", False),
    ],
)
def test_a_rule_is_known_by_its_name_wherever_it_stands(name: str, is_one: bool) -> None:
    assert mutation.about(name) is is_one


RULE = '''"""A rule."""


def late(now: int, due: int) -> bool:
    """Say whether it is late."""
    return now > due


def untold(now: int) -> int:
    """Nothing reaches this."""
    return now + 1
'''
HALF = """from service_policy.promises.clock import late


def test_late() -> None:
    assert late(3, 1)
    assert not late(1, 3)
"""


@pytest.mark.parametrize(
    ("more", "alive"),
    [
        ("", {"-     return now > due", "+     return now >= due"}),
        ("    assert not late(2, 2)\n", set()),
    ],
)
def test_a_limit_without_a_test_on_both_sides_survives_and_one_with_them_does_not(
    tmp_path: Path, more: str, alive: set[str]
) -> None:
    """Ask mutmut itself, in a room with one rule and one test."""
    rule, test = (
        tmp_path / "service_policy/promises/clock.py",
        tmp_path / "tests/test_clock_bounds.py",
    )
    for file, text in ((rule, RULE), (test, HALF + more), (tmp_path / "content/a.md", "")):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (tmp_path / "service_policy/__init__.py").write_text("", encoding="utf-8")
    work = tmp_path / "work"
    mutation.lay_out(work, tmp_path, [rule], [test])
    mutation.mutmut(work, "run", "--max-children", "1")
    outcomes = mutation.read_outcomes(mutation.mutmut(work, "results", "--all", "true"))
    figures = mutation.count(outcomes.values())
    assert figures["covered"] == figures["killed"] + len(alive) // 2
    assert figures["mutants"] > figures["covered"]
    survivors = [name for name, how in outcomes.items() if how == "survived"]
    told = {
        line for one in survivors for line in mutation.changes(mutation.mutmut(work, "show", one))
    }
    assert {" ".join(one.split()) for one in told} == {" ".join(one.split()) for one in alive}
    assert rule.read_text(encoding="utf-8") == RULE


def test_only_what_a_test_reaches_counts_and_what_came_out_oddly_has_survived() -> None:
    figures = mutation.count(["killed"] * 7 + ["timeout", "survived", "suspicious", "no tests"])
    assert figures == {
        "mutants": 11,
        "covered": 10,
        "killed": 8,
        "killed_by_time": 1,
        "survived": 2,
        "survived_share": 0.2,
    }
    assert mutation.count(["no tests"])["survived_share"] == 1.0
    assert missed(figures, mutation.GOALS)
    assert missed({"survived_share": 0.1}, mutation.GOALS)
    assert not missed({"survived_share": 0.0999}, mutation.GOALS)


def test_the_run_on_record_left_less_than_a_tenth_alive_and_names_what_it_left() -> None:
    found = json.loads((RESULTS / "mutate.json").read_text(encoding="utf-8"))
    figures = found["figures"]
    assert not missed(figures, mutation.GOALS)
    assert figures["covered"] == figures["killed"] + figures["survived"] > 500
    assert len(found["survivors"]) == figures["survived"]
    parts = ("clock", "calendar", "compensation", "refus", "permissions")
    assert all(any(part in one for one in found["modules"]) for part in parts)
    assert found["tool"].startswith("mutmut")
