"""The company's business calendar: working days, opening hours and days off.

Moments go in and come out as aware UTC; days and hours are Vietnam's (UTC+7, no summer time).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from types import MappingProxyType

import holidays

VIETNAM = timezone(timedelta(hours=7), "ICT")
"""Vietnam's offset; it has had no other since 1975, so no time-zone database is needed."""

_LONGEST_BREAK = 60
"""More days off in a row than any holiday has; a longer gap means a broken calendar."""


@lru_cache(maxsize=64)
def proposed_holidays(year: int) -> Mapping[date, str]:
    """Return Vietnam's public holidays of ``year`` with their names, as `holidays` knows them.

    This is a proposal: the years listed in ``content/lich-nghi.yaml`` are decided there, swaps and
    company days included. It also keeps deadlines computable beyond the last listed year.
    """
    proposal = holidays.country_holidays("VN", years=year, language="vi")
    return MappingProxyType(dict(sorted(proposal.items())))


@dataclass(frozen=True)
class BusinessCalendar:
    """When the company works.

    Attributes:
        hours: opening intervals of a working day in local time, in order, not overlapping.
        weekdays: working weekdays, Monday is 0.
        days_off: decided days off with their names, by year; a missing year is proposed.
        working_days: days that are worked although their weekday or a holiday says otherwise.
    """

    hours: tuple[tuple[time, time], ...]
    weekdays: frozenset[int]
    days_off: Mapping[int, Mapping[date, str]]
    working_days: frozenset[date] = frozenset()

    @property
    def minutes_per_day(self) -> int:
        """How many minutes of business hours a working day has."""
        opened = (
            (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
            for opens, closes in self.hours
        )
        return sum(opened)

    def day_off_name(self, day: date) -> str | None:
        """Return the name of the holiday on ``day``, or None when it is not a holiday."""
        decided = self.days_off.get(day.year)
        return (proposed_holidays(day.year) if decided is None else decided).get(day)

    def is_working_day(self, day: date) -> bool:
        """Say whether ``day`` counts as a working day."""
        if day in self.working_days:
            return True
        return day.weekday() in self.weekdays and self.day_off_name(day) is None

    def opening(self, day: date) -> datetime:
        """Return the first opening moment of ``day`` in UTC."""
        return _utc(day, self.hours[0][0])

    def close(self, day: date) -> datetime:
        """Return close of business of ``day`` in UTC."""
        return _utc(day, self.hours[-1][1])

    def day_received(self, moment: datetime) -> date:
        """Return the working day on which something sent at ``moment`` counts as received."""
        day = moment.astimezone(VIETNAM).date()
        if self.is_working_day(day) and moment <= self.close(day):
            return day
        return self.next_working_day(day)

    def next_working_day(self, day: date) -> date:
        """Return the first working day after ``day``."""
        return next(self._working_days_after(day))

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """Return the moment at which ``minutes`` of business hours have passed since ``start``."""
        left = timedelta(minutes=minutes)
        day = self.day_received(start)
        while True:
            for opens, closes in self._intervals(day):
                begin = max(opens, start)
                if begin <= closes and closes - begin >= left:
                    return begin + left
                left -= max(closes - begin, timedelta())
            day = self.next_working_day(day)

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        """Count the whole minutes of business hours between two moments; 0 when none."""
        total = timedelta()
        day, last = start.astimezone(VIETNAM).date(), end.astimezone(VIETNAM).date()
        while day <= last:
            if self.is_working_day(day):
                for opens, closes in self._intervals(day):
                    total += max(min(closes, end) - max(opens, start), timedelta())
            day += timedelta(days=1)
        return total // timedelta(minutes=1)

    def close_after_working_days(self, start: datetime, days: int) -> datetime:
        """Return close of business ``days`` working days after the day of receipt."""
        day = self.day_received(start)
        following = self._working_days_after(day)
        for _ in range(days):
            day = next(following)
        return self.close(day)

    def close_after_calendar_days(self, start: datetime, days: int) -> datetime:
        """Return close of business ``days`` days later, moved on when that is a day off."""
        day = start.astimezone(VIETNAM).date() + timedelta(days=days)
        return self.close(day if self.is_working_day(day) else self.next_working_day(day))

    def openings(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """Yield the opening of each working day that lies after ``after``, up to ``until``.

        A working day counts as late once it has begun, not at the very moment of the deadline.
        """
        if until <= after:
            return
        for day in self._working_days_after(after.astimezone(VIETNAM).date() - timedelta(days=1)):
            opening = self.opening(day)
            if opening > until:
                return
            if opening > after:
                yield opening

    def _intervals(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for opens, closes in self.hours:
            yield _utc(day, opens), _utc(day, closes)

    def _working_days_after(self, day: date) -> Iterator[date]:
        gap = 0
        while gap <= _LONGEST_BREAK:
            day += timedelta(days=1)
            gap += 1
            if self.is_working_day(day):
                gap = 0
                yield day
        raise ValueError(f"no working day within {_LONGEST_BREAK} days before {day}")


def _utc(day: date, at: time) -> datetime:
    return datetime.combine(day, at, VIETNAM).astimezone(UTC)
