"""Where things stand in a checkout, and the content where the environment says."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds `pyproject.toml`."""

CONTENT = Path(os.environ.get("PORTAL_CONTENT_DIR", "").strip() or ROOT / "content").absolute()
"""The company's content: the sample's, or a folder that may be a repository of its own."""

OUTPUT = ROOT / "output"
VAR = ROOT / "var"
REQUIREMENTS = ROOT / "requirements"
