"""How many small faults in the rules of time, money, refusals and rights no test would notice.

mutmut changes one expression of the rules at a time (``>=`` becomes ``>``, a number grows by one, a
word is shouted, an argument is lost) and runs the tests of their limits. A change under which they
stay green has survived: either a limit without a test, or a change that makes no difference.
"""

import fnmatch
import json
import os
import pkgutil
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Final

import service_policy
from bench.results import Goal, missed, write
from tooling.paths import ROOT, VAR

SUBJECTS: Final = ("clock", "calendar", "command", "compensation*", "*refus*", "permissions")
"""What is changed: the modules of the rules whose import name has a part of such a name."""
GOALS: Final = {"survived_share": Goal("<", 0.1)}
WORK: Final = VAR / "mutate"
LONGEST_SECONDS: Final = 4 * 3600
_STOPPED: Final = {"killed", "timeout", "segfault"}
"""How a change may come out that the tests noticed; ``no tests`` says that none reaches it."""


def about(name: str) -> bool:
    """Whether a dotted name has a part that is one of the subjects."""
    return any(fnmatch.fnmatch(part, one) for part in name.split(".") for one in SUBJECTS)


def modules() -> tuple[str, ...]:
    """The import names of the rules that are changed, wherever they stand in `service_policy`."""
    found = pkgutil.walk_packages(service_policy.__path__, "service_policy.")
    return tuple(one.name for one in found if not one.ispkg and about(one.name))


def limits() -> tuple[Path, ...]:
    """The test files of the limits: ``test_<subject>_bounds.py``, with no other tests beside."""
    every = sorted(ROOT.glob("tests/**/test_*_bounds.py"))
    return tuple(one for one in every if about(one.stem.split("_")[1]))


def bench() -> list[str]:
    """Write ``results/mutate.json`` in about an hour; returns a line for each goal missed.

    Raises:
        CalledProcessError: the tests are red before anything is changed.
    """
    chosen, tests = modules(), limits()
    files = [ROOT / f"{one.replace('.', '/')}.py" for one in chosen]
    lay_out(WORK, ROOT, files, tests)
    mutmut(WORK, "run", "--max-children", "1", show=True)
    outcomes = read_outcomes(mutmut(WORK, "results", "--all", "true"))
    figures = count(outcomes.values())
    alive = [one for one, how in outcomes.items() if how not in _STOPPED and how != "no tests"]
    path = write(
        "mutate",
        figures,
        GOALS,
        tool=f"mutmut {version('mutmut')}",
        command="inv mutate",
        modules=list(chosen),
        tests=[one.relative_to(ROOT).as_posix() for one in tests],
        survivors={one: changes(mutmut(WORK, "show", one)) for one in alive},
    )
    print(path)
    return missed(figures, GOALS)


def lay_out(work: Path, root: Path, files: Iterable[Path], tests: Iterable[Path]) -> None:
    """Make a folder in which mutmut changes copies, so that the checkout itself stays as it is."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name in ("service_policy", "tests", "content"):
        (work / name).symlink_to(root / name)
    settings = {
        "source_paths": ["service_policy"],
        "only_mutate": [one.relative_to(root).as_posix() for one in files],
        "also_copy": ["tests", "content"],
        "pytest_add_cli_args": ["--import-mode=importlib", "-p", "no:cacheprovider"],
        "pytest_add_cli_args_test_selection": [one.relative_to(root).as_posix() for one in tests],
        # A machine that is busy is no endless loop.
        "timeout_constant": 4.0,
        "use_git_change_detection": False,
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    text = "\n".join(
        ["[tool.mutmut]", *lines, "[tool.pytest.ini_options]", 'pythonpath = ["."]', ""]
    )
    (work / "pyproject.toml").write_text(text, encoding="utf-8")


def mutmut(work: Path, *arguments: str, show: bool = False) -> str:
    """Run mutmut in the folder, as the last in the queue for the processor; return its output."""
    done = subprocess.run(
        ["nice", "-n", "19", sys.executable, "-m", "mutmut", *arguments],
        cwd=work,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        text=True,
        stdout=None if show else subprocess.PIPE,
        timeout=LONGEST_SECONDS,
    )
    return done.stdout or ""


def read_outcomes(lines: str) -> dict[str, str]:
    """Read ``  name: outcome`` lines, as `mutmut results` prints them."""
    pairs = (line.strip().rpartition(": ") for line in lines.splitlines())
    return {name: outcome for name, colon, outcome in pairs if colon}


def count(outcomes: Iterable[str]) -> dict[str, float]:
    """Count changes; what no test reaches is not covered, what came out otherwise has survived."""
    by_outcome = Counter(outcomes)
    covered = by_outcome.total() - by_outcome["no tests"]
    killed = sum(by_outcome[one] for one in _STOPPED)
    return {
        "mutants": by_outcome.total(),
        "covered": covered,
        "killed": killed,
        "killed_by_time": by_outcome["timeout"],
        "survived": covered - killed,
        "survived_share": (covered - killed) / covered if covered else 1.0,
    }


def changes(difference: str) -> list[str]:
    """The lines that a change takes away and puts in, from `mutmut show`."""
    return [
        line[0] + " " + line[1:].strip()
        for line in difference.splitlines()
        if line[:1] in "-+" and line[:3] not in ("---", "+++") and line
    ]
