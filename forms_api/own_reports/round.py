"""A round through the books: every document that files touched, and those that are not over yet.

Safe to run at any moment, any number of times, from any number of processes: the same facts twice
add nothing, and in which order the files came makes no difference.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from forms_api import contacts
from forms_api.contacts import Reach
from forms_api.errors import NotFound, StoreUnavailable
from forms_api.handling import allowed, step_of
from forms_api.ledger import rows
from forms_api.loading import Loaded, load
from forms_api.own_reports import books, brake
from forms_api.own_reports.comparing import Thought, keep, think
from forms_api.own_reports.letter import later_letter
from forms_api.portal import Portal
from forms_api.store import history, obligation_rows, outbox_rows, vital_rows
from forms_api.store.history import Step
from service_policy.actors import SYSTEM
from service_policy.cases.own_report import NoteContact
from service_policy.ledger.written import Document, key_parts
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
    _tell_the_untold(portal, ahead.known_until, now)
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


# ---------------------------------------------------------------- whom the books could not reach


def _tell_the_untold(portal: Portal, known_until: Mapping[str, datetime], now: datetime) -> int:
    """Write to each customer for whom the books have an address by now; return to how many.

    Raises:
        StoreUnavailable: whoever was written to until then stays so.
    """
    told = 0
    for row in portal.store.read(obligation_rows.untold):
        document = Document(row.document_table, key_parts(row.document_key))
        reach = _reach(portal, document, known_until)
        loaded = None if reach is None else _case(portal, row.case_ref)
        if reach is not None and loaded is not None:
            told += _tell(portal, loaded, reach, now)
    return told


def _case(portal: Portal, reference: str) -> Loaded | None:
    try:
        return portal.store.read(lambda connection: load(connection, reference))
    except NotFound:
        return None


def _reach(portal: Portal, document: Document, known_until: Mapping[str, datetime]) -> Reach | None:
    """Return how the books reach the customer of a document by mail, or None."""

    def look(connection: Connection) -> dict[str, Any]:
        seen = books.seen_of(connection, document, known_until)
        return {} if seen is None else books.filed(connection, seen)

    found = portal.store.read(look)
    if not found.get("email"):
        return None
    return Reach(str(found.get("name") or ""), found.get("phone"), found["email"])


def _tell(portal: Portal, loaded: Loaded, reach: Reach, now: datetime) -> bool:
    due, noted, texts = allowed(loaded.case, NoteContact(SYSTEM), portal.policy, now)
    seq = loaded.case.seq + len(due) + 1
    texts |= {seq: contacts.to_keep((reach,))}
    step = step_of(portal, loaded, (*due, *noted), texts, now, wake_at=now)
    letter = later_letter(loaded, str(reach.email), portal.policy, portal.settings.site_url)
    letters = outbox_rows.rows_of(loaded.reference, [letter], portal.mail_domain, now)
    return portal.store.write(partial(_write, step=step, letters=letters, now=now))


def _write(
    connection: Connection, step: Step, letters: list[dict[str, Any]], now: datetime
) -> bool:
    """Write to the customer, unless somebody did, or the case has grown meanwhile."""
    if not history.append(connection, step):
        return False
    if obligation_rows.tell(connection, step.case["reference"], now, "email"):
        outbox_rows.write(connection, letters)
    return True
