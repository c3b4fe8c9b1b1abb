"""One page of every kind, and pictures of all of them to look at with one's own eyes."""

import threading
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

from plugins.build_date import build_date
from plugins.pages.documents import EXTRAS, parent_url
from service_policy.content import Library, read
from service_policy.register import document_page
from tooling.chromium import FLAGS, SCREENS, find_chromium
from tooling.paths import CONTENT, OUTPUT
from tooling.preview import static_server

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


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def screenshots(folder: Path, output: Path = OUTPUT) -> Iterator[Path]:
    """Yield the path of each picture as it is taken, such as `home-phone-dark.png`.

    Raises:
        FileNotFoundError: there is no Chromium, or the site is not built.
    """
    # Playwright belongs to the test tools; serving and building do without it.
    from playwright.sync_api import sync_playwright

    executable = find_chromium()
    if executable is None or not output.is_dir():
        raise FileNotFoundError("screenshots need Chromium and a built site (inv build)")
    folder.mkdir(parents=True, exist_ok=True)
    with static_server("127.0.0.1", 0, output) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        for screen, (width, height) in SCREENS.items():
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme
                )
                page = context.new_page()
                for kind, url in _of_the_content()["ALL"].items():
                    if not (output / url.lstrip("/")).exists():
                        continue  # The site was built for another day.
                    page.goto(f"http://127.0.0.1:{server.server_port}{url}")
                    target = folder / f"{kind}-{screen}-{scheme}.png"
                    page.screenshot(path=target, full_page=True)
                    yield target
                context.close()
        browser.close()
        server.shutdown()
