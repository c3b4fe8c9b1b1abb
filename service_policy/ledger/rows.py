"""A row of the ledger: what the business recorded, and what proves that it did."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

Values = Mapping[str, Any]
"""Values by column, already read: see ``tables.ColumnKind``. An empty cell is left out."""


@dataclass(frozen=True)
class Origin:
    """Where a row comes from: the source system, until when it knew, the file and the line.

    ``as_of`` is aware UTC: a row proves nothing about what happened after it. ``sha256`` is that of
    the file (or of the day's pushed rows) that said so first, ``line`` the physical row in it; a
    later file with the same row moves ``as_of`` alone.
    """

    source: str
    as_of: datetime
    sha256: str
    line: int


@dataclass(frozen=True)
class LedgerRow:
    """One record of one table, as it stands now; earlier revisions of it are kept in the store."""

    table: str
    key: tuple[str, ...]
    values: Values = field(repr=False)
    origin: Origin

    def __getitem__(self, column: str) -> Any:
        """Return what stands in a column; None for an empty cell."""
        return self.values.get(column)


@dataclass(frozen=True)
class Books:
    """The rows that belong together: those of one customer, or of one document and its parts."""

    rows: tuple[LedgerRow, ...] = ()
    _by_table: Mapping[str, tuple[LedgerRow, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the rows by table, each table by key, so that no order of import shows."""
        found: dict[str, list[LedgerRow]] = {}
        for row in self.rows:
            found.setdefault(row.table, []).append(row)
        tables = {
            name: tuple(sorted(rows, key=lambda one: one.key)) for name, rows in found.items()
        }
        object.__setattr__(self, "_by_table", MappingProxyType(tables))

    def of(self, table: str) -> tuple[LedgerRow, ...]:
        """Return the rows of a table, ordered by key."""
        return self._by_table.get(table, ())

    def where(self, table: str, **wanted: Any) -> Iterator[LedgerRow]:
        """Return the rows of a table whose columns hold these values."""
        for row in self.of(table):
            if all(row[name] == value for name, value in wanted.items()):
                yield row


def books_of(rows: Iterable[LedgerRow]) -> Books:
    """Put rows together."""
    return Books(tuple(rows))
