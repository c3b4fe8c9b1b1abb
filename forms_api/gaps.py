"""Questions that nobody has answered in public: what people searched for in vain.

A gap is never marked as done. Whether it is closed is what the published answers say: the search
finds one that answers it, or it does not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from forms_api.portal import Portal
from forms_api.store import search_misses
from search_index.gap_words import kept_words
from service_policy.calendar import VIETNAM
from service_policy.documents import FaqEntry

MOST = 300
"""Searches in vain that are listed at once; more than anybody writes answers to."""

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
        portal.store.write(lambda connection: search_misses.count(connection, words, day))


def gaps(
    portal: Portal, answers: Answers, since: date | None = None, most: int = MOST
) -> list[Gap]:
    """Return what was searched for in vain, what is still unanswered and most asked first.

    ``since`` leaves out what nobody has asked for from that day on; of the rest, the ``most``
    frequent are looked up, because each one is a search.

    Raises:
        StoreUnavailable: the searches cannot be read.
    """
    rows = portal.store.read(lambda connection: search_misses.since(connection, since, most))
    found = [
        Gap(row.words, row.times, row.first_on, row.last_on, answers(row.words)) for row in rows
    ]
    return sorted(found, key=lambda gap: gap.answer is not None)
