"""The bill of materials: valid, without addresses, and the truth about the locks."""

import json

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.tooling.test_locks import pins
from tooling.lock import BILL, RUNNING, bill
from tooling.paths import ROOT

HELD = BILL.read_text(encoding="utf-8")
NAMED = {one["purl"]: one for one in json.loads(HELD)["components"]}


def test_the_bill_is_that_of_the_locks_of_today() -> None:
    assert bill() == HELD, "run inv sbom"


def test_the_bill_is_valid_cyclonedx() -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(HELD) is None


def test_the_bill_names_every_package_that_an_installation_runs_and_no_test_tool() -> None:
    running = {
        f"pkg:pypi/{name.replace('_', '-').lower()}@{version}"
        for lock in RUNNING
        for name, versions in pins(lock).items()
        for version in versions
    }
    assert {one for one in NAMED if one.startswith("pkg:pypi/")} == running
    assert any(one.startswith("pkg:pypi/flask@") for one in NAMED)
    assert not any("pytest" in one for one in NAMED)


def test_the_bill_names_the_vendored_browser_libraries() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    npm = {
        one["group"] + "/" + one["name"] if "group" in one else one["name"]: one["version"]
        for purl, one in NAMED.items()
        if purl.startswith("pkg:npm/")
    }
    assert npm == wanted


def test_the_bill_says_who_asked_for_what() -> None:
    asked = {one["ref"]: one.get("dependsOn", []) for one in json.loads(HELD)["dependencies"]}
    flask = next(purl for purl in NAMED if purl.startswith("pkg:pypi/flask@"))
    werkzeug = next(purl for purl in NAMED if purl.startswith("pkg:pypi/werkzeug@"))
    assert flask in asked["cam-ket"]
    assert werkzeug in asked[flask]
    assert werkzeug not in asked["cam-ket"]


def test_every_part_carries_hashes_and_the_bill_names_no_address() -> None:
    assert all(one["hashes"] for one in NAMED.values())
    told = json.loads(HELD)
    assert "://" not in json.dumps(told)
