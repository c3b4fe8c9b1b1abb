"""The bill of materials says what the locks say, and what is really installed."""

import importlib.metadata
import json
import re

import pytest

from tests.tooling.test_locks import normal, pins
from tooling.lock import LOCKS
from tooling.paths import ROOT
from tooling.sbom import RUN_TIME, SBOM, document

BILL = json.loads(SBOM.read_text(encoding="utf-8"))
PURLS = {one["purl"] for one in BILL["components"]}


def test_the_bill_that_is_kept_is_the_bill_of_today() -> None:
    assert document() == BILL, "run inv sbom"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_is_in_the_bill(lock: str) -> None:
    wanted = {
        f"pkg:pypi/{normal(name)}@{version}"
        for name, versions in pins(lock).items()
        for version in versions
    }
    assert wanted <= PURLS
    required = {one["purl"] for one in BILL["components"] if one["scope"] == "required"}
    assert (wanted <= required) is (lock in RUN_TIME)


def test_what_is_installed_has_the_version_of_the_bill() -> None:
    for name in ("flask", "waitress", "sqlalchemy", "pelican", "werkzeug", "cryptography"):
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        assert f"pkg:pypi/{name}@{installed}" in PURLS


def test_browser_libraries_are_in_the_bill_with_their_integrity() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert any(purl.startswith("pkg:npm/lunr@") for purl in PURLS)
    found = {one["value"] for part in BILL["components"] for one in part["properties"]}
    assert {one["integrity"] for place, one in lock["packages"].items() if place} <= found


def test_the_bill_is_cyclonedx_and_holds_no_address_but_of_nobody() -> None:
    text = SBOM.read_text(encoding="utf-8")
    assert (BILL["bomFormat"], BILL["specVersion"]) == ("CycloneDX", "1.6")
    assert "://" not in text
    for one in BILL["components"]:
        assert re.fullmatch(r"pkg:(pypi|npm)/[^@ ]+@[^@ ]+", one["purl"])
        assert one["properties"]
