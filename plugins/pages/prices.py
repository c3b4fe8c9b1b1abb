"""Price sheets: what is valid now, what comes, and the archive of what has been."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from plugins.heads import head
from plugins.markdown_html import render
from plugins.model import House, PageFile
from service_policy.price_sheets import PriceLine, PriceSheet
from service_policy.products import FAMILIES, Product

INDEX = ("Bảng giá", "/bang-gia/")
ARCHIVE = ("Bảng giá đã hết hiệu lực", "/bang-gia/luu-tru/")

State = Literal["next", "current", "expired"]

OTHER_LINES = "Dịch vụ và vật tư"


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A line of a price sheet and its product; a service has none."""

    line: PriceLine
    product: Product | None


def build(house: House) -> Iterator[PageFile]:
    """Yield the index, the archive and a page for each sheet, expired ones included.

    The law wants what was published to stay reachable for a year (E-commerce Law 122/2025,
    article 16), so an expired sheet keeps its address and loses only its claim to be valid.
    """
    yield PageFile(
        "price_index",
        head(
            house,
            title="Bảng giá",
            description="Giá bán lẻ niêm yết đã gồm thuế và phí dịch vụ, kèm ngày hiệu lực.",
            url=INDEX[1],
            kind="price-index",
        ),
        {
            "current": sheets_in_state(house, "current"),
            "coming": sheets_in_state(house, "next"),
            "expired": sheets_in_state(house, "expired"),
        },
        changed_on=max((sheet.valid_from for sheet in house.library.price_sheets), default=None),
    )
    yield PageFile(
        "price_archive",
        head(
            house,
            title=ARCHIVE[0],
            description="Các bảng giá cũ, giữ lại để tra cứu; không còn hiệu lực.",
            url=ARCHIVE[1],
            kind="price-archive",
            above=[INDEX],
        ),
        {"sheets": sheets_in_state(house, "expired")},
    )
    for sheet in house.library.price_sheets:
        yield _sheet(house, sheet)


def sheets_in_state(house: House, state: State) -> tuple[PriceSheet, ...]:
    """Return the sheets that are current, still to come or expired, the newest first."""
    chosen = [sheet for sheet in house.library.price_sheets if sheet.state(house.day) == state]
    return tuple(sorted(chosen, key=lambda sheet: (sheet.valid_from, sheet.id), reverse=True))


def current_price(house: House, product_code: str) -> tuple[PriceLine, PriceSheet] | None:
    """Return the valid list price of a product with its sheet, or None when there is none."""
    for sheet in sheets_in_state(house, "current"):
        line = sheet.line(product_code)
        if line is not None:
            return line, sheet
    return None


def _sheet(house: House, sheet: PriceSheet) -> PageFile:
    return PageFile(
        "price_sheet",
        head(
            house,
            title=sheet.title,
            description=sheet.summary
            or f"{sheet.title}: {len(sheet.lines)} dòng giá đã gồm thuế giá trị gia tăng.",
            url=sheet.url,
            kind="price-sheet",
            above=[INDEX],
            version=str(sheet.version),
        ),
        {
            "sheet": sheet,
            "state": sheet.state(house.day),
            "groups": _groups(house, sheet),
            "body": render(sheet.body).html,
        },
        changed_on=sheet.valid_from,
    )


def _groups(house: House, sheet: PriceSheet) -> tuple[tuple[str, tuple[PriceRow, ...]], ...]:
    """Group the lines by product family in the order of the families; services come last."""
    products = {product.id: product for product in house.library.products}
    titles = [*FAMILIES.values(), OTHER_LINES]
    rows: dict[str, list[PriceRow]] = {title: [] for title in titles}
    for line in sheet.lines:
        product = products.get(line.product_code)
        rows[product.family_name if product else OTHER_LINES].append(PriceRow(line, product))
    return tuple((title, tuple(rows[title])) for title in titles if rows[title])
