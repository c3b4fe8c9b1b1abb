"""The browser modules that compute something, run by Node's own test runner."""

import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "js"


@pytest.mark.node
def test_the_modules_of_the_browser() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node.js (make test brings it)")
    files = [str(path) for path in sorted(FOLDER.glob("*.test.mjs"))]
    command = [node, "--test", *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
