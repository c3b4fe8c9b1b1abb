"""Rows on their way in: read, compared with what is known, and put aside until all are sound.

They wait in a database of SQLite that has no name and goes when it is closed: a long file needs no
memory, and the store is written to only when nothing can be wrong any more.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from types import TracebackType
from typing import Any, Final, Literal, Self

from sqlalchemy import Connection, literal, select

from forms_api.ledger.forgetting import redactor
from forms_api.ledger.rows import AT_ONCE
from forms_api.store import Store
from forms_api.store.ledger_tables import ledger_files, ledger_rows
from service_policy.ledger.faults import MOST_TOLD, LedgerFault
from service_policy.ledger.rows import Values
from service_policy.ledger.tables import Table
from service_policy.ledger.written import (
    alias_of,
    as_json,
    document_of,
    from_json,
    hash_of,
    key_of,
    key_text,
)

State = Literal["new", "changed", "same", "older", "told"]
"""``older`` is a row that a later file has overtaken, ``told`` one whose words are kept already."""

Reading = tuple[int, Values | None, list[LedgerFault]]
"""A row as it was read: its line, its values unless it has faults (or nothing), its faults."""

_Parents = dict[tuple[str, str], str]
"""What rows refer to and the store has: by table and key, with values where they are asked for."""

LONGEST_KEY: Final = 400
_COLUMNS: Final = (
    "key",
    "revision",
    "row_hash",
    "row_values",
    "customer_id",
    "document",
    "alias",
    "line",
)
_CREATE: Final = """
CREATE TABLE staged (
    key TEXT PRIMARY KEY, revision INTEGER, row_hash TEXT, row_values TEXT, customer_id TEXT,
    document TEXT, alias TEXT, line INTEGER, state TEXT
) WITHOUT ROWID
"""


@dataclass
class _Known:
    """What the store has of a key: the current revision, the last number, and all hashes."""

    row_hash: str = ""
    as_of: datetime | None = None
    source: str = ""
    last: int = 0
    hashes: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Staged:
    key: str
    values: Values
    text: str
    line: int


@dataclass
class Faults:
    """The faults of a file: the first of them told, all of them counted."""

    told: list[LedgerFault] = field(default_factory=list)
    count: int = 0

    def add(self, faults: Iterable[LedgerFault]) -> None:
        """Take more faults."""
        for one in faults:
            self.count += 1
            if len(self.told) < MOST_TOLD:
                self.told.append(one)


class Staging:
    """The rows of one file. A context manager; what was staged is gone at its end."""

    def __init__(self, store: Store, table: Table, source: str, as_of: datetime) -> None:
        """Stage rows of a table that a source knew at a moment."""
        self._store, self._table, self._source, self._as_of = store, table, source, as_of
        self._redact = store.read(redactor)
        self.faults = Faults()
        self.counts: dict[State, int] = {"new": 0, "changed": 0, "same": 0, "older": 0, "told": 0}
        # Rows may be staged by one thread and written by that of the store, never at once.
        self._spool = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._spool.execute("PRAGMA cache_size=-8000")
        self._spool.execute(_CREATE)
        self._spool.execute("BEGIN")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget every row."""
        self._spool.close()

    def take(self, readings: Iterable[Reading]) -> None:
        """Stage every row that was read, and note what is wrong with the others."""
        source = iter(readings)
        while batch := list(islice(source, AT_ONCE)):
            fresh = []
            for line, values, faults in batch:
                self.faults.add(faults)
                kept = None if values is None else self._redact(self._table.name, values)
                if kept is not None and (one := self._fresh(line, kept)) is not None:
                    fresh.append(one)
            self._compare(fresh)

    def rows(self, *states: State) -> Iterator[list[dict[str, Any]]]:
        """Yield what was staged with these states, as lists of rows of ``ledger_rows``."""
        wanted = ",".join("?" for _ in states)
        query = f"SELECT {','.join(_COLUMNS)} FROM staged WHERE state IN ({wanted})"  # noqa: S608
        found = self._spool.execute(query, states)
        while rows := found.fetchmany(2 * AT_ONCE):
            yield [dict(zip(_COLUMNS, one, strict=True)) for one in rows]

    def _fresh(self, line: int, values: Values) -> _Staged | None:
        """Return a row that has not been staged yet; the same row twice in a file is one."""
        key, text = key_text(key_of(self._table, values)), as_json(values)
        if len(key) > LONGEST_KEY:
            self.faults.add([LedgerFault(line, ", ".join(self._table.key), "mã quá dài")])
            return None
        before = self._spool.execute(
            "SELECT row_values, line FROM staged WHERE key = ?", (key,)
        ).fetchone()
        if before is None:
            self._spool.execute(
                "INSERT INTO staged (key, row_values, line) VALUES (?, ?, ?)", (key, text, line)
            )
            return _Staged(key, values, text, line)
        if before[0] != text:
            called = ", ".join(self._table.key)
            message = f"{called} trùng với dòng {before[1]}, mà nội dung khác"
            self.faults.add([LedgerFault(line, "", message)])
        return None

    def _compare(self, rows: list[_Staged]) -> None:
        """Look at what the store knows of some rows, and of what they refer to."""
        parents = self._parents(rows)
        known, there = self._store.read(lambda connection: self._known(connection, rows, parents))
        staged = []
        for one in rows:
            before = known.get(one.key)
            self.faults.add(self._unfit(one, there))
            if before is not None and before.source != self._source:
                message = f"đã có từ nguồn {before.source}: hai nguồn không cùng giữ một mã"
                self.faults.add([LedgerFault(one.line, "", message)])
                continue
            row_hash = hash_of(one.text)
            state, revision = self._state(before, row_hash)
            self.counts[state] += 1
            staged.append(
                (
                    revision,
                    row_hash,
                    one.values.get("customer_id"),
                    document_of(self._table, one.values),
                    alias_of(self._table, one.values),
                    state,
                    one.key,
                )
            )
        self._spool.executemany(
            "UPDATE staged SET revision = ?, row_hash = ?, customer_id = ?, document = ?, "
            "alias = ?, state = ? WHERE key = ?",
            staged,
        )

    def _state(self, before: _Known | None, row_hash: str) -> tuple[State, int]:
        """Say what a row is to the store, and which revision it would be."""
        if before is None or before.as_of is None:
            return "new", 1
        if before.row_hash == row_hash:
            return "same", before.last
        if self._as_of >= before.as_of:
            return "changed", before.last + 1
        return "told" if row_hash in before.hashes else "older", before.last + 1

    def _parents(self, rows: list[_Staged]) -> dict[str, set[str]]:
        """Return the keys that rows refer to, by table."""
        wanted: dict[str, set[str]] = {}
        for one in rows:
            for table, key, _ in self._references(one.values):
                wanted.setdefault(table, set()).add(key)
        return wanted

    def _references(self, values: Values) -> Iterator[tuple[str, str, str]]:
        """Yield what a row refers to: table, key, and the column that says so."""
        for column in self._table.columns:
            if column.refers_to and column.name in values:
                yield column.refers_to, key_text((str(values[column.name]),)), column.name
        if self._table.within:
            key = document_of(self._table, values)
            if key is not None:
                yield self._table.within, key, ", ".join(self._table.document)

    def _unfit(self, one: _Staged, there: _Parents) -> Iterator[LedgerFault]:
        """Yield what a row says of other rows that is not so."""
        for table, key, column in self._references(one.values):
            if (table, key) not in there:
                message = f"không có trong bảng {table} đã nhập: nhập bảng ấy trước"
                yield LedgerFault(one.line, column, message)
        if self._table.not_before is not None:
            column, table, other = self._table.not_before
            told = there.get((table, document_of(self._table, one.values) or ""))
            if told and column in one.values and one.values[column] < from_json(table, told)[other]:
                yield LedgerFault(one.line, column, f"trước {other} của {table}")

    def _known(
        self, connection: Connection, rows: list[_Staged], parents: dict[str, set[str]]
    ) -> tuple[dict[str, _Known], _Parents]:
        one = ledger_rows.c
        query = (
            select(one.key, one.revision, one.row_hash, one.current, one.as_of)
            .add_columns(ledger_files.c.source)
            .join(ledger_files, ledger_files.c.id == one.file_id)
            .where(one.table_name == self._table.name)
            .where(one.key.in_([row.key for row in rows]))
        )
        known: dict[str, _Known] = {}
        for key, revision, row_hash, is_current, as_of, source in connection.execute(query):
            found = known.setdefault(key, _Known())
            found.last = max(found.last, revision)
            found.hashes.add(row_hash)
            if is_current:
                found.row_hash, found.as_of, found.source = row_hash, as_of, source
        there: _Parents = {}
        for table, keys in parents.items():
            wanted = self._table.not_before is not None and self._table.not_before[1] == table
            told = one.row_values if wanted else literal("")
            named = select(one.key, told).where(one.table_name == table, one.current)
            rows_there = connection.execute(named.where(one.key.in_(keys)))
            there |= {(table, key): values for key, values in rows_there}
        return known, there
