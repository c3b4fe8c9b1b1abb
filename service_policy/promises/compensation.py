"""Compensation: what a missed promise costs, to the đồng.

Everything is computed in integers and fractions: in floats 7 490 000 × (1 − 48/84) comes out a
thousand đồng too high after rounding up.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Annotated, ClassVar

from pydantic import Field

from service_policy.segments import SegmentId
from service_policy.text import vnd, whole
from service_policy.values import Count, Model, NonEmpty, Vnd, YesNo

ROUND_UP_TO = 1000
"""Every amount owed is rounded up to a full thousand đồng, in the customer's favour."""
BASES = {
    "price": "giá mua",
    "late_value": "giá trị phần hàng trễ",
    "short_value": "giá trị dòng hàng thiếu",
}


class Tranche(Model):
    """Goods that came late together, or have not come yet: their value, and how late they are."""

    value_vnd: Vnd
    late_working_days: Count


class Facts(Model):
    """What a case says about a missed promise; money in đồng, lateness in begun working days.

    ``tranches`` say it of goods that came in several parts, each with its own lateness; they take
    the place of ``late_value_vnd`` and ``late_working_days``.
    """

    late_working_days: Count = 0
    late_minutes: Count = 0
    no_show: YesNo = False
    price_vnd: Vnd | None = None
    late_value_vnd: Vnd | None = None
    short_value_vnd: Vnd | None = None
    difference_vnd: Vnd | None = None
    months_used: Count | None = None
    warranty_months: Count | None = None
    damage_vnd: Vnd | None = None
    base_vnd: Vnd | None = None
    tranches: Annotated[tuple[Tranche, ...], Field(exclude_if=lambda one: not one)] = ()


class MissingFact(ValueError):
    """Raised when an amount needs a fact that the case does not have; carries its name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Sum:
    """An amount before rounding, its cap (None: no cap) and the calculation in words."""

    amount: Fraction
    words: str
    cap: Fraction | None = None
    cap_words: str = ""


def need(value: int | None, name: str) -> int:
    """Return a fact, or raise ``MissingFact`` with its name."""
    if value is None:
        raise MissingFact(name)
    return value


def late_parts(of: str, facts: Facts) -> tuple[Tranche, ...]:
    """Return what is late, part by part; raise ``MissingFact`` where its value is not known."""
    if of == "late_value" and facts.tranches:
        return facts.tranches
    return (Tranche(value_vnd=base_of(of, facts), late_working_days=facts.late_working_days),)


def money(amount: Fraction) -> str:
    """Write an exact amount as đồng, rounded up."""
    return vnd(ceil(amount))


def percent_words(percent: Fraction) -> str:
    """Write a percentage exactly, with a decimal comma and a no-break space: ``0,5 %``."""
    number, parts = divmod(int(percent * 10_000), 10_000)
    digits = f",{parts:04}".rstrip("0") if parts else ""
    return f"{whole(number)}{digits}\u00a0%"


def base_of(of: str, facts: Facts) -> int:
    """Return the value a percentage is taken of, in đồng; raise ``MissingFact`` without it."""
    values = {
        "price": facts.price_vnd,
        "late_value": facts.late_value_vnd,
        "short_value": facts.short_value_vnd,
    }
    return need(values[of], f"{of}_vnd")


def at_least(amount: Fraction, minimum: int, words: str) -> tuple[Fraction, str]:
    """Raise an amount to its minimum and say so in the calculation."""
    if amount >= minimum:
        return amount, words
    return Fraction(minimum), f"{words}; tối thiểu {vnd(minimum)}"


class Kind(Model, ABC):
    """What every kind has: the segments it is for, and answers to the same three questions."""

    segments: Annotated[tuple[SegmentId, ...], NonEmpty]

    GROWS_DAILY: ClassVar[bool] = False
    """Whether each late working day adds to it, and so owes a step of its own."""
    GIVES_BACK: ClassVar[bool] = False
    """Whether it gives back a price, which is no part of the common cap."""
    CAP: ClassVar[str] = "không có trần"
    """What is said of the cap where that is the same for all rules of the kind."""

    @abstractmethod
    def describe(self) -> str:
        """Say the rule to a customer."""

    def cap_words(self) -> str:
        """Say the cap."""
        return self.CAP

    @abstractmethod
    def raw(self, facts: Facts) -> Sum:
        """Return the sum for the facts of a case, exact and before rounding."""


@dataclass(frozen=True)
class Owed:
    """What is owed: ``vnd`` đồng and the calculation in words that a customer can follow."""

    vnd: int
    formula: str


def amount(rule: Kind, facts: Facts, *, multiple: int = 1) -> Owed:
    """Compute what is owed under ``rule``: rounded up to a thousand, never above the cap.

    ``multiple`` multiplies amount and cap for priority customers.

    Raises:
        MissingFact: the rule needs a fact that ``facts`` does not have.
    """
    total = rule.raw(facts)
    due, words = total.amount * multiple, total.words
    if multiple != 1:
        words += f"; × {multiple} (khách ưu tiên)"
    rounded = -(-due.numerator // (due.denominator * ROUND_UP_TO)) * ROUND_UP_TO
    if total.cap is not None and rounded > total.cap * multiple:
        capped = total.cap * multiple
        return Owed(capped.numerator // capped.denominator, f"{words}; {total.cap_words}")
    if rounded != due:
        words += f"; làm tròn lên {vnd(rounded)}"
    return Owed(rounded, words)


def at_the_miss(rule: Kind, *, multiple: int = 1) -> int | None:
    """Return what is owed the moment a promise is missed, or None when it depends on the case."""
    try:
        return amount(rule, Facts(), multiple=multiple).vnd or None
    except MissingFact:
        return None
