"""Searches without an answer, as they come from pages and from the search box.

Nothing here looks at who asks: no cookie, no address, no session. A process counts so many a
minute and lets the rest go, so that nobody can fill the table by hand.
"""

import logging
import threading
from datetime import datetime, timedelta
from typing import cast

from flask import Flask, current_app

from forms_api.errors import StoreUnavailable
from forms_api.gaps import count_miss
from forms_api.web.app_context import app_context

NAME = "search-misses"
A_MINUTE = 120
"""Searches that one process counts in a minute."""

log = logging.getLogger("forms_api.web")


class Allowance:
    """So many in each minute, for all callers together."""

    def __init__(self, most: int = A_MINUTE) -> None:
        """Allow ``most`` a minute."""
        self._most = most
        self._lock = threading.Lock()
        self._left = most
        self._until: datetime | None = None

    def take(self, now: datetime) -> bool:
        """Take one; False when this minute's are gone."""
        with self._lock:
            if self._until is None or now >= self._until:
                self._until, self._left = now + timedelta(minutes=1), self._most
            self._left -= 1
            return self._left >= 0


def install(app: Flask) -> None:
    """Give the application its allowance."""
    app.extensions[NAME] = Allowance()


def allowed() -> bool:
    """Say whether one more search may be counted now, and count it against the allowance."""
    return cast(Allowance, current_app.extensions[NAME]).take(app_context().now())


def note(query: str) -> None:
    """Count a search of the results page, if it can be: the page is shown in any case."""
    try:
        if allowed():
            count_miss(app_context().portal, query, app_context().now())
    except StoreUnavailable:
        log.warning("a search without an answer was not counted: the store is unavailable")
