"""axe-core, run inside a page."""

from functools import cache

import pytest
from playwright.sync_api import Page

from tooling.paths import ROOT

SCRIPT = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@cache
def _source() -> str:
    if not SCRIPT.is_file():
        pytest.skip("needs axe-core (make test brings it: npm ci)")
    return SCRIPT.read_text(encoding="utf-8")


def violations(page: Page, *rules: str) -> list[str]:
    """Return what axe-core finds wrong with the page as it is shown now, one line each.

    All rules are applied unless some are named.
    """
    if not page.evaluate("typeof window.axe === 'object'"):
        # Evaluated by the debugger, which the page's security policy does not bind.
        page.evaluate(_source())
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    result = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {node['target']}: {node['failureSummary']}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]
