"""A copy of the checkout, and `inv serve` in it as a person runs it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tooling.paths import ROOT

LEFT_OUT = (".venv", ".git", "node_modules", "output*", "var", ".*_cache", "__pycache__", "tests")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the repository holds, without what was built or installed."""
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
    return copy


@contextmanager
def served(checkout: Path, **settings: str) -> Iterator[tuple[str, list[str]]]:
    """Run `inv serve` on a free port; give the address and the lines before it."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")
    } | settings
    process = subprocess.Popen(
        [sys.executable, "-m", "invoke", "serve", "--port", "0"],
        cwd=checkout,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    lines: list[str] = []
    try:
        for line in process.stdout:
            lines.append(line.strip())
            if line.startswith("Ready: "):
                yield line.removeprefix("Ready: ").strip(), lines
                break
        else:
            raise AssertionError(f"inv serve ended: {lines}")
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=180) == 0
        process.stdout.close()
