"""Write the hashed locks under `requirements/` from the extras of `pyproject.toml`.

Each lock is pinned by the ones before it, so that the three together are one environment.
A lock holds names, versions and SHA-256 hashes and no address: whoever installs it decides
where packages come from, and the hashes decide whether they are the right ones.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

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
