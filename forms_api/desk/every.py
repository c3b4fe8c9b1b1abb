"""Going through all cases, a few at a time: however many there are, memory holds a handful."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.store import queues

AT_ONCE = 100
"""Cases of one look into the store: short looks let others commit in between."""


def every_case(portal: Portal) -> Iterator[Loaded]:
    """Go through all cases, the latest first, each of them once.

    Raises:
        StoreUnavailable: the store cannot be read (any more).
    """
    after: tuple[datetime, str] | None = None
    while some := portal.store.read(partial(_some, after=after)):
        yield from some
        last = some[-1]
        after = (last.case.received_at, last.reference)


def _some(connection: Connection, after: tuple[datetime, str] | None) -> list[Loaded]:
    rows = queues.everything(connection, AT_ONCE, after)
    return [load(connection, str(row.reference)) for row in rows]
