"""Check a store: every case must be exactly what its events say, and every row must belong.

So must the bytes of its files: what was acknowledged must be there, unharmed.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Select, select, text, union

from forms_api.ledger import rows as ledger
from forms_api.store import Store, history, upload_rows
from forms_api.store.rows import count
from forms_api.store.tables import cases, checks, events, idempotency, outbox, private, uploads
from forms_api.store.upload_rows import StoredFile
from service_policy.cases import fold

CHUNK = 200
"""Cases per look: short looks let a live server commit in between."""


def faults(store: Store) -> list[str]:
    """Return every fault of the store in English; none means that it is sound.

    Raises:
        StoreUnavailable: the database cannot be read at all.
    """
    found = store.read(_file_faults)
    references = store.read(_all_references)
    for start in range(0, len(references), CHUNK):
        found += store.read(_chunk_faults, references[start : start + CHUNK])
    found += store.read(_strays)
    return [*found, *ledger.faults(store)]


def _chunk_faults(connection: Connection, references: list[str]) -> list[str]:
    return [fault for one in references for fault in _case_faults(connection, one)]


def _all_references(connection: Connection) -> list[str]:
    known = set(connection.scalars(select(events.c.case_ref).distinct()))
    return sorted(known | set(connection.scalars(select(cases.c.reference))))


def _file_faults(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    said = [one for (one,) in connection.execute(text("PRAGMA integrity_check")) if one != "ok"]
    rows = connection.execute(text("PRAGMA foreign_key_check"))
    said += [f"a row of {row[0]} points to nothing in {row[2]}" for row in rows]
    return [f"database file: {one}" for one in said]


def _case_faults(connection: Connection, reference: str) -> Iterator[str]:
    query = select(events.c.seq).where(events.c.case_ref == reference).order_by(events.c.seq)
    numbers = list(connection.scalars(query))
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"{reference}: its events are numbered {numbers}"
        return
    try:
        told = history.load_events(connection, reference)
        expected = history.projection(reference, fold(told))
    except ValueError as error:
        yield f"{reference}: its events are no history: {type(error).__name__}"
        return
    listed = connection.execute(select(cases).where(cases.c.reference == reference)).first()
    if listed is None:
        yield f"{reference}: is missing in cases"
        return
    for column, value in listed._mapping.items():
        if column != "wake_at" and value != expected[column]:
            yield f"{reference}: {column} is {value}, its events say {expected[column]}"
    named = [
        (seq, one.sha256, one.size, one.media_type)
        for seq, event in enumerate(told, 1)
        for one in event.attached
    ]
    files = upload_rows.of_case(connection, reference)
    if named != [(one.seq, one.sha256, one.size, one.media_type) for one in files]:
        yield f"{reference}: its events name other files than its rows"


def _strays(connection: Connection) -> list[str]:
    belongs = union(select(cases.c.reference), select(checks.c.reference))
    lost = count(connection, select(outbox.c.id).where(outbox.c.case_ref.not_in(belongs)))
    opened = select(private.c.case_ref).where(private.c.seq == 1)
    return [
        *_cases_not_in(
            connection,
            select(idempotency.c.case_ref),
            "no submission made it, so nobody can follow it",
        ),
        *([f"outbox: {lost} letters belong to no case and no check"] if lost else []),
        *_cases_not_in(connection, opened, "what the customer sent is gone"),
    ]


def _cases_not_in(connection: Connection, known: Select[tuple[str]], words: str) -> list[str]:
    query = select(cases.c.reference).where(cases.c.reference.not_in(known))
    return [f"{reference}: {words}" for reference in connection.scalars(query)]


def file_faults(store: Store, folder: Path) -> list[str]:
    """Return every file that is missing or harmed, in English; none means that all are sound.

    Raises:
        StoreUnavailable: the database cannot be read.
    """
    references = store.read(
        lambda connection: sorted(connection.scalars(select(uploads.c.case_ref).distinct()))
    )
    found = []
    for reference in references:
        files = store.read(upload_rows.of_case, reference)
        found += [fault for one in files if (fault := _byte_fault(folder, one))]
    return found


def _byte_fault(folder: Path, file: StoredFile) -> str:
    """Say what is wrong with the bytes of a file, if anything is."""
    try:
        data = (folder / file.id).read_bytes()
    except OSError:
        return f"{file.case_ref}: the file {file.id} is missing"
    same = hashlib.sha256(data).hexdigest() == file.sha256
    return "" if same else f"{file.case_ref}: the file {file.id} has other bytes than were taken"
