"""The business calendar, against known dates and a minute-by-minute brute force."""

import json
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service_policy.promises.calendar import VIETNAM, BusinessCalendar, proposed_holidays
from service_policy.promises.clock import NotAClock, Quantity, due_at
from tests.service_policy.conftest import local
from tooling.paths import ROOT

VECTORS = json.loads((ROOT / "tests/fixtures/workday_vectors.json").read_text())
PLAIN = BusinessCalendar(
    hours=((time(8), time(12)), (time(13), time(17))),
    weekdays=frozenset(range(5)),
    days_off={},
)
MOMENTS = st.datetimes(
    datetime(2026, 10, 1),  # noqa: DTZ001
    datetime(2028, 3, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@pytest.mark.parametrize(("received", "days", "day_zero", "due"), VECTORS)
def test_working_days_fall_due_as_the_domain_vectors_say(
    calendar: BusinessCalendar, received: str, days: int, day_zero: str, due: str
) -> None:
    moment = local(received)
    assert calendar.day_received(moment) == date.fromisoformat(day_zero)
    target = Quantity(value=days, unit="working_days")
    assert due_at(target, moment, calendar) == local(f"{due}T17:00")


@settings(max_examples=60)
@given(start=MOMENTS, minutes=st.integers(0, 1500))
def test_working_minutes_agree_with_counting_minute_by_minute(
    start: datetime, minutes: int
) -> None:
    start = start.replace(second=0, microsecond=0)
    due = PLAIN.add_working_minutes(start, minutes)
    counted, moment = 0, start
    while counted < minutes:
        here = moment.astimezone(VIETNAM)
        open_now = PLAIN.is_working_day(here.date()) and (
            time(8) <= here.time() < time(12) or time(13) <= here.time() < time(17)
        )
        counted += open_now
        moment += timedelta(minutes=1)
    if minutes:
        assert due == moment
    assert PLAIN.working_minutes_between(start, due) == minutes


@settings(max_examples=200)
@given(start=MOMENTS, days=st.integers(0, 30))
def test_a_deadline_in_working_days_is_close_of_business_of_a_working_day(
    start: datetime, days: int
) -> None:
    due = PLAIN.close_after_working_days(start, days)
    assert due.astimezone(VIETNAM).time() == time(17)
    assert PLAIN.is_working_day(due.astimezone(VIETNAM).date())
    assert due >= start


@settings(max_examples=200)
@given(start=MOMENTS, later=st.timedeltas(timedelta(), timedelta(days=20)))
def test_what_is_sent_later_never_falls_due_earlier(start: datetime, later: timedelta) -> None:
    for unit in ("working_minutes", "working_hours", "working_days", "calendar_days"):
        target = Quantity(value=5, unit=unit)
        assert due_at(target, start, PLAIN) <= due_at(target, start + later, PLAIN)


def test_sent_at_the_stroke_of_five_still_counts_as_that_day(calendar: BusinessCalendar) -> None:
    assert calendar.day_received(local("2026-11-20T17:00")) == date(2026, 11, 20)


def test_working_hours_skip_the_lunch_break_and_the_weekend(calendar: BusinessCalendar) -> None:
    target = Quantity(value=8, unit="working_hours")
    assert due_at(target, local("2026-11-20T16:00"), calendar) == local("2026-11-23T16:00")
    morning = Quantity(value=4, unit="working_hours")
    assert due_at(morning, local("2026-11-20T08:00"), calendar) == local("2026-11-20T12:00")
    assert due_at(morning, local("2026-11-20T10:00"), calendar) == local("2026-11-20T15:00")


def test_a_round_the_clock_promise_runs_through_night_and_holiday(
    calendar: BusinessCalendar,
) -> None:
    target = Quantity(value=30, unit="clock_minutes")
    assert due_at(target, local("2027-02-06T23:50"), calendar) == local("2027-02-07T00:20")


def test_calendar_days_that_end_on_a_day_off_move_to_the_next_working_day(
    calendar: BusinessCalendar,
) -> None:
    target = Quantity(value=10, unit="calendar_days")
    assert due_at(target, local("2026-11-18T09:00"), calendar) == local("2026-11-30T17:00")


def test_a_rate_has_no_deadline(calendar: BusinessCalendar) -> None:
    with pytest.raises(NotAClock):
        due_at(Quantity(value=99, unit="percent_at_least"), local("2026-11-20T09:00"), calendar)


def test_a_working_day_counts_as_late_once_it_has_begun(calendar: BusinessCalendar) -> None:
    due = local("2026-11-26T17:00")
    assert len(list(calendar.openings(due, due))) == 0
    assert len(list(calendar.openings(due, local("2026-11-27T07:59")))) == 0
    assert len(list(calendar.openings(due, local("2026-11-27T08:00")))) == 1
    assert len(list(calendar.openings(due, local("2026-11-29T12:00")))) == 1
    assert len(list(calendar.openings(due, local("2026-11-30T08:00")))) == 2


def test_a_company_day_decides_over_the_public_calendar(calendar: BusinessCalendar) -> None:
    # The civil servants' swap of August 2026 is in the public calendar; the company did not take
    # part in it.
    assert date(2026, 8, 31) in proposed_holidays(2026)
    assert calendar.is_working_day(date(2026, 8, 31))


def test_a_year_nobody_decided_yet_uses_the_proposed_holidays(calendar: BusinessCalendar) -> None:
    assert 2031 not in calendar.days_off
    assert not calendar.is_working_day(date(2031, 9, 2))
    assert calendar.day_off_name(date(2031, 1, 1)) is not None


def test_a_day_worked_in_exchange_counts_as_a_working_day() -> None:
    swapped = BusinessCalendar(
        hours=PLAIN.hours,
        weekdays=PLAIN.weekdays,
        days_off={2026: {date(2026, 8, 31): "Hoán đổi"}},
        working_days=frozenset({date(2026, 8, 22)}),
    )
    assert swapped.is_working_day(date(2026, 8, 22))
    assert not swapped.is_working_day(date(2026, 8, 31))
    assert swapped.close_after_working_days(local("2026-08-21T09:00"), 1) == local(
        "2026-08-22T17:00"
    )


def test_a_calendar_without_working_days_is_refused_instead_of_searched_for_ever() -> None:
    closed = BusinessCalendar(hours=PLAIN.hours, weekdays=frozenset(), days_off={})
    with pytest.raises(ValueError, match="no working day"):
        closed.close_after_working_days(local("2026-08-21T09:00"), 1)
