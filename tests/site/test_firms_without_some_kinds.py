"""A firm without products, price sheets or partners has a site without empty and dead pages."""

import shutil
from pathlib import Path

import pytest

from forms_api.site_links import broken_inside, links_of
from service_policy.addresses import INDEXES
from service_policy.content import check
from tests.support.firms import without
from tests.support.site import BUILD_EPOCH, SITE_URL, BuiltSite
from tooling.build import build
from tooling.paths import CONTENT

LISTS = {
    # what the firm does not have: the lists that it does not publish
    ("san-pham", "catalogue", "bang-gia", "doi-tac"): {
        "/bang-gia/", "/bang-gia/luu-tru/", "/catalogue/", "/doi-tac/", "/san-pham/",
        "/san-pham/so-sanh/",
    },
    ("san-pham", "catalogue", "bang-gia", "doi-tac", "bao-hanh", "hoi-dap"): {
        "/bang-gia/", "/bang-gia/luu-tru/", "/bao-hanh/", "/catalogue/", "/doi-tac/", "/hoi-dap/",
        "/san-pham/", "/san-pham/so-sanh/",
    },
    ("catalogue",): {"/catalogue/"},
    ("bang-gia", "doi-tac"): {"/bang-gia/", "/bang-gia/luu-tru/", "/doi-tac/"},
}  # fmt: skip


@pytest.fixture(scope="module", params=LISTS, ids=" ".join)
def firm(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[BuiltSite, set[str]]:
    """Build the site of a firm that has all but some kinds of documents."""
    folder: Path = tmp_path_factory.mktemp("firm")
    content = Path(shutil.copytree(CONTENT, folder / "content"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOURCE_DATE_EPOCH", BUILD_EPOCH)
        environment.setenv("PORTAL_SITE_URL", SITE_URL)
        from plugins.build_date import build_date

        today = build_date()
        without(content, today, *request.param)
        assert [str(fault) for fault in check(content, today)] == []
        return BuiltSite(build(folder / "output", content).output, content), LISTS[request.param]


def test_a_list_of_nothing_is_not_published(firm: tuple[BuiltSite, set[str]]) -> None:
    site, absent = firm
    assert set(INDEXES) - set(site.pages) == absent


def test_every_link_leads_to_a_page_that_is_there(firm: tuple[BuiltSite, set[str]]) -> None:
    site, absent = firm
    assert list(broken_inside(site.output, links_of(site.output))) == []
    links = {one.get("href") for page in site.pages.values() for one in page.all("a")}
    assert links.isdisjoint(absent)


def test_no_page_has_an_empty_list_or_table(firm: tuple[BuiltSite, set[str]]) -> None:
    site, _ = firm
    empty = [
        url
        for url, page in site.pages.items()
        for part in (*page.all("tbody"), *page.all("ul"))
        if not part.text.strip() and part.get("hidden") == "" and not part.get("data-compare-body")
    ]
    assert [one for one in empty if one != "/san-pham/so-sanh/"] == []


def test_changes_of_prices_are_announced_only_where_there_are_prices(
    firm: tuple[BuiltSite, set[str]],
) -> None:
    site, absent = firm
    there = "/bang-gia/" not in absent
    assert (site.output / "bang-gia/thay-doi.xml").exists() == there
    assert ("/bang-gia/thay-doi.xml" in site.text("index.html")) == there
