"""Lists of cases as the desk shows them: queues, and what is found by what people remember.

Each line says in words how far its date is, and by when its customer must hear of us.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from forms_api import kinds, words
from forms_api.desk.access import READERS, WORKERS, may_read_personal, reads_every_case
from forms_api.paging import Sheet, sheet
from forms_api.portal import Portal
from forms_api.promise_view import distance
from forms_api.references import parse_reference
from forms_api.staff.people import Person
from forms_api.store import case_texts, history, queues
from forms_api.store.queues import Queue
from forms_api.store.rows import page_of
from service_policy.cases import Case, as_of
from service_policy.cases.core.parts import STATE_WORDS
from service_policy.cases.holding.lateness import next_report
from service_policy.promises.policy import Policy
from theme.filters import datetime_vi

WAITS = {"signature": "chờ người thứ hai ký", "review": "chờ xem xét lại"}
_AT_ONCE = 200
"""Cases that are read together while looking whether somebody may see them."""


@dataclass(frozen=True)
class ReportWords:
    """What the desk shows of a report that is owed."""

    text: str
    late: bool


def report_words(case: Case, policy: Policy, now: datetime) -> ReportWords | None:
    """Say by when the customer must hear of us; None while no promise asks for a report."""
    report = next_report(case, policy)
    if report is None:
        return None
    due = report.late_since or report.due_at
    late, when = due < now, f"{datetime_vi(due)} ({distance(due, now, policy.calendar)})"
    how = "ngay, đã lỡ hẹn" if late else "trước"
    return ReportWords(f"Phải báo tiến độ {how} {when}", late)


@dataclass(frozen=True)
class Line:
    """One case of a queue: its row of ``cases``, and that in words.

    ``due_at`` is the date that this queue is about. ``report`` says by when its customer must hear
    of us, in the queue of who holds it.
    """

    row: Row[Any]
    what: str
    segment: str
    state_words: str
    holder: str
    owner: str
    due_at: datetime | None
    distance: str
    late: bool
    report: ReportWords | None = None


@dataclass(frozen=True)
class Shelf:
    """A department and how much lies with it."""

    department_id: str
    name: str
    held: int
    late: int


@dataclass(frozen=True)
class Listed:
    """One page of a list of cases."""

    lines: tuple[Line, ...]
    sheet: Sheet


def lines(
    portal: Portal, queue: Queue, department: str | None, now: datetime, page: str = ""
) -> Listed:
    """Return a page of a queue: what is about safety, then who has priority, then due soonest.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    policy = portal.policy

    def look(connection: Connection) -> Listed:
        rows, at = page_of(connection, queues.in_queue(queue, department), page)
        shown = [line(row, policy, now, queue) for row in rows]
        if queue == "held":
            cases = history.load_cases(connection, [one.row.reference for one in shown])
            shown = [
                replace(one, report=report_words(cases[one.row.reference], policy, now))
                for one in shown
            ]
        return Listed(tuple(shown), at)

    return portal.store.read(look)


def shelves(portal: Portal, now: datetime) -> tuple[Shelf, ...]:
    """Return what lies with each department, in the company's own order, empty ones too.

    What lies with one that the company has no more comes last, under its id.
    """
    counts = {
        row.department: (row.held, row.late) for row in portal.store.read(queues.by_department, now)
    }
    company = portal.policy.company
    known = [one.id for one in company.departments]
    return tuple(
        Shelf(one, company.department_name(one), *counts.get(one, (0, 0)))
        for one in dict.fromkeys((*known, *counts))
    )


def line(row: Row[Any], policy: Policy, now: datetime, queue: Queue = "held") -> Line:
    """Show a row of ``cases`` as a line of a queue."""
    due = {"held": row.next_due_at, "signature": row.wait_by, "payment": row.pay_by}[queue]
    state = STATE_WORDS[row.state].partition(",")[0]
    return Line(
        row=row,
        what=what(row.kind, row.category, policy),
        segment=policy.matrix.who((row.segment,)),
        state_words=WAITS.get(row.waits_for or "", state),
        holder=policy.company.department_name(row.holder_department),
        owner=policy.company.department_name(row.owner_department),
        due_at=due,
        distance="" if due is None else distance(due, now, policy.calendar),
        late=due is not None and due < now,
    )


def what(kind: str, code: str | None, policy: Policy) -> str:
    """Say what a case is about: its category or topic in words."""
    category = policy.category(code) if kind == "complaint" and code else None
    if category is not None:
        return f"{category.id} · {category.title}"
    known = kinds.find(kind)
    topic = "" if known is None else known.topics.get(code or "", "")
    found = topic or words.kind(kind, policy.matrix)
    return found[:1].upper() + found[1:]


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
