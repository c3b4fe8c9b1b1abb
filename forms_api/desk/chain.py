"""All cases, one after the other, and the chain of departments that follows from them.

However many cases there are, memory holds a handful. The chain says what departments owe each other
and how it went; never persons.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.store import queues
from service_policy.cases.core.event import working_time
from service_policy.cases.holding.clocks import Link, department_links

AT_ONCE = 100
"""Cases of one look into the store: short looks let others commit in between."""


def every_case(portal: Portal) -> Iterator[Loaded]:
    """Go through all cases, the latest first, each of them once.

    Raises:
        StoreUnavailable: the store cannot be read (any more).
    """
    after: tuple[datetime, str] | None = None

    def look(connection: Connection) -> list[Loaded]:
        rows = queues.everything(connection, AT_ONCE, after)
        return [load(connection, str(row.reference)) for row in rows]

    while some := portal.store.read(look):
        yield from some
        after = (some[-1].case.received_at, some[-1].reference)


@dataclass(frozen=True)
class ChainLink:
    """A link with its average time in words."""

    link: Link
    average: str


def links(portal: Portal, now: datetime) -> tuple[ChainLink, ...]:
    """Return every link between departments over all kept cases.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    cases = (one.case for one in every_case(portal))
    calendar = portal.policy.calendar
    return tuple(
        ChainLink(one, working_time(one.minutes // one.count, calendar))
        for one in department_links(cases, portal.policy, now)
    )
