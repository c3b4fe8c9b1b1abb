"""Quotes: an offer with prices before tax, for one customer, for thirty days.

A quote is private and is no contract: it is never published and binds nobody before both sides
have signed. What it promises about money is decided here; its file is read by
``service_policy.content.quotes``.
"""

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from service_policy.data_files import VatRate, VatTable
from service_policy.digits import dong_in_words
from service_policy.segments import SegmentId
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
    decimal,
    fault,
)

VALID_DAYS: Final = 30
"""How many days after its date a quote can be accepted."""

_QUANTITY: Final = re.compile(r"[0-9]{1,6}([.,][0-9]{1,3}0?)?")


def _quantity(value: Any) -> Fraction:
    if isinstance(value, Fraction):
        return value
    fix = "viết 4 hoặc 7.5, không kèm đơn vị"
    return decimal(value, _QUANTITY, "not_a_quantity", "phải là số lượng", fix)


Amount = Annotated[Fraction, BeforeValidator(_quantity), Field(gt=0)]
"""How many units: more than zero, with up to three decimals, exact."""


class QuoteCustomer(Model):
    """Whom the quote is for."""

    name: Text
    address: Text
    tax_code: Text | None = None
    contact: Text | None = None
    phone: Text | None = None
    email: Text | None = None


class QuoteLine(Model):
    """A line: ``net_vnd`` is the price of one unit before tax.

    The reader fills in what a product's page and the price sheet already say, and the rate of
    the class of tax on the day of the quote. ``price_checked`` confirms a price that is many times
    less than the listed one.
    """

    product_code: Text | None = None
    name: Text
    unit: Text
    quantity: Amount
    net_vnd: Annotated[Vnd, Field(gt=0)]
    vat: Slug
    vat_percent: Percent
    warranty_months: Count | None = None
    note: Text | None = None
    price_checked: YesNo = False

    @property
    def total_vnd(self) -> int:
        """All units before tax, rounded half up to a đồng."""
        return _rounded(self.quantity * self.net_vnd)

    @property
    def vat_vnd(self) -> int:
        """The tax on the line, rounded half up to a đồng."""
        return _rounded(self.vat_percent * self.total_vnd / 100)


class QuoteDelivery(Model):
    """A step of the delivery plan."""

    what: Text
    when: Text


class QuotePayment(Model):
    """A part of the payment: how many per cent of the total, and when it falls due."""

    percent: Annotated[Percent, Field(gt=0)]
    when: Text


def _adds_up(parts: tuple[QuotePayment, ...]) -> tuple[QuotePayment, ...]:
    percent = sum(one.percent for one in parts)
    if percent != 100:
        raise fault(
            "payment_sum",
            f"các đợt thanh toán cộng lại là {float(percent):g} %",
            "sửa percent của các đợt cho đủ 100",
        )
    return parts


class QuoteMaker(Model):
    """Who made the quote and answers questions about it."""

    name: Text
    role: Text
    phone: Text
    email: Text


class Quote(Model):
    """A quote with everything it promises; ``based_on`` is the price sheet it starts from."""

    id: Annotated[str, Field(pattern=r"^BG-DA-[0-9]{4}-[0-9]{4,}$")]
    dated: Day
    title: Text
    segment: SegmentId | None = None
    customer: QuoteCustomer
    based_on: Text
    lines: Annotated[tuple[QuoteLine, ...], NonEmpty]
    delivery: Annotated[tuple[QuoteDelivery, ...], NonEmpty]
    payment: Annotated[tuple[QuotePayment, ...], NonEmpty, AfterValidator(_adds_up)]
    warranty: Annotated[tuple[Text, ...], NonEmpty]
    exclusions: Annotated[tuple[Text, ...], NonEmpty]
    made_by: QuoteMaker

    @model_validator(mode="after")
    def _numbered_by_year(self) -> "Quote":
        if self.id.split("-")[2] != f"{self.dated.year:04d}":
            raise fault(
                "quote_year",
                f"số {self.id} không cùng năm với ngày {self.dated.isoformat()}",
                "sửa id hoặc dated",
            )
        return self

    @property
    def valid_to(self) -> date:
        """The last day on which it can be accepted."""
        return self.dated + timedelta(days=VALID_DAYS)

    @property
    def net_vnd(self) -> int:
        """The sum of the lines before tax."""
        return sum(line.total_vnd for line in self.lines)

    @property
    def vat_by_rate(self) -> tuple[tuple[Fraction, int], ...]:
        """The tax of each rate, the lowest rate first: the sums of the tax of the lines."""
        rates = sorted({line.vat_percent for line in self.lines})
        return tuple(
            (rate, sum(line.vat_vnd for line in self.lines if line.vat_percent == rate))
            for rate in rates
        )

    @property
    def total_vnd(self) -> int:
        """What the customer pays, tax included."""
        return self.net_vnd + sum(vat for _, vat in self.vat_by_rate)

    @property
    def total_in_words(self) -> str:
        """The total in words, as it stands beside the figures."""
        return dong_in_words(self.total_vnd)

    @property
    def instalments(self) -> tuple[tuple[QuotePayment, int], ...]:
        """Each part of the payment with its đồng; the last one takes what rounding left."""
        *first, last = self.payment
        parts = [(one, _rounded(one.percent * self.total_vnd / 100)) for one in first]
        return (*parts, (last, self.total_vnd - sum(vnd for _, vnd in parts)))

    def rates_to_come(self, table: VatTable) -> tuple[VatRate, ...]:
        """Return the rates that take the place of a line's while the quote can be accepted."""
        found = {
            rate.valid_from: rate
            for line in self.lines
            if (group := table.find(line.vat)) is not None
            for rate in group.rates
            if self.dated < rate.valid_from <= self.valid_to
        }
        return tuple(found[day] for day in sorted(found))


def _rounded(value: Fraction) -> int:
    return int(value + Fraction(1, 2))
