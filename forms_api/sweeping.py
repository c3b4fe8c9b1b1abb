"""The sweep: what has come due by itself becomes events, for all cases, in small batches.

Safe to run at any moment, from any number of processes, any number of times: a batch is claimed
before it is looked at, and a case that grew meanwhile is left for the next round. How often it
runs changes when an event is written, never a deadline, a miss or an amount.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from forms_api import watch
from forms_api.clock import SteadyClock
from forms_api.errors import StoreUnavailable
from forms_api.handling import Step, step_of, write_step
from forms_api.loading import load
from forms_api.outbox import utc_now
from forms_api.own_reports.linking import link_cases
from forms_api.own_reports.round import compare_books
from forms_api.portal import Portal
from forms_api.store import queues, upload_rows
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
    """Compare the company's books, then sweep every case that is due to be looked at.

    A case that cannot be judged, such as one whose promise is in the content no longer, keeps no
    other from being swept; its error is raised once all others are.

    Raises:
        StoreUnavailable: what was swept until then is written.
    """
    total = Swept()
    failures: list[Exception] = []
    try:
        compare_books(portal, now)
        link_cases(portal, now)
    except StoreUnavailable:
        raise
    except Exception as error:  # noqa: BLE001 - a paper of the books must not keep cases from theirs
        failures.append(error)
    while claimed := portal.store.write(
        partial(queues.claim_due, now=now, lease_ends=now + LEASE, limit=BATCH)
    ):
        total += _batch(portal, claimed, now, failures)
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
            portal.settings.upload_dir,
            lambda ids: portal.store.read(lambda connection: upload_rows.known(connection, ids)),
        )
    except OSError as error:
        raise StoreUnavailable(f"the uploads cannot be read: {type(error).__name__}") from error


def sweep_forever(
    portal: Callable[[], Portal],
    stop: threading.Event,
    pause_seconds: float = 60,
    clock: Callable[[], datetime] = utc_now,
) -> None:
    """Sweep every minute until ``stop`` is set; for a thread of the server.

    ``portal`` is asked each time, because a newly published site brings newer promises. While the
    clock cannot be believed nothing is swept; see ``watch``.
    """
    steady = clock if isinstance(clock, SteadyClock) else None
    confirmations = None if steady is None else watch.Confirmations(steady)
    files_at = time.monotonic()
    while not stop.is_set():
        try:
            if confirmations is not None:
                confirmations.take_up(portal())
            now, shown = (clock(), "ok") if steady is None else steady.look()
            if watch.may_sweep(portal(), now, shown):
                sweep(portal(), now)
                watch.swept(portal(), now)
                if time.monotonic() >= files_at:
                    sweep_files(portal())
                    files_at = time.monotonic() + FILES_EVERY.total_seconds()
            else:
                log.error("the sweep waits: the clock cannot be believed (%s)", shown)
        except StoreUnavailable:
            log.warning("the sweep rests: the store is unavailable")
        stop.wait(pause_seconds)


def next_look(case: Case, now: datetime) -> datetime | None:
    """Return when something may come due next; None when nothing will come by itself."""
    if case.is_ended:
        asks = not case.follow_up_asked or (case.documents_sent and not case.understood_asked)
        waits = bool(case.open_debts) or (case.state == "closed" and asks)
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
        written = [step.rows for step in steps if write_step(connection, step)]
        changed = [rows for rows in written if rows.events]
        return Swept(len(references), len(changed), sum(len(rows.events) for rows in changed))

    return portal.store.write(record)


def _step(portal: Portal, reference: str, now: datetime) -> Step:
    loaded = portal.store.read(partial(load, reference=reference))
    happened = due_work(loaded.case, portal.policy, now)
    look = next_look(fold(happened, loaded.case), now)
    # A projection may be older than its columns: an empty step brings it up to date.
    return step_of(portal, loaded, happened, {}, now, wake_at=look)
