"""What time it is, when the machine's clock may be wrong.

A clock may step: a battery is empty, a time server is wrong, somebody types a date. Within a
process the monotonic clock tells what really passed. A step back of more than ``BACK``, or ahead
by more than ``AHEAD``, is not believed: the process goes on counting by itself, the sweep waits and
``flask --app forms_api status`` says so, until the clock is right again or an operator confirms
it. A smaller step ahead is followed, as after a machine slept, but the sweep lets it settle first.
"""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

BACK = timedelta(minutes=5)
"""A step back that time servers do make."""
AHEAD = timedelta(days=21)
"""Longer than any holiday for which a machine is switched off; a clock further ahead is wrong."""
LARGE = timedelta(days=1)
"""A step ahead of a running process after which the sweep waits ``SETTLING_SECONDS``."""
SETTLING_SECONDS = 1800.0


def wall() -> datetime:
    """Return what the machine's clock shows, in aware UTC."""
    return datetime.now(UTC)


def plausible(now: datetime, seen: datetime | None) -> str:
    """Compare the clock with the newest moment that was seen: ``ok``, ``behind`` or ``ahead``."""
    if seen is None:
        return "ok"
    if now < seen - BACK:
        return "behind"
    return "ahead" if now > seen + AHEAD else "ok"


class SteadyClock:
    """A clock that follows the machine's as long as that is plausible; threads may share it."""

    def __init__(
        self,
        wall: Callable[[], datetime] = wall,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Follow ``wall``; ``monotonic`` counts the seconds that really passed."""
        self._wall, self._monotonic = wall, monotonic
        self._lock = threading.Lock()
        self._anchor = (wall(), monotonic())
        self._before: tuple[datetime, float] | None = None
        self._settled_at = 0.0

    def __call__(self) -> datetime:
        """Return the time, aware UTC."""
        return self.look()[0]

    def look(self) -> tuple[datetime, str]:
        """Return the time, and whether it is ``ok``, ``behind``, ``ahead`` or ``settling``."""
        with self._lock:
            shown, passed = self._wall(), self._monotonic()
            steady = self._count(self._anchor, passed)
            if self._back_where_it_was(shown, passed):
                steady = shown
            found = plausible(shown, steady)
            if found != "ok":
                return steady, found
            if shown - steady > LARGE:
                self._before = self._anchor
                self._settled_at = passed + SETTLING_SECONDS
            self._anchor = (shown, passed)
            return shown, "settling" if passed < self._settled_at else "ok"

    @property
    def moments(self) -> tuple[datetime, ...]:
        """What time it may be: by this clock, and by the machine's where that differs."""
        steady, shown = self(), self._wall()
        return (steady,) if abs(shown - steady) < BACK else (steady, shown)

    def accept(self) -> None:
        """Believe the machine's clock from here on."""
        with self._lock:
            self._anchor = (self._wall(), self._monotonic())
            self._before, self._settled_at = None, 0.0

    def _back_where_it_was(self, shown: datetime, passed: float) -> bool:
        """Undo a step ahead that the clock itself took back before it had settled."""
        if self._before is None:
            return False
        if passed >= self._settled_at:
            self._before = None
            return False
        if abs(shown - self._count(self._before, passed)) > BACK:
            return False
        self._before, self._settled_at = None, 0.0
        self._anchor = (shown, passed)
        return True

    @staticmethod
    def _count(anchor: tuple[datetime, float], passed: float) -> datetime:
        return anchor[0] + timedelta(seconds=passed - anchor[1])
