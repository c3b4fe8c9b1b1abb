"""The hashed locks: complete, without addresses, and made from the ranges of today."""

import re
import tomllib

import pytest

from tooling.lock import LOCKS
from tooling.paths import REQUIREMENTS, ROOT

PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def pins(name: str) -> dict[str, set[str]]:
    """Return the versions of each package in a lock."""
    found: dict[str, set[str]] = {}
    for package, version in PIN.findall((REQUIREMENTS / f"{name}.txt").read_text("utf-8")):
        found.setdefault(package, set()).add(version)
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_of_a_lock_has_hashes(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    blocks = [block for block in re.split(r"\n(?=\S)", text) if PIN.match(block)]
    assert len(blocks) > 10
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_what_its_extras_ask_for(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = set(project["dependencies"])
    for extra in LOCKS[name]:
        wanted |= set(project["optional-dependencies"][extra])
    names = {normal(NAME.match(one).group()) for one in wanted}  # type: ignore[union-attr]
    assert names - {normal(package) for package in pins(name)} == set(), "run inv lock"


def test_the_locks_agree_with_each_other() -> None:
    versions: dict[str, set[frozenset[str]]] = {}
    for name in LOCKS:
        for package, found in pins(name).items():
            versions.setdefault(package, set()).add(frozenset(found))
    assert {package: found for package, found in versions.items() if len(found) > 1} == {}


def test_the_site_needs_no_flask_and_no_database() -> None:
    assert {"flask", "sqlalchemy", "psycopg", "waitress"} & set(pins("site")) == set()


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_npm_lock_holds_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert '"integrity"' in text
