"""Write the hashed locks under `requirements/`, and the software bill of materials made from them.

Each lock is pinned by the ones before it, so that the three together are one environment.
A lock holds names, versions and SHA-256 hashes and no address: whoever installs it decides
where packages come from, and the hashes decide whether they are the right ones.

The bill says what an installation is made of, as CycloneDX 1.6 JSON: exactly what is installed,
with the hashes that the installer compares. It holds no time and no random number: the same locks
give the same bytes.
"""

import base64
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.contact import OrganizationalEntity
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from tooling.paths import REQUIREMENTS, ROOT

LOCKS: dict[str, tuple[str, ...]] = {
    "site": ("site",),
    "forms": ("forms",),
    "test": ("test", "dev"),
}
"""Lock name to the extras it holds, in the order in which they are resolved."""

_ADDRESS = re.compile(r"https?://|file://")


class AddressInLockError(RuntimeError):
    """A lock names the address of a package index."""


def lock(*, upgrade: bool = False) -> list[Path]:
    """Resolve all locks and return the files written.

    Raises `AddressInLockError` when an address slipped into a file, and
    `subprocess.CalledProcessError` when the resolver finds no solution.
    """
    written: list[Path] = []
    for name, extras in LOCKS.items():
        target = REQUIREMENTS / f"{name}.txt"
        subprocess.run(_command(extras, target, written, upgrade=upgrade), cwd=ROOT, check=True)
        if _ADDRESS.search(target.read_text(encoding="utf-8")):
            raise AddressInLockError(f"{target}: remove the address and look at your uv settings")
        written.append(target)
    return written


def _command(
    extras: tuple[str, ...], target: Path, pinned_by: list[Path], *, upgrade: bool
) -> list[str | os.PathLike[str]]:
    """Return the resolver's command line for one lock."""
    command: list[str | os.PathLike[str]] = [
        sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml",
        "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes",
        "--no-emit-index-url", "--no-emit-find-links", "--emit-marker-expression",
        "--custom-compile-command", "inv lock",
        "--output-file", target.relative_to(ROOT),
    ]  # fmt: skip
    for extra in extras:
        command += ["--extra", extra]
    for other in pinned_by:
        command += ["--constraint", other.relative_to(ROOT)]
    if upgrade:
        command.append("--upgrade")
    return command


BILL = REQUIREMENTS / "sbom.cdx.json"
RUNNING = ("site", "forms")
"""What runs; the tools of the tests are not part of an installation."""

_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
_USER = re.compile(r"^ +# +(?:via )?([A-Za-z0-9._-]+)(?: \(pyproject\.toml\))?$", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def write_bill() -> Path:
    """Write the bill of today's locks and return its file."""
    BILL.write_text(bill(), encoding="utf-8")
    return BILL


def bill() -> str:
    """Return the bill of today's locks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    whole = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        supplier=OrganizationalEntity(name="The authors of Cam kết"),
        bom_ref=project["name"],
    )
    packages, libraries = _python_packages(), list(_browser_libraries())
    bom = Bom(components=[*(one.component for one in packages), *libraries])
    bom.metadata.component = whole
    bom.register_dependency(whole, [*_asked_by(project["name"], packages), *libraries])
    for package in packages:
        bom.register_dependency(package.component, _asked_by(package.component.name, packages))
    told = json.loads(JsonV1Dot6(bom).output_as_string())
    del told["$schema"], told["serialNumber"], told["metadata"]["timestamp"]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class _Package:
    """A pin of the locks; ``users`` are the names of those that asked for it."""

    component: Component
    users: set[str]


def _asked_by(user: str, packages: Iterable[_Package]) -> list[Component]:
    return [one.component for one in packages if user in one.users]


def _python_packages() -> list[_Package]:
    """Return each pin once; a package may have one pin for each version of Python."""
    found: dict[str, _Package] = {}
    for name in RUNNING:
        lock = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
        for block in re.split(r"\n(?=\S)", lock):
            pin = _PIN.match(block)
            if pin is not None:
                package = _component("pypi", None, pin[1], pin[2], _sha256(_HASH.findall(block)))
                known = found.setdefault(pin[0], _Package(package, set()))
                known.users.update(_USER.findall(block))
    return list(found.values())


def _browser_libraries() -> Iterator[Component]:
    """Yield the vendored libraries, each a file that holds what it is made of.

    The development tools of the npm lock stay out, and so does what npm would install beside them.
    """
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for asked in packages[""]["dependencies"]:
        one = packages[f"node_modules/{asked}"]
        group, _, name = asked.rpartition("/")
        algorithm, _, digest = one["integrity"].partition("-")
        if algorithm != "sha512":
            raise ValueError(f"{asked}: the hash is {algorithm}, not sha512")
        found = HashType(alg=HashAlgorithm.SHA_512, content=base64.b64decode(digest).hex())
        yield _component("npm", group or None, name, one["version"], [found])


def _sha256(digests: Iterable[str]) -> list[HashType]:
    return [HashType(alg=HashAlgorithm.SHA_256, content=one) for one in digests]


def _component(
    kind: str, group: str | None, name: str, version: str, hashes: Iterable[HashType]
) -> Component:
    purl = PackageURL(kind, group, name, version)
    return Component(
        name=name,
        group=group,
        version=version,
        type=ComponentType.LIBRARY,
        purl=purl,
        bom_ref=purl.to_string(),
        hashes=hashes,
    )
