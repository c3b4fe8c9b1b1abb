"""Warranty: the procedures, and how long each product is covered."""

from collections.abc import Iterator

from plugins.markdown_html import render
from plugins.model import PageFile, SiteBuild, page
from plugins.pages.products import families

INDEX = ("Bảo hành", "/bao-hanh/")


def build(site_build: SiteBuild) -> Iterator[PageFile]:
    """Yield the index and a page for each procedure."""
    procedures = sorted(site_build.library.warranty, key=lambda one: (one.order, one.id))
    yield page(
        site_build,
        "warranty_index",
        {"procedures": tuple(procedures), "families": families(site_build)},
        title="Bảo hành",
        description="Cách bảo hành, khi mất phiếu, trường hợp không miễn phí và thời hạn của "
        "từng sản phẩm.",
        url=INDEX[1],
        changed_on=max((one.last_reviewed for one in procedures), default=None),
    )
    for procedure in procedures:
        rendered = render(procedure.body)
        yield page(
            site_build,
            "warranty",
            {
                "procedure": procedure,
                "body": rendered.html,
                "toc": rendered.toc,
                "rights": tuple(
                    (right.text, site_build.library.legal.words(right.law))
                    for right in procedure.rights
                ),
                "others": tuple(one for one in procedures if one.id != procedure.id),
            },
            title=procedure.title,
            description=procedure.summary,
            url=procedure.url,
            above=[INDEX],
            version=str(procedure.version),
            changed_on=procedure.last_reviewed,
        )
