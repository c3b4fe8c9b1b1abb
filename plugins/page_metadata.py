"""A page with its head: what every builder fills in the same way."""

from collections.abc import Mapping, Sequence
from datetime import date

from plugins.markdown_html import first_words
from plugins.model import PageFile, SiteBuild
from plugins.structured_data import JsonLd, breadcrumb_list
from service_policy.promises.policy import fingerprint_of
from service_policy.values import Model
from theme.context import Page


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
