"""The closed set of compensation kinds: one small class each.

Every kind answers the same three questions: ``describe`` it to the customer, ``cap_words`` to say
its cap, and the ``raw`` sum for the facts of a case, exact and before rounding.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from service_policy.clock import Quantity
from service_policy.segments import SegmentId
from service_policy.text import vnd, whole
from service_policy.values import Count, Few, Model, Percent, Vnd, YesNo

_NO_CAP = "không có trần"

_BASES = {
    "price": "giá mua",
    "late_value": "giá trị phần hàng trễ",
    "short_value": "giá trị dòng hàng thiếu",
}


class Facts(Model):
    """What a case says about a missed promise; money in đồng, lateness in begun working days."""

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


def _need(value: int | None, name: str) -> int:
    if value is None:
        raise MissingFact(name)
    return value


def _money(amount: Fraction) -> str:
    if amount.denominator == 1:
        return vnd(int(amount))
    return vnd(-(-amount.numerator // amount.denominator))


def percent_words(percent: Fraction) -> str:
    """Write a percentage exactly, with a decimal comma and a no-break space: ``0,5 %``."""
    tenths, text = percent, whole(int(percent))
    fraction = tenths - int(percent)
    if fraction:
        digits = ""
        while fraction and len(digits) < 4:
            fraction *= 10
            digits += str(int(fraction))
            fraction -= int(fraction)
        text += "," + digits
    return f"{text}\u00a0%"


class Kind(Model):
    """What every kind has: the segments it is for."""

    segments: Annotated[tuple[SegmentId, ...], Few]


class Fixed(Kind):
    """A fixed amount per miss."""

    kind: Literal["fixed"]
    amount_vnd: Vnd

    def describe(self) -> str:
        """Say the rule to a customer."""
        return vnd(self.amount_vnd)

    def cap_words(self) -> str:
        """Say the cap."""
        return "mức cố định"

    def raw(self, facts: Facts) -> Sum:
        """Return the sum for the facts of a case, before rounding."""
        return Sum(Fraction(self.amount_vnd), f"mức cố định {vnd(self.amount_vnd)}")


class Step(Model):
    """One step of a stepped amount."""

    when: Literal["late_over_minutes", "no_show"]
    minutes: Count = 0
    amount_vnd: Vnd


class Stepped(Kind):
    """An amount that depends on how badly an appointment was missed."""

    kind: Literal["stepped"]
    steps: Annotated[tuple[Step, ...], Few]

    def describe(self) -> str:
        """Say the rule to a customer."""
        return "; ".join(f"{self._case(step)}: {vnd(step.amount_vnd)}" for step in self.steps)

    def cap_words(self) -> str:
        """Say the cap."""
        return "mức cố định"

    def raw(self, facts: Facts) -> Sum:
        """Return the sum for the facts of a case, before rounding."""
        met = [
            step
            for step in self.steps
            if (step.when == "no_show" and facts.no_show)
            or (step.when == "late_over_minutes" and facts.late_minutes > step.minutes)
        ]
        if not met:
            return Sum(Fraction(0), "không trễ đến mức bù")
        step = max(met, key=lambda one: one.amount_vnd)
        return Sum(Fraction(step.amount_vnd), f"{self._case(step)}: {vnd(step.amount_vnd)}")

    @staticmethod
    def _case(step: Step) -> str:
        return "không đến" if step.when == "no_show" else f"trễ quá {step.minutes} phút"


class FixedPlusDaily(Kind):
    """A fixed amount plus an amount for each late working day."""

    kind: Literal["fixed_plus_daily"]
    amount_vnd: Vnd
    daily_vnd: Vnd
    cap_vnd: Vnd

    def describe(self) -> str:
        """Say the rule to a customer."""
        return f"{vnd(self.amount_vnd)} và {vnd(self.daily_vnd)} mỗi ngày làm việc trễ"

    def cap_words(self) -> str:
        """Say the cap."""
        return vnd(self.cap_vnd)

    def raw(self, facts: Facts) -> Sum:
        """Return the sum for the facts of a case, before rounding."""
        days = facts.late_working_days
        words = f"{vnd(self.amount_vnd)} + {vnd(self.daily_vnd)} × {days} ngày làm việc trễ"
        return Sum(
            Fraction(self.amount_vnd + self.daily_vnd * days),
            words,
            Fraction(self.cap_vnd),
            f"trần {self.cap_words()}",
        )


class PercentOnce(Kind):
    """A percentage of a value, once."""

    kind: Literal["percent_once"]
    percent: Percent
    of: Literal["price", "late_value", "short_value"]
    minimum_vnd: Vnd = 0
    cap_vnd: Vnd | None = None

    def describe(self) -> str:
        """Say the rule to a customer."""
        text = f"{percent_words(self.percent)} {_BASES[self.of]}"
        return f"{text}, tối thiểu {vnd(self.minimum_vnd)}" if self.minimum_vnd else text

    def cap_words(self) -> str:
        """Say the cap."""
        return _NO_CAP if self.cap_vnd is None else vnd(self.cap_vnd)

    def raw(self, facts: Facts) -> Sum:
        """Return the sum for the facts of a case, before rounding."""
        base = _base(self.of, facts)
        amount = self.percent * base / 100
        words = f"{percent_words(self.percent)} × {vnd(base)} = {_money(amount)}"
        amount, words = _at_least(amount, self.minimum_vnd, words)
        if self.cap_vnd is None:
            return Sum(amount, words)
        return Sum(amount, words, Fraction(self.cap_vnd), f"trần {self.cap_words()}")


class PercentDaily(Kind):
    """A percentage of a value for each late working day, with minimum and cap."""

    kind: Literal["percent_daily"]
    percent: Percent
    of: Literal["price", "late_value"]
    minimum_daily_vnd: Vnd = 0
    minimum_vnd: Vnd = 0
    cap_percent: Percent

    def describe(self) -> str:
        """Say the rule to a customer."""
        text = f"{percent_words(self.percent)} {_BASES[self.of]} mỗi ngày làm việc trễ"
        if self.minimum_daily_vnd:
            text += f", tối thiểu {vnd(self.minimum_daily_vnd)} mỗi ngày"
        if self.minimum_vnd:
            text += f", tối thiểu {vnd(self.minimum_vnd)}"
        return text

    def cap_words(self) -> str:
        """Say the cap."""
        return f"{percent_words(self.cap_percent)} {_BASES[self.of]}"

    def raw(self, facts: Facts) -> Sum:
        """Return the sum for the facts of a case, before rounding."""
        base, days = _base(self.of, facts), facts.late_working_days
        daily = self.percent * base / 100
        words = f"{percent_words(self.percent)} × {vnd(base)} = {_money(daily)}"
        daily, words = _at_least(daily, self.minimum_daily_vnd, words)
        amount = daily * days
        words += f"; × {days} ngày làm việc trễ = {_money(amount)}"
        amount, words = _at_least(amount, self.minimum_vnd if days else 0, words)
        cap = self.cap_percent * base / 100
        cap_words = f"trần {self.cap_words()} = {_money(cap)}"
        return Sum(amount, words, cap, cap_words)


class MultipleOfDifference(Kind):
    """A multiple of what was charged too much."""

    kind: Literal["multiple_of_difference"]
    multiple: Count
    minimum_vnd: Vnd = 0

    def describe(self) -> str:
        """Say the rule to a customer."""
        return f"{self.multiple} lần phần thu sai, tối thiểu {vnd(self.minimum_vnd)}"

    def cap_words(self) -> str:
        """Say the cap."""
        return _NO_CAP

    def raw(self, facts: Facts) -> Sum:
        """Return the sum for the facts of a case, before rounding."""
        difference = _need(facts.difference_vnd, "difference_vnd")
        amount = Fraction(self.multiple * difference)
        words = f"{self.multiple} × {vnd(difference)} = {_money(amount)}"
        amount, words = _at_least(amount, self.minimum_vnd, words)
        return Sum(amount, words)


class ResidualValue(Kind):
    """The residual value of a product that can no longer be repaired."""

    kind: Literal["residual_value"]
    life_months: Annotated[Count, Field(gt=0)]
    floor_percent: Percent

    def describe(self) -> str:
        """Say the rule to a customer."""
        return (
            f"giá mua × (1 − số tháng đã dùng ÷ {self.life_months}), "
            f"không dưới {percent_words(self.floor_percent)} giá mua; "
            "còn hạn bảo hành: đổi mới hoặc hoàn đủ giá mua"
        )

    def cap_words(self) -> str:
        """Say the cap."""
        return _NO_CAP

    def raw(self, facts: Facts) -> Sum:
        """Return the sum for the facts of a case, before rounding."""
        price = _need(facts.price_vnd, "price_vnd")
        used = _need(facts.months_used, "months_used")
        warranty = _need(facts.warranty_months, "warranty_months")
        if used <= warranty:
            return Sum(Fraction(price), f"còn hạn bảo hành: hoàn đủ {vnd(price)}")
        amount = max(price * (1 - Fraction(used, self.life_months)), Fraction(0))
        words = f"{vnd(price)} × (1 − {used} ÷ {self.life_months}) = {_money(amount)}"
        floor = self.floor_percent * price / 100
        if amount < floor:
            share = percent_words(self.floor_percent)
            return Sum(floor, f"{words}; không dưới {share} giá mua = {_money(floor)}")
        return Sum(amount, words)


class RefundPlusDaily(Kind):
    """The whole price back, and an amount for each working day the refund is late."""

    kind: Literal["refund_plus_daily"]
    daily_vnd: Vnd
    daily_cap_percent: Percent

    def describe(self) -> str:
        """Say the rule to a customer."""
        return f"hoàn đủ giá mua; trễ thêm {vnd(self.daily_vnd)} mỗi ngày làm việc"

    def cap_words(self) -> str:
        """Say the cap."""
        return f"phần thêm không quá {percent_words(self.daily_cap_percent)} giá mua"

    def raw(self, facts: Facts) -> Sum:
        """Return the sum for the facts of a case, before rounding."""
        price, days = _need(facts.price_vnd, "price_vnd"), facts.late_working_days
        extra_cap = self.daily_cap_percent * price / 100
        words = f"{vnd(price)} + {vnd(self.daily_vnd)} × {days} ngày làm việc trễ"
        amount = Fraction(price + self.daily_vnd * days)
        return Sum(amount, words, price + extra_cap, self.cap_words())


class Multiplier(Kind):
    """A multiple of the compensation of the promise that was missed, cap included."""

    kind: Literal["multiplier"]
    multiple: Annotated[Count, Field(gt=0)]

    def describe(self) -> str:
        """Say the rule to a customer."""
        return f"gấp {self.multiple} lần mức bù của cam kết bị trễ"

    def cap_words(self) -> str:
        """Say the cap."""
        return f"gấp {self.multiple} lần mức trần của cam kết bị trễ"

    def raw(self, facts: Facts) -> Sum:
        """Return the sum for the facts of a case, before rounding."""
        base = _need(facts.base_vnd, "base_vnd")
        return Sum(Fraction(base * self.multiple), f"{self.multiple} × {vnd(base)}")


class AdvancePlusActual(Kind):
    """An advance at once and then the whole actual damage, recorded by staff with evidence."""

    kind: Literal["advance_plus_actual"]
    advance_up_to_vnd: Vnd
    advance_within: Quantity

    def describe(self) -> str:
        """Say the rule to a customer."""
        advance = f"tạm ứng đến {vnd(self.advance_up_to_vnd)} trong {self.advance_within}"
        return f"{advance}; bồi thường toàn bộ thiệt hại thực tế"

    def cap_words(self) -> str:
        """Say the cap."""
        return _NO_CAP

    def raw(self, facts: Facts) -> Sum:
        """Return the sum for the facts of a case, before rounding."""
        damage = _need(facts.damage_vnd, "damage_vnd")
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


def _base(of: str, facts: Facts) -> int:
    values = {
        "price": facts.price_vnd,
        "late_value": facts.late_value_vnd,
        "short_value": facts.short_value_vnd,
    }
    return _need(values[of], f"{of}_vnd")


def _at_least(amount: Fraction, minimum: int, words: str) -> tuple[Fraction, str]:
    if amount >= minimum:
        return amount, words
    return Fraction(minimum), f"{words}; tối thiểu {vnd(minimum)}"
