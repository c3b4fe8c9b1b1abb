"""Finding cases by what people remember: a name, a number, a few words."""

from datetime import datetime

from sqlalchemy import Connection

from forms_api.desk.access import may_read_personal
from forms_api.desk.queue import Line, line
from forms_api.loading import load
from forms_api.portal import Portal
from forms_api.references import parse_reference
from forms_api.staff.people import Person
from forms_api.store import case_texts, queues
from service_policy.cases import as_of

MOST = 50


def find(portal: Portal, question: str, person: Person, now: datetime) -> tuple[Line, ...]:
    """Return the cases that hold every word, the latest first, of those this person may read.

    A reference finds its case however it is typed.

    Raises:
        StoreUnavailable: the store cannot be read.
    """

    def look(connection: Connection) -> tuple[Line, ...]:
        reference = parse_reference(question)
        found = [reference] if reference else case_texts.find(connection, question, MOST)
        return tuple(
            line(row, portal.policy, now)
            for row in queues.of(connection, found)
            if may_read_personal(
                person,
                as_of(load(connection, row.reference).case, portal.policy, now),
                portal.policy.company,
            )
        )

    return portal.store.read(look)
