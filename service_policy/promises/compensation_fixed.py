"""The kinds of compensation that need no value: a fixed sum, steps of lateness, a sum a day.

What their methods are is said once, by ``Kind``.
"""

from fractions import Fraction
from typing import Annotated, Literal

from service_policy.promises.compensation import Facts, Kind, Sum
from service_policy.text import vnd
from service_policy.values import Count, Model, NonEmpty, Vnd


class Fixed(Kind):
    """A fixed amount per miss."""

    kind: Literal["fixed"]
    amount_vnd: Vnd

    CAP = "mức cố định"

    def describe(self) -> str:
        return vnd(self.amount_vnd)

    def raw(self, facts: Facts) -> Sum:
        return Sum(Fraction(self.amount_vnd), f"mức cố định {vnd(self.amount_vnd)}")


class Step(Model):
    """One step of a stepped amount."""

    when: Literal["late_over_minutes", "no_show"]
    minutes: Count = 0
    amount_vnd: Vnd

    def met(self, facts: Facts) -> bool:
        return facts.no_show if self.when == "no_show" else facts.late_minutes > self.minutes

    def __str__(self) -> str:
        case = "không đến" if self.when == "no_show" else f"trễ quá {self.minutes} phút"
        return f"{case}: {vnd(self.amount_vnd)}"


class Stepped(Kind):
    """An amount that depends on how badly an appointment was missed."""

    kind: Literal["stepped"]
    steps: Annotated[tuple[Step, ...], NonEmpty]

    CAP = "mức cố định"

    def describe(self) -> str:
        return "; ".join(map(str, self.steps))

    def raw(self, facts: Facts) -> Sum:
        met = [step for step in self.steps if step.met(facts)]
        if not met:
            return Sum(Fraction(0), "không trễ đến mức bù")
        step = max(met, key=lambda one: one.amount_vnd)
        return Sum(Fraction(step.amount_vnd), str(step))


class FixedPlusDaily(Kind):
    """A fixed amount plus an amount for each late working day."""

    kind: Literal["fixed_plus_daily"]
    amount_vnd: Vnd
    daily_vnd: Vnd
    cap_vnd: Vnd

    GROWS_DAILY = True

    def describe(self) -> str:
        return f"{vnd(self.amount_vnd)} và {vnd(self.daily_vnd)} mỗi ngày làm việc trễ"

    def cap_words(self) -> str:
        return vnd(self.cap_vnd)

    def raw(self, facts: Facts) -> Sum:
        days = facts.late_working_days
        words = f"{vnd(self.amount_vnd)} + {vnd(self.daily_vnd)} × {days} ngày làm việc trễ"
        return Sum(
            Fraction(self.amount_vnd + self.daily_vnd * days),
            words,
            Fraction(self.cap_vnd),
            f"trần {self.cap_words()}",
        )
