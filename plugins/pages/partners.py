"""The partner policy: four parts, each naming what both sides do."""

from collections.abc import Iterator

from plugins.markdown_html import render
from plugins.model import PageFile, SiteBuild, page
from service_policy.addresses import PARTNERS
from service_policy.content import Library
from service_policy.digits import number_in_words


def section(library: Library) -> dict[str, str]:
    """Return the title of the section by its address; nothing for a company without partners."""
    partner = library.policy.matrix.allowed("partner")
    return {PARTNERS: f"{partner.name}, đối tác"} if partner else {}


def build(site_build: SiteBuild) -> Iterator[PageFile]:
    """Yield the index and a page for each part, where a segment has the policy."""
    partner = site_build.library.policy.matrix.allowed("partner")
    if partner is None:
        return
    parts = sorted(site_build.library.partners, key=lambda part: (part.order, part.id))
    yield page(
        site_build,
        "partner_index",
        {"parts": tuple(parts)},
        title=f"Chính sách {partner.inside}, đối tác",
        description=f"{number_in_words(len(parts)).capitalize()} phần của chính sách: hai bên "
        "làm gì, đo bằng gì, trễ thì sao.",
        url=PARTNERS,
        changed_on=max((part.effective_from for part in parts), default=None),
    )
    for part in parts:
        yield page(
            site_build,
            "partner",
            {
                "part": part,
                "body": render(part.body).html,
                "others": tuple(other for other in parts if other.id != part.id),
            },
            title=part.title,
            description=part.summary,
            url=part.url,
            above=[(title, url) for url, title in section(site_build.library).items()],
            version=part.effective_from.isoformat(),
            changed_on=part.effective_from,
        )
