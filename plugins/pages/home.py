"""The home page, which leads people to their task, and the page for a wrong address."""

from collections.abc import Iterator

from plugins.heads import page
from plugins.model import House, PageFile
from plugins.pages.prices import sheets_in_state
from plugins.pages.products import families
from plugins.structured_data import organization


def build(house: House) -> Iterator[PageFile]:
    """Yield `/` and `/404.html`."""
    library = house.library
    company, home = library.company, library.chrome.home
    entries = {entry.id: entry for entry in library.faq}
    yield page(
        house,
        "home",
        {
            "commitments": library.commitments,
            "usual": library.policy.matrix.usual.id,
            "questions": tuple(entries[key] for key in home.questions if key in entries),
            "sheets": sheets_in_state(house, "current"),
            "families": families(house),
            "scorecard": house.library.scorecards[-1] if house.library.scorecards else None,
        },
        title=f"{company.short_name}: {company.tagline}",
        description=company.statement,
        url="/",
        json_ld=[organization(company, house.site.url)],
        changed_on=house.day,
    )
    yield page(
        house,
        "not_found",
        {},
        title="Không tìm thấy trang",
        description="Địa chỉ này không có trên cổng cam kết.",
        url="/404.html",
        noindex=True,
    )
