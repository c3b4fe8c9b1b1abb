"""When a promise is kept, waits or is late: the last moment, and a second beyond it."""

from datetime import timedelta

import pytest

from service_policy.actors import CUSTOMER
from service_policy.cases import fold
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.resolution.reopening import Reopen
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy
from service_policy.scorecard.histories import Period
from service_policy.scorecard.orders import (
    Order,
    OrderFile,
    Source,
    confirmed_in_time,
    delivered_in_full,
)
from tests.service_policy.conftest import local
from tests.service_policy.story import Story

A_SECOND = timedelta(seconds=1)
DECEMBER = Period(
    local("2026-12-01T00:00"), local("2027-01-01T00:00"), cutoff=local("2027-01-10T00:00")
)


# ---------------------------------------------------------------- pauses


def running_day_and_night(policy: Policy, stops_on: str) -> Story:
    """A case one promise of which runs by the clock on the wall, nights included."""
    story = Story(policy)
    story.events = [
        event.model_copy(update={"unit": "clock_hours"})
        if event.type == "promise_made" and event.stops_on == stops_on
        else event
        for event in story.events
    ]
    return story


@pytest.mark.parametrize("by_the_clock", [False, True])
def test_waiting_for_the_customer_stops_no_promise_that_runs_day_and_night(
    policy: Policy, by_the_clock: bool
) -> None:
    story = running_day_and_night(policy, "answered") if by_the_clock else Story(policy)
    key = next(one.key for one in story.case.promises if one.stops_on == "answered")
    before = story.due(key)
    story.wait(minutes=10).ask()
    assert story.status(key) == ("running" if by_the_clock else "paused")
    story.wait(hours=2).do(AddInformation(CUSTOMER, text="Ảnh đây."))
    assert (story.due(key) == before) is by_the_clock
    story.at(before + A_SECOND)
    assert story.status(key) == ("missed" if by_the_clock else "running")


@pytest.mark.parametrize("by_the_clock", [False, True])
def test_the_days_of_a_closed_case_are_no_gift_to_a_promise_that_runs_day_and_night(
    policy: Policy, by_the_clock: bool
) -> None:
    story = running_day_and_night(policy, "resolved") if by_the_clock else Story(policy)
    key = next(one.key for one in story.case.promises if one.stops_on == "resolved")
    before = story.due(key)
    story.answer().propose().confirm().wait(days=3).do(Reopen(CUSTOMER))
    assert (story.due(key) == before) is by_the_clock


def test_a_promise_is_kept_at_its_last_moment_and_missed_a_second_later(policy: Policy) -> None:
    for late, status in ((timedelta(), "kept"), (A_SECOND, "missed")):
        story = Story(policy)
        key = next(one.key for one in story.case.promises if one.stops_on == "answered")
        story.now = story.due(key) + late
        assert story.status(key) == ("missed" if late else "running")
        story.answer()
        assert story.status(key) == status
        assert bool(story.owed(key)) is bool(late)


def test_a_pause_runs_from_its_delivery_and_ends_at_its_last_moment(policy: Policy) -> None:
    story = Story(policy).answer().wait(hours=1).ask()
    (pause,) = fold(story.events).pauses
    longest = policy.company.handling.pause_longest.value
    assert pause.until == policy.calendar.close_after_working_days(story.now, longest)
    assert pause.running(story.now)
    assert not pause.running(story.now - A_SECOND)
    assert pause.running(pause.until - A_SECOND)
    assert not pause.running(pause.until)


# ---------------------------------------------------------------- orders


def order(number: int, **changes: object) -> Order:
    values = {
        "order_no": f"DH-{number}",
        "received_at": local("2026-12-03T09:00"),
        "lines_ordered": 2,
        "lines_delivered": 2,
        "units_ordered": 9,
        "units_delivered": 9,
    } | changes
    return Order.model_validate(values)


def orders(*found: Order) -> OrderFile:
    return OrderFile(found, Source(id="orders", sha256="0" * 64, rows=len(found)))


def confirmed(policy: Policy, period: Period, *found: Order) -> tuple[int | None, int | None]:
    figure = confirmed_in_time(orders(*found), period, policy)
    return figure.numerator, figure.denominator


def test_an_order_confirmed_at_the_last_moment_of_its_limit_is_in_time_and_no_second_later(
    policy: Policy,
) -> None:
    received = local("2026-12-03T09:00")
    within = policy.limit_of("K6", received.date())
    assert within is not None
    limit = due_at(within, received, policy.calendar)
    at_the_limit = order(1, confirmed_at=limit)
    assert confirmed(policy, DECEMBER, at_the_limit) == (1, 1)
    too_late = order(2, confirmed_at=limit + A_SECOND)
    assert confirmed(policy, DECEMBER, too_late) == (0, 1)
    assert confirmed(policy, DECEMBER, at_the_limit, too_late, order(3)) == (1, 3)


def test_an_order_that_waits_counts_once_its_limit_is_over(policy: Policy) -> None:
    waiting = order(1)
    within = policy.limit_of("K6", waiting.received_at.date())
    assert within is not None
    limit = due_at(within, waiting.received_at, policy.calendar)
    for cutoff, counted in ((limit, 0), (limit + A_SECOND, 1)):
        period = Period(DECEMBER.start, DECEMBER.end, cutoff)
        assert confirmed(policy, period, waiting) == (0, counted)


def test_an_order_belongs_to_the_month_in_which_it_was_received(policy: Policy) -> None:
    for moment, counted in (
        (DECEMBER.start - A_SECOND, 0),
        (DECEMBER.start, 1),
        (DECEMBER.end - A_SECOND, 1),
        (DECEMBER.end, 0),
    ):
        found = order(1, received_at=moment, confirmed_at=moment)
        assert confirmed(policy, DECEMBER, found) == (counted, counted)


@pytest.mark.parametrize(
    ("due_on", "delivered_on", "share"),
    [
        ("2026-12-01", "2026-12-01", (1, 1)),
        ("2026-11-30", "2026-11-30", (0, 0)),
        ("2026-12-31", "2026-12-31", (1, 1)),
        ("2027-01-01", "2027-01-01", (0, 0)),
        ("2026-12-10", "2026-12-09", (0, 1)),  # a day too early is not the day that was agreed
        ("2026-12-10", "2026-12-11", (0, 1)),
        ("2026-12-10", None, (0, 1)),
        (None, "2026-12-10", (0, 0)),
    ],
)
def test_a_delivery_counts_on_its_day_in_its_month(
    due_on: str | None, delivered_on: str | None, share: tuple[int, int]
) -> None:
    figure = delivered_in_full(orders(order(1, due_on=due_on, delivered_on=delivered_on)), DECEMBER)
    assert (figure.numerator, figure.denominator) == share


def test_a_delivery_is_judged_when_its_day_is_over() -> None:
    found = orders(order(1, due_on="2026-12-10"))
    for cutoff, counted in (("2026-12-10T23:59", 0), ("2026-12-11T00:00", 1)):
        period = Period(DECEMBER.start, DECEMBER.end, local(cutoff))
        assert delivered_in_full(found, period).denominator == counted


@pytest.mark.parametrize(
    ("delivered", "kept"), [((2, 9), 1), ((3, 10), 1), ((1, 9), 0), ((2, 8), 0)]
)
def test_a_delivery_is_complete_with_every_line_and_every_unit(
    delivered: tuple[int, int], kept: int
) -> None:
    lines, units = delivered
    found = order(
        1,
        due_on="2026-12-10",
        delivered_on="2026-12-10",
        lines_delivered=lines,
        units_delivered=units,
    )
    assert delivered_in_full(orders(found), DECEMBER).numerator == kept
