"""Questions that nobody has answered in public: what people searched for in vain.

A gap is never marked as done. Whether it is closed is what the published answers say: the search
finds one that answers it, or it does not.

Whoever asked the same as a question is pointed to what was published since. That is a hint, given
once for each question, and not the answer that a person owes: no clock stops. An entry is newer
than a question when its ``last_reviewed`` is the day of the question or later, and the asker was
not shown it before sending.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from forms_api.errors import NotFound, ValidationFailed
from forms_api.handling import execute
from forms_api.loading import Loaded, load
from forms_api.paging import Sheet
from forms_api.portal import Portal
from forms_api.store.rows import count, page_of
from forms_api.store.tables import cases, search_misses
from search_index.gap_words import kept_words
from service_policy.actors import SYSTEM
from service_policy.cases.core.parts import ENDED
from service_policy.cases.messages.answers import TellOfPublishedAnswer
from service_policy.documents import FaqEntry
from service_policy.promises.calendar import VIETNAM

Answers = Callable[[str], FaqEntry | None]
"""Finds the published entry that answers a question, or None."""

MOST_ROWS = 5000
"""Different texts that are kept; beyond that the rarest and oldest makes room."""

_COLUMNS = search_misses.c
# A row has a method named "count", so the column goes by another name.
_MISSES = select(
    _COLUMNS.words, _COLUMNS.count.label("times"), _COLUMNS.first_on, _COLUMNS.last_on
).order_by(_COLUMNS.count.desc(), _COLUMNS.last_on.desc(), _COLUMNS.words)


@dataclass(frozen=True)
class Gap:
    """Words that were searched for in vain, how often, between which days.

    ``answer`` is the published entry that answers them by now, or None.
    """

    words: str
    count: int
    first_on: date
    last_on: date
    answer: FaqEntry | None


def count_miss(portal: Portal, query: str, now: datetime) -> None:
    """Count a search that found no answer, by what may be kept of it.

    Raises:
        StoreUnavailable: it was not counted.
    """
    words, day = kept_words(query), now.astimezone(VIETNAM).date()
    if words:
        portal.store.write(count_words, words, day)


def count_words(connection: Connection, words: str, day: date) -> None:
    """Count a search once more; two that come first at once meet at the key, and one repeats."""
    again = update(search_misses).where(_COLUMNS.words == words)
    if connection.execute(again.values(count=_COLUMNS.count + 1, last_on=day)).rowcount:
        return
    if count(connection, search_misses) >= MOST_ROWS:
        rarest = select(_COLUMNS.words).order_by(_COLUMNS.count, _COLUMNS.last_on, _COLUMNS.words)
        oldest = rarest.limit(1).scalar_subquery()
        connection.execute(delete(search_misses).where(_COLUMNS.words == oldest))
    new = insert(search_misses).values(words=words, count=1, first_on=day, last_on=day)
    connection.execute(new)


def searched(connection: Connection, since: date | None = None) -> list[Row[Any]]:
    """Return what was searched for on a day or later, the most often first: words, times, days."""
    query = _MISSES if since is None else _MISSES.where(_COLUMNS.last_on >= since)
    return list(connection.execute(query))


def gaps(portal: Portal, answers: Answers, since: date | None = None) -> list[Gap]:
    """Return all that was searched for in vain, what is still unanswered and most asked first.

    ``since`` leaves out what nobody has asked for from that day on. Each one is a search.

    Raises:
        StoreUnavailable: the searches cannot be read.
    """
    return _answered(portal.store.read(searched, since), answers)


def page_of_gaps(portal: Portal, answers: Answers, page: str) -> tuple[list[Gap], Sheet]:
    """Return a page of what was searched for in vain, the most asked on the first page.

    On each page what is still unanswered comes first; only what stands there is looked up.

    Raises:
        StoreUnavailable: the searches cannot be read.
    """
    rows, at = portal.store.read(page_of, _MISSES, page)
    return _answered(rows, answers), at


def _answered(rows: Iterable[Row[Any]], answers: Answers) -> list[Gap]:
    found = [
        Gap(row.words, row.times, row.first_on, row.last_on, answers(row.words)) for row in rows
    ]
    return sorted(found, key=lambda gap: gap.answer is not None)


def tell_askers(portal: Portal, answers: Answers, now: datetime) -> int:
    """Point every open question to the answer published since, if there is one; count them.

    Safe to repeat, from any number of processes: the rules tell each question once.

    Raises:
        StoreUnavailable: whoever was told until then is told.
    """
    told = 0
    asked = select(cases.c.reference).where(cases.c.kind == "question", cases.c.state.not_in(ENDED))
    asked = asked.order_by(cases.c.received_at, cases.c.reference)
    for reference in portal.store.read(lambda connection: connection.scalars(asked).all()):
        try:
            told += _tell(portal, reference, answers, now)
        except (ValidationFailed, NotFound):
            # Somebody closed it, or told of it, a moment ago.
            continue
    return told


def _tell(portal: Portal, reference: str, answers: Answers, now: datetime) -> bool:
    entry = _newer_answer(portal.store.read(load, reference), answers)
    if entry is None:
        return False
    command = TellOfPublishedAnswer(SYSTEM, entry.id, entry.question, entry.url)
    execute(portal, reference, command, now)
    return True


def _newer_answer(loaded: Loaded, answers: Answers) -> FaqEntry | None:
    if loaded.case.told_of_answer:
        return None
    shown = loaded.filed.get("hits_shown", [])
    for words in loaded.filed.get("search_terms_tried", []):
        entry = answers(words)
        if entry is None or f"hoi-dap:{entry.id}" in shown:
            continue
        if entry.last_reviewed >= loaded.case.pinned_on:
            return entry
    return None
