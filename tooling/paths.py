"""Where things stand in a checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds `pyproject.toml`."""

CONTENT = ROOT / "content"
OUTPUT = ROOT / "output"
VAR = ROOT / "var"
REQUIREMENTS = ROOT / "requirements"
