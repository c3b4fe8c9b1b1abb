"""What the builders of pages are given, and what they give back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from service_policy.content import Library
from theme.context import Page, Site


@dataclass(frozen=True, slots=True)
class House:
    """The validated content, and the site as templates know it."""

    library: Library
    site: Site

    @property
    def day(self) -> date:
        """The day the site is built for."""
        return self.library.today


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
