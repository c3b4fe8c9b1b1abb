"""Finding cases by what people remember: a name, a number, a few words."""

from datetime import datetime

from sqlalchemy import Connection

from forms_api.desk.access import READERS, WORKERS, may_read_personal, reads_every_case
from forms_api.desk.paging import sheet
from forms_api.desk.queue import Listed, line
from forms_api.portal import Portal
from forms_api.references import parse_reference
from forms_api.staff.people import Person
from forms_api.store import case_texts, history, queues
from service_policy.cases import as_of
from service_policy.policy import Policy

_AT_ONCE = 200
"""Cases that are read together while looking whether somebody may see them."""


def find(portal: Portal, question: str, person: Person, now: datetime, page: str = "") -> Listed:
    """Return a page of the cases that hold every word, the latest first.

    Only those count that this person may read: first it is asked who may, and then the rest is
    divided into pages. A reference finds its case however it is typed.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    policy = portal.policy

    def look(connection: Connection) -> Listed:
        mine = _readable(connection, question, person, policy, now)
        at = sheet(page, len(mine))
        rows = queues.of(connection, mine[at.skipped : at.skipped + at.size])
        return Listed(tuple(line(row, policy, now) for row in rows), at)

    return portal.store.read(look)


def _readable(
    connection: Connection, question: str, person: Person, policy: Policy, now: datetime
) -> list[str]:
    company = policy.company
    if person.role not in READERS or company.department(person.department) is None:
        return []
    everything = reads_every_case(person, company)
    reference = parse_reference(question)
    if reference:
        found = [reference] if history.is_taken(connection, reference) else []
    else:
        # Whoever reads by department need not look through the cases of all others.
        narrowed = person.role in WORKERS and not everything
        found = case_texts.find(connection, question, person.department if narrowed else None)
    if everything:
        return found
    readable = []
    for start in range(0, len(found), _AT_ONCE):
        some = found[start : start + _AT_ONCE]
        known = history.load_cases(connection, some)
        readable += [
            one
            for one in some
            if may_read_personal(person, as_of(known[one], policy, now), company)
        ]
    return readable
