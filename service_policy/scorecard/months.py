"""Months in Vietnam: when one begins and ends, and when its figures become final."""

from datetime import date, datetime, timedelta

from service_policy.promises.calendar import VIETNAM

CLOSING_DAY = 10
"""A month is closed on this day of the next one; what changes later is a correction."""


def month_after(month: str) -> date:
    """Return the first day of the month after ``month``."""
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(days=31)).replace(day=1)


def bounds(month: str) -> tuple[datetime, datetime]:
    """Return the first moment of a month in Vietnam and the first moment of the next."""
    midnight = datetime.min.time()
    first = datetime.combine(date.fromisoformat(f"{month}-01"), midnight, VIETNAM)
    return first, datetime.combine(month_after(month), midnight, VIETNAM)


def closing(month: str) -> datetime:
    """Return when the figures of a month become final: the tenth of the next month, 0:00."""
    day = month_after(month).replace(day=CLOSING_DAY)
    return datetime.combine(day, datetime.min.time(), VIETNAM)


def month_before(first: date) -> date:
    """Return the first day of the month before the one that begins on ``first``."""
    return (first - timedelta(days=1)).replace(day=1)
