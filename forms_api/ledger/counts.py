"""What the ledger rests on, in figures that may be public: no row of anybody is in them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from forms_api.store.ledger_tables import ledger_files, ledger_rows


@dataclass(frozen=True)
class Source:
    """What a system told about a table: files, rows that stand now, until when, taken when.

    ``gone`` are rows that its last complete file no longer had. Times are aware UTC.
    """

    source: str
    table: str
    files: int
    rows: int
    gone: int
    as_of: datetime
    taken_at: datetime


MANY_PERSONS: Final = 100_000
"""From so many persons on a small firm, too, owes an impact dossier (Decree 356/2025, art. 41)."""


def customers(connection: Connection) -> int:
    """Return of how many customers the ledger holds something personal."""
    row = ledger_rows.c
    query = select(func.count()).where(row.table_name == "customers", row.current)
    return int(connection.scalar(query) or 0)


def sources(connection: Connection) -> list[Source]:
    """Return every source of every table, by name."""
    file, row = ledger_files.c, ledger_rows.c
    told = select(
        file.source,
        file.table_name,
        func.count(),
        func.max(file.as_of, type_=file.as_of.type),
        func.max(file.taken_at, type_=file.taken_at.type),
    ).group_by(file.source, file.table_name)
    standing = (
        select(file.source, row.table_name, func.count(), func.count(row.gone_in))
        .join_from(ledger_rows, ledger_files, file.id == row.file_id)
        .where(row.current)
        .group_by(file.source, row.table_name)
    )
    counted = {(one[0], one[1]): (one[2], one[3]) for one in connection.execute(standing)}
    found = [
        Source(source, table, files, *counted.get((source, table), (0, 0)), as_of, taken_at)
        for source, table, files, as_of, taken_at in connection.execute(told)
    ]
    return sorted(found, key=lambda one: (one.source, one.table))
