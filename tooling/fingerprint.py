"""One word for everything the site is built from, so that an unchanged site is not built again."""

import hashlib
import os
from pathlib import Path

from plugins.build_date import build_date
from plugins.editing.repository import SETTING as CMS
from plugins.editing.repository import SIGN_IN
from tooling.paths import CONTENT, OUTPUT, ROOT

SOURCES = (
    "theme", "plugins", "service_policy", "search_index",
    "pelicanconf.py", "publishconf.py", "requirements/site.txt",
)  # fmt: skip
"""What shapes the site besides the content."""

STAMP = ".built-from"
"""The file in the output folder that holds the fingerprint it was built from."""

PROMISES = ".promises"
"""The file in the output folder that holds the fingerprint of the published promises."""


def site_fingerprint(content: Path = CONTENT) -> str:
    """Return the SHA-256, in hex, of all sources, the settings and the date of the build.

    The date counts because a page says whether a price is still valid on the day it was built.
    """
    digest = hashlib.sha256()
    digest.update(build_date().isoformat().encode())
    for name in ("PORTAL_SITE_URL", CMS, SIGN_IN):
        digest.update(f"{name}={os.environ.get(name, '')}\n".encode())
    for root in (content, *(ROOT / name for name in SOURCES)):
        for path in _files(root):
            digest.update(f"{root.name}/{path.relative_to(root).as_posix()}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_current(output: Path = OUTPUT, content: Path = CONTENT) -> bool:
    """Tell whether the site in `output` was built from the sources as they are now."""
    stamp = output / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii") == site_fingerprint(content)


def write_stamps(output: Path, fingerprint: str, promises: str) -> None:
    """Note in `output` what it was built from, and the fingerprint of the promises it shows.

    The desk follows the second one: a case is filed under the promises that the site shows.
    """
    (output / STAMP).write_text(fingerprint, encoding="ascii")
    (output / PROMISES).write_text(promises, encoding="ascii")


def _files(root: Path) -> list[Path]:
    """Return the source files at or under a path, in one order, without caches and hidden files."""
    if root.is_file():
        return [root]
    return sorted(
        path
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    )
