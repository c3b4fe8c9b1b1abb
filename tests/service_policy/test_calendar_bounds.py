"""The edges of the business calendar: each moment at which an answer changes, from both sides.

No content is read here: the hours, weekdays and days off are this file's own, with minutes that
are not round, a day worked on a Saturday and a break of the length of Tết.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from time import tzset

import pytest

from service_policy.promises.calendar import VIETNAM, BusinessCalendar, proposed_holidays
from service_policy.promises.clock import (
    CLOCK_UNITS,
    NotAClock,
    Quantity,
    Unit,
    due_at,
)
from tests.service_policy.conftest import local

ODD = BusinessCalendar(
    hours=((time(7, 50), time(11, 40)), (time(13, 15), time(17, 5))),
    weekdays=frozenset({0, 1, 2, 3, 4}),
    days_off={
        2027: {
            **{date(2027, 2, day): "Tết Nguyên đán" for day in range(5, 12)},
            date(2027, 4, 30): "Ngày Chiến thắng",
        }
    },
    working_days=frozenset({date(2027, 4, 24)}),
)
MORNING, AFTERNOON = 230, 230
"""Minutes from 7:50 to 11:40, and from 13:15 to 17:05."""
SECOND = timedelta(seconds=1)


def break_of(days: int) -> BusinessCalendar:
    """A calendar that has so many days off in a row from 2 March 2027, every weekday worked."""
    off = (date(2027, 3, 2) + timedelta(days=number) for number in range(days))
    return BusinessCalendar(ODD.hours, frozenset(range(7)), {2027: dict.fromkeys(off, "Nghỉ dài")})


# ---------------------------------------------------------------- days


def test_a_day_of_business_has_the_minutes_of_all_its_intervals() -> None:
    assert ODD.minutes_per_day == MORNING + AFTERNOON
    half = BusinessCalendar(((time(8, 30), time(12, 10)),), frozenset(range(7)), {})
    assert half.minutes_per_day == 220


def test_vietnam_is_seven_hours_ahead_and_called_by_its_letters() -> None:
    assert datetime(2027, 3, 1, tzinfo=VIETNAM).utcoffset() == timedelta(hours=7)
    assert VIETNAM.tzname(None) == "ICT"


def test_opening_and_close_are_the_outer_ends_of_the_day_in_utc() -> None:
    day = date(2027, 3, 1)
    assert ODD.opening(day) == local("2027-03-01T07:50")
    assert ODD.close(day) == local("2027-03-01T17:05")
    assert {ODD.opening(day).tzinfo, ODD.close(day).tzinfo} == {UTC}


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2027-03-05", True),  # a Friday
        ("2027-03-06", False),
        ("2027-03-07", False),
        ("2027-03-08", True),
        ("2027-02-04", True),  # the last day before Tết, and the first of it
        ("2027-02-05", False),
        ("2027-02-11", False),  # the last day of Tết, and the first after it
        ("2027-02-12", True),
        ("2027-04-23", True),
        ("2027-04-24", True),  # a Saturday worked in exchange
        ("2027-04-25", False),
        ("2027-04-30", False),
    ],
)
def test_a_day_is_worked_unless_its_weekday_or_a_holiday_frees_it(day: str, works: bool) -> None:
    assert ODD.is_working_day(date.fromisoformat(day)) is works


def test_a_holiday_has_the_name_that_was_decided_and_other_days_none() -> None:
    assert ODD.day_off_name(date(2027, 4, 30)) == "Ngày Chiến thắng"
    assert ODD.day_off_name(date(2027, 3, 6)) is None
    assert ODD.day_off_name(date(2027, 1, 1)) is None  # the year is decided; this day is not in it
    assert ODD.day_off_name(date(2028, 1, 1)) == "Tết Dương lịch"  # proposed, in Vietnamese


def test_the_proposal_of_a_year_lies_in_that_year_in_order() -> None:
    proposal = proposed_holidays(2029)
    assert {day.year for day in proposal} == {2029}
    assert list(proposal) == sorted(proposal)
    assert proposal[date(2029, 9, 2)] == "Quốc khánh"
    with pytest.raises(TypeError):
        proposal[date(2029, 1, 2)] = "Nghỉ thêm"  # type: ignore[index]


@pytest.mark.parametrize(
    ("sent", "received"),
    [
        ("2027-03-01T00:00", "2027-03-01"),
        ("2027-03-01T17:05", "2027-03-01"),
        ("2027-03-01T17:06", "2027-03-02"),
        ("2027-03-05T17:06", "2027-03-08"),
        ("2027-03-06T10:00", "2027-03-08"),
        ("2027-02-04T17:05", "2027-02-04"),
        ("2027-02-04T23:59", "2027-02-12"),
        ("2027-04-23T17:06", "2027-04-24"),
    ],
)
def test_what_comes_after_close_of_business_is_received_on_the_next_working_day(
    sent: str, received: str
) -> None:
    assert ODD.day_received(local(sent)) == date.fromisoformat(received)


def test_the_close_itself_still_belongs_to_the_day_and_a_second_later_does_not() -> None:
    close = ODD.close(date(2027, 3, 1))
    assert ODD.day_received(close) == date(2027, 3, 1)
    assert ODD.day_received(close + SECOND) == date(2027, 3, 2)


def test_the_day_is_vietnams_when_utc_still_has_the_day_before() -> None:
    early = datetime(2027, 2, 28, 23, 30, tzinfo=UTC)
    assert ODD.day_received(early) == date(2027, 3, 1)
    assert ODD.working_minutes_between(early, early + timedelta(hours=3)) == 100
    assert due_at(Quantity(value=1, unit="calendar_days"), early, ODD) == local("2027-03-02T17:05")


@pytest.fixture(params=["EAST-14", "WEST+12"])
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose own clock is set to the far east or the far west."""
    monkeypatch.setenv("TZ", request.param)
    tzset()
    yield
    monkeypatch.undo()
    tzset()


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("opens", [1, 5, 12, 18])
def test_the_time_zone_of_the_machine_changes_no_answer(opens: int) -> None:
    shop = BusinessCalendar(((time(opens), time(opens + 5)),), frozenset(range(7)), {})
    opening, close = local(f"2027-03-01T{opens:02}:00"), local(f"2027-03-01T{opens + 5:02}:00")
    day = timedelta(days=1)
    assert (shop.opening(date(2027, 3, 1)), shop.close(date(2027, 3, 1))) == (opening, close)
    assert shop.opening(date(2027, 3, 1)).tzinfo is UTC
    for minutes in (0, 60, 299, 300):
        moment = opening + timedelta(minutes=minutes)
        assert shop.day_received(moment) == date(2027, 3, 1)
        assert shop.working_minutes_between(moment, close) == 300 - minutes
        assert shop.working_minutes_between(close - day, moment) == minutes
        assert shop.close_after_calendar_days(moment, 1) == close + day
    assert list(shop.openings(opening - SECOND, opening + day)) == [opening, opening + day]


def test_the_next_working_day_is_never_the_day_itself() -> None:
    assert ODD.next_working_day(date(2027, 3, 1)) == date(2027, 3, 2)
    assert ODD.next_working_day(date(2027, 3, 5)) == date(2027, 3, 8)
    assert ODD.next_working_day(date(2027, 2, 4)) == date(2027, 2, 12)


def test_sixty_days_off_in_a_row_are_a_break_and_sixty_one_a_broken_calendar() -> None:
    before = date(2027, 3, 1)
    assert break_of(60).next_working_day(before) == date(2027, 5, 1)
    earlier = local("2027-02-27T09:00")
    assert break_of(60).close_after_working_days(earlier, 3) == local("2027-05-01T17:05")
    with pytest.raises(ValueError, match=r"^no working day within 60 days before 2027-05-01$"):
        break_of(61).next_working_day(before)


def test_two_long_breaks_with_a_day_of_work_between_are_no_broken_calendar() -> None:
    off = {date(2027, 3, 2) + timedelta(days=number) for number in range(100)}
    worked = date(2027, 4, 20)
    calendar = BusinessCalendar(
        ODD.hours,
        frozenset(range(7)),
        {2027: dict.fromkeys(sorted(off - {worked}), "Nghỉ dài")},
    )
    start = local("2027-03-01T09:00")
    assert calendar.close_after_working_days(start, 2) == local("2027-06-10T17:05")


# ---------------------------------------------------------------- minutes


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2027-03-01T06:00", 0, "2027-03-01T07:50"),  # before opening the clock waits for it
        ("2027-03-01T07:50", 1, "2027-03-01T07:51"),
        ("2027-03-01T07:50", MORNING, "2027-03-01T11:40"),  # the end of an interval belongs to it
        ("2027-03-01T07:50", MORNING + 1, "2027-03-01T13:16"),
        ("2027-03-01T11:40", 0, "2027-03-01T11:40"),
        ("2027-03-01T12:30", 0, "2027-03-01T13:15"),  # at noon the clock waits for the afternoon
        ("2027-03-01T12:30", 10, "2027-03-01T13:25"),
        ("2027-03-01T07:50", MORNING + AFTERNOON, "2027-03-01T17:05"),
        ("2027-03-01T07:50", MORNING + AFTERNOON + 1, "2027-03-02T07:51"),
        ("2027-03-01T17:05", 0, "2027-03-01T17:05"),
        ("2027-03-01T17:05", 1, "2027-03-02T07:51"),
        ("2027-03-01T17:06", 0, "2027-03-02T07:50"),
        ("2027-03-05T17:00", 10, "2027-03-08T07:55"),
        ("2027-02-04T16:00", 66, "2027-02-12T07:51"),  # over Tết
        ("2027-03-01T10:00", 3 * 460, "2027-03-04T10:00"),
    ],
)
def test_working_minutes_run_from_opening_to_close_and_end_with_an_interval(
    start: str, minutes: int, due: str
) -> None:
    assert ODD.add_working_minutes(local(start), minutes) == local(due)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2027-03-01T07:49", "2027-03-01T07:50", 0),
        ("2027-03-01T07:50", "2027-03-01T07:51", 1),
        ("2027-03-01T07:00", "2027-03-01T07:51", 1),
        ("2027-03-01T11:39", "2027-03-01T13:15", 1),
        ("2027-03-01T11:40", "2027-03-01T13:15", 0),
        ("2027-03-01T12:00", "2027-03-01T13:00", 0),
        ("2027-03-01T00:00", "2027-03-01T23:59", 460),
        ("2027-03-01T00:00", "2027-03-02T07:51", 461),
        ("2027-03-05T17:04", "2027-03-08T07:52", 3),
        ("2027-03-06T08:00", "2027-03-07T12:00", 0),
        ("2027-02-04T17:00", "2027-02-12T08:00", 15),
        ("2027-04-23T17:04", "2027-04-24T07:51", 2),
        ("2027-03-02T09:00", "2027-03-01T09:00", 0),  # an end before the start counts nothing
        ("2027-03-01T10:00", "2027-03-01T09:00", 0),
    ],
)
def test_minutes_between_count_business_hours_alone(start: str, end: str, minutes: int) -> None:
    assert ODD.working_minutes_between(local(start), local(end)) == minutes


def test_a_minute_counts_when_it_is_whole() -> None:
    start = local("2027-03-01T09:00")
    assert ODD.working_minutes_between(start, start + 59 * SECOND) == 0
    assert ODD.working_minutes_between(start, start + 60 * SECOND) == 1
    assert isinstance(ODD.working_minutes_between(start, start + 90 * SECOND), int)


def test_seconds_on_both_sides_of_noon_add_up() -> None:
    start = local("2027-03-01T11:39") + 30 * SECOND
    assert ODD.working_minutes_between(start, local("2027-03-01T13:15") + 30 * SECOND) == 1


# ---------------------------------------------------------------- deadlines


@pytest.mark.parametrize(
    ("value", "unit", "started", "due"),
    [
        (45, "clock_minutes", "2027-03-06T23:30", "2027-03-07T00:15"),
        (24, "clock_hours", "2027-02-04T17:06", "2027-02-05T17:06"),
        (90, "working_minutes", "2027-03-01T16:05", "2027-03-02T08:20"),
        (2, "working_hours", "2027-03-01T16:05", "2027-03-02T08:50"),
        (0, "working_days", "2027-03-01T09:00", "2027-03-01T17:05"),
        (1, "working_days", "2027-03-01T17:05", "2027-03-02T17:05"),
        (1, "working_days", "2027-03-01T17:06", "2027-03-03T17:05"),
        (2, "working_days", "2027-02-03T09:00", "2027-02-12T17:05"),
        (3, "working_days", "2027-04-22T09:00", "2027-04-26T17:05"),
        (0, "calendar_days", "2027-03-01T18:00", "2027-03-01T17:05"),
        (4, "calendar_days", "2027-03-01T23:59", "2027-03-05T17:05"),
        (5, "calendar_days", "2027-03-01T23:59", "2027-03-08T17:05"),  # moved on from a Saturday
        (2, "calendar_days", "2027-04-22T09:00", "2027-04-24T17:05"),  # a Saturday that is worked
    ],
)
def test_each_unit_of_a_promise_has_its_own_way_to_fall_due(
    value: int, unit: Unit, started: str, due: str
) -> None:
    target = Quantity(value=value, unit=unit)
    assert due_at(target, local(started), ODD) == local(due)
    assert target.has_clock


@pytest.mark.parametrize(
    "unit",
    [
        "calendar_months",
        "years",
        "percent_at_least",
        "count_at_most",
        "appointment_window_minutes",
    ],
)
def test_a_term_a_rate_or_a_count_gives_no_case_a_deadline(unit: Unit) -> None:
    target = Quantity(value=3, unit=unit)
    assert not target.has_clock
    assert unit not in CLOCK_UNITS
    with pytest.raises(NotAClock, match=f"^{unit} has no deadline$"):
        due_at(target, local("2027-03-01T09:00"), ODD)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (90, "working_minutes", "90 phút làm việc"),
        (4, "working_hours", "4 giờ làm việc"),
        (7, "working_days", "7 ngày làm việc"),
        (30, "calendar_days", "30 ngày"),
        (24, "calendar_months", "24 tháng"),
        (2, "years", "2 năm"),
        (30, "clock_minutes", "30 phút"),
        (48, "clock_hours", "48 giờ"),
        (99, "percent_at_least", "từ 99 % trở lên"),
        (100, "percent_at_least", "100 %"),
        (0, "count_at_most", "không ca nào"),
        (1, "count_at_most", "không quá 1 lần"),
        (120, "appointment_window_minutes", "trong khung hẹn 120 phút"),
        (1500, "calendar_days", "1.500 ngày"),
        (1500, "count_at_most", "không quá 1.500 lần"),
    ],
)
def test_a_quantity_is_said_exactly_in_its_own_words(value: int, unit: Unit, words: str) -> None:
    assert str(Quantity(value=value, unit=unit)).replace("\u00a0", " ") == words


def test_only_a_promise_that_runs_day_and_night_says_so() -> None:
    assert Quantity(value=30, unit="clock_minutes").as_deadline() == "30 phút, 24/7"
    assert Quantity(value=2, unit="clock_hours").as_deadline() == "2 giờ, 24/7"
    assert Quantity(value=2, unit="working_hours").as_deadline() == "2 giờ làm việc"


# ---------------------------------------------------------------- lateness


@pytest.mark.parametrize(
    ("due", "now", "days"),
    [
        ("2027-03-01T17:05", "2027-03-01T17:04", 0),
        ("2027-03-01T17:05", "2027-03-01T17:05", 0),
        ("2027-03-01T17:05", "2027-03-02T07:49", 0),
        ("2027-03-01T17:05", "2027-03-02T07:50", 1),
        ("2027-03-01T07:49", "2027-03-01T07:50", 1),  # due before the opening of the same day
        ("2027-03-01T07:50", "2027-03-01T07:51", 0),  # due at the opening itself
        ("2027-03-05T17:05", "2027-03-08T07:49", 0),
        ("2027-03-05T17:05", "2027-03-08T07:50", 1),
        ("2027-02-04T17:05", "2027-02-12T07:50", 1),
        ("2027-03-01T17:05", "2027-03-05T12:00", 4),
    ],
)
def test_a_working_day_is_late_from_its_opening_on(due: str, now: str, days: int) -> None:
    assert len(list(ODD.openings(local(due), local(now)))) == days


def test_openings_are_told_one_by_one_up_to_and_with_the_last_moment() -> None:
    after, until = local("2027-03-04T07:50"), local("2027-03-09T07:50")
    found = list(ODD.openings(after, until))
    assert found == [local(f"2027-03-{day}T07:50") for day in ("05", "08", "09")]
    assert len(list(ODD.openings(after, until))) == 3
    assert list(ODD.openings(after, until - SECOND)) == found[:2]
    assert next(ODD.openings(after - SECOND, until)) == after


def test_no_opening_lies_between_a_moment_and_itself_or_an_earlier_one() -> None:
    opening = local("2027-03-04T07:50")
    assert list(ODD.openings(opening, opening)) == []
    assert list(ODD.openings(opening + SECOND, opening - timedelta(days=9))) == []


def test_a_calendar_that_never_opens_again_is_not_asked_for_an_empty_span() -> None:
    never = BusinessCalendar(ODD.hours, frozenset(), {})
    moment = local("2027-03-04T09:00")
    assert len(list(never.openings(moment, moment))) == 0
