"""The page of one price sheet, and the lasting address of each of its versions."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from plugins.issue_view import SheetView
from plugins.markdown_html import render
from plugins.model import PageFile, SiteBuild
from plugins.page_metadata import page
from service_policy.price_changes import (
    PriceChange,
    PriceRow,
    changes,
    grouped,
    predecessors,
    price_row,
)
from service_policy.price_sheets import PriceSheet
from service_policy.products import Product

INDEX = ("Bảng giá", "/bang-gia/")


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A line that differs from an earlier sheet; `percent` is rounded to a tenth."""

    row: PriceRow
    change: PriceChange
    percent: Fraction | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every line in which a sheet differs from an earlier one."""

    before: PriceSheet
    rows: tuple[ChangedRow, ...]


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
    earlier = predecessors(sheet, site_build.library.price_sheet_versions)
    products = _products(site_build)
    return tuple(
        Comparison(
            before,
            tuple(
                ChangedRow(price_row(one.line, products), one, _tenths(one.percent))
                for one in changes(before, sheet)
            ),
        )
        for before in earlier
    )


def _products(site_build: SiteBuild) -> dict[str, Product]:
    return {product.id: product for product in site_build.library.products}


def _tenths(percent: Fraction | None) -> Fraction | None:
    """Round to a tenth of a per cent, halves up: it is read, and nothing is computed from it."""
    return None if percent is None else Fraction(floor(percent * 10 + Fraction(1, 2)), 10)
