"""The workflow for GitHub: it parses, calls commands that exist, and holds no secret."""

import re
from typing import Any

import pytest
import yaml
from invoke.tasks import Task

import tasks
from tooling.paths import ROOT

FILE = ROOT / ".github/workflows/publish.yml"
TEXT = FILE.read_text(encoding="utf-8")
# YAML 1.1 reads the word `on` as true; as text it stays what it is.
WORKFLOW: dict[str, Any] = yaml.load(TEXT, Loader=yaml.BaseLoader)  # noqa: S506
STEPS = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]


def test_it_runs_for_changes_for_main_and_every_night() -> None:
    assert {"pull_request", "push", "schedule"} <= WORKFLOW["on"].keys()
    assert WORKFLOW["on"]["push"]["branches"] == ["main"]


@pytest.mark.parametrize("step", [step for step in STEPS if "run" in step], ids=lambda s: s["name"])
def test_every_command_exists(step: dict[str, str]) -> None:
    for name in re.findall(r"invoke ([a-z-]+)", step["run"]):
        assert isinstance(getattr(tasks, name.replace("-", "_")), Task)
    for path in re.findall(r"--requirement (\S+)", step["run"]):
        assert (ROOT / path).is_file()
    assert "invoke " in step["run"] or "--requirement" in step["run"]


def test_every_action_is_pinned_to_a_major_version() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert used
    assert [name for name in used if not re.fullmatch(r"actions/[a-z-]+@v\d+", name)] == []


def test_it_holds_no_secret_and_asks_for_little() -> None:
    assert "secrets." not in TEXT
    assert WORKFLOW["permissions"] == {"contents": "read"}


def test_a_change_is_checked_before_it_is_built_and_published_only_from_main() -> None:
    runs = [step.get("run", "") for step in WORKFLOW["jobs"]["build"]["steps"]]
    check = next(place for place, run in enumerate(runs) if "invoke check" in run)
    assert check < next(place for place, run in enumerate(runs) if "invoke publish" in run)
    publish = WORKFLOW["jobs"]["publish"]
    assert publish["needs"] == "build"
    assert "refs/heads/main" in publish["if"]
    assert "!= 'pull_request'" in publish["if"]
