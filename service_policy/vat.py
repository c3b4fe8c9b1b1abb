"""Value-added tax by class and date: the rate of a price is never typed beside the price."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import model_validator

from service_policy.values import Day, LegalRef, Model, NonEmpty, Percent, Slug, Text, fault


class VatRate(Model):
    """A rate in percent and the days it holds; ``valid_to`` is None while no end is decided."""

    valid_from: Day
    valid_to: Day | None = None
    percent: Percent
    law: LegalRef

    def holds(self, day: date) -> bool:
        """Say whether the rate holds on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class VatClass(Model):
    """Goods and services that are taxed alike, with their rates in the order of time."""

    id: Slug
    name: Text
    rates: Annotated[tuple[VatRate, ...], NonEmpty]

    @model_validator(mode="after")
    def _without_gaps(self) -> "VatClass":
        for before, after in zip(self.rates, self.rates[1:], strict=False):
            if before.valid_to is None or after.valid_from != before.valid_to + timedelta(days=1):
                raise fault(
                    "vat_gap",
                    f"thuế suất nhóm {self.id} không nối tiếp nhau theo ngày",
                    "mức sau bắt đầu đúng một ngày sau khi mức trước kết thúc",
                )
        return self

    def on(self, day: date) -> VatRate | None:
        """Return the rate that holds on ``day``, or None when the table does not know."""
        return next((rate for rate in self.rates if rate.holds(day)), None)


class VatTable(Model):
    """``thue.yaml``: the classes and their dated rates (Law 48/2024/QH15, article 9)."""

    classes: Annotated[tuple[VatClass, ...], NonEmpty]

    def find(self, class_id: str) -> VatClass | None:
        """Return a class by its id, or None."""
        return next((one for one in self.classes if one.id == class_id), None)
