"""Prices that look like a slip of the hand: a zero too many, a zero too few.

Nothing here is wrong by itself. Whoever means such a price confirms it in the line.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from service_policy.price_sheets import PriceLine, PriceSheet
from service_policy.products import Product

TIMES: Final = 5
"""How many times another price of the same thing asks for a second look.

A zero too many makes ten; a raise or a sale in the same stroke may hide half of it.
"""
TIMES_OF_FAMILY: Final = 10
"""The same for the dearest and the cheapest product of the family, which differ by themselves."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A line far from another price; ``of`` says whose price ``other_vnd`` is."""

    line: PriceLine
    other_vnd: int
    of: str


def is_far(price: int, other: int, times: int = TIMES) -> bool:
    """Say whether one of two prices is at least ``times`` the other."""
    return price >= times * other or price * times <= other


def jumps(
    sheet: PriceSheet,
    sheets: Iterable[PriceSheet],
    products: Mapping[str, Product],
    doubted: Collection[tuple[str, str]] = (),
) -> Iterator[tuple[int, Jump]]:
    """Yield the lines of a sheet to look at again, each with its place in the sheet.

    A line is held against the price before it for the same code, in its own series or in any
    other sheet; a product that was never priced is held against the others of its family.
    ``doubted`` are lines, by path of the sheet and code, that are no measure for another.
    """
    earlier = sorted(
        (one for one in sheets if in_order(one) < in_order(sheet)), key=in_order, reverse=True
    )
    for index, line in enumerate(sheet.lines):
        if line.price_checked:
            continue
        before = _before(line, sheet, earlier, doubted)
        if before is not None:
            if is_far(line.price_vnd, before[1]):
                yield index, Jump(line, before[1], before[0])
        elif (found := _in_family(line, sheet, products)) is not None:
            yield index, found


def in_order(sheet: PriceSheet) -> tuple[date, date, int, str]:
    """Return what sheets are sorted by: when they begin, when they were issued, their version."""
    return (sheet.valid_from, sheet.issued_on, sheet.version, sheet.id)


def _before(
    line: PriceLine,
    sheet: PriceSheet,
    earlier: list[PriceSheet],
    doubted: Collection[tuple[str, str]],
) -> tuple[str, int] | None:
    """Return the nearest earlier price of a code, first in the same series, and whose it is."""
    for one in sorted(earlier, key=lambda other: other.series != sheet.series):
        found = one.line(line.product_code)
        told = found is not None and found.unit == line.unit
        if found is not None and told and (one.path, line.product_code) not in doubted:
            return f"{one.id} phiên bản {one.version}", found.price_vnd
    return None


def _in_family(line: PriceLine, sheet: PriceSheet, products: Mapping[str, Product]) -> Jump | None:
    product = products.get(line.product_code)
    if product is None:
        return None
    family = {one.id for one in products.values() if one.family == product.family}
    others = [one for one in sheet.lines if one is not line and one.product_code in family]
    if len(others) < 2:
        return None
    low = min(others, key=lambda one: one.price_vnd)
    high = max(others, key=lambda one: one.price_vnd)
    for other, far in (
        (high, line.price_vnd >= TIMES_OF_FAMILY * high.price_vnd),
        (low, line.price_vnd * TIMES_OF_FAMILY <= low.price_vnd),
    ):
        if far:
            return Jump(line, other.price_vnd, f"{other.product_code} cùng họ")
    return None
