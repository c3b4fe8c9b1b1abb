"""Tests read their own company's content, so that a company may write what it likes in its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.support.company import COMPANY, environment
from tooling.paths import CONTENT, ROOT

TESTS = ROOT / "tests"
OTHERS = ("company", "content", "samples")
"""Folders of tests that are about a company's content, and the content itself."""
OF_THE_PROGRAM = {
    "support/checkout.py",  # It puts the tests' company in the place of the sample.
    "support/company.py",
    "tooling/test_company_of_the_tests.py",
}
PATH = re.compile(
    r"""(?:ROOT|PROJECT|parents\[\d\]|parent(?:\.parent)*) ?/ ?"""
    r"""["'](?:content|samples)["'/](?! ?/ ?["'](?:HUONG|ledger))"""
    r"""|["'](?:\.\./)*samples/companies"""
)


def test_no_test_of_the_program_reads_a_company_s_own_content() -> None:
    files = [one for one in TESTS.rglob("*.py") if one.relative_to(TESTS).parts[0] not in OTHERS]
    assert len(files) > 200
    found = {
        name: match[0]
        for one in files
        if (name := one.relative_to(TESTS).as_posix()) not in OF_THE_PROGRAM
        and (match := PATH.search(one.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_the_company_of_the_tests_is_small_and_whole() -> None:
    assert CONTENT == COMPANY
    counted = {kind: len(list((COMPANY / kind).glob("*.md"))) for kind in ("hoi-dap", "san-pham")}
    assert counted == {"hoi-dap": 12, "san-pham": 13}


def test_processes_of_tests_read_it_too_whatever_the_shell_says(tmp_path: Path) -> None:
    program = "from tooling.paths import CONTENT; print(CONTENT)"
    command = [sys.executable, "-c", program]
    for given in ({**os.environ}, environment(PORTAL_VAR_DIR=str(tmp_path))):
        done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True)
        assert done.stdout.strip() == str(COMPANY), done.stderr


def test_another_choice_is_only_for_the_tests_of_content(tmp_path: Path) -> None:
    program = (
        "from tests.support.company import CHOSEN; from tooling.paths import CONTENT;"
        "print(CHOSEN, CONTENT, sep='\\n')"
    )
    shell = {name: value for name, value in os.environ.items() if name != "TESTED_CONTENT_DIR"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**shell, "PORTAL_CONTENT_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [str(tmp_path), str(COMPANY)]
