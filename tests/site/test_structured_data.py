"""schema.org data: it parses, it says what the page says, and it cannot break out of its block."""

import json
from datetime import date
from typing import Any

from plugins.structured_data import organization
from tests.support.site import SITE_URL, BuiltSite
from theme.filters import json_ld


def data_of(site: BuiltSite, url: str) -> dict[str, dict[str, Any]]:
    """Return the structured data of a page by type."""
    blocks = [
        json.loads("".join(script.pieces))
        for script in site.pages[url].all("script")
        if script.get("type") == "application/ld+json"
    ]
    return {block["@type"]: block for block in blocks}


def test_every_block_of_every_page_parses(built_site: BuiltSite) -> None:
    for url in built_site.pages:
        for block in data_of(built_site, url).values():
            assert block["@context"] == "https://schema.org"


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
    from datetime import date

    from service_policy.content import read
    from tooling.paths import CONTENT

    company = read(CONTENT, date(2026, 11, 23)).company
    return dict(organization(company.model_copy(update={"name": name}), ""))
