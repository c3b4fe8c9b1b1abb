"""Rules that hold for every page of the site, walked one by one."""

from collections import Counter
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import pytest

from tests.support.html import Document
from tests.support.site import SITE_URL, BuiltSite

BANNER = "Doanh nghiệp hư cấu dùng để minh họa phần mềm. Không có thật, không bán hàng."
FORMS = {f"/gui/{name}/" for name in ("khieu-nai", "hoa-don", "cau-hoi", "tai-lieu", "gop-y")}
FORMS |= {"/ho-so/", "/tim-kiem/"}
"""Addresses that the form server answers; no other form may be mentioned."""
DYNAMIC = ("/gui/", "/ho-so/", "/tim-kiem/", "/noi-bo/", "/api/")


def faults_of(site: BuiltSite, rule) -> dict[str, object]:
    """Apply a rule to every page and return what it says of the pages it does not like."""
    found = {url: rule(url, page) for url, page in site.pages.items()}
    return {url: fault for url, fault in found.items() if fault}


def test_the_site_has_its_pages(built_site: BuiltSite) -> None:
    wanted = {"/", "/404.html", "/cam-ket/", "/cam-ket/phien-ban/", "/bao-hanh/", "/bang-gia/"}
    wanted |= {"/bang-gia/luu-tru/", "/catalogue/", "/san-pham/", "/hoi-dap/", "/doi-tac/"}
    wanted |= {"/phap-ly/", "/phap-ly/chu-quan/", "/phap-ly/bao-mat/", "/khieu-nai/"}
    wanted |= {"/phap-ly/quyen-nghia-vu/", "/ho-tro-uu-tien/", "/kenh-chinh-thuc/"}
    wanted |= {f"/cam-ket/ck-{number:02}/" for number in range(1, 19)}
    assert wanted - set(built_site.pages) == set()
    kinds = Counter(url.split("/")[1] for url in built_site.pages)
    for kind in ("hoi-dap", "san-pham"):
        assert kinds[kind] >= len(list((built_site.content / kind).glob("*.md"))) + 1


def test_every_page_is_vietnamese_and_has_one_heading_and_the_banner(built_site: BuiltSite) -> None:
    def rule(_: str, page: Document) -> list[str]:
        faults = []
        if page.one("html").get("lang") != "vi":
            faults.append("language")
        if len(page.all("h1")) != 1 or not page.all("h1")[0].text:
            faults.append("h1")
        if BANNER not in page.one("body").text:
            faults.append("banner")
        if not page.one("title").text:
            faults.append("title")
        if not 20 <= len(page.meta("description")) <= 160:
            faults.append(f"description: {page.meta('description')!r}")
        return faults

    assert faults_of(built_site, rule) == {}


def test_no_two_pages_share_a_title(built_site: BuiltSite) -> None:
    titles = Counter(page.one("title").text for page in built_site.pages.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_canonical_link_and_preview_names_the_page_itself(built_site: BuiltSite) -> None:
    def rule(url: str, page: Document) -> str:
        wanted = f"{SITE_URL}{url}"
        if (page.link("canonical"), page.meta("og:url")) != (wanted, wanted):
            return f"{page.link('canonical')} {page.meta('og:url')}"
        complete = all(page.meta(f"og:{name}") for name in ("title", "description", "image"))
        return "" if complete else "Open Graph"

    assert faults_of(built_site, rule) == {}


def test_the_sites_address_appears_only_where_it_must(built_site: BuiltSite) -> None:
    def rule(_: str, page: Document) -> list[str]:
        return [
            element.get("href")
            for element in page.all("a")
            if element.get("href").startswith(SITE_URL)
        ]

    assert faults_of(built_site, rule) == {}


def test_every_internal_link_leads_to_a_page_a_file_or_a_form(built_site: BuiltSite) -> None:
    def rule(url: str, page: Document) -> list[str]:
        return [
            target
            for target in page.targets()
            if is_internal(target) and not exists(built_site, url, target)
        ]

    assert faults_of(built_site, rule) == {}


def is_internal(target: str) -> bool:
    """Tell whether a link stays on the site."""
    return urlsplit(target).scheme == "" and not target.startswith("//")


def exists(site: BuiltSite, url: str, target: str) -> bool:
    """Tell whether a link from a page leads somewhere, its anchor included."""
    parts = urlsplit(target)
    path = unquote(parts.path) or url
    if path.startswith(DYNAMIC):
        return path in FORMS
    if path in site.pages:
        return parts.fragment in ("", *site.pages[path].ids())
    return path.startswith("/") and (site.output / path.lstrip("/")).is_file()


def test_every_internal_link_is_root_relative(built_site: BuiltSite) -> None:
    def rule(_: str, page: Document) -> list[str]:
        return [t for t in page.targets() if is_internal(t) and not t.startswith(("/", "#"))]

    assert faults_of(built_site, rule) == {}


def test_no_page_mentions_a_form_that_does_not_exist(built_site: BuiltSite) -> None:
    later = ("/gui/bao-hanh/", "/gui/doi-tac/", "/gui/du-lieu-cua-toi/", "/nhat-ky/", "/noi-bo/")
    found = {
        url: [path for path in later if path in built_site.text(url.lstrip("/") + suffix(url))]
        for url in built_site.pages
    }
    assert {url: paths for url, paths in found.items() if paths} == {}


def suffix(url: str) -> str:
    return "" if url.endswith(".html") else "index.html"


def test_ids_are_unique_on_every_page(built_site: BuiltSite) -> None:
    def rule(_: str, page: Document) -> list[str]:
        return [name for name, count in Counter(page.ids()).items() if count > 1]

    assert faults_of(built_site, rule) == {}


def test_headings_never_skip_a_level(built_site: BuiltSite) -> None:
    def rule(_: str, page: Document) -> str:
        levels = [int(e.tag[1]) for e in page.elements if e.tag in ("h1", "h2", "h3", "h4", "h5")]
        skips = any(after > before + 1 for before, after in pairwise(levels))
        return str(levels) if skips else ""

    assert faults_of(built_site, rule) == {}


def test_nothing_is_inline_that_the_security_policy_forbids(built_site: BuiltSite) -> None:
    def rule(_: str, page: Document) -> list[str]:
        faults = [f"<{e.tag} style>" for e in page.elements if "style" in e.attributes]
        faults += [f"<{e.tag} {n}>" for e in page.elements for n in e.attributes if n[:2] == "on"]
        faults += ["<style>"] * len(page.all("style"))
        for script in page.all("script"):
            if not script.get("src") and script.get("type") != "application/ld+json":
                faults.append("<script>")
        return faults

    assert faults_of(built_site, rule) == {}


def test_nothing_is_loaded_from_another_host(built_site: BuiltSite) -> None:
    def rule(_: str, page: Document) -> list[str]:
        loaded = [e.get("src") for e in page.elements if e.get("src")]
        loaded += [
            e.get("href") for e in page.all("link") if e.get("rel") in ("stylesheet", "preload")
        ]
        return [address for address in loaded if not is_internal(address)]

    assert faults_of(built_site, rule) == {}


def test_no_placeholder_is_left_in_a_page(built_site: BuiltSite) -> None:
    def rule(_: str, page: Document) -> bool:
        return "{{" in page.one("body").text or "}}" in page.one("body").text

    assert faults_of(built_site, rule) == {}


@pytest.mark.parametrize("name", ["phap-ly", "khieu-nai", "phap-ly/bao-mat"])
def test_every_page_leads_to_the_legal_pages(built_site: BuiltSite, name: str) -> None:
    def rule(_: str, page: Document) -> bool:
        return f"/{name}/" not in set(page.targets())

    assert faults_of(built_site, rule) == {}
