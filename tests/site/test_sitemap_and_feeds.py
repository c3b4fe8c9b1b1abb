import xml.etree.ElementTree as ET
from datetime import date

import pytest

from tests.support.site import SITE_URL, BuiltSite

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_sitemap_lists_every_page_but_those_not_to_be_indexed(built_site: BuiltSite) -> None:
    root = ET.fromstring(built_site.text("sitemap.xml"))
    listed = {element.findtext(f"{SITEMAP}loc") for element in root}
    wanted = {
        SITE_URL + url
        for url, page in built_site.pages.items()
        if "noindex" not in page.meta("robots")
    }
    assert listed == wanted
    for changed in root.iter(f"{SITEMAP}lastmod"):
        assert date.fromisoformat(changed.text or "") <= date(2026, 11, 23)


def test_robots_may_read_the_site_but_not_the_forms(built_site: BuiltSite) -> None:
    robots = built_site.text("robots.txt")
    assert f"Sitemap: {SITE_URL}/sitemap.xml" in robots
    assert "Disallow: /ho-so/\n" in robots
    assert "Disallow: /\n" not in robots


@pytest.mark.parametrize("path", ["cam-ket/thay-doi.xml", "bang-gia/thay-doi.xml"])
def test_a_feed_can_be_read_and_its_entries_lead_to_pages(built_site: BuiltSite, path: str) -> None:
    root = ET.fromstring(built_site.text(path))
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    assert entries
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(name.startswith("tag:nhakhe.example,") for name in ids)
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.attrib["href"].removeprefix(SITE_URL) in built_site.pages
        assert entry.findtext(f"{ATOM}title")
        assert entry.findtext(f"{ATOM}summary")
    updated = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert updated == sorted(updated, reverse=True)


def test_the_feeds_are_announced_where_a_reader_looks(built_site: BuiltSite) -> None:
    for url, feed in (
        ("/cam-ket/", "/cam-ket/thay-doi.xml"),
        ("/bang-gia/", "/bang-gia/thay-doi.xml"),
    ):
        links = [
            (link.get("type"), link.get("href"))
            for link in built_site.pages[url].all("link")
            if link.get("rel") == "alternate"
        ]
        assert ("application/atom+xml", feed) in links
