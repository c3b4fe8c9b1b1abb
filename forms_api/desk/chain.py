"""The internal chain: what departments owe each other and how it went; never persons."""

from dataclasses import dataclass
from datetime import datetime

from forms_api.desk.every import every_case
from forms_api.portal import Portal
from service_policy.cases.core.words import working_time
from service_policy.cases.holding.clocks import Link, department_links


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
