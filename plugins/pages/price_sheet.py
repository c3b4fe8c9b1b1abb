"""The page of one price sheet, and the lasting address of each of its versions."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from plugins.heads import head
from plugins.issue_view import SheetView
from plugins.markdown_html import render
from plugins.model import House, PageFile
from service_policy.price_changes import PriceChange, changes, predecessors
from service_policy.price_sheets import PriceLine, PriceSheet
from service_policy.products import FAMILIES, Product

INDEX = ("Bảng giá", "/bang-gia/")

OTHER_LINES = "Dịch vụ và vật tư"


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A line of a price sheet and its product; a service has none."""

    line: PriceLine
    product: Product | None

    @property
    def name(self) -> str:
        """What the line is called."""
        return self.product.name if self.product else self.line.name or self.line.product_code


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


def sheet_page(house: House, view: SheetView) -> PageFile:
    """Return the page with the prices while they hold; without them once they do not."""
    sheet, issue = view.sheet, view.document.issue
    title = sheet.title if issue.url == sheet.url else _version_title(sheet)
    return PageFile(
        "price_sheet",
        head(
            house,
            title=title,
            description=sheet.summary
            or f"{sheet.title}: {len(sheet.lines)} dòng giá đã gồm thuế giá trị gia tăng.",
            url=issue.url,
            kind="price-sheet",
            above=[INDEX],
            version=str(sheet.version),
        ),
        {
            "view": view,
            "groups": _groups(house, sheet),
            "comparisons": _comparisons(house, sheet) if view.has_prices else (),
            "body": render(sheet.body).html,
        },
        changed_on=sheet.issued_on,
    )


def version_page(house: House, view: SheetView) -> PageFile:
    """Return the page at the address of one version; it leads to the copy that holds.

    A version is announced, stands for its sheet and is replaced: whoever kept the address finds
    out here. Search engines are to list the sheet, not each of its versions.
    """
    sheet = view.sheet
    return PageFile(
        "price_version",
        head(
            house,
            title=_version_title(sheet),
            description=f"Phiên bản {sheet.version} của {sheet.id} còn dùng được không, và bản "
            "thay thế.",
            url=sheet.version_url,
            kind="price-version",
            above=[INDEX, (sheet.title, sheet.url)],
            noindex=True,
        ),
        {"view": view},
    )


def _version_title(sheet: PriceSheet) -> str:
    return f"{sheet.title}, phiên bản {sheet.version}"


def _groups(house: House, sheet: PriceSheet) -> tuple[tuple[str, tuple[PriceRow, ...]], ...]:
    """Group the lines by product family in the order of the families; services come last."""
    titles = [*FAMILIES.values(), OTHER_LINES]
    rows: dict[str, list[PriceRow]] = {title: [] for title in titles}
    for line in sheet.lines:
        row = _row(house, line)
        rows[row.product.family_name if row.product else OTHER_LINES].append(row)
    return tuple((title, tuple(rows[title])) for title in titles if rows[title])


def _comparisons(house: House, sheet: PriceSheet) -> tuple[Comparison, ...]:
    earlier = predecessors(sheet, house.library.price_sheet_versions)
    return tuple(
        Comparison(
            before,
            tuple(
                ChangedRow(_row(house, one.line), one, _tenths(one.percent))
                for one in changes(before, sheet)
            ),
        )
        for before in earlier
    )


def _row(house: House, line: PriceLine) -> PriceRow:
    return PriceRow(line, house.library.product(line.product_code))


def _tenths(percent: Fraction | None) -> Fraction | None:
    """Round to a tenth of a per cent, halves up: it is read, and nothing is computed from it."""
    return None if percent is None else Fraction(floor(percent * 10 + Fraction(1, 2)), 10)
