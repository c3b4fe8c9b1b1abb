"""`inv check` and `inv quote` as an editor runs them: a command line, and what it prints."""

import subprocess
import sys
from pathlib import Path

from tooling.paths import ROOT


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a task of the checkout; it may take its time on a machine with other work."""
    return subprocess.run(
        [sys.executable, "-m", "invoke", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def check(content: Path) -> list[str]:
    """Return the lines that `inv check` prints about faults of a content folder."""
    done = run("check", str(content))
    lines = [line for line in done.stdout.splitlines() if line.endswith("]")]
    errors = [line for line in lines if ": cảnh báo: " not in line]
    assert done.returncode == (1 if errors else 0), done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return lines
