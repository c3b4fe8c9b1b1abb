"""Rows in the ledger of a store, for tests of what is made of them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from forms_api.store import Store
from forms_api.store.ledger_tables import ledger_files, ledger_rows
from service_policy.ledger.tables import TABLES
from service_policy.ledger.written import (
    alias_of,
    as_json,
    document_of,
    hash_of,
    key_of,
    key_text,
)

AS_OF = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
"""Friday, 20 November 2026, 18:00 in Vietnam."""


def remember(
    store: Store,
    table: str,
    rows: Iterable[Mapping[str, Any]],
    *,
    as_of: datetime = AS_OF,
    source: str = "noi-bo",
) -> int:
    """Keep rows whose values are read already, as one file; return the number of the file."""

    def work(connection: Connection) -> int:
        written = [(row, as_json(row)) for row in rows]
        digest = sha256("".join(text for _, text in written).encode()).hexdigest()
        counts = {f"rows_{name}": 0 for name in ("new", "changed", "same", "older", "gone")}
        file = insert(ledger_files).values(
            source=source,
            table_name=table,
            as_of=as_of,
            sha256=digest,
            mapping_sha256="",
            taken_by="test",
            taken_at=as_of,
            **counts,
        )
        (file_id,) = connection.execute(file).inserted_primary_key or (0,)
        for line, (values, text) in enumerate(written, 2):
            where = {"file_id": file_id, "line": line, "as_of": as_of}
            _keep(connection, table, values, text, **where)
        return int(file_id)

    return store.write(work)


def _keep(
    connection: Connection, table: str, values: Mapping[str, Any], text: str, **where: Any
) -> None:
    key, one = key_text(key_of(TABLES[table], values)), ledger_rows.c
    mine = (one.table_name == table, one.key == key)
    last = connection.scalar(select(func.max(one.revision)).where(*mine)) or 0
    connection.execute(update(ledger_rows).where(*mine).values(current=False))
    connection.execute(
        insert(ledger_rows).values(
            table_name=table,
            key=key,
            revision=last + 1,
            current=True,
            row_hash=hash_of(text),
            row_values=text,
            customer_id=values.get("customer_id"),
            document=document_of(TABLES[table], values),
            alias=alias_of(TABLES[table], values),
            **where,
        )
    )
