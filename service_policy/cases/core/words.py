"""Moments and lengths of time in words, as the lines of a history say them."""

from datetime import datetime

from service_policy.opening_hours import DAYS
from service_policy.promises.calendar import VIETNAM, BusinessCalendar


def moment(at: datetime) -> str:
    """Write a moment in Vietnam's time: ``Thứ Bảy, 21/11/2026, 14:30``."""
    local = at.astimezone(VIETNAM)
    return f"{DAYS[local.weekday()].title()}, {local:%d/%m/%Y}, {local:%H:%M}"


def working_time(minutes: int, calendar: BusinessCalendar) -> str:
    """Write business minutes: ``2 ngày 3 giờ làm việc``; never rounded up to look better."""
    days, rest = divmod(minutes, calendar.minutes_per_day)
    hours, left = divmod(rest, 60)
    parts = [f"{days} ngày"] if days else []
    if hours:
        parts.append(f"{hours} giờ")
    if not days and (left or not hours):
        parts.append(f"{left} phút")
    return f"{' '.join(parts)} làm việc"
