"""Rows that a live system pushes: signed (see ``signing``), taken like a file, and once.

They come as JSON objects in our own columns; numbers may be numbers, everything else is text as in
a file.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select

from forms_api.errors import IdempotencyConflict
from forms_api.ledger.staging import Reading
from forms_api.ledger.taking import About, Refused, Taken, one_fault, take
from forms_api.store import Store
from forms_api.store.ledger_tables import ledger_pushes
from service_policy.ledger.reading import BadHeader, RowReader
from service_policy.ledger.tables import TABLES, Table

MOST_ROWS: Final = 1_000
KEPT: Final = timedelta(days=30)
"""How long an ``Idempotency-Key`` is known again; the rows themselves are known for ever."""


def push(
    store: Store, source: str, table: str, raw: bytes, body: Any, key: str, now: datetime
) -> dict[str, Any]:
    """Take the rows of a verified body; return the answer, the same one for the same ``key``.

    Raises:
        Refused: the rows have faults; their line is their place in ``rows``, from 1.
        IdempotencyConflict: the key came with another body before.
        StoreUnavailable: the store did not take it.
    """
    key_hash = _sha256(f"{source}\n{key}".encode())
    body_hash = _sha256(f"{table}\n".encode() + raw)
    before = store.read(lambda connection: _answered(connection, key_hash))
    if before is not None:
        return _same(before, body_hash)
    as_of, rows = _opened(body)
    about = About(source, table, as_of, body_hash, "", f"api:{source}"[:64])

    def remember(connection: Connection, taken: Taken) -> None:
        connection.execute(delete(ledger_pushes).where(ledger_pushes.c.at < now - KEPT))
        told = {"key_hash": key_hash, "body_hash": body_hash, "answer": _answer(taken), "at": now}
        connection.execute(insert(ledger_pushes).values(told))

    # Events of other systems come late and out of order; what is known newer stays.
    return _answer(take(store, _Pushed(about, rows), now, backfill=True, also=remember))


@dataclass(frozen=True)
class _Pushed:
    """Rows of a push as a source."""

    about: About
    rows: Sequence[Mapping[str, Any]]

    def readings(self) -> Iterator[Reading]:
        """Yield the rows, each read as a line of a file with our columns."""
        table: Table = TABLES[self.about.table]
        names = list(dict.fromkeys(name for row in self.rows for name in row))
        try:
            reader = RowReader(table, names, 0)
        except BadHeader as bad:
            yield 0, None, list(bad.faults)
            return
        for line, row in enumerate(self.rows, 1):
            yield (line, *reader.read(line, [row.get(name) for name in names]))


def _opened(body: Any) -> tuple[datetime, list[dict[str, Any]]]:
    """Return until when the source knew, and its rows."""
    if not isinstance(body, dict) or body.keys() != {"as_of", "rows"}:
        raise Refused(one_fault("cần đúng hai mục: as_of và rows"))
    try:
        as_of = datetime.fromisoformat(str(body["as_of"]))
    except ValueError:
        as_of = datetime.min  # noqa: DTZ901 - refused right below
    if as_of.tzinfo is None:
        raise Refused(one_fault("as_of phải là ngày giờ có múi giờ, như 2026-11-20T08:30+07:00"))
    rows = body["rows"]
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_ROWS:
        raise Refused(one_fault(f"rows phải có từ 1 đến {MOST_ROWS} dòng"))
    for line, row in enumerate(rows, 1):
        if not isinstance(row, dict) or any(isinstance(one, dict | list) for one in row.values()):
            raise Refused(one_fault("mỗi dòng là một đối tượng gồm chữ và số", line))
    return as_of.astimezone(UTC), rows


def _answer(taken: Taken) -> dict[str, Any]:
    counted = asdict(taken)
    counts = {name: counted[name] for name in ("new", "changed", "same", "older")}
    return {"recorded": True, "already": taken.already, "file": taken.file_id, **counts}


def _answered(connection: Connection, key_hash: str) -> tuple[str, dict[str, Any]] | None:
    one = ledger_pushes.c
    row = connection.execute(
        select(one.body_hash, one.answer).where(one.key_hash == key_hash)
    ).first()
    return None if row is None else (row.body_hash, row.answer)


def _same(before: tuple[str, dict[str, Any]], body_hash: str) -> dict[str, Any]:
    known, answer = before
    if known != body_hash:
        raise IdempotencyConflict
    return answer


def _sha256(told: bytes) -> str:
    return hashlib.sha256(told).hexdigest()
