"""The company's books, made by hand: rows as files would bring them, and a store that took them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import count
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from forms_api.store import Store
from forms_api.store.ledger_tables import ledger_files, ledger_rows
from service_policy.ledger.rows import LedgerRow, Origin, books_of
from service_policy.ledger.tables import TABLES
from service_policy.ledger.written import (
    Document,
    alias_of,
    as_json,
    document_of,
    hash_of,
    key_of,
    key_text,
)
from service_policy.obligations import Seen
from service_policy.promises.calendar import VIETNAM

Cells = Mapping[str, Any]
KNOWN = ("orders", "order_lines", "deliveries", "delivery_lines", "invoices", "invoice_lines",
         "warranty_slips", "visits")  # fmt: skip
_FILES = count(1)


def at(text: str) -> datetime:
    """Read a moment of Vietnam, such as ``2026-11-10T09:00``, as aware UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM).astimezone(UTC)


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


@dataclass(frozen=True)
class File:
    """Rows of one table as one file brings them, and until when that file knew."""

    table: str
    as_of: datetime
    rows: tuple[Cells, ...]
    source: str = "so-mau"
    number: int = field(default_factory=lambda: next(_FILES))

    @property
    def sha256(self) -> str:
        """A hash of what stands in it."""
        return sha256(repr((self.table, self.as_of, self.rows)).encode()).hexdigest()


def row(table: str, cells: Cells, as_of: datetime, line: int = 2) -> LedgerRow:
    """Make one row."""
    key = key_of(TABLES[table], cells)
    return LedgerRow(table, key, cells, Origin("so-mau", as_of, "0" * 64, line))


def seen(
    files: Iterable[File], document: Document, known: Mapping[str, datetime] | None = None
) -> Seen:
    """Look at a document as the books tell of it after these files, the last revision last."""
    rows: dict[tuple[str, tuple[str, ...]], list[LedgerRow]] = {}
    until: dict[str, datetime] = {}
    for file in files:
        until[file.table] = max(file.as_of, until.get(file.table, file.as_of))
        for line, cells in enumerate(file.rows, 2):
            one = row(file.table, cells, file.as_of, line)
            rows.setdefault((one.table, one.key), []).append(one)
    *earlier, last = rows[document]
    books = books_of(revisions[-1] for revisions in rows.values())
    return Seen(last, books, known or until, tuple(earlier))


def take(store: Store, *files: File) -> None:
    """Let the store take files, one after another, as an import would."""
    for file in files:
        store.write(lambda connection, one=file: _take(connection, one))


def _take(connection: Connection, file: File) -> None:
    counts = {f"rows_{name}": 0 for name in ("new", "changed", "same", "older", "gone")}
    file_id = connection.execute(
        insert(ledger_files).values(
            source=file.source,
            table_name=file.table,
            as_of=file.as_of,
            sha256=file.sha256,
            mapping_sha256=f"{file.number:064}",
            taken_by="tests",
            taken_at=file.as_of,
            **counts,
        )
    ).inserted_primary_key[0]
    for line, cells in enumerate(file.rows, 2):
        _take_row(connection, file.table, cells, file_id, line)


def _take_row(connection: Connection, table: str, cells: Cells, file_id: int, line: int) -> None:
    shape, written = TABLES[table], as_json(cells)
    key, c = key_text(key_of(shape, cells)), ledger_rows.c
    here = (c.table_name == table, c.key == key)
    old = connection.execute(select(c.row_hash).where(*here, c.current)).scalar()
    if old == hash_of(written):
        return
    last = connection.scalar(select(func.max(c.revision)).where(*here)) or 0
    connection.execute(update(ledger_rows).where(*here).values(current=False))
    connection.execute(
        insert(ledger_rows).values(
            table_name=table,
            key=key,
            revision=last + 1,
            current=True,
            row_hash=hash_of(written),
            row_values=written,
            customer_id=cells.get("customer_id"),
            document=document_of(shape, cells),
            alias=alias_of(shape, cells),
            file_id=file_id,
            line=line,
        )
    )
