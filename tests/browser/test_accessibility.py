"""axe-core finds nothing on any kind of page: phone and desktop, light and dark."""

from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.support.axe import violations
from tests.support.browser import Open
from tests.support.site import BuiltSite
from tooling.chromium import SCREENS
from tooling.page_kinds import ALL, PAGES

pytestmark = pytest.mark.browser


def test_the_list_of_page_kinds_is_complete(built_site: BuiltSite) -> None:
    kinds = {
        page.one("body").get("class").removeprefix("page-") for page in built_site.pages.values()
    }
    assert kinds == set(PAGES)
    assert set(ALL.values()) <= set(built_site.pages)


@pytest.mark.parametrize("kind", sorted(ALL))
def test_axe_finds_nothing_and_nothing_sticks_out(
    static_site: str, open_page: Open, kind: str
) -> None:
    # The list of documents asks the form server for a newer check; here there is none to answer.
    alone = {404} if kind == "documents" else set[int]()
    page = open_page(static_site + ALL[kind], screen="phone", expect_status=alone)
    for screen, (width, height) in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert overflow(page) == 0, screen
        if screen != "tablet":
            assert violations(page) == [], screen
            # Of all rules only this one sees colours.
            show(page, "dark")
            assert violations(page, "color-contrast") == [], f"{screen}, dark"
            show(page, "light")


def show(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Change the colours and wait until the page is drawn in them."""
    page.emulate_media(color_scheme=scheme)
    # A page that changes colours while it is open may be measured half changed.
    page.reload()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(script))
