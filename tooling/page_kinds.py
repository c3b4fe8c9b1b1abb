"""One page of every kind, for whoever wants to look at all of them: tests, screenshots."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from plugins.build_date import build_date
from plugins.pages.documents import EXTRAS, parent_url
from service_policy.content import Library, read
from service_policy.register import document_page
from tooling.paths import CONTENT

ALWAYS = {
    "home": "/",
    "commitments": "/cam-ket/",
    "versions": "/cam-ket/phien-ban/",
    "scorecard": "/ket-qua/",
    "not-found": "/404.html",
}
LISTS = {
    "warranty-index": "/bao-hanh/",
    "price-index": "/bang-gia/",
    "price-archive": "/bang-gia/luu-tru/",
    "catalogue-index": "/catalogue/",
    "product-index": "/san-pham/",
    "product-compare": "/san-pham/so-sanh/",
    "faq-index": "/hoi-dap/",
    "partner-index": "/doi-tac/",
}


def pages(library: Library) -> dict[str, str]:
    """Return the address of a page of each kind (`page.kind` of the builders) that there is."""
    lists = ((kind, url) for kind, url in LISTS.items() if url in library.indexes)
    return {**ALWAYS, **dict(lists), **_first(_documents(library))}


def special_pages(library: Library) -> dict[str, str]:
    """Return pages of a known kind that show more than its other pages."""
    return _first(_special(library))


def _first(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for kind, url in found:
        chosen.setdefault(kind, url)
    return chosen


def _documents(library: Library) -> Iterator[tuple[str, str]]:
    # The richest come first; what is oldest is there on whatever day the site is built for.
    yield from (("commitment", one.url) for one in _longest(library.commitments))
    yield from (("warranty", one.url) for one in _longest(library.warranty))
    for sheet in reversed(library.price_sheet_versions):
        if sheet.state(library.today) == "current":
            yield "price-sheet", sheet.url
    corrected = {sheet.id for sheet in library.price_sheet_versions if sheet.version > 1}
    for sheet in library.price_sheet_versions:
        if sheet.version == 1 and sheet.id in corrected:
            yield "price-version", sheet.version_url
    yield from (("document", document_page(one.id)) for one in library.register.issues)
    yield from (("catalogue", one.url) for one in _longest(library.catalogues))
    for product in sorted(library.products, key=lambda one: one.cut_out is None):
        yield "product", product.url
        yield "product-manual", product.manual_url
    yield from (("faq", one.url) for one in _longest(library.faq))
    yield from (("partner", one.url) for one in _longest(library.partners))
    yield from (("scorecard-month", one.url) for one in library.scorecards)
    yield from (("page", one.url) for one in _longest(library.pages) if one.url not in EXTRAS)


def _special(library: Library) -> Iterator[tuple[str, str]]:
    addresses = [one.url for one in library.pages]
    for url, (template, _) in EXTRAS.items():
        if url in addresses:
            yield template.removeprefix("page_").replace("_", "-"), url
    yield from (("section", parent_url(one)) for one in addresses if parent_url(one) in addresses)
    yield from (("discontinued", one.url) for one in library.products if one.end_of_sale)
    yield from (("version", one.version_url) for one in library.policy.versions)
    for sheet in library.price_sheet_versions:
        issue = library.register.find(sheet.id, sheet.version)
        state = issue.state(library.today) if issue else "current"
        if issue and state in ("next", "expired"):
            yield ("announced-sheet" if state == "next" else "expired-sheet"), issue.url


def _longest(documents: Iterable[Any]) -> list[Any]:
    return sorted(documents, key=lambda one: len(one.body), reverse=True)


@cache
def _of_the_content() -> dict[str, dict[str, str]]:
    library = read(CONTENT, build_date())
    known = pages(library)
    return {"PAGES": known, "ALL": {**known, **special_pages(library)}}


def __getattr__(name: str) -> dict[str, str]:
    """Return ``PAGES`` or ``ALL`` of the company whose content is here, read when asked for."""
    if name in ("PAGES", "ALL"):
        return _of_the_content()[name]
    raise AttributeError(name)
