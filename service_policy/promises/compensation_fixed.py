"""Compensation kinds whose amounts are fixed in đồng, and what every kind has."""

from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from service_policy.promises.compensation_facts import Facts, Sum
from service_policy.segments import SegmentId
from service_policy.text import vnd
from service_policy.values import Count, Model, NonEmpty, Vnd


class Kind(Model):
    """What every kind has: the segments it is for."""

    segments: Annotated[tuple[SegmentId, ...], NonEmpty]

    GROWS_DAILY: ClassVar[bool] = False
    """Whether each late working day adds to it, and so owes a step of its own."""
    GIVES_BACK: ClassVar[bool] = False
    """Whether it gives back a price, which is no part of the common cap."""

    def cap_words(self) -> str:
        """Say the cap."""
        return "không có trần"


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
    steps: Annotated[tuple[Step, ...], NonEmpty]

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

    GROWS_DAILY = True

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
