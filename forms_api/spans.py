"""Time left and time lost in words, on the business calendar: never only a colour."""

from datetime import datetime

from service_policy.cases.core.event import working_time
from service_policy.promises.calendar import BusinessCalendar


def distance(due: datetime, now: datetime, calendar: BusinessCalendar) -> str:
    """Say how far away a date is: ``còn 3 giờ làm việc``; ``trễ 2 ngày làm việc``."""
    if due >= now:
        left = calendar.working_minutes_between(now, due)
        return f"còn {working_time(left, calendar)}" if left else "hết hạn ngay khi mở cửa"
    lost = calendar.working_minutes_between(due, now)
    return f"trễ {working_time(lost, calendar)}" if lost else "vừa trễ, ngoài giờ làm việc"
