"""The company's calendar, and examples of deadlines that texts show, computed from it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from service_policy.company import Company
from service_policy.data_files import HolidayList
from service_policy.opening_hours import DAYS, WEEKDAYS, clock, moment_words
from service_policy.promises.calendar import VIETNAM, BusinessCalendar
from service_policy.promises.clock import due_at


def calendar_of(company: Company, holidays: HolidayList) -> BusinessCalendar:
    """Build the business calendar from the company's hours and its decided days off."""
    return BusinessCalendar(
        hours=tuple((one.opens, one.closes) for one in company.hours.intervals),
        weekdays=frozenset(WEEKDAYS.index(day) for day in company.hours.weekdays),
        days_off={
            year.year: {day.date: day.name for day in year.days if not day.working}
            for year in holidays.years
        },
        working_days=frozenset(
            day.date for year in holidays.years for day in year.days if day.working
        ),
    )


def example_names(holidays: HolidayList, calendar: BusinessCalendar) -> dict[str, str]:
    """Return ``example.1.received``, ``.within``, ``.ends`` and ``.why`` of each example."""
    names: dict[str, str] = {}
    for number, one in enumerate(holidays.examples, 1):
        received = datetime.combine(one.on, one.at, VIETNAM)
        ends = due_at(one.within, received.astimezone(UTC), calendar).astimezone(VIETNAM)
        names |= {
            f"example.{number}.received": moment_words(received),
            f"example.{number}.within": str(one.within),
            f"example.{number}.ends": moment_words(ends),
            f"example.{number}.why": ", ".join(_why(received, ends, calendar)) or "tính liền",
        }
    return names


def _why(received: datetime, ends: datetime, calendar: BusinessCalendar) -> Iterator[str]:
    """Say when something counts as received, and which days do not count."""
    day = calendar.day_received(received)
    if day != received.date():
        yield f"coi như nhận {DAYS[day.weekday()]} {day:%d/%m}"
    elif received < calendar.opening(day):
        yield f"coi như nhận lúc {clock(calendar.opening(day).astimezone(VIETNAM).time())}"
    skipped = [one for one in _days(day, ends.date()) if not calendar.is_working_day(one)]
    off = [one for one in skipped if calendar.day_off_name(one) is not None]
    if free := sorted({one.weekday() for one in skipped if one not in off}):
        yield "bỏ cuối tuần" if free == [5, 6] else f"bỏ {', '.join(DAYS[day] for day in free)}"
    yield from (
        f"bỏ {DAYS[one.weekday()]} {one:%d/%m} ({calendar.day_off_name(one)})" for one in off
    )


def _days(first: date, last: date) -> Iterator[date]:
    while first < last:
        first += timedelta(days=1)
        yield first
