"""What the builders of pages are given, and what they give back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from plugins.pdf.downloads import Downloads
from service_policy.content import Library
from theme.context import Page, Site

DEVELOPMENT_URL = "http://127.0.0.1:8000"
"""Stands for the site's address in files that must have one, while none is configured."""


@dataclass(frozen=True, slots=True)
class SiteBuild:
    """The validated content, and the site as templates know it.

    `downloads` says how big the files of documents are; pages built without it say no size.
    """

    library: Library
    site: Site
    downloads: Downloads | None = None

    @property
    def day(self) -> date:
        """The day the site is built for."""
        return self.library.today

    @property
    def public_url(self) -> str:
        """The site's address, or the address of development."""
        return self.site.url or DEVELOPMENT_URL


@dataclass(frozen=True, slots=True)
class PageFile:
    """One page to write.

    `template` is a name in the theme without `.html`; `variables` are the template's own, besides
    company, site and page. `changed_on` goes to the sitemap. `listed` says whether search engines
    should be told of the page.
    """

    template: str
    page: Page
    variables: Mapping[str, object] = field(default_factory=dict)
    changed_on: date | None = None

    @property
    def save_as(self) -> str:
        """The file of this page inside the output folder."""
        url = self.page.url.lstrip("/")
        return f"{url}index.html" if not url or url.endswith("/") else url

    @property
    def listed(self) -> bool:
        """Whether the page belongs in the sitemap."""
        return not self.page.noindex


Pages = tuple[PageFile, ...]
Settings = Mapping[str, Any]
"""The settings of Pelican; ``PATH`` is the content folder."""
Files = dict[str, bytes]
"""The content of files by their path inside the output folder."""
FileMaker = Callable[[SiteBuild, Pages, Settings], Files]
"""Makes files that no template writes, once all pages are known."""
