"""The Nu Html Checker (the W3C's), over everything in some folders."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tooling.paths import ROOT

_CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def faults_of(*folders: Path) -> list[str]:
    """Return what is wrong with the pages, style sheets and drawings below folders, or skip."""
    java = shutil.which("java")
    if java is None or not _CHECKER.is_file():
        pytest.skip("needs a Java runtime and `npm ci` (make test brings both)")
    # The client compiler starts fast; deep pages need more stack than the default.
    command = [java, "-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", str(_CHECKER)]
    command += ["--skip-non-html", "--also-check-css", "--also-check-svg", "--format", "json"]
    command += map(str, folders)
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    return [
        f"{message.get('url')}:{message.get('lastLine')}: {message['message']}"
        for message in json.loads(done.stderr)["messages"]
        if message["type"] == "error" or message.get("subType") == "warning"
    ]
