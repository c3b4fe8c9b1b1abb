"""Mystery customers: each month staff play the customer, and what they met is counted.

What is played is the company's own list; on which day, and as whom, is drawn from a secret of the
house, so that nobody who answers the phone can know it ahead.
"""

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from service_policy.promises.calendar import BusinessCalendar
from service_policy.promises.clock import Quantity, due_at
from service_policy.scorecard.histories import month_after
from service_policy.values import Count, Model, Slug, Text, fault

Half = Literal["sáng", "chiều"]


class MysteryTask(Model):
    """Something that staff do as a customer would.

    ``play`` says what to do, ``promise`` what the company has promised about it and ``within`` in
    what time. It is done ``times`` a month; each time one of the ``variants`` is drawn (a shop, a
    product, a kind of customer). ``commitments`` are the codes of the promises that it tries.
    """

    id: Slug
    title: Text
    play: Text
    promise: Text
    within: Quantity
    times: Annotated[Count, Field(ge=1, le=20)]
    variants: tuple[Text, ...] = ()
    commitments: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _has_a_clock(self) -> "MysteryTask":
        if not self.within.has_clock:
            raise fault("no_clock", "within phải là một thời hạn", "ghi phút, giờ hoặc ngày")
        return self


class MysteryTasks(Model):
    """``khach-dong-vai.yaml``; who plays no customers has no such file."""

    tasks: tuple[MysteryTask, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "MysteryTasks":
        ids = [one.id for one in self.tasks]
        if len(ids) != len(set(ids)):
            raise fault("duplicate_id", "một việc được ghi hai lần", "mỗi việc một mã")
        return self

    def task(self, task_id: str) -> MysteryTask | None:
        """Return a task by its id, or None."""
        return next((one for one in self.tasks if one.id == task_id), None)


@dataclass(frozen=True)
class Turn:
    """One time that a task is to be played; ``number`` counts the times of a month from 1.

    Day, half and variant are advice: what was played is what is recorded.
    """

    task: MysteryTask
    number: int
    day: date
    half: Half
    variant: str | None


def turns(
    tasks: Sequence[MysteryTask], month: str, secret: bytes, calendar: BusinessCalendar
) -> tuple[Turn, ...]:
    """Return the list of a month (``2026-11``), the earliest first; one secret makes one list."""
    every = list(_days(month))
    days = [one for one in every if calendar.is_working_day(one)] or every

    def draw(task: MysteryTask, number: int) -> Turn:
        what = f"{month}\0{task.id}\0{number}".encode()
        return _turn(task, number, hmac.digest(secret, what, "sha256"), days)

    drawn = [draw(task, number) for task in tasks for number in range(1, task.times + 1)]
    return tuple(sorted(drawn, key=lambda one: (one.day, one.half != "sáng", one.task.id)))


def _turn(task: MysteryTask, number: int, digest: bytes, days: Sequence[date]) -> Turn:
    rest = int.from_bytes(digest)
    rest, day = divmod(rest, len(days))
    rest, half = divmod(rest, 2)
    variant = task.variants[rest % len(task.variants)] if task.variants else None
    return Turn(task, number, days[day], "chiều" if half else "sáng", variant)


def _days(month: str) -> Iterator[date]:
    day, end = date.fromisoformat(f"{month}-01"), month_after(month)
    while day < end:
        yield day
        day += timedelta(days=1)


@dataclass(frozen=True)
class Outcome:
    """How a turn went by the clock of its task: ``minutes`` until the answer, None for none.

    They are business minutes, or plain ones for a task whose limit runs day and night. ``kept`` is
    whether what was promised came, and in time.
    """

    due_at: datetime
    minutes: int | None
    kept: bool


def outcome(
    task: MysteryTask,
    begun_at: datetime,
    ended_at: datetime | None,
    *,
    as_promised: bool,
    calendar: BusinessCalendar,
) -> Outcome:
    """Judge a turn that began at one moment and was answered at another, both aware."""
    due = due_at(task.within, begun_at, calendar)
    if ended_at is None:
        return Outcome(due, None, False)
    around_the_clock = task.within.unit.startswith("clock_")
    minutes = (
        (ended_at - begun_at) // timedelta(minutes=1)
        if around_the_clock
        else calendar.working_minutes_between(begun_at, ended_at)
    )
    return Outcome(due, minutes, as_promised and ended_at <= due)
