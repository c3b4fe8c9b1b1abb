"""A clock that steps writes no false event, locks nobody out and deletes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_api import kinds, outbox, service, sweeping
from forms_api.clock import AHEAD, BACK, SETTLING_SECONDS, SteadyClock
from forms_api.staff import login, throttle
from forms_api.staff.login import LoginRefused
from forms_api.store.outbox_rows import claim
from tests.support.staff import PASSWORD, enrol
from tests.support.submissions import COMPLAINT

START = datetime(2026, 11, 30, 2, tzinfo=UTC)


class World:
    """A wall clock and a monotonic one, moved by hand."""

    def __init__(self) -> None:
        self.wall, self.monotonic = START, 1000.0

    def pass_by(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.monotonic += seconds

    def clock(self) -> SteadyClock:
        return SteadyClock(lambda: self.wall, lambda: self.monotonic)


@pytest.mark.parametrize("step", [timedelta(hours=-2), timedelta(days=-40), timedelta(days=40)])
def test_an_implausible_step_is_not_followed_and_comes_to_an_end(step) -> None:
    world = World()
    clock = world.clock()
    world.wall += step
    world.pass_by(60)
    assert clock.look() == (START + timedelta(seconds=60), "ahead" if step > BACK else "behind")
    assert len(clock.moments) == 2
    world.wall -= step
    world.pass_by(60)
    assert clock.look() == (START + timedelta(seconds=120), "ok")


def test_a_step_of_days_is_followed_but_settles_first_and_may_be_taken_back() -> None:
    world = World()
    clock = world.clock()
    world.wall += timedelta(days=3)
    assert clock.look() == (START + timedelta(days=3), "settling")
    world.wall -= timedelta(days=3)
    assert clock.look() == (START, "ok")
    world.wall += timedelta(days=3)
    clock()
    world.pass_by(SETTLING_SECONDS + 1)
    assert clock.look()[1] == "ok"


def test_an_operator_who_confirms_is_believed() -> None:
    world = World()
    clock = world.clock()
    world.wall += timedelta(days=90)
    assert clock() == START
    clock.accept()
    assert clock.look() == (START + timedelta(days=90), "ok")


@given(st.lists(st.tuples(st.integers(-(10**7), 10**7), st.integers(0, 3600)), max_size=20))
def test_whatever_the_machine_shows_time_goes_back_by_minutes_at_most(steps) -> None:
    world = World()
    clock = world.clock()
    before = clock()
    for jump, seconds in steps:
        world.wall += timedelta(seconds=jump)
        world.pass_by(seconds)
        now, _ = clock.look()
        undone = now < before - BACK
        assert now - before <= AHEAD + timedelta(seconds=seconds)
        # Only a step that was followed and then taken back by the machine itself is undone.
        assert not undone or now == world.wall
        before = now


@pytest.mark.parametrize("step", [timedelta(hours=-2), timedelta(days=40), timedelta(days=400)])
def test_the_sweep_waits_until_the_clock_is_right_or_confirmed(portal, now, step) -> None:
    assert sweeping.may_sweep(portal, now)
    assert not sweeping.may_sweep(portal, now + step)
    assert sweeping.may_sweep(portal, now + timedelta(minutes=1))
    assert not sweeping.may_sweep(portal, now + step)
    sweeping.confirm(portal, now + step)
    assert sweeping.may_sweep(portal, now + step)


def test_after_a_long_holiday_switched_off_the_sweep_goes_on(portal, now) -> None:
    assert sweeping.may_sweep(portal, now)
    assert sweeping.may_sweep(portal, now + timedelta(days=14))


@pytest.mark.parametrize("step", [timedelta(hours=2), timedelta(days=40), timedelta(days=4000)])
def test_a_code_is_taken_again_after_the_clock_came_back_and_none_twice(portal, now, step) -> None:
    lan = enrol(portal, now)
    early = lan.code(now)
    lan.log_in(portal, now)
    lan.log_in(portal, now + step)
    later = now + timedelta(minutes=1)
    lan.log_in(portal, later)
    for used, moment in ((early, now), (lan.code(later), later)):
        waiting = login.begin(portal, lan.person.login, PASSWORD, moment)
        with pytest.raises(LoginRefused):
            login.finish(portal, waiting, used, moment)


def test_a_lock_of_a_wrong_clock_locks_nobody(portal, now) -> None:
    lan = enrol(portal, now)
    ahead = now + timedelta(days=40)
    for _ in range(throttle.MOST_FAILURES):
        with pytest.raises(LoginRefused):
            login.begin(portal, "lan", "sai", ahead)
    with pytest.raises(LoginRefused):
        login.begin(portal, "lan", PASSWORD, ahead)
    lan.log_in(portal, now)


def test_a_session_of_the_future_is_none(portal, now) -> None:
    lan = enrol(portal, now)
    token = lan.log_in(portal, now + timedelta(days=40))
    assert login.session(portal, token, now) is None


def test_letters_and_cases_put_off_by_a_wrong_clock_are_due_again(portal, policy, now) -> None:
    ahead = now + timedelta(days=40)
    service.file_case(portal, kinds.of("complaint").read(COMPLAINT, policy, now), "k", now)
    taken = portal.store.write(lambda c: claim(c, ahead, outbox.LEASES))
    assert taken is not None
    again = portal.store.write(lambda c: claim(c, now, outbox.LEASES))
    assert again is not None
    assert again.id == taken.id or again.next_attempt_at <= now
    first = sweeping.sweep(portal, now)
    assert first.cases == 1
