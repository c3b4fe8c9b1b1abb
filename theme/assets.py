"""Addresses of static files, with a version taken from their bytes.

A browser may keep a file for as long as it likes: when the bytes change, so does the address.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "static"
PREFIX: Final = "/theme"


def asset(path: str) -> str:
    """``css/site.css`` -> ``/theme/css/site.css?v=1a2b3c4d5e``.

    Raises FileNotFoundError when the theme has no such file, so that a misspelt name stops the
    build instead of reaching a visitor as a 404.
    """
    return f"{PREFIX}/{path}?v={_version(path)}"


def forget_versions() -> None:
    """Look at the files again, for a process that lives on while somebody changes them."""
    _version.cache_clear()


@cache
def _version(path: str) -> str:
    file = STATIC / path
    if not file.is_file():
        raise FileNotFoundError(f"the theme has no static file {path!r}")
    # A module loads its neighbours with its own version (see js/main.js), so all scripts have one
    # version, which changes when any of them does.
    together = sorted((STATIC / "js").rglob("*.js")) if file.suffix == ".js" else [file]
    digest = hashlib.sha256()
    for part in together:
        digest.update(part.read_bytes())
    return digest.hexdigest()[:10]
