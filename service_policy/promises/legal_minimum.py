"""What the law demands at least, beside what the company promises.

A level of the law that has a number is compared with the promise, so that nobody publishes less
than a customer may demand anyway (Law 19/2023/QH15, article 25: such a term is void).
"""

from pydantic import model_validator

from service_policy.promises.calendar import BusinessCalendar
from service_policy.promises.clock import Quantity, Unit
from service_policy.values import Count, LegalRef, Model, Name, Text, YesNo, fault

_CLOCK = {"clock_minutes": 1, "clock_hours": 60}
_WORKING = {"working_minutes": 1, "working_hours": 60}
_DAYS = {"working_days": 24 * 60, "calendar_days": 24 * 60}
_MONTHS = {"calendar_months": 1, "years": 12}
_LEAST = {**_CLOCK, **_WORKING, **_DAYS}
"""How many minutes by the clock one of each takes at least; days off and nights only add to it."""


class LegalMinimum(Model):
    """One level of the law; a row without ``law`` says that there is none, and why.

    ``value`` with ``unit`` is what the law demands; it is compared with the target of
    ``condition`` (the ordinary one without), or with ``term``. ``at_least`` marks what is the
    better for the customer the longer it is, such as how long parts are kept.
    """

    text: Text
    law: LegalRef | None = None
    value: Count | None = None
    unit: Unit | None = None
    condition: Name | None = None
    term: Name | None = None
    at_least: YesNo = False

    @model_validator(mode="after")
    def _whole(self) -> "LegalMinimum":
        if (self.value is None) != (self.unit is None):
            raise fault("half_a_level", "mức phải có cả value và unit", "viết đủ hai, hoặc bỏ cả")
        if self.value is not None and self.law is None:
            raise fault("level_without_law", "mức luật định phải có căn cứ", "thêm law")
        if self.condition and self.term:
            raise fault("two_besides", "chỉ so với một chỗ", "giữ condition hoặc term")
        if self.value is None and (self.condition or self.term or self.at_least):
            raise fault(
                "nothing_to_compare",
                "không có con số để so",
                "thêm value và unit, hoặc bỏ dòng này",
            )
        return self

    @property
    def quantity(self) -> Quantity | None:
        """What the law demands as a number; None for words."""
        if self.value is None or self.unit is None:
            return None
        return Quantity(value=self.value, unit=self.unit)

    @property
    def words(self) -> str:
        """The number in words: ``chậm nhất 3 ngày làm việc``; empty without one."""
        quantity = self.quantity
        if quantity is None or quantity.unit in ("percent_at_least", "count_at_most"):
            return "" if quantity is None else str(quantity)
        return f"{'ít nhất' if self.at_least else 'chậm nhất'} {quantity}"


def keeps(
    ours: Quantity, law: Quantity, calendar: BusinessCalendar, *, at_least: bool = False
) -> bool | None:
    """Say whether ours is never worse than the law's; None where neither is sure.

    Two times are compared for the worst moment at which a clock may start: working days do not
    count the day of receipt (Civil Code 2015, article 147), so a promise of one working day may
    take the rest of a day more. ``at_least`` says that more is better for the customer.
    """
    alike = _alike(ours, law)
    if alike is not None:
        mine, theirs = alike
        more_is_better = at_least or law.unit == "percent_at_least"
        return mine >= theirs if more_is_better else mine <= theirs
    if at_least:
        return None
    a_day = calendar.minutes_per_day
    match _kind(ours), _kind(law):
        case "working", "working_days":
            return _minutes(ours) <= law.value * a_day
        case "working_days", "working":
            return (ours.value + 1) * a_day <= _minutes(law)
        case "clock", "working":
            # Breaks and nights lengthen working time, by how much depends on the start.
            return True if _minutes(ours) <= _minutes(law) else None
        case "clock", "working_days" | "calendar_days":
            return _minutes(ours) <= _minutes(law)
        case "calendar_days", "working_days":
            return ours.value <= law.value
        case "working_days", "calendar_days":
            return False if ours.value > law.value else None
        case "working_days" | "calendar_days", "clock":
            return False if _minutes(ours) > _minutes(law) else None
    return None


def _kind(quantity: Quantity) -> str:
    if quantity.unit in _CLOCK:
        return "clock"
    return "working" if quantity.unit in _WORKING else quantity.unit


def _minutes(quantity: Quantity) -> int:
    return quantity.value * _LEAST[quantity.unit]


def _alike(ours: Quantity, law: Quantity) -> tuple[int, int] | None:
    """Return both in one unit, or None where they have none in common."""
    for family in (_CLOCK, _WORKING, _MONTHS):
        if ours.unit in family and law.unit in family:
            return ours.value * family[ours.unit], law.value * family[law.unit]
    return (ours.value, law.value) if ours.unit == law.unit else None
