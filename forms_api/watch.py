"""The watch over the sweep: it goes by a clock that can be believed, or not at all.

Each round leaves a sign of life. The next one, of this process or another, compares its clock with
the newest sign: what is missed, owed or closed by a date is for ever, so it waits for a date that
is sure. An operator who knows that the clock is right confirms it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from forms_api.clock import SteadyClock, plausible
from forms_api.portal import Portal
from forms_api.store import vital_rows


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


class Confirmations:
    """Tells a clock of each new confirmation, once."""

    def __init__(self, clock: SteadyClock) -> None:
        """Tell ``clock``."""
        self._clock = clock
        self._known: datetime | None = None
        self._first = True

    def take_up(self, portal: Portal) -> None:
        """Look for a confirmation that is newer than the last look.

        Raises:
            StoreUnavailable: the store cannot be read.
        """
        row = signs(portal).get(vital_rows.CONFIRMED)
        at = None if row is None else row.at
        if at != self._known and not self._first:
            self._clock.accept()
        self._known, self._first = at, False
