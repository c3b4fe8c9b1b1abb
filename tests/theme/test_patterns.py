"""The pattern page: every component once, valid, accessible, and alive in a real browser."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.axe import violations
from tests.support.browser import Open, serving
from tests.support.site import BuiltSite
from tooling.chromium import SCREENS
from tooling.paths import ROOT
from tooling.patterns import PAGE, write_patterns

CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Render the pattern page, with the theme's files beside it."""
    folder = tmp_path_factory.mktemp("patterns")
    write_patterns(folder)
    return folder


@pytest.fixture(scope="module")
def address(patterns: Path) -> Iterator[str]:
    """Serve it under the security policy of the form server."""
    with serving(BuiltSite(patterns, patterns)) as site:
        yield site + PAGE.url


@pytest.mark.java
def test_every_component_is_valid_html(patterns: Path) -> None:
    java = shutil.which("java")
    if java is None or not CHECKER.is_file():
        pytest.skip("needs a Java runtime and `npm ci` (make test brings both)")
    page = patterns / PAGE.url.strip("/") / "index.html"
    command = [java, "-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", str(CHECKER)]
    command += ["--format", "json", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    messages = json.loads(done.stderr)["messages"]
    assert [f"{one.get('lastLine')}: {one['message']}" for one in messages] == []


@pytest.mark.browser
def test_axe_finds_nothing_on_any_component(address: str, open_page: Open) -> None:
    page = open_page(address, screen="phone")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme


@pytest.mark.browser
def test_no_component_is_wider_than_a_narrow_phone(address: str, open_page: Open) -> None:
    page = open_page(address, screen="phone")
    for width in (320, *(width for width, _ in SCREENS.values())):
        page.set_viewport_size({"width": width, "height": 800})
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) == 0, f"at {width} pixels"


@pytest.mark.browser
def test_the_error_summary_has_the_focus_and_leads_to_the_field(
    address: str, open_page: Open
) -> None:
    page = open_page(address)
    page.wait_for_selector(".error-summary:focus")
    page.click(".error-summary a[href='#description']")
    assert page.evaluate("document.activeElement.id") == "description"
    page.click(".error-summary a[href='#occurred_on']")
    assert page.evaluate("document.activeElement.name") == "occurred_on-day"


@pytest.mark.browser
def test_the_character_count_counts_composed_letters(address: str, open_page: Open) -> None:
    page = open_page(address)
    page.fill("#description", "e\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING ACUTE ACCENT}" * 4001)
    page.wait_for_selector(".form-count--over")
    assert page.inner_text("#description-count") == "Thừa 1 ký tự"


@pytest.mark.browser
def test_the_menu_opens_and_closes_on_a_phone(address: str, open_page: Open) -> None:
    page = open_page(address, screen="phone")
    toggle = page.locator("a.menu-toggle[aria-expanded]")
    assert not page.is_visible("#menu")
    toggle.press("Space")
    assert page.is_visible("#menu")
    page.keyboard.press("Escape")
    assert not page.is_visible("#menu")
    assert page.evaluate("document.activeElement.className") == "menu-toggle"


@pytest.mark.browser
def test_the_menu_opens_and_closes_without_scripts(address: str, open_page: Open) -> None:
    page = open_page(address, screen="phone", javascript=False)
    page.click("a.menu-toggle")
    assert page.is_visible("#menu")
    page.click("#menu .nav__close")
    assert not page.is_visible("#menu")


@pytest.mark.browser
def test_buttons_that_need_scripts_hide_without_them(address: str, open_page: Open) -> None:
    page = open_page(address, javascript=False)
    assert not page.is_visible(".print-button")
    assert not page.is_visible("[data-copy-button]")


@pytest.mark.browser
def test_a_secret_can_be_copied(address: str, open_page: Open) -> None:
    page = open_page(address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("[data-copy-button]")
    page.wait_for_function("document.querySelector('[data-copy-label]').textContent == 'Đã chép'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.inner_text("[data-copy]")
