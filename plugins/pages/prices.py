"""Price sheets: what is valid now, what comes, what has been, a page for each and its versions."""

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.issue_view import Phase, SheetView, sheet_views
from plugins.markdown_html import render
from plugins.model import PageFile, SiteBuild, page
from service_policy.price_changes import (
    PriceChange,
    PriceRow,
    changes,
    grouped,
    predecessors,
    price_row,
)
from service_policy.price_sheets import PriceLine, PriceSheet
from service_policy.products import Product

ARCHIVE = ("Bảng giá đã hết hiệu lực", "/bang-gia/luu-tru/")


def build(site_build: SiteBuild) -> Iterator[PageFile]:
    """Yield the index, the archive and a page for each sheet and version, past ones included.

    The law wants what was published to stay reachable for a year (E-commerce Law 122/2025,
    article 16), so an expired sheet keeps its address and loses only its claim to be valid.
    """
    sheets = sheet_views(site_build)
    elsewhere = [one for one in site_build.library.policy.matrix.segments if one.prices]
    over = in_phase(sheets, "expired")
    yield page(
        site_build,
        "price_index",
        {
            "current": in_phase(sheets, "current"),
            "coming": in_phase(sheets, "next"),
            "over": over,
            "refund": next(
                (one for one in site_build.library.commitments if one.refunds_overcharges), None
            ),
            "elsewhere": elsewhere,
            "elsewhere_body": render(" ".join(one.prices or "" for one in elsewhere)).html,
        },
        title="Bảng giá",
        description="Giá bán lẻ niêm yết đã gồm thuế và phí dịch vụ, kèm ngày hiệu lực.",
        url=INDEX[1],
        changed_on=max((view.sheet.issued_on for view in sheets), default=None),
    )
    yield page(
        site_build,
        "price_archive",
        {"over": over},
        title=ARCHIVE[0],
        description="Các bảng giá cũ, giữ lại để tra cứu; không còn hiệu lực.",
        url=ARCHIVE[1],
        above=[INDEX],
    )
    for view in sheets:
        stands = view.document.issue.url == view.sheet.url
        announced = not stands and view.has_prices
        if stands or announced:
            yield sheet_page(site_build, view)
        if not announced and _is_one_of_several(view, sheets):
            yield version_page(site_build, view)


def in_phase(sheets: tuple[SheetView, ...], state: Phase) -> tuple[SheetView, ...]:
    """Keep the versions that hold, are still to come, or are over, in the order given."""
    return tuple(view for view in sheets if view.document.phase == state)


def sheets_in_state(site_build: SiteBuild, state: Phase) -> tuple[PriceSheet, ...]:
    """Return the sheets that are current, still to come or over, the newest first."""
    return tuple(view.sheet for view in in_phase(sheet_views(site_build), state))


def current_price(site_build: SiteBuild, product_code: str) -> tuple[PriceLine, PriceSheet] | None:
    """Return the valid list price of a product with its sheet, or None when there is none."""
    for sheet in sheets_in_state(site_build, "current"):
        line = sheet.line(product_code)
        if line is not None:
            return line, sheet
    return None


def _is_one_of_several(view: SheetView, sheets: tuple[SheetView, ...]) -> bool:
    return sum(other.sheet.id == view.sheet.id for other in sheets) > 1


INDEX = ("Bảng giá", "/bang-gia/")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every line in which a sheet differs from an earlier one, with the difference."""

    before: PriceSheet
    rows: tuple[tuple[PriceRow, PriceChange], ...]


def sheet_page(site_build: SiteBuild, view: SheetView) -> PageFile:
    """Return the page with the prices while they hold; without them once they do not."""
    sheet, issue = view.sheet, view.document.issue
    title = sheet.title if issue.url == sheet.url else _version_title(sheet)
    return page(
        site_build,
        "price_sheet",
        {
            "view": view,
            "groups": grouped(
                sheet.lines, _products(site_build), site_build.library.policy.matrix.families
            ),
            "partner": site_build.library.policy.matrix.allowed("partner"),
            "comparisons": _comparisons(site_build, sheet) if view.has_prices else (),
            "body": render(sheet.body).html,
        },
        title=title,
        description=sheet.summary
        or f"{sheet.title}: {len(sheet.lines)} dòng giá đã gồm thuế giá trị gia tăng.",
        url=issue.url,
        above=[INDEX],
        version=str(sheet.version),
        changed_on=sheet.issued_on,
    )


def version_page(site_build: SiteBuild, view: SheetView) -> PageFile:
    """Return the page at the address of one version; it leads to the copy that holds.

    A version is announced, stands for its sheet and is replaced: whoever kept the address finds
    out here. Search engines are to list the sheet, not each of its versions.
    """
    sheet = view.sheet
    return page(
        site_build,
        "price_version",
        {"view": view},
        title=_version_title(sheet),
        description=f"Phiên bản {sheet.version} của {sheet.id} còn dùng được không, và bản "
        "thay thế.",
        url=sheet.version_url,
        above=[INDEX, (sheet.title, sheet.url)],
        noindex=True,
    )


def _version_title(sheet: PriceSheet) -> str:
    return f"{sheet.title}, phiên bản {sheet.version}"


def _comparisons(site_build: SiteBuild, sheet: PriceSheet) -> tuple[Comparison, ...]:
    products = _products(site_build)
    return tuple(
        Comparison(
            before, tuple((price_row(one.line, products), one) for one in changes(before, sheet))
        )
        for before in predecessors(sheet, site_build.library.price_sheet_versions)
    )


def _products(site_build: SiteBuild) -> dict[str, Product]:
    return {product.id: product for product in site_build.library.products}
