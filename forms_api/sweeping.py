"""The sweep: what has come due by itself becomes events, for all cases, in small batches.

Safe to run at any moment, from any number of processes, any number of times: a batch is claimed
before it is looked at, and a case that grew meanwhile is left for the next round. How often it
runs changes when an event is written, never a deadline, a miss or an amount.

It goes by a clock that can be believed, or not at all. Each round leaves a sign of life. The next
one, of this process or another, compares its clock with the newest sign: what is missed, owed or
closed by a date is for ever, so it waits for a date that is sure. An operator who knows that the
clock is right confirms it.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from forms_api.clock import SteadyClock, plausible
from forms_api.errors import StoreUnavailable
from forms_api.handling import step_of
from forms_api.loading import load
from forms_api.own_reports.linking import link_cases
from forms_api.own_reports.round import compare_books
from forms_api.portal import Portal
from forms_api.store import queues, upload_rows, vital_rows
from forms_api.store.history import Step, append
from forms_api.store.tables import events
from forms_api.uploads import folder
from service_policy.cases import Case, due_work, fold

BATCH = 50
LEASE = timedelta(minutes=2)
OPEN_CASES_EVERY = timedelta(minutes=10)
"""An open case is looked at this often at least: working hours and new versions count, too."""
ENDED_CASES_EVERY = timedelta(hours=1)
FILES_EVERY = timedelta(hours=1)

log = logging.getLogger("forms_api.sweep")


@dataclass(frozen=True)
class Swept:
    """What a sweep did: cases looked at, cases that changed, events written."""

    cases: int = 0
    changed: int = 0
    events: int = 0

    def __add__(self, other: "Swept") -> "Swept":
        return Swept(
            self.cases + other.cases, self.changed + other.changed, self.events + other.events
        )


def sweep(portal: Portal, now: datetime) -> Swept:
    """Sweep every case that is due to be looked at, then compare the company's books.

    A case that cannot be judged, such as one whose promise is in the content no longer, keeps no
    other from being swept; its error is raised once all others are.

    Raises:
        StoreUnavailable: what was swept until then is written.
    """
    total = Swept()
    failures: list[Exception] = []
    while claimed := portal.store.write(queues.claim_due, now, now + LEASE, BATCH):
        total += _batch(portal, claimed, now, failures)
    try:
        compare_books(portal, now)
        link_cases(portal, now)
    except StoreUnavailable:
        raise
    except Exception as error:  # noqa: BLE001 - a paper of the books must not keep cases from theirs
        failures.append(error)
    if failures:
        raise failures[0]
    return total


def sweep_files(portal: Portal) -> int:
    """Remove the files that transactions which failed left a day ago; return how many.

    Raises:
        StoreUnavailable: the store or the folder cannot be read.
    """
    try:
        return folder.sweep(
            portal.settings.upload_dir, lambda ids: portal.store.read(upload_rows.known, ids)
        )
    except OSError as error:
        raise StoreUnavailable(f"the uploads cannot be read: {type(error).__name__}") from error


class Sweeper:
    """Sweeps in rounds, by a clock that can be believed; see ``may_sweep``."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """Go by ``clock``; a ``SteadyClock`` says itself whether it can be believed."""
        self._clock = clock
        self._steady = clock if isinstance(clock, SteadyClock) else None
        self._confirmed: tuple[datetime | None, ...] = ()
        self._files_at = time.monotonic()

    def round(self, portal: Portal) -> None:
        """Sweep once, and now and then the files, too; nothing while the clock is in doubt.

        Raises:
            StoreUnavailable: what was swept until then is written.
        """
        now, shown = self._look(portal)
        if not may_sweep(portal, now, shown):
            log.error("the sweep waits: the clock cannot be believed (%s)", shown)
            return
        sweep(portal, now)
        swept(portal, now)
        if time.monotonic() >= self._files_at:
            sweep_files(portal)
            self._files_at = time.monotonic() + FILES_EVERY.total_seconds()

    def _look(self, portal: Portal) -> tuple[datetime, str]:
        """Look at the clock, which believes itself from each new confirmation on."""
        if self._steady is None:
            return self._clock(), "ok"
        row = signs(portal).get(vital_rows.CONFIRMED)
        newest = (None if row is None else row.at,)
        if self._confirmed and newest != self._confirmed:
            self._steady.accept()
        self._confirmed = newest
        return self._steady.look()


def signs(portal: Portal) -> dict[str, Row[Any]]:
    """Return every sign of life.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    return portal.store.read(vital_rows.all_of)


def may_sweep(portal: Portal, now: datetime, shown: str = "ok") -> bool:
    """Say whether the sweep may go by ``now``, and leave the sign that says so.

    ``shown`` is what the process's own clock thinks of itself.

    Raises:
        StoreUnavailable: no sign can be left, so nothing else could be written either.
    """
    failed = portal.store.failed_write

    def record(connection: Connection) -> bool:
        known = vital_rows.all_of(connection)
        seen = known.get(vital_rows.SEEN)
        found = shown if shown != "ok" else plausible(now, None if seen is None else seen.at)
        if failed is not None:
            vital_rows.put(
                connection, vital_rows.FAILED_WRITE, failed.at, {"kind": failed.kind[:80]}
            )
        if found != "ok":
            if vital_rows.CLOCK not in known:
                vital_rows.put(connection, vital_rows.CLOCK, now, {"found": found})
            return False
        vital_rows.put(connection, vital_rows.SEEN, max(now, seen.at) if seen else now)
        vital_rows.drop(connection, vital_rows.CLOCK)
        return True

    return portal.store.write(record)


def swept(portal: Portal, now: datetime) -> None:
    """Leave the sign of a sweep that went through.

    Raises:
        StoreUnavailable: it cannot be left.
    """
    portal.store.write(vital_rows.put, vital_rows.SWEPT, now)


def confirm(portal: Portal, now: datetime) -> None:
    """Believe the clock as it stands; running servers take it up with their next round.

    Raises:
        StoreUnavailable: nothing is confirmed.
    """

    def record(connection: Connection) -> None:
        vital_rows.put(connection, vital_rows.SEEN, now)
        vital_rows.put(connection, vital_rows.CONFIRMED, now)
        vital_rows.drop(connection, vital_rows.CLOCK)

    portal.store.write(record)


def next_look(case: Case, now: datetime) -> datetime | None:
    """Return when something may come due next; None when nothing will come by itself."""
    if case.is_ended:
        asks = not case.follow_up_asked or (case.documents_sent and not case.understood_asked)
        kept = any(one.erased_at is None and one.way == "transfer" for one in case.payouts)
        waits = bool(case.open_debts) or kept or (case.state == "closed" and asks)
        latest = now + ENDED_CASES_EVERY if waits else None
    else:
        latest = now + OPEN_CASES_EVERY
    if latest is None:
        return None
    moments = [one.due_at for one in case.promises if one.is_open]
    moments += [one.until for one in case.pauses if one.ended_at is None and not one.void]
    moments += [one.pay_by for one in case.open_debts]
    if case.proposal is not None and case.proposal.confirm_by is not None:
        moments.append(case.proposal.confirm_by)
    # Something is due once its moment is over, so one second later.
    soon = (one + timedelta(seconds=1) for one in moments if one >= now)
    return min((*soon, latest))


def _batch(
    portal: Portal, references: list[str], now: datetime, failures: list[Exception]
) -> Swept:
    steps: list[Step] = []
    for reference in references:
        try:
            steps.append(_step(portal, reference, now))
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one case must not keep others from their miss
            log.error("%s was not swept: %s", reference, type(error).__name__)
            failures.append(error)

    def record(connection: Connection) -> Swept:
        written = [len(one.rows[events]) for one in steps if append(connection, one)]
        return Swept(len(references), sum(map(bool, written)), sum(written))

    return portal.store.write(record)


def _step(portal: Portal, reference: str, now: datetime) -> Step:
    loaded = portal.store.read(load, reference)
    happened = due_work(loaded.case, portal.policy, now)
    look = next_look(fold(happened, loaded.case), now)
    # A projection may be older than its columns: an empty step brings it up to date.
    return step_of(portal, loaded, happened, {}, now, wake_at=look)
