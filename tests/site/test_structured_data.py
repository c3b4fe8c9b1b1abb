"""schema.org data: it parses, it says what the page says, and it cannot break out of its block."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from plugins.structured_data import organization
from tests.support.site import SITE_URL, BuiltSite
from theme.filters import json_ld
from tooling.build import build
from tooling.paths import CONTENT


def data_of(site: BuiltSite, url: str) -> dict[str, dict[str, Any]]:
    """Return the structured data of a page by type."""
    blocks = [
        json.loads("".join(script.pieces))
        for script in site.pages[url].all("script")
        if script.get("type") == "application/ld+json"
    ]
    return {block["@type"]: block for block in blocks}


@pytest.fixture(scope="module")
def expired_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build the site for a day on which the last price sheet of the sample has ended."""
    folder = tmp_path_factory.mktemp("expired")
    content = Path(shutil.copytree(CONTENT, folder / "content"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(
            "SOURCE_DATE_EPOCH", str(int(datetime(2027, 4, 2, 5, 0, tzinfo=UTC).timestamp()))
        )
        environment.setenv("PORTAL_SITE_URL", SITE_URL)
        return BuiltSite(build(folder / "output", content).output, content)


def test_every_block_of_every_page_parses(built_site: BuiltSite) -> None:
    for url in built_site.pages:
        for block in data_of(built_site, url).values():
            assert block["@context"] == "https://schema.org"


REQUIRED = {
    "Organization": {"name"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "FAQPage": {"mainEntity"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
    "Product": {"name", "image", "offers"},
    "Offer": {"price", "priceCurrency", "priceValidUntil", "url"},
    "ItemPage": {"name", "url", "description"},
    "ContactPoint": {"contactType", "email", "hoursAvailable"},
    "OpeningHoursSpecification": {"dayOfWeek", "opens", "closes"},
    "Brand": {"name"},
    "PropertyValue": {"name", "value"},
}
"""What search engines demand of each type (developers.google.com/search/docs/appearance)."""


def wants(value: Any) -> list[str]:
    """Return what is missing or empty anywhere in structured data."""
    if isinstance(value, list):
        return [one for inner in value for one in wants(inner)]
    if not isinstance(value, dict):
        return []
    kind = value["@type"]
    missing = [f"{kind}.{name}" for name in sorted(REQUIRED[kind]) if not value.get(name)]
    return missing + [one for inner in value.values() for one in wants(inner)]


def test_every_type_has_what_search_engines_demand_of_it(built_site: BuiltSite) -> None:
    seen: set[str] = set()
    for url in built_site.pages:
        for kind, block in data_of(built_site, url).items():
            assert wants(block) == [], url
            seen.add(kind)
    assert {"Organization", "BreadcrumbList", "FAQPage", "Product", "ItemPage"} <= seen


def test_every_trail_counts_from_home_to_the_page_itself(built_site: BuiltSite) -> None:
    for url in built_site.pages:
        trail = data_of(built_site, url).get("BreadcrumbList", {}).get("itemListElement", [])
        assert [step["position"] for step in trail] == list(range(1, len(trail) + 1))
        for step in trail:
            assert step["item"].removeprefix(SITE_URL) in built_site.pages, url
        if trail:
            assert (trail[0]["item"], trail[-1]["item"]) == (f"{SITE_URL}/", f"{SITE_URL}{url}")


def products_of(site: BuiltSite) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the structured data of every product page by its address."""
    return {
        url: data_of(site, url)
        for url, page in site.pages.items()
        if page.one("body").get("class") == "page-product"
    }


def test_only_what_is_sold_is_a_product_for_search_engines(built_site: BuiltSite) -> None:
    found = products_of(built_site)
    assert len(found) == len(list((built_site.content / "san-pham").glob("*.md")))
    for url, data in found.items():
        code = url.strip("/").rpartition("/")[2]
        source = (built_site.content / "san-pham" / f"{code}.md").read_text(encoding="utf-8")
        gone = "\nstatus: current\n" not in source
        assert ("Product" in data, "ItemPage" in data) == (not gone, gone), url
    assert "Product" not in found["/san-pham/nc-15c/"]


def test_a_price_that_has_expired_is_offered_to_nobody(expired_site: BuiltSite) -> None:
    for url, data in products_of(expired_site).items():
        assert "Product" not in data, url
        assert wants(data["ItemPage"]) == [], url
        assert "offers" not in data["ItemPage"], url


def test_a_question_page_gives_its_question_and_answer(built_site: BuiltSite) -> None:
    page = built_site.pages["/hoi-dap/mat-phieu-bao-hanh/"]
    question = data_of(built_site, "/hoi-dap/mat-phieu-bao-hanh/")["FAQPage"]["mainEntity"][0]
    assert question["name"] == page.one("h1").text
    assert question["acceptedAnswer"]["text"][:40] in page.one("main").text


def test_a_product_page_gives_the_price_while_it_is_valid(built_site: BuiltSite) -> None:
    offer = data_of(built_site, "/san-pham/bt-40d/")["Product"]["offers"]
    assert offer["price"] == "7490000"
    assert offer["priceCurrency"] == "VND"
    assert date.fromisoformat(offer["priceValidUntil"]) == date(2026, 12, 31)


def test_breadcrumbs_lead_from_the_home_page_to_the_page(built_site: BuiltSite) -> None:
    trail = data_of(built_site, "/cam-ket/ck-03/")["BreadcrumbList"]["itemListElement"]
    assert [step["item"] for step in trail] == [
        f"{SITE_URL}/",
        f"{SITE_URL}/cam-ket/",
        f"{SITE_URL}/cam-ket/ck-03/",
    ]
    assert [step["position"] for step in trail] == [1, 2, 3]


def test_the_home_page_presents_the_company_as_fictional(built_site: BuiltSite) -> None:
    assert "hư cấu" in data_of(built_site, "/")["Organization"]["description"]


def test_nothing_in_the_data_can_end_its_block(built_site: BuiltSite) -> None:
    company = organization_with("</script><script>alert(1)</script>")
    assert "</script" not in json_ld(company)
    assert json.loads(json_ld(company))["name"] == "</script><script>alert(1)</script>"


def organization_with(name: str) -> dict[str, Any]:
    from service_policy.content import read

    company = read(CONTENT, date(2026, 11, 23)).company
    return dict(organization(company.model_copy(update={"name": name}), ""))
