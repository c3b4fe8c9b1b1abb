"""The builders of pages, one module for each kind of content.

A builder is a pure function: it takes the `SiteBuild` and yields `PageFile`s. Whatever module of
this package has one, called ``build``, is asked for its pages: nothing else lists them.
"""

from importlib import import_module
from pkgutil import iter_modules

from plugins.model import PageFile, SiteBuild
from service_policy.addresses import INDEXES

_MODULES = [import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__)]


def build_pages(site_build: SiteBuild) -> tuple[PageFile, ...]:
    """Build every page of the site; lists of which the company has nothing are left out.

    Raises:
        ValueError: two builders made a page for the same address.
    """
    empty = INDEXES.keys() - site_build.library.indexes.keys()
    pages: tuple[PageFile, ...] = tuple(
        page
        for module in _MODULES
        for page in module.build(site_build)
        # An editor's own page may stand where a list would.
        if page.page.url not in empty or page.page.kind == "page"
    )
    seen: set[str] = set()
    for page in pages:
        if page.page.url in seen:
            raise ValueError(f"two pages claim the address {page.page.url}")
        seen.add(page.page.url)
    return pages
