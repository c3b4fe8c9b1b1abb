"""axe-core finds nothing on any kind of page: phone and desktop, light and dark."""

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
def test_axe_finds_nothing(static_site: str, open_page: Open, kind: str) -> None:
    page = open_page(static_site + ALL[kind], screen="phone")
    for screen in ("phone", "desktop"):
        for scheme in ("light", "dark"):
            width, height = SCREENS[screen]
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            painted(page)
            assert violations(page) == [], f"{screen}, {scheme}"


@pytest.mark.parametrize("kind", sorted(ALL))
def test_a_page_never_scrolls_sideways(static_site: str, open_page: Open, kind: str) -> None:
    page = open_page(static_site + ALL[kind], screen="phone")
    for width, height in SCREENS.values():
        page.set_viewport_size({"width": width, "height": height})
        assert overflow(page) == 0, f"at {width} pixels"


def painted(page: Page) -> None:
    """Wait until the page is drawn in the new size and colours."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(script))
