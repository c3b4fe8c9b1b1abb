"""Reading a document of the books with everything that its promises are judged by."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from forms_api.kinds.own_report import DOCUMENT_NO
from forms_api.ledger import rows
from forms_api.store.ledger_tables import ledger_files, ledger_rows
from service_policy.ledger.rows import LedgerRow, Origin
from service_policy.ledger.written import Document, from_json, key_text
from service_policy.obligations import Seen
from service_policy.obligations.invoices import original_of


def newest_file(connection: Connection) -> int:
    """Return the number of the file that was taken last; 0 before any."""
    return int(connection.scalar(select(func.max(ledger_files.c.id))) or 0)


def seen_of(
    connection: Connection, document: Document, known_until: Mapping[str, datetime]
) -> Seen | None:
    """Return a document as the rules look at it; None where the books have no such row."""
    row = rows.find(connection, document.table, document.key)
    if row is None:
        return None
    books = rows.of_document(connection, document.table, document.key)
    return Seen(row, books, known_until, tuple(_earlier(connection, document)))


def _earlier(connection: Connection, document: Document) -> Iterator[LedgerRow]:
    """Yield former revisions of a row, the oldest first: a date that was given once stays given."""
    row, file = ledger_rows.c, ledger_files.c
    query = (
        select(row.row_values, row.line, file.source, file.as_of, file.sha256)
        .join_from(ledger_rows, ledger_files, file.id == row.file_id)
        .where(
            row.table_name == document.table,
            row.key == key_text(document.key),
            row.current.is_(False),
        )
        .order_by(file.as_of, row.revision)
    )
    for one in connection.execute(query):
        values = from_json(document.table, one.row_values)
        origin = Origin(one.source, one.as_of, one.sha256, one.line)
        yield LedgerRow(document.table, document.key, values, origin)


def touched(connection: Connection, after_file: int) -> Iterator[Document]:
    """Yield the documents that files after this one touched, as far as they can carry a promise.

    An invoice is judged by what corrects it: one that nothing corrects is not looked at.
    """
    for document in rows.changed_since(connection, after_file):
        if document.table != "invoices":
            yield document
            continue
        row = rows.find(connection, *document)
        original = None if row is None else original_of(row)
        if original is not None:
            yield from dict.fromkeys((document, original))


def filed(connection: Connection, seen: Seen) -> dict[str, Any]:
    """Return what stands beside the first event of a case: whose it is, and how to reach them.

    The contact that the books prefer comes first, then one that somebody verified.
    """
    customer_id = seen.row["customer_id"]
    found: dict[str, Any] = {DOCUMENT_NO: " ".join(seen.row.key)}
    if customer_id is None:
        return found
    for one in seen.books.where("customers", customer_id=customer_id):
        found |= {"name": one["name"], "segment": one["segment"]}
    contacts = rows.of_customer(connection, str(customer_id), tables=("contacts",)).of("contacts")
    best = sorted(
        contacts, key=lambda one: (not one["preferred"], one["verified_on"] is None, one.key)
    )
    for kind in ("phone", "email"):
        values = (str(one["value"]) for one in best if one["kind"] == kind)
        found[kind] = next(values, None)
    return {name: value for name, value in found.items() if value}
