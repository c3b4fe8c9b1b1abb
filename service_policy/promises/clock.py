"""The clock: how long a promise allows, and when it falls due.

One function, ``due_at``, answers for the public page, the form, the receipt and the desk alike.
"""

from datetime import datetime, timedelta
from typing import Literal

from service_policy.promises.calendar import BusinessCalendar
from service_policy.text import whole
from service_policy.values import Count, Model

Unit = Literal[
    "working_minutes",
    "working_hours",
    "working_days",
    "calendar_days",
    "calendar_months",
    "years",
    "clock_minutes",
    "clock_hours",
    "percent_at_least",
    "count_at_most",
    "appointment_window_minutes",
]

CLOCK_UNITS: frozenset[str] = frozenset(
    {
        "working_minutes",
        "working_hours",
        "working_days",
        "calendar_days",
        "clock_minutes",
        "clock_hours",
    }
)
"""Units that give one case a deadline; the others describe a term or a rate over many cases."""

_WORDS: dict[str, str] = {
    "working_minutes": "{} phút làm việc",
    "working_hours": "{} giờ làm việc",
    "working_days": "{} ngày làm việc",
    "calendar_days": "{} ngày",
    "calendar_months": "{} tháng",
    "years": "{} năm",
    "clock_minutes": "{} phút",
    "clock_hours": "{} giờ",
    "percent_at_least": "từ {} % trở lên",
    "appointment_window_minutes": "trong khung hẹn {} phút",
}


class Quantity(Model):
    """A length of time, a rate or a count: ``value`` in ``unit``."""

    value: Count
    unit: Unit

    @property
    def has_clock(self) -> bool:
        """Whether this quantity gives a single case a deadline."""
        return self.unit in CLOCK_UNITS

    def __str__(self) -> str:
        """Say the quantity in Vietnamese, exactly and without rounding: ``4 giờ làm việc``."""
        if self.unit == "count_at_most":
            return "không ca nào" if self.value == 0 else f"không quá {whole(self.value)} lần"
        if self.unit == "percent_at_least" and self.value >= 100:
            return "100 %"
        return _WORDS[self.unit].format(whole(self.value))

    def as_deadline(self) -> str:
        """Say it as a deadline; one that runs day and night says so: ``30 phút, 24/7``."""
        return f"{self}, 24/7" if self.unit.startswith("clock_") else str(self)


class NotAClock(ValueError):
    """Raised when a rate or a count is asked for a deadline."""


def due_at(target: Quantity, started_at: datetime, calendar: BusinessCalendar) -> datetime:
    """Return the moment, in aware UTC, at which ``target`` runs out for a clock started then.

    Working minutes and hours run inside business hours. A promise in working days does not count
    the day of receipt and ends at close of business of its last day; what comes after close of
    business or on a day off counts as received at the next opening. Calendar days do not count the
    first day either, and an end on a day off moves to the next working day (Civil Code 2015,
    articles 147 and 148). Clock minutes and hours run day and night.

    Raises:
        NotAClock: ``target`` is a rate, a count or a term.
    """
    value = target.value
    match target.unit:
        case "clock_minutes":
            return started_at + timedelta(minutes=value)
        case "clock_hours":
            return started_at + timedelta(hours=value)
        case "working_minutes":
            return calendar.add_working_minutes(started_at, value)
        case "working_hours":
            return calendar.add_working_minutes(started_at, value * 60)
        case "working_days":
            return calendar.close_after_working_days(started_at, value)
        case "calendar_days":
            return calendar.close_after_calendar_days(started_at, value)
        case _:
            raise NotAClock(f"{target.unit} has no deadline")
