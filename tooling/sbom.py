"""The bill of materials: every library of the locks, in CycloneDX's JSON.

It is made from the locks alone, so that it says the same on every machine, and names no address.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tooling.lock import LOCKS
from tooling.paths import REQUIREMENTS, ROOT

SBOM = ROOT / "sbom.cdx.json"
_PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^ ;\\\s]+)(?P<rest>(?:.*\\\n)*.*)",
    re.MULTILINE,
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
RUN_TIME = ("site", "forms")
"""Locks of what an installation runs; the others are for those who change the program."""


def write(target: Path = SBOM) -> Path:
    """Write the bill and return its file."""
    text = json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True)
    target.write_text(text + "\n", encoding="utf-8")
    return target


def document() -> dict[str, Any]:
    """Return the bill: Python packages with the hashes that are accepted, and browser libraries."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, dict[str, Any]] = {}
    for lock in LOCKS:
        for one in _python(lock):
            found.setdefault(one["purl"], one)
    for one in _npm():
        found[one["purl"]] = one
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [found[purl] for purl in sorted(found)],
    }


def _python(lock: str) -> Iterator[dict[str, Any]]:
    text = (REQUIREMENTS / f"{lock}.txt").read_text(encoding="utf-8")
    for pin in _PIN.finditer(text):
        name = re.sub(r"[-_.]+", "-", pin["name"]).lower()
        yield {
            "type": "library",
            "name": name,
            "version": pin["version"],
            "purl": f"pkg:pypi/{name}@{quote(pin['version'])}",
            "scope": "required" if lock in RUN_TIME else "excluded",
            # A package comes as several files, any of which may be installed.
            "properties": [
                {"name": "cam-ket:sha256", "value": value} for value in _HASH.findall(pin["rest"])
            ],
        }


def _npm() -> Iterator[dict[str, Any]]:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    for place, one in lock["packages"].items():
        if not place:
            continue
        name = place.rpartition("node_modules/")[2]
        group, _, short = name.rpartition("/")
        yield {
            "type": "library",
            **({"group": group} if group else {}),
            "name": short,
            "version": one["version"],
            "purl": f"pkg:npm/{quote(name, safe='/')}@{quote(one['version'])}",
            "scope": "excluded" if one.get("dev") else "required",
            "licenses": [{"expression": one["license"]}],
            "properties": [{"name": "cam-ket:integrity", "value": one["integrity"]}],
        }
