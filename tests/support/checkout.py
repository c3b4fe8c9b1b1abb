"""A copy of the checkout, and `inv serve` in it as a person runs it."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.company import COMPANY, environment
from tooling.paths import ROOT

LEFT_OUT = (".venv", ".git", "node_modules", "output*", "var", ".*_cache", "__pycache__", "tests")


def copied_to(folder: Path) -> Path:
    """Copy the program, without what was built or installed; its content is the tests' company."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    shutil.rmtree(folder / "content")
    shutil.copytree(COMPANY, folder / "content")
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a copy of the program."""
    return copied_to(tmp_path / "checkout")


@contextmanager
def served(checkout: Path, **settings: str) -> Iterator[tuple[str, list[str]]]:
    """Run `inv serve` on a free port; give the address and the lines before it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "invoke", "serve", "--port", "0"],
        cwd=checkout,
        env=environment(**{"PORTAL_CONTENT_DIR": ""} | settings),
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
