"""The home page, which leads people to their task, and the page for a wrong address."""

from collections.abc import Iterator

from plugins.heads import head
from plugins.model import House, PageFile
from plugins.pages.prices import sheets_in_state
from plugins.pages.products import families
from plugins.structured_data import organization


def build(house: House) -> Iterator[PageFile]:
    """Yield `/` and `/404.html`."""
    library = house.library
    company, home = library.company, library.chrome.home
    entries = {entry.id: entry for entry in library.faq}
    yield PageFile(
        "home",
        head(
            house,
            title=f"{company.short_name}: {company.tagline}",
            description=company.statement,
            url="/",
            kind="home",
            json_ld=[organization(company, house.site.url)],
        ),
        {
            "commitments": library.commitments,
            "usual": library.policy.matrix.usual.id,
            "questions": tuple(entries[key] for key in home.questions if key in entries),
            "sheets": sheets_in_state(house, "current"),
            "families": families(house),
            "scorecard": house.library.scorecards[-1] if house.library.scorecards else None,
        },
        changed_on=house.day,
    )
    yield PageFile(
        "not_found",
        head(
            house,
            title="Không tìm thấy trang",
            description="Địa chỉ này không có trên cổng cam kết.",
            url="/404.html",
            kind="not-found",
            noindex=True,
        ),
    )
