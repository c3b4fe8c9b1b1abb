"""Rules about the code itself, run as tests so that `make test` is the whole truth."""

import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

from tooling.paths import ROOT

TOOLS = Path(sys.executable).parent
FORBIDDEN = ("flask", "pelican", "sqlalchemy", "jinja2", "psycopg", "whoosh", "lunr")


def run(*command: str) -> str:
    """Run a tool in the checkout and return what it printed, with its status when it failed."""
    done = subprocess.run(
        [str(TOOLS / command[0]), *command[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else f"{done.stdout}{done.stderr}"


def test_every_room_imports_only_what_it_may() -> None:
    assert run("lint-imports", "--no-cache") == ""


def test_the_code_follows_the_style() -> None:
    assert run("ruff", "check", "--quiet", ".") == ""


def test_the_code_is_formatted() -> None:
    assert run("ruff", "format", "--quiet", "--check", ".") == ""


def test_the_types_hold() -> None:
    assert run("mypy", "--no-error-summary") == ""


def test_the_rules_load_without_any_framework() -> None:
    program = (
        "import pkgutil, importlib, sys, service_policy\n"
        "for module in pkgutil.walk_packages(service_policy.__path__, 'service_policy.'):\n"
        "    importlib.import_module(module.name)\n"
        f"loaded = [name for name in {FORBIDDEN!r} if name in sys.modules]\n"
        "sys.exit(', '.join(loaded) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("pattern", ["*.py", "*.sh"])
def test_every_file_is_small_enough_to_read_at_once(pattern: str) -> None:
    rooms = (
        "service_policy",
        "theme",
        "search_index",
        "plugins",
        "forms_api",
        "tooling",
        "bench",
        "scripts",
    )
    sizes = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8").count("\n")
        for path in chain(ROOT.glob(pattern), *((ROOT / room).rglob(pattern) for room in rooms))
    }
    assert {name: lines for name, lines in sizes.items() if lines > 300} == {}
