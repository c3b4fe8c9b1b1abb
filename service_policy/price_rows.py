"""The lines of a price sheet with their products, in the groups of its page and of its files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service_policy.families import Family
from service_policy.price_sheets import PriceLine
from service_policy.products import Product

SERVICES = "Dịch vụ và vật tư"
"""The group of lines that are no product's."""

Groups = tuple[tuple[str, tuple["PriceRow", ...]], ...]
"""(title, rows) pairs; no group is empty."""


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A line of a price sheet and its product; a service has none."""

    line: PriceLine
    product: Product | None

    @property
    def name(self) -> str:
        """What the line is called."""
        return self.product.name if self.product else self.line.name or self.line.product_code


def price_row(line: PriceLine, products: Mapping[str, Product]) -> PriceRow:
    """Return a line with its product; ``products`` are by code."""
    return PriceRow(line, products.get(line.product_code))


def grouped(
    lines: Iterable[PriceLine], products: Mapping[str, Product], families: Iterable[Family]
) -> Groups:
    """Group lines by product family in the order of ``families``; services come last."""
    rows: dict[str, list[PriceRow]] = {}
    for line in lines:
        row = price_row(line, products)
        rows.setdefault(row.product.family if row.product else "", []).append(row)
    titles = [*((one.id, one.name) for one in families), ("", SERVICES)]
    return tuple((title, tuple(rows[key])) for key, title in titles if key in rows)
