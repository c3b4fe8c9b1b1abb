"""The list of mystery customers: drawn, not chosen, and the clock that judges what they met."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from service_policy.content import Library
from service_policy.mystery import MysteryTask, outcome, turns
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy
from tests.service_policy.conftest import local

MONTHS = st.builds("{:04}-{:02}".format, st.integers(2020, 2035), st.integers(1, 12))


def test_each_turn_falls_on_a_working_day_of_its_month(library: Library, policy: Policy) -> None:
    @given(MONTHS, st.binary(min_size=1, max_size=40))
    def check(month: str, secret: bytes) -> None:
        found = turns(library.mystery.tasks, month, secret, policy.calendar)
        assert found == turns(library.mystery.tasks, month, secret, policy.calendar)
        assert {f"{one.day:%Y-%m}" for one in found} == {month}
        assert all(policy.calendar.is_working_day(one.day) for one in found)
        assert sorted((one.task.id, one.number) for one in found) == sorted(
            (task.id, number)
            for task in library.mystery.tasks
            for number in range(1, task.times + 1)
        )
        assert all(one.variant in one.task.variants for one in found if one.task.variants)

    check()


def test_nobody_knows_the_days_without_the_secret(library: Library, policy: Policy) -> None:
    lists = {
        tuple(one.day for one in turns(library.mystery.tasks, "2026-12", secret, policy.calendar))
        for secret in (b"a", b"b", b"c")
    }
    assert len(lists) == 3


def test_a_task_added_later_moves_no_turn_of_the_others(library: Library, policy: Policy) -> None:
    tasks = library.mystery.tasks
    every = turns(tasks, "2026-12", b"secret", policy.calendar)
    without = turns(tasks[1:], "2026-12", b"secret", policy.calendar)
    assert [one for one in every if one.task != tasks[0]] == list(without)


def test_the_last_minute_of_the_limit_is_in_time(library: Library, policy: Policy) -> None:
    task: MysteryTask = library.mystery.tasks[0]
    begun = local("2026-12-01T16:55")
    due = due_at(task.within, begun, policy.calendar)
    for late, kept in ((timedelta(), True), (timedelta(seconds=1), False)):
        found = outcome(task, begun, due + late, as_promised=True, calendar=policy.calendar)
        assert (found.due_at, found.kept) == (due, kept)
        assert found.minutes == 15
    wrong = outcome(task, begun, due, as_promised=False, calendar=policy.calendar)
    assert not wrong.kept
    nothing = outcome(task, begun, None, as_promised=False, calendar=policy.calendar)
    assert (nothing.minutes, nothing.kept) == (None, False)
