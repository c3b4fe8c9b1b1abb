"""The lines of price sheets in groups, and what changed between two, told without the old price.

A page may not show a price that no longer holds, so a change carries the difference in đồng and
the new price only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

from service_policy.families import Family
from service_policy.price_sheets import PriceLine, PriceSheet
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


@dataclass(frozen=True, slots=True)
class PriceChange:
    """One line that differs.

    Attributes:
        kind: what happened: a line came, went, or has another price, tax rate or wording.
        line: the line as it stands in the newer sheet; in the older one for a line that went.
        difference_vnd: the new price less the old one, VAT included, in đồng.
        net_difference_vnd: the same without VAT: zero when the tax alone moved the price.
        percent: the difference as an exact percentage of the old price; None for new lines.
        vat_from: the old rate when the rate changed.
        unit_from: the old unit when the unit changed.
    """

    kind: Literal["added", "removed", "price", "vat", "details"]
    line: PriceLine
    difference_vnd: int = 0
    net_difference_vnd: int = 0
    percent: Fraction | None = None
    vat_from: Fraction | None = None
    unit_from: str | None = None

    @property
    def rounded(self) -> Fraction | None:
        """The percentage to a tenth, halves up: it is read, and nothing is computed from it."""
        exact = self.percent
        return None if exact is None else Fraction(floor(exact * 10 + Fraction(1, 2)), 10)


def previous(sheet: PriceSheet, sheets: tuple[PriceSheet, ...]) -> PriceSheet | None:
    """Return the version or sheet of the same series that ``sheet`` took the place of, or None."""
    before = [
        other
        for other in sheets
        if other.series == sheet.series
        and (other.valid_from, other.issued_on, other.version)
        < (sheet.valid_from, sheet.issued_on, sheet.version)
        and other is not sheet
    ]
    return max(before, key=lambda one: (one.valid_from, one.issued_on, one.version), default=None)


def predecessors(sheet: PriceSheet, sheets: tuple[PriceSheet, ...]) -> tuple[PriceSheet, ...]:
    """Return what a reader may compare ``sheet`` with, the nearest first.

    That is its own version before, when there is one, and the last version of the sheet before:
    a correction alone would hide what changed since the prices that people paid until then.
    """
    found: list[PriceSheet] = []
    before = previous(sheet, sheets)
    if before is not None and before.id == sheet.id:
        found.append(before)
    while before is not None and before.id == sheet.id:
        before = previous(before, sheets)
    return (*found, before) if before is not None else tuple(found)


def changes(old: PriceSheet, new: PriceSheet) -> tuple[PriceChange, ...]:
    """Return every line that differs, in the order of the newer sheet; lines that went are last."""
    found: list[PriceChange] = []
    for line in new.lines:
        before = old.line(line.product_code)
        change = PriceChange("added", line) if before is None else _change(before, line)
        if change is not None:
            found.append(change)
    kept = {line.product_code for line in new.lines}
    found += [PriceChange("removed", line) for line in old.lines if line.product_code not in kept]
    return tuple(found)


def _change(before: PriceLine, line: PriceLine) -> PriceChange | None:
    difference = line.price_vnd - before.price_vnd
    vat_changed = line.vat_percent != before.vat_percent
    unit_from = before.unit if before.unit != line.unit else None
    if difference == 0 and not vat_changed:
        # Neither the name of the tax class nor the editor's second look is news to a reader.
        unseen = {"vat": before.vat, "price_checked": before.price_checked}
        same = line.model_copy(update=unseen) == before
        return None if same else PriceChange("details", line, unit_from=unit_from)
    return PriceChange(
        kind="vat" if vat_changed else "price",
        line=line,
        difference_vnd=difference,
        net_difference_vnd=line.net_vnd - before.net_vnd,
        percent=Fraction(difference * 100, before.price_vnd),
        vat_from=before.vat_percent if vat_changed else None,
        unit_from=unit_from,
    )
