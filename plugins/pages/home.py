"""The home page, which leads people to their task, and the page for a wrong address."""

from collections.abc import Iterator

from plugins.model import PageFile, SiteBuild, page
from plugins.pages.prices import sheets_in_state
from plugins.pages.products import families
from plugins.structured_data import organization


def build(site_build: SiteBuild) -> Iterator[PageFile]:
    """Yield `/` and `/404.html`."""
    library = site_build.library
    company, home = library.company, library.chrome.home
    entries = {entry.id: entry for entry in library.faq}
    yield page(
        site_build,
        "home",
        {
            "commitments": library.commitments,
            "usual": library.policy.matrix.usual.id,
            "questions": tuple(entries[key] for key in home.questions if key in entries),
            "sheets": sheets_in_state(site_build, "current"),
            "families": families(site_build),
            "scorecard": site_build.library.scorecards[-1]
            if site_build.library.scorecards
            else None,
        },
        title=f"{company.short_name}: {company.tagline}",
        description=company.statement,
        url="/",
        json_ld=[organization(company, site_build.site.url)],
        changed_on=site_build.day,
    )
    yield page(
        site_build,
        "not_found",
        {},
        title="Không tìm thấy trang",
        description="Địa chỉ này không có trên cổng cam kết.",
        url="/404.html",
        noindex=True,
    )
