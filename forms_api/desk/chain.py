"""All cases, one after the other, and the chain of departments that follows from them.

However many cases there are, memory holds a handful. The chain says what departments owe each other
and how it went; never persons.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

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
    """A link with its times in words: on average, altogether, and after the limit."""

    link: Link
    average: str
    altogether: str
    late: str


@dataclass(frozen=True)
class Taken:
    """What a department did with all the work that others gave to it."""

    name: str
    count: int
    late: int
    minutes: int
    late_minutes: int
    altogether: str
    after_limits: str


def links(portal: Portal, now: datetime) -> tuple[ChainLink, ...]:
    """Return every link between departments over all kept cases.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    cases = (one.case for one in every_case(portal))
    words = partial(working_time, calendar=portal.policy.calendar)
    return tuple(
        ChainLink(one, words(one.minutes // one.count), words(one.minutes), words(one.late_minutes))
        for one in department_links(cases, portal.policy, now)
    )


def taken(links: Iterable[ChainLink], portal: Portal) -> tuple[Taken, ...]:
    """Add up the links by the department that took; most time after the limit first."""
    by_taker: dict[str, list[Link]] = {}
    for one in links:
        by_taker.setdefault(one.link.taker, []).append(one.link)
    words = partial(working_time, calendar=portal.policy.calendar)
    found = []
    for name, own in by_taker.items():
        minutes, late = sum(one.minutes for one in own), sum(one.late_minutes for one in own)
        counts = sum(one.count for one in own), sum(one.late for one in own)
        found.append(Taken(name, *counts, minutes, late, words(minutes), words(late)))
    return tuple(sorted(found, key=lambda one: (-one.late_minutes, one.name)))
