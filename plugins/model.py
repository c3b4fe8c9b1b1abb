"""What the builders of pages are given, and what they give back: a page with its head."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from plugins.markdown_html import first_words
from plugins.structured_data import JsonLd, breadcrumb_list
from service_policy.content import Library
from service_policy.promises.policy import fingerprint_of
from service_policy.register import Issue
from service_policy.values import Model
from theme.context import Page, Site

DEVELOPMENT_URL = "http://127.0.0.1:8000"
"""Stands for the site's address in files that must have one, while none is configured."""


@dataclass(frozen=True, slots=True)
class SiteBuild:
    """The validated content, and the site as templates know it.

    `pdf_size` says how big the PDF of an issue is, in bytes; pages built without it say no size.
    """

    library: Library
    site: Site
    pdf_size: Callable[[Issue], int] | None = None

    @property
    def day(self) -> date:
        """The day the site is built for."""
        return self.library.today

    @property
    def public_url(self) -> str:
        """The site's address, or the address of development."""
        return self.site.url or DEVELOPMENT_URL


def file_of(url: str) -> str:
    """Return the file of a page inside the output folder by its root-relative address."""
    return f"{url}index.html".lstrip("/") if url.endswith("/") else url.lstrip("/")


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
        return file_of(self.page.url)

    @property
    def listed(self) -> bool:
        """Whether the page belongs in the sitemap."""
        return not self.page.noindex


def write_whole(file: Path, content: bytes) -> None:
    """Write a file at once or not at all: somebody else may be reading it or writing the same."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}.new")
    fresh.write_bytes(content)
    fresh.replace(file)


Pages = tuple[PageFile, ...]
Settings = Mapping[str, Any]
"""The settings of Pelican; ``PATH`` is the content folder."""
Files = dict[str, bytes]
"""The content of files by their path inside the output folder."""
FileMaker = Callable[[SiteBuild, Pages, Settings], Files]
"""Makes files that no template writes, once all pages are known."""


def page(
    site_build: SiteBuild,
    template: str,
    variables: Mapping[str, object],
    *,
    title: str,
    description: str,
    url: str,
    kind: str = "",
    above: Sequence[tuple[str, str]] = (),
    json_ld: Sequence[JsonLd] = (),
    noindex: bool = False,
    version: str = "",
    changed_on: date | None = None,
) -> PageFile:
    """Make the page of a template.

    `above` holds the (title, url) pairs between the home page and this page; one that this company
    does not have is left out. The description is shortened to what search engines show; breadcrumbs
    are also given as structured data. Of a page with a `version` readers are asked whether it is
    clear. The `kind` of a page is the name of its template where nothing else is said.
    """
    above = [(name, there) for name, there in above if site_build.site.has(there)]
    described = list(json_ld)
    if url != "/" and not noindex:
        described.append(breadcrumb_list([*above, (title, url)], site_build.site.url))
    head = Page(
        title=title,
        description=first_words(" ".join(description.split())),
        url=url,
        breadcrumbs=tuple(above),
        kind=kind or template.replace("_", "-"),
        json_ld=tuple(described),
        noindex=noindex,
        version=version,
    )
    return PageFile(template, head, variables, changed_on)


def text_version(model: Model) -> str:
    """Return what stands for the version of a text that has none: it changes with every word."""
    return fingerprint_of((model,))[:8]
