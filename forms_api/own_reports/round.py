"""A round through the books: every document that files touched, and those that are not over yet.

Safe to run at any moment, any number of times, from any number of processes: the same facts twice
add nothing, and in which order the files came makes no difference.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from forms_api.errors import StoreUnavailable
from forms_api.ledger import rows
from forms_api.own_reports import books, brake
from forms_api.own_reports.comparing import Thought, keep, think
from forms_api.own_reports.telling import tell_the_untold
from forms_api.portal import Portal
from forms_api.store import obligation_rows, vital_rows
from service_policy.ledger.written import Document
from service_policy.obligations import RULES

WATCHED = frozenset(rule.table for rule in RULES)
"""The tables whose rows carry promises."""
AGAIN_AFTER = 3600
"""Seconds after which open promises are looked at again though no file came."""

log = logging.getLogger("forms_api.own_reports")


@dataclass(frozen=True)
class Compared:
    """What a round did: documents compared, new misses, what these cost, and how many wait."""

    documents: int = 0
    missed: int = 0
    vnd: int = 0
    held: int = 0


@dataclass(frozen=True)
class _Ahead:
    """What a round has to look at; ``touched`` are the documents of new files alone."""

    file_id: int
    known_until: dict[str, datetime]
    touched: tuple[Document, ...]
    open: tuple[Document, ...]


def compare_books(portal: Portal, now: datetime) -> Compared:
    """Compare what files brought since the last round, and keep what is new.

    Raises:
        StoreUnavailable: what was kept until then stays; the next round goes on.
    """
    ahead = portal.store.read(lambda connection: _ahead(connection, now))
    if ahead is None:
        return Compared()
    waiting: list[Thought] = []
    failures: list[Exception] = []
    documents = list(dict.fromkeys((*ahead.touched, *ahead.open)))
    faster = 0
    for document in documents:
        with _others_go_on(failures):
            thought = think(portal, document, ahead.known_until, now)
            if thought is not None and thought.broken:
                waiting.append(thought)
            elif thought is not None:
                faster += not keep(portal, thought, now)
    missed, owed = brake.cost(waiting, portal.policy)
    until = brake.held_until(missed, owed, len(ahead.touched), portal.policy, now)
    for thought in waiting:
        with _others_go_on(failures):
            free = until is None or brake.was_held(thought)
            faster += not keep(portal, thought, now, None if free else until)
    tell_the_untold(portal, ahead.known_until, now)
    if not faster:
        # A document that somebody else was faster with is looked at again in the next round.
        detail = {"file": ahead.file_id}
        portal.store.write(
            lambda connection: vital_rows.put(connection, vital_rows.BOOKS, now, detail)
        )
    if failures:
        raise failures[0]
    held = 0 if until is None else missed
    return Compared(len(documents), missed, owed, held)


@contextmanager
def _others_go_on(failures: list[Exception]) -> Iterator[None]:
    """Let no paper keep others from their miss; its error is raised once all were compared."""
    try:
        yield
    except StoreUnavailable:
        raise
    except Exception as error:  # noqa: BLE001 - see above
        log.error("a paper of the books was not compared: %s", type(error).__name__)
        failures.append(error)


@dataclass(frozen=True)
class Preview:
    """What the next round would find broken, and how many documents new files touched."""

    broken: tuple[Thought, ...] = ()
    touched: int = 0


def preview(portal: Portal, now: datetime) -> Preview:
    """Say what the next round would do; nothing is written.

    Raises:
        StoreUnavailable: the store cannot be read.
    """
    ahead = portal.store.read(lambda connection: _ahead(connection, now))
    if ahead is None:
        return Preview()
    documents = dict.fromkeys((*ahead.touched, *ahead.open))
    thoughts = (think(portal, one, ahead.known_until, now) for one in documents)
    found = tuple(one for one in thoughts if one is not None and one.broken)
    return Preview(found, len(ahead.touched))


def _ahead(connection: Connection, now: datetime) -> _Ahead | None:
    mark = vital_rows.all_of(connection).get(vital_rows.BOOKS)
    last = 0 if mark is None else int(mark.detail["file"])
    newest = books.newest_file(connection)
    released = obligation_rows.released(connection, now)
    lately = mark is not None and abs((now - mark.at).total_seconds()) < AGAIN_AFTER
    if newest == last and lately and not released:
        return None
    touched = books.touched(connection, last) if newest > last else ()
    still_open = obligation_rows.open_documents(connection)
    return _Ahead(
        newest,
        dict(rows.known_until(connection)),
        tuple(dict.fromkeys(one for one in touched if one.table in WATCHED)),
        (*released, *still_open),
    )
