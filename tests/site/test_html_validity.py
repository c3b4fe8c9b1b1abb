"""Every page is valid HTML, says the Nu Html Checker (the W3C's).

It is run once, over the whole site, its style sheets and drawings, every page of the forms, and
the customer's page in every state.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.forms import every_form_page
from tests.support.site import BuiltSite
from tooling.paths import ROOT

CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.mark.java
def test_every_page_and_style_sheet_is_valid(
    built_site: BuiltSite, product: str, case_states: dict[str, str], tmp_path: Path
) -> None:
    java = shutil.which("java")
    if java is None or not CHECKER.is_file():
        pytest.skip("needs a Java runtime and `npm ci` (make test brings both)")
    pages = {
        **every_form_page(product),
        **{f"case-{name}": one for name, one in case_states.items()},
    }
    for name, html in pages.items():
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
    # The client compiler starts fast; deep pages need more stack than the default.
    command = [java, "-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", str(CHECKER)]
    command += ["--skip-non-html", "--also-check-css", "--also-check-svg", "--format", "json"]
    command += [str(built_site.output), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    messages = json.loads(done.stderr)["messages"]
    faults = [
        f"{message.get('url')}:{message.get('lastLine')}: {message['message']}"
        for message in messages
        if message["type"] == "error" or message.get("subType") == "warning"
    ]
    assert faults == []
