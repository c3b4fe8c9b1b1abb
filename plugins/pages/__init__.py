"""The builders of pages, one module for each kind of content.

A builder is a pure function: it takes the `SiteBuild` and yields `PageFile`s. `BUILDERS` lists
all of them; the generator runs them in this order.
"""

from collections.abc import Callable, Iterator

from plugins.model import PageFile, SiteBuild
from plugins.pages import (
    catalogues,
    commitments,
    documents,
    faq,
    home,
    partners,
    prices,
    products,
    register,
    scorecard,
    warranty,
)
from service_policy.addresses import INDEXES

Builder = Callable[[SiteBuild], Iterator[PageFile]]

BUILDERS: tuple[Builder, ...] = (
    home.build,
    commitments.build,
    warranty.build,
    prices.build,
    catalogues.build,
    products.build,
    register.build,
    faq.build,
    partners.build,
    scorecard.build,
    documents.build,
)


def build_pages(site_build: SiteBuild) -> tuple[PageFile, ...]:
    """Build every page of the site; lists of which the company has nothing are left out.

    Raises:
        ValueError: two builders made a page for the same address.
    """
    empty = INDEXES.keys() - site_build.library.indexes.keys()
    pages = tuple(
        page
        for builder in BUILDERS
        for page in builder(site_build)
        # An editor's own page may stand where a list would.
        if page.page.url not in empty or page.page.kind == "page"
    )
    seen: set[str] = set()
    for page in pages:
        if page.page.url in seen:
            raise ValueError(f"two pages claim the address {page.page.url}")
        seen.add(page.page.url)
    return pages
