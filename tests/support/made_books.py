"""The company's books, made by hand: rows as files would bring them, and a store that took them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from forms_api.store import Store
from service_policy.ledger.rows import LedgerRow, Origin, books_of
from service_policy.ledger.tables import TABLES
from service_policy.ledger.written import Document, key_of
from service_policy.obligations import Seen
from service_policy.promises.calendar import VIETNAM
from tests.support.books import remember

Cells = Mapping[str, Any]
KNOWN = ("orders", "order_lines", "deliveries", "delivery_lines", "invoices", "invoice_lines",
         "warranty_slips", "visits")  # fmt: skip


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
        remember(store, file.table, file.rows, as_of=file.as_of, source=file.source)
