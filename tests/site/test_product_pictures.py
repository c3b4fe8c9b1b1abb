"""Pictures and products in the built site: every file is there, and every picture has words."""

import json
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from PIL import Image

from tests.support.html import Element
from tests.support.site import SITE_URL, BuiltSite


def pictures(site: BuiltSite, url: str) -> list[Element]:
    """Return the product pictures of a page."""
    return [one for one in site.pages[url].all("img") if "picture" in one.get("class")]


def addresses(srcset: str) -> list[str]:
    """Return the addresses in a srcset."""
    return [part.split()[0] for part in srcset.split(",")]


def test_every_picture_has_a_size_and_every_address_a_file(built_site: BuiltSite) -> None:
    seen = 0
    for url, page in built_site.pages.items():
        for one in page.all("source") + pictures(built_site, url):
            offered = [one.get("src")] if one.get("src") else []
            if one.get("srcset"):
                offered += addresses(one.get("srcset"))
            for address in offered:
                file = urlsplit(address).path.lstrip("/")
                assert (built_site.output / file).is_file(), address
                seen += 1
        for one in pictures(built_site, url):
            assert int(one.get("width")) > 0
            assert int(one.get("height")) > 0
            assert "alt" in one.attributes
    assert seen > 50


def test_every_product_page_shows_the_product_and_says_what_is_seen(built_site: BuiltSite) -> None:
    pages = [
        url
        for url, page in built_site.pages.items()
        if page.one("body").get("class") == "page-product"
    ]
    assert len(pages) == len(list((built_site.content / "san-pham").glob("*.md")))
    for url in pages:
        first = pictures(built_site, url)[0]
        assert len(first.get("alt")) > 20, url
        assert first.get("src").endswith(".svg")


def test_a_drawing_is_served_as_it_is(built_site: BuiltSite) -> None:
    address = pictures(built_site, "/san-pham/nc-10m/")[0].get("src")
    original = built_site.content / "san-pham" / "hinh" / "nc-10m.svg"
    assert (built_site.output / address.lstrip("/")).read_bytes() == original.read_bytes()


@pytest.mark.parametrize("kind", ["AVIF", "WEBP", "PNG"])
def test_a_photograph_is_offered_in_formats_that_can_be_read(
    built_site: BuiltSite, kind: str
) -> None:
    page = built_site.pages["/san-pham/bt-40d/"]
    sources = [*page.all("source"), pictures(built_site, "/san-pham/bt-40d/")[1]]
    offered = [address for one in sources for address in addresses(one.get("srcset"))]
    mine = [address for address in offered if address.endswith(f".{kind.lower()}")]
    assert [int(address.rpartition("-")[2].partition(".")[0]) for address in mine] == [
        360,
        720,
        1080,
    ]
    for address in mine:
        image = Image.open(BytesIO((built_site.output / address.lstrip("/")).read_bytes()))
        assert image.format == kind
        assert image.height * 4 == image.width * 3


def test_structured_data_has_pictures_and_no_offer_of_what_is_not_sold(
    built_site: BuiltSite,
) -> None:
    for url, sold in (("/san-pham/bt-40d/", True), ("/san-pham/nc-15c/", False)):
        blocks = [
            json.loads("".join(script.pieces))
            for script in built_site.pages[url].all("script")
            if script.get("type") == "application/ld+json"
        ]
        kinds = {block["@type"] for block in blocks}
        assert ("Product" in kinds, "ItemPage" in kinds) == (sold, not sold)
        described = next(one for one in blocks if one["@type"] in ("Product", "ItemPage"))
        assert ("offers" in described) is sold
        for image in described["image"]:
            assert image.startswith(SITE_URL)
            assert (built_site.output / urlsplit(image).path.lstrip("/")).is_file()


def test_the_sitemap_lists_the_comparison_and_no_second_copy_of_a_product(
    built_site: BuiltSite,
) -> None:
    sitemap = built_site.text("sitemap.xml")
    assert f"{SITE_URL}/san-pham/so-sanh/</loc>" in sitemap
    assert f"{SITE_URL}/san-pham/nc-15c/</loc>" in sitemap
    assert "/san-pham/bt-40d/huong-dan/" not in sitemap
