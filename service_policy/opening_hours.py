"""When the company works and when somebody is there, as data and in Vietnamese words."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import groupby, pairwise
from typing import Annotated, Literal

from pydantic import model_validator

from service_policy.values import Model, Name, NonEmpty, TimeOfDay, fault

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
CLOSED = "nghỉ"
_RECEIVED = "có người trực tiếp nhận, nhưng không tính là ngày làm việc"
_NOBODY = "ngoài giờ làm việc không có người trực"
_LIST_OF = 2
"""A row of as many days is listed; a longer one is told by its first and last."""


class Interval(Model):
    """An opening interval in local time."""

    opens: TimeOfDay
    closes: TimeOfDay

    @model_validator(mode="after")
    def _forward(self) -> "Interval":
        if self.opens >= self.closes:
            raise fault("no_time_between", "giờ đóng không sau giờ mở", "sửa opens hoặc closes")
        return self

    def __str__(self) -> str:
        return f"{clock(self.opens)}–{clock(self.closes)}"


class Opening(Model):
    """The same hours on some days of a week; the intervals in order, not overlapping."""

    weekdays: Annotated[tuple[Weekday, ...], NonEmpty]
    intervals: Annotated[tuple[Interval, ...], NonEmpty]

    @model_validator(mode="after")
    def _in_order(self) -> "Opening":
        ends = [(one.opens, one.closes) for one in self.intervals]
        if any(before[1] > after[0] for before, after in pairwise(ends)):
            raise fault("intervals_overlap", "các khoảng giờ chồng nhau", "viết theo thứ tự")
        return self

    @property
    def days(self) -> str:
        """The days in words: ``thứ Hai đến thứ Sáu``."""
        return _days(self.weekdays, " đến ")

    @property
    def times(self) -> str:
        """The hours in words: ``8:00–12:00 và 13:00–17:00``."""
        *most, last = map(str, self.intervals)
        return f"{', '.join(most)} và {last}" if most else last

    @property
    def opens(self) -> str:
        """When the day begins."""
        return clock(self.intervals[0].opens)

    @property
    def closes(self) -> str:
        """When the day ends."""
        return clock(self.intervals[-1].closes)

    @property
    def short(self) -> str:
        """Days, and from when to when, a break at noon not told: ``thứ Hai–thứ Sáu 8:00–17:00``."""
        return f"{_days(self.weekdays, '–')} {self.opens}–{self.closes}"

    def __str__(self) -> str:
        return f"{self.days} {self.times}"


class Hours(Opening):
    """Business hours, in which deadlines run, and other hours that texts tell.

    ``reception`` is when somebody is there although no deadline runs; a day that is a working day
    anyhow is passed over there. ``others`` are hours of something else, by the name that texts
    call them.
    """

    reception: tuple[Opening, ...] = ()
    others: Mapping[Name, Opening] = {}

    @model_validator(mode="after")
    def _own_names(self) -> "Hours":
        ours = self.model_copy(update={"others": {}}).names()
        if taken := [name for name in self.others if f"hours.{name}" in ours]:
            raise fault("name_taken", f"tên {', '.join(taken)} đã có nghĩa", "đặt tên khác")
        return self

    @property
    def staffed(self) -> tuple[Opening, ...]:
        """The business hours, then those of reception on other days."""
        return (self, *self._receptions())

    def _receptions(self) -> Iterator[Opening]:
        for one in self.reception:
            free = tuple(day for day in one.weekdays if day not in self.weekdays)
            if free:
                yield Opening(weekdays=free, intervals=one.intervals)

    def on(self, day: Weekday) -> str:
        """Return the hours of a day of the week in words; ``nghỉ`` when nobody is there."""
        return next((one.times for one in self.staffed if day in one.weekdays), CLOSED)

    def names(self) -> dict[str, str]:
        """Return every placeholder of the hours with its text."""
        received = "; ".join(map(str, self._receptions()))
        return {
            "hours": str(self),
            "hours.days": self.days,
            "hours.times": self.times,
            "hours.opens": self.opens,
            "hours.closes": self.closes,
            "hours.short": self.short,
            "hours.open": "; ".join(map(str, self.staffed)),
            "hours.short_open": ", ".join(one.short for one in self.staffed),
            "hours.reception": f"{received} {_RECEIVED}" if received else _NOBODY,
            **{f"hours.{first}-{last}": self._between(first, last) for first, last in _ranges()},
            **{f"hours.{day}": self.on(day) for day in WEEKDAYS},
            **{f"hours.{name}": str(one) for name, one in self.others.items()},
        }

    def _between(self, first: Weekday, last: Weekday) -> str:
        """Return the hours of a row of days; told once where they are the same every day."""
        row = WEEKDAYS[WEEKDAYS.index(first) : WEEKDAYS.index(last) + 1]
        same = [(times, tuple(days)) for times, days in groupby(row, self.on)]
        if len(same) == 1:
            return same[0][0]
        return "; ".join(f"{_days(days, ' đến ')} {times}" for times, days in same)


def clock(at: time) -> str:
    """Write a time of day: ``8:00``."""
    return f"{at.hour}:{at:%M}"


def day_words(day: date) -> str:
    """Write a day with its day of the week: ``thứ Sáu 20/11/2026``."""
    return f"{DAYS[day.weekday()]} {day:%d/%m/%Y}"


def moment_words(moment: datetime) -> str:
    """Write a local moment: ``thứ Sáu 20/11/2026, 16:59``."""
    return f"{day_words(moment.date())}, {clock(moment.time())}"


def _ranges() -> Iterator[tuple[Weekday, Weekday]]:
    for index, first in enumerate(WEEKDAYS):
        for last in WEEKDAYS[index + 1 :]:
            yield first, last


def _days(weekdays: Iterable[Weekday], to: str) -> str:
    """Name days, rows of three and more by their ends."""
    numbers = sorted({WEEKDAYS.index(day) for day in weekdays})
    rows: list[list[int]] = []
    for number in numbers:
        if rows and rows[-1][-1] == number - 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    told = (
        [f"{DAYS[row[0]]}{to}{DAYS[row[-1]]}"]
        if len(row) > _LIST_OF
        else [DAYS[day] for day in row]
        for row in rows
    )
    return ", ".join(word for words in told for word in words)
