"""The file of figures and goals that every bench leaves behind."""

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure has to be: ``op`` is ``<``, ``<=``, ``>=`` or ``==``."""

    op: str
    value: float

    def holds(self, figure: float) -> bool:
        """Whether a figure reaches the goal."""
        return {
            "<": figure < self.value,
            "<=": figure <= self.value,
            ">=": figure >= self.value,
            "==": figure == self.value,
        }[self.op]


def write(
    name: str, figures: Mapping[str, float], goals: Mapping[str, Goal], **more: object
) -> Path:
    """Write ``results/<name>.json`` with ``more`` in it; goals without a figure are left out."""
    RESULTS.mkdir(exist_ok=True)
    content = {
        "figures": {key: round(value, 4) for key, value in figures.items()},
        "goals": {
            key: {"op": goal.op, "value": goal.value}
            for key, goal in goals.items()
            if key in figures
        },
        **more,
        "machine": machine(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    file = RESULTS / f"{name}.json"
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return file


def report(name: str, figures: Mapping[str, float], goals: Mapping[str, Goal]) -> list[str]:
    """Print figures and write them; returns a line for each goal missed."""
    for key, figure in figures.items():
        print(f"{key:>26} {figure:10.2f}")
    print(write(name, figures, goals))
    return missed(figures, goals)


def machine() -> str:
    """What the figures were measured on, in a few words."""
    cores = os.cpu_count() or 1
    python = platform.python_version()
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {python}"


def missed(figures: Mapping[str, float], goals: Mapping[str, Goal]) -> list[str]:
    """A line for each goal that its figure does not reach."""
    return [
        f"{key}: {figures[key]:.4g}, goal {goal.op} {goal.value:g}"
        for key, goal in goals.items()
        if key in figures and not goal.holds(figures[key])
    ]
