"""Price sheets: dated lists of prices in versions, and prices that look like a slip of the hand."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from service_policy.approval import Approver
from service_policy.products import Product
from service_policy.publication import Addressed
from service_policy.values import (
    Count,
    Day,
    Model,
    NonEmpty,
    Percent,
    Slug,
    Text,
    Vnd,
    YesNo,
    fault,
)

SheetState = Literal["next", "current", "expired"]


class PriceLine(Model):
    """A line of a price sheet; ``price_vnd`` includes VAT.

    ``vat`` names a class of ``thue.yaml``; the reader looks up ``vat_percent`` for the days of the
    sheet. A service has a ``name`` of its own, a product the name of its page. ``price_checked``
    says that somebody looked at a price that is many times another one, and that it is meant.
    """

    product_code: Text
    name: Text | None = None
    unit: Text
    price_vnd: Annotated[Vnd, Field(gt=0)]
    vat: Slug
    vat_percent: Percent
    warranty_months: Count | None = None
    dealer_minimum: Count | None = None
    price_checked: YesNo = False

    @property
    def net_vnd(self) -> int:
        """The price without VAT, rounded half up to a đồng."""
        net = Fraction(self.price_vnd * 100) / (100 + self.vat_percent)
        return int(net + Fraction(1, 2))

    @property
    def vat_vnd(self) -> int:
        """The VAT in the price."""
        return self.price_vnd - self.net_vnd


class PriceSheet(Addressed):
    """One version of a price sheet with its validity.

    Sheets of one ``series`` follow each other: the list of November takes the place of that of
    May. Versions of one ``id`` correct a sheet; each version keeps its file and its number.
    """

    id: Annotated[str, Field(pattern=r"^BG-[A-Z0-9.-]+$")]
    version: Annotated[Count, Field(gt=0)]
    series: Slug
    slug: Slug
    title: Text
    summary: Text | None = None
    issued_on: Day
    valid_from: Day
    valid_to: Day
    approved_by: Approver
    last_checked: Day
    conditions: Annotated[tuple[Text, ...], NonEmpty]
    changes: Text | None = None
    lines: Annotated[tuple[PriceLine, ...], NonEmpty]
    body: Text
    path: str

    @model_validator(mode="after")
    def _in_order(self) -> "PriceSheet":
        if self.valid_to < self.valid_from:
            raise fault("dates_reversed", "ngày hết hạn trước ngày bắt đầu", "sửa valid_to")
        if self.valid_from < self.issued_on:
            raise fault(
                "retroactive",
                "giá áp dụng từ trước ngày công bố",
                "valid_from không được trước issued_on: giá mới không tính ngược về trước",
            )
        return self

    @property
    def url(self) -> str:
        """Where the version that stands for this sheet today is read, root-relative."""
        return f"/bang-gia/{self.slug}/"

    @property
    def version_url(self) -> str:
        """The lasting address of this one version, root-relative."""
        return f"{self.url}v{self.version}/"

    def state(self, day: date) -> SheetState:
        """Say by the days of the sheet alone whether it is current on ``day``."""
        if day < self.valid_from:
            return "next"
        return "current" if day <= self.valid_to else "expired"

    def line(self, product_code: str) -> PriceLine | None:
        """Return the line of a product, or None."""
        return next((line for line in self.lines if line.product_code == product_code), None)


def replaced_on(sheet: PriceSheet, sheets: tuple[PriceSheet, ...]) -> date | None:
    """Return the day from which a later version of the same sheet stands in its place.

    A correction that starts no later than the sheet itself replaces it on the day it is issued;
    one that starts later replaces it on its own first day. None while there is none.
    """
    days = [
        other.issued_on if other.valid_from <= sheet.valid_from else other.valid_from
        for other in sheets
        if other.id == sheet.id and other.version > sheet.version
    ]
    return min(days, default=None)


def standing(sheets: tuple[PriceSheet, ...], day: date) -> tuple[PriceSheet, ...]:
    """Return the version of each sheet that stands for it on ``day``, in the order given.

    That is the earliest issued version that nothing has replaced yet: a later one is announced
    only. A sheet that nobody has issued yet does not stand at all.
    """
    chosen: dict[str, PriceSheet] = {}
    for sheet in sorted(sheets, key=lambda one: one.version, reverse=True):
        replaced = replaced_on(sheet, sheets)
        if sheet.issued_on <= day and (replaced is None or day < replaced):
            chosen[sheet.id] = sheet
    return tuple(sheet for sheet in sheets if chosen.get(sheet.id) is sheet)


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

    Nothing of it is wrong by itself: whoever means such a price confirms it in the line.

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
