"""Mystery customers at the desk: the list of a month, what was met, and the figure of it.

A turn is recorded once and never changed: what does not fit is told in its words. Who recorded it
is in the access trail; the figure counts tasks, never persons.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, func, insert, select

from forms_api import audit
from forms_api.errors import FieldError, ValidationFailed
from forms_api.portal import Portal
from forms_api.store import Store
from forms_api.store.tables import mystery_turns
from service_policy.mystery import MysteryTask, MysteryTasks, Turn, outcome, turns
from service_policy.scorecard.histories import bounds

TWICE = "Lượt này đã được ghi; mỗi lượt ghi một lần."

_SAID = mystery_turns.c


@dataclass(frozen=True)
class Played:
    """A turn of the list with its record (a row of ``mystery_turns``), or none yet."""

    turn: Turn
    record: Row[Any] | None


@dataclass(frozen=True)
class Kept:
    """How often a task of a month was done, and how often the promise was kept."""

    task: str
    title: str
    kept: int
    done: int
    planned: int


@dataclass(frozen=True)
class Told:
    """What somebody met: what they asked, what was promised to them, what they got, and when.

    ``ended_at`` is None when no answer came. ``as_promised`` says that what came was what the
    company promises, whenever it came.
    """

    begun_at: datetime
    ended_at: datetime | None
    asked: str
    promised: str
    got: str
    as_promised: bool


def list_of(portal: Portal, tasks: MysteryTasks, month: str) -> tuple[Played, ...]:
    """Return the turns of a month (``2026-11``) in order, each with what was recorded.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    secret = hmac.digest(portal.settings.secret_key.encode(), b"mystery turns 1", "sha256")
    planned = turns(tasks.tasks, month, secret, portal.policy.calendar)
    known = {(row.task, row.number): row for row in portal.store.read(_rows, month)}
    return tuple(Played(one, known.get((one.task.id, one.number))) for one in planned)


def figures(
    store: Store, tasks: MysteryTasks, month: str, before: datetime | None = None
) -> tuple[Kept, ...]:
    """Return kept ÷ done of each task in a month; also of one that is on the list no more.

    ``before`` leaves out what was recorded at that moment or later.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    counted = store.read(_counts, month, before)
    titles = {one.id: one.title for one in tasks.tasks}
    planned = {one.id: one.times for one in tasks.tasks}
    return tuple(
        Kept(task, titles.get(task, task), *counted.get(task, (0, 0)), planned.get(task, 0))
        for task in dict.fromkeys((*titles, *counted))
    )


def record(
    portal: Portal, month: str, turn: Turn, told: Told, staff_id: str, now: datetime
) -> None:
    """Write what somebody met in a turn; whether the promise was kept is the clock's to say.

    Raises:
        ValidationFailed: it cannot have been so, or the turn has been recorded before.
        StoreUnavailable: nothing is recorded.
    """
    _refuse_what_cannot_be(told, month, now)
    task: MysteryTask = turn.task
    judged = outcome(
        task,
        told.begun_at,
        told.ended_at,
        as_promised=told.as_promised,
        calendar=portal.policy.calendar,
    )
    row = {
        "month": month,
        "task": task.id,
        "number": turn.number,
        "begun_at": told.begun_at,
        "ended_at": told.ended_at,
        "due_at": judged.due_at,
        "minutes": judged.minutes,
        "kept": judged.kept,
        "asked": told.asked,
        "promised": told.promised,
        "got": told.got,
        "recorded_at": now,
        "recorded_by": staff_id,
    }
    same = (_SAID.month == month, _SAID.task == task.id, _SAID.number == turn.number)

    def write(connection: Connection) -> None:
        if connection.scalar(select(func.count()).where(*same)):
            raise ValidationFailed([FieldError("", TWICE)])
        connection.execute(insert(mystery_turns), row)
        audit.line(connection, now, "mystery", staff_id, None, f"{month} {task.id} {turn.number}")

    portal.store.write(write)


def _refuse_what_cannot_be(told: Told, month: str, now: datetime) -> None:
    faults = []
    start, end = bounds(month)
    if not start <= told.begun_at < end:
        faults.append(FieldError("begun_on", f"Lượt này thuộc tháng {month[5:]}/{month[:4]}."))
    if told.begun_at > now:
        faults.append(FieldError("begun_time", "Giờ này còn ở tương lai."))
    if told.ended_at is not None and told.ended_at > now:
        faults.append(FieldError("ended_time", "Giờ này còn ở tương lai."))
    if told.ended_at is not None and told.ended_at < told.begun_at:
        faults.append(FieldError("ended_time", "Có lời đáp sau lúc bắt đầu; xem lại ngày giờ."))
    if told.ended_at is None and told.as_promised:
        faults.append(FieldError("as_promised", "Chưa có lời đáp thì chưa thể là đúng lời hứa."))
    if faults:
        raise ValidationFailed(faults)


def _counts(
    connection: Connection, month: str, before: datetime | None
) -> Mapping[str, tuple[int, int]]:
    """Return (kept, done) by task of a month."""
    kept = func.sum(case((_SAID.kept, 1), else_=0))
    query = select(_SAID.task, kept.label("kept"), func.count().label("done"))
    query = query.where(_SAID.month == month).group_by(_SAID.task).order_by(_SAID.task)
    known = query if before is None else query.where(_SAID.recorded_at < before)
    return {row.task: (int(row.kept), int(row.done)) for row in connection.execute(known)}


def _rows(connection: Connection, month: str) -> list[Row[Any]]:
    return list(connection.execute(select(mystery_turns).where(_SAID.month == month)))
