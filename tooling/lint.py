"""Run every checker of the code, and say at the end which of them complained."""

import subprocess
import sys
from pathlib import Path

from tooling.paths import ROOT

CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)


def lint() -> list[str]:
    """Run all checks on the whole checkout and return the names of those that failed."""
    tools = Path(sys.executable).parent
    failed = []
    for name, *arguments in CHECKS:
        done = subprocess.run([tools / name, *arguments], cwd=ROOT, check=False)
        if done.returncode != 0:
            failed.append(" ".join((name, *arguments[:1])))
    return failed
