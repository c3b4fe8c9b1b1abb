"""Whose content the tests read: their own company's, whatever the environment says.

``tests/company/`` stands still: nobody edits it but whoever changes a test. Importing this
module points ``PORTAL_CONTENT_DIR`` at it, for this process and for those that it starts, so that
``tooling.paths.CONTENT`` is that folder in every test. Only ``tests/content/`` asks for ``CHOSEN``.
"""

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_SETTING = "PORTAL_CONTENT_DIR"

COMPANY = _ROOT / "tests" / "company" / "content"
"""The content of the tests' own company."""

# Workers and pytest inside pytest inherit the choice, for here the setting itself is replaced.
_KEPT = "TESTED_CONTENT_DIR"
CHOSEN = Path(os.environ.get(_KEPT) or os.environ.get(_SETTING) or _ROOT / "content").absolute()
"""The content of whoever runs the tests: the sample's, or the folder that they named."""

os.environ |= {_KEPT: str(CHOSEN), _SETTING: str(COMPANY)}


def environment(**settings: str) -> dict[str, str]:
    """Return the environment of a process without anybody's settings but those of the test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return kept | {_SETTING: str(COMPANY)} | settings
