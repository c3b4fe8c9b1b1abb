"""The closed set of compensation kinds: one small class each.

What their methods are is said once, by ``Kind``.
"""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from service_policy.promises.clock import Quantity
from service_policy.promises.compensation import (
    BASES,
    Facts,
    Kind,
    Sum,
    Tranche,
    at_least,
    base_of,
    late_parts,
    money,
    need,
    percent_words,
)
from service_policy.promises.compensation_fixed import Fixed, FixedPlusDaily, Stepped
from service_policy.text import vnd
from service_policy.values import Count, Percent, Text, Vnd


class OfValue(Kind):
    """What depends on a value of the case, such as what was paid for a product.

    ``value_name`` is what the company calls it, where that is not how shops do. Rules without one
    have the fingerprint that they had before there was such a name.
    """

    value_name: Annotated[Text | None, Field(exclude_if=lambda one: one is None)] = None

    @property
    def value(self) -> str:
        """The value in words: ``giá mua``, unless the rule says of which other one it is."""
        return self.value_name or BASES[getattr(self, "of", "price")]


class PercentOnce(OfValue):
    """A percentage of a value, once."""

    kind: Literal["percent_once"]
    percent: Percent
    of: Literal["price", "late_value", "short_value"]
    minimum_vnd: Vnd = 0
    cap_vnd: Vnd | None = None

    def describe(self) -> str:
        text = f"{percent_words(self.percent)} {self.value}"
        return f"{text}, tối thiểu {vnd(self.minimum_vnd)}" if self.minimum_vnd else text

    def cap_words(self) -> str:
        return super().cap_words() if self.cap_vnd is None else vnd(self.cap_vnd)

    def raw(self, facts: Facts) -> Sum:
        base = base_of(self.of, facts)
        amount = self.percent * base / 100
        words = f"{percent_words(self.percent)} × {vnd(base)} = {money(amount)}"
        amount, words = at_least(amount, self.minimum_vnd, words)
        if self.cap_vnd is None:
            return Sum(amount, words)
        return Sum(amount, words, Fraction(self.cap_vnd), f"trần {self.cap_words()}")


class PercentDaily(OfValue):
    """A percentage of a value for each late working day, with minimum and cap."""

    kind: Literal["percent_daily"]
    percent: Percent
    of: Literal["price", "late_value"]
    minimum_daily_vnd: Vnd = 0
    minimum_vnd: Vnd = 0
    cap_percent: Percent

    GROWS_DAILY = True

    def describe(self) -> str:
        text = f"{percent_words(self.percent)} {self.value} mỗi ngày làm việc trễ"
        if self.minimum_daily_vnd:
            text += f", tối thiểu {vnd(self.minimum_daily_vnd)} mỗi ngày"
        if self.minimum_vnd:
            text += f", tối thiểu {vnd(self.minimum_vnd)}"
        return text

    def cap_words(self) -> str:
        return f"{percent_words(self.cap_percent)} {self.value}"

    def raw(self, facts: Facts) -> Sum:
        """Return the sum for the facts of a case, before rounding."""
        parts = late_parts(self.of, facts)
        days = max(one.late_working_days for one in parts)
        base = sum(one.value_vnd for one in parts)
        if len(parts) == 1:
            daily = self.percent * base / 100
            words = f"{percent_words(self.percent)} × {vnd(base)} = {money(daily)}"
            daily, words = at_least(daily, self.minimum_daily_vnd, words)
            amount = daily * days
            words += f"; × {days} ngày làm việc trễ = {money(amount)}"
        else:
            amount, words = self._of_parts(parts)
        amount, words = at_least(amount, self.minimum_vnd if days else 0, words)
        cap = self.cap_percent * base / 100
        # What is owed at the cap is whole đồng that do not exceed it; the words say the same sum.
        cap_words = f"trần {self.cap_words()} = {vnd(int(cap))}"
        return Sum(amount, words, cap, cap_words)

    def _of_parts(self, parts: tuple[Tranche, ...]) -> tuple[Fraction, str]:
        """Sum up day by day, as what had not come on that day was late then."""
        amount = Fraction(0)
        for day in range(1, max(one.late_working_days for one in parts) + 1):
            late = sum(one.value_vnd for one in parts if one.late_working_days >= day)
            amount += max(self.percent * late / 100, Fraction(self.minimum_daily_vnd))
        told = " + ".join(
            f"{vnd(one.value_vnd)} × {one.late_working_days}"
            for one in parts
            if one.late_working_days
        )
        share = percent_words(self.percent)
        words = f"{share} × ({told or vnd(0)}) theo số ngày làm việc trễ của từng phần"
        return amount, f"{words} = {money(amount)}"


class MultipleOfDifference(Kind):
    """A multiple of what was charged too much."""

    kind: Literal["multiple_of_difference"]
    multiple: Count
    minimum_vnd: Vnd = 0

    def describe(self) -> str:
        return f"{self.multiple} lần phần thu sai, tối thiểu {vnd(self.minimum_vnd)}"

    def raw(self, facts: Facts) -> Sum:
        difference = need(facts.difference_vnd, "difference_vnd")
        amount = Fraction(self.multiple * difference)
        words = f"{self.multiple} × {vnd(difference)} = {money(amount)}"
        amount, words = at_least(amount, self.minimum_vnd, words)
        return Sum(amount, words)


class ResidualValue(OfValue):
    """The residual value of a product that can no longer be repaired."""

    kind: Literal["residual_value"]
    life_months: Annotated[Count, Field(gt=0)]
    floor_percent: Percent

    GIVES_BACK = True

    def describe(self) -> str:
        return (
            f"{self.value} × (1 − số tháng đã dùng ÷ {self.life_months}), "
            f"không dưới {percent_words(self.floor_percent)} {self.value}; "
            f"còn hạn bảo hành: đổi mới hoặc hoàn đủ {self.value}"
        )

    def raw(self, facts: Facts) -> Sum:
        price = need(facts.price_vnd, "price_vnd")
        used = need(facts.months_used, "months_used")
        warranty = need(facts.warranty_months, "warranty_months")
        if used <= warranty:
            return Sum(Fraction(price), f"còn hạn bảo hành: hoàn đủ {vnd(price)}")
        amount = max(price * (1 - Fraction(used, self.life_months)), Fraction(0))
        words = f"{vnd(price)} × (1 − {used} ÷ {self.life_months}) = {money(amount)}"
        floor = self.floor_percent * price / 100
        if amount < floor:
            share = percent_words(self.floor_percent)
            return Sum(floor, f"{words}; không dưới {share} {self.value} = {money(floor)}")
        return Sum(amount, words)


class RefundPlusDaily(OfValue):
    """The whole price back, and an amount for each working day the refund is late."""

    kind: Literal["refund_plus_daily"]
    daily_vnd: Vnd
    daily_cap_percent: Percent

    GROWS_DAILY = True
    GIVES_BACK = True

    def describe(self) -> str:
        return f"hoàn đủ {self.value}; trễ thêm {vnd(self.daily_vnd)} mỗi ngày làm việc"

    def cap_words(self) -> str:
        return f"phần thêm không quá {percent_words(self.daily_cap_percent)} {self.value}"

    def raw(self, facts: Facts) -> Sum:
        price, days = need(facts.price_vnd, "price_vnd"), facts.late_working_days
        extra_cap = self.daily_cap_percent * price / 100
        words = f"{vnd(price)} + {vnd(self.daily_vnd)} × {days} ngày làm việc trễ"
        amount = Fraction(price + self.daily_vnd * days)
        return Sum(amount, words, price + extra_cap, self.cap_words())


class Multiplier(Kind):
    """A multiple of the compensation of the promise that was missed, cap included."""

    kind: Literal["multiplier"]
    multiple: Annotated[Count, Field(gt=0)]

    def describe(self) -> str:
        return f"gấp {self.multiple} lần mức bù của cam kết bị trễ"

    def cap_words(self) -> str:
        return f"gấp {self.multiple} lần mức trần của cam kết bị trễ"

    def raw(self, facts: Facts) -> Sum:
        base = need(facts.base_vnd, "base_vnd")
        return Sum(Fraction(base * self.multiple), f"{self.multiple} × {vnd(base)}")


class AdvancePlusActual(Kind):
    """An advance at once and then the whole actual damage, recorded by staff with evidence."""

    kind: Literal["advance_plus_actual"]
    advance_up_to_vnd: Vnd
    advance_within: Quantity

    def describe(self) -> str:
        advance = f"tạm ứng đến {vnd(self.advance_up_to_vnd)} trong {self.advance_within}"
        return f"{advance}; bồi thường toàn bộ thiệt hại thực tế"

    def raw(self, facts: Facts) -> Sum:
        damage = need(facts.damage_vnd, "damage_vnd")
        return Sum(Fraction(damage), f"thiệt hại thực tế {vnd(damage)}")


Rule = Annotated[
    Fixed
    | Stepped
    | FixedPlusDaily
    | PercentOnce
    | PercentDaily
    | MultipleOfDifference
    | ResidualValue
    | RefundPlusDaily
    | Multiplier
    | AdvancePlusActual,
    Field(discriminator="kind"),
]
"""The closed set of compensation kinds."""
