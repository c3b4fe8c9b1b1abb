"""Every page with something to understand asks whether it was, keyed to its version."""

import pytest

from tests.support.site import BuiltSite

ASKS = {
    "faq": "2026-",
    "warranty": "1",
    "price-sheet": "2",
    "catalogue": "2",
    "product": "",
    "commitment": "1",
    "partner": "2026-",
}
"""By kind of page: how the version of a sample page begins."""


def asked(site: BuiltSite, kind: str) -> dict[str, str]:
    """Return the version that each page of a kind asks about, by address."""
    found = {}
    for url, page in site.pages.items():
        if f"page-{kind}" not in page.one("body").get("class").split():
            continue
        fields = {one.get("name"): one.get("value") for one in page.all("input")}
        assert fields["trang"] == url
        found[url] = fields["phien-ban"]
    return found


@pytest.mark.parametrize(("kind", "begins"), ASKS.items())
def test_each_page_of_a_kind_asks_about_its_version(
    built_site: BuiltSite, kind: str, begins: str
) -> None:
    versions = asked(built_site, kind)
    assert versions
    assert all(versions.values())
    assert any(one.startswith(begins) for one in versions.values())


def test_lists_ask_nothing(built_site: BuiltSite) -> None:
    for url in ("/", "/hoi-dap/", "/bang-gia/", "/cam-ket/"):
        assert "phien-ban" not in [one.get("name") for one in built_site.pages[url].all("input")]
