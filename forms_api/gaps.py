"""Questions that nobody has answered in public: what people searched for in vain.

A gap is never marked as done. Whether it is closed is what the published answers say: the search
finds one that answers it, or it does not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row

from forms_api.paging import Sheet, sheet
from forms_api.portal import Portal
from forms_api.store import reader_rows
from search_index.gap_words import kept_words
from service_policy.documents import FaqEntry
from service_policy.promises.calendar import VIETNAM

Answers = Callable[[str], FaqEntry | None]
"""Finds the published entry that answers a question, or None."""


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
        portal.store.write(lambda connection: reader_rows.count_miss(connection, words, day))


def gaps(portal: Portal, answers: Answers, since: date | None = None) -> list[Gap]:
    """Return all that was searched for in vain, what is still unanswered and most asked first.

    ``since`` leaves out what nobody has asked for from that day on. Each one is a search.

    Raises:
        StoreUnavailable: the searches cannot be read.
    """
    return _answered(
        portal.store.read(lambda found: reader_rows.misses_since(found, since)), answers
    )


def page_of_gaps(portal: Portal, answers: Answers, page: str) -> tuple[list[Gap], Sheet]:
    """Return a page of what was searched for in vain, the most asked on the first page.

    On each page what is still unanswered comes first; only what stands there is looked up.

    Raises:
        StoreUnavailable: the searches cannot be read.
    """

    def look(connection: Connection) -> tuple[list[Row[Any]], Sheet]:
        at = sheet(page, reader_rows.how_many_misses(connection))
        return reader_rows.misses_since(connection, None, at.size, at.skipped), at

    rows, at = portal.store.read(look)
    return _answered(rows, answers), at


def _answered(rows: Iterable[Row[Any]], answers: Answers) -> list[Gap]:
    found = [
        Gap(row.words, row.times, row.first_on, row.last_on, answers(row.words)) for row in rows
    ]
    return sorted(found, key=lambda gap: gap.answer is not None)
