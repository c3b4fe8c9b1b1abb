"""The internal chain: what departments owe each other and how it went; never persons."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from forms_api.desk.spans import working_time
from forms_api.loading import load
from forms_api.portal import Portal
from forms_api.store import queues
from service_policy.cases.clocks import Link, department_links

MOST_CASES = 5000


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
    references = [
        str(row.reference) for row in portal.store.read(lambda c: queues.everything(c, MOST_CASES))
    ]
    cases = (portal.store.read(partial(load, reference=one)).case for one in references)
    calendar = portal.policy.calendar
    return tuple(
        ChainLink(one, working_time(one.minutes // one.count, calendar))
        for one in department_links(cases, portal.policy, now)
    )
