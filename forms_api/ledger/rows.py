"""Finding rows of the ledger: one after another, of a customer, of a document and its parts."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    case,
    func,
    literal,
    select,
    tuple_,
)

from forms_api.store import Store
from forms_api.store.ledger_tables import ledger_files, ledger_rows
from service_policy.ledger.rows import Books, LedgerRow, Origin, books_of
from service_policy.ledger.tables import TABLES
from service_policy.ledger.written import (
    Document,
    alias_of,
    from_json,
    hash_of,
    key_parts,
    key_text,
)

AT_ONCE: Final = 500
"""Rows of a page, and values in one question."""

_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "orders": ("order_lines", "deliveries", "invoices"),
    "deliveries": ("delivery_lines", "tracking"),
    "invoices": ("invoice_lines", "payments", "serials"),
    "warranty_slips": ("visits",),
}
"""The tables whose rows are part of a row of a table."""

_ROW = ledger_rows.c
_CURRENT = (
    select(
        *(_ROW.table_name, _ROW.key, _ROW.row_values, _ROW.line, _ROW.as_of),
        *(ledger_files.c.source, ledger_files.c.sha256),
    )
    .join(ledger_files, ledger_files.c.id == _ROW.file_id)
    .where(_ROW.current)
)

_Found = dict[tuple[str, tuple[str, ...]], LedgerRow]


def current(
    connection: Connection, table: str, *, after: tuple[str, ...] | None = None
) -> Iterator[LedgerRow]:
    """Yield the rows of a table as they stand now, in the store's order of keys.

    ``after`` is the key to go on behind. Rows are read page by page, so that a long table needs no
    memory of its own.
    """
    last = "" if after is None else key_text(after)
    while True:
        page = _CURRENT.where(_ROW.table_name == table, _ROW.key > last)
        rows = connection.execute(page.order_by(_ROW.key).limit(AT_ONCE)).all()
        yield from map(_told, rows)
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].key


def find(connection: Connection, table: str, key: tuple[str, ...]) -> LedgerRow | None:
    """Return one row as it stands now, or None."""
    return next(iter(_rows(connection, table, _ROW.key, [key_text(key)])), None)


def of_customer(
    connection: Connection, customer_id: str, *, tables: Collection[str] = TABLES
) -> Books:
    """Return every row that names a customer, contacts and the customer's own row among them.

    Lines and deliveries name their order instead: ``of_document`` finds those.
    """
    query = _CURRENT.where(_ROW.customer_id == customer_id, _ROW.table_name.in_(tables))
    return books_of(map(_told, connection.execute(query).all()))


def of_document(connection: Connection, table: str, key: tuple[str, ...]) -> Books:
    """Return a document with its parts, what they refer to, and whose it is.

    An order comes with its lines, deliveries and theirs, tracking, and invoices with lines and
    payments; an invoice with what corrects it and what it corrects; a slip with its visits, the
    serial, other slips of it, and the invoice it was sold by; a visit with its slip. The customer's
    own row is there, contacts are not. An unknown document has no rows.
    """
    found: _Found = {}
    roots = _rows(connection, table, _ROW.key, [key_text(key)])
    _with_parts(connection, roots, found)
    if table == "warranty_slips":
        _with_the_product(connection, roots, found)
    if table == "invoices":
        _add(found, _rows(connection, table, _ROW.alias, _names(roots)))
        _add(found, _rows(connection, table, _ROW.key, _names(roots, alias=True)))
    _with_what_they_name(connection, found)
    return books_of(found.values())


def changed_since(connection: Connection, file_id: int) -> Iterator[Document]:
    """Yield the documents that files after ``file_id`` touched; a document may come twice.

    A line, a delivery or a parcel's event touches its order; a line of an invoice the invoice; a
    contact its customer; an invoice itself and its order; a visit itself and its slip; whatever
    else itself.
    """
    delivery = ledger_rows.alias("delivery").c
    of_delivery = (delivery.table_name == "deliveries") & delivery.current
    touched = {name: (_ROW.table_name == name, _ROW.file_id > file_id) for name in TABLES}
    for table, root, column in (
        ("order_lines", "orders", _ROW.document),
        ("deliveries", "orders", _ROW.document),
        ("invoices", "orders", _ROW.document),
        ("invoice_lines", "invoices", _ROW.document),
        ("visits", "warranty_slips", _ROW.document),
        ("contacts", "customers", _ROW.customer_id),
    ):
        query = select(column).where(*touched[table], column.is_not(None))
        yield from _documents(connection, root, query)
    for table, known_by in (("delivery_lines", delivery.key), ("tracking", delivery.alias)):
        query = select(delivery.document).where(of_delivery, known_by == _ROW.document)
        yield from _documents(connection, "orders", query.where(*touched[table]))
    parts = ("order_lines", "deliveries", "invoice_lines", "contacts", "delivery_lines", "tracking")
    for table in TABLES:
        if table not in parts:
            yield from _documents(connection, table, select(_ROW.key).where(*touched[table]))


def known_until(connection: Connection) -> Mapping[str, datetime]:
    """Return until when the books of each table are known, as aware UTC.

    Where several sources keep a table, what the slowest of them says counts: what it has not told
    yet nobody knows. A table that no file ever filled is not in it.
    """
    as_of, table = ledger_files.c.as_of, ledger_files.c.table_name
    newest = (
        select(table, func.max(as_of, type_=as_of.type).label("as_of"))
        .group_by(table, ledger_files.c.source)
        .subquery()
        .c
    )
    query = select(newest.table_name, func.min(newest.as_of, type_=as_of.type))
    rows = connection.execute(query.group_by(newest.table_name)).all()
    return {row[0]: row[1] for row in rows}


def faults(store: Store) -> Iterator[str]:
    """Yield what is wrong with the rows, in English: other bytes than were taken, or two at once.

    Rows are looked at page by page, so that a live server commits in between.
    """
    one = ledger_rows.c
    place = (one.table_name, one.key, one.revision)
    after = ("", "", 0)
    while True:
        later = tuple_(*place) > tuple_(*map(literal, after))
        page = select(*place, one.row_hash, one.row_values).where(later).order_by(*place)
        rows = store.read(lambda c, page=page: c.execute(page.limit(4 * AT_ONCE)).all())  # type: ignore[misc]
        for row in rows:
            if hash_of(row.row_values) != row.row_hash:
                yield f"ledger: revision {row.revision} of a row of {row.table_name} was changed"
        if len(rows) < 4 * AT_ONCE:
            break
        after = tuple(rows[-1][:3])
    standing = func.sum(case((one.current, 1), else_=0))
    doubled = select(one.table_name).group_by(one.table_name, one.key).having(standing != 1)
    for table in store.read(lambda c: c.scalars(doubled).all()):
        yield f"ledger: a row of {table} has not exactly one current revision"


def _documents(connection: Connection, table: str, query: Select[Any]) -> Iterator[Document]:
    for text in connection.scalars(query.distinct()).all():
        yield Document(table, key_parts(text))


def _rows(
    connection: Connection, table: str, column: ColumnElement[Any], wanted: list[str]
) -> list[LedgerRow]:
    """Return the current rows of a table in whose column one of the wanted texts stands."""
    found: list[LedgerRow] = []
    for start in range(0, len(wanted), AT_ONCE):
        some = column.in_(wanted[start : start + AT_ONCE])
        query = _CURRENT.where(_ROW.table_name == table, some)
        found += map(_told, connection.execute(query).all())
    return found


def _names(rows: Iterable[LedgerRow], *, alias: bool = False) -> list[str]:
    """Return what parts call their rows by: the key, or the alias of those that have one."""
    if not alias:
        return sorted(key_text(one.key) for one in rows)
    named = (alias_of(TABLES[one.table], one.values) for one in rows)
    return sorted({one for one in named if one is not None})


def _add(found: _Found, rows: Iterable[LedgerRow]) -> None:
    found.update({(one.table, one.key): one for one in rows})


def _with_parts(connection: Connection, rows: list[LedgerRow], found: _Found) -> None:
    """Add rows of one table and their parts, and the parts of these."""
    _add(found, rows)
    for part in _PARTS.get(rows[0].table, ()) if rows else ():
        # A carrier knows its own number of a parcel, and not ours.
        names = _names(rows, alias=part == "tracking")
        _with_parts(connection, _rows(connection, part, _ROW.document, names), found)


def _with_the_product(connection: Connection, slips: list[LedgerRow], found: _Found) -> None:
    """Add what is known of a slip's product: its serial, its other slips, how it was sold."""
    serials = [key_text((one["serial"],)) for one in slips if one["serial"]]
    products = _rows(connection, "serials", _ROW.key, serials)
    _add(found, products)
    others = _rows(connection, "warranty_slips", _ROW.document, serials)
    _with_parts(connection, others, found)
    sold = [one["invoice_ref"] for one in products if one["invoice_ref"]]
    _with_parts(connection, _rows(connection, "invoices", _ROW.key, sold), found)


def _with_what_they_name(connection: Connection, found: _Found) -> None:
    """Add the rows that rows refer to by a column, and the customers that those name."""
    for _ in range(2):  # A visit names its slip, and the slip names a customer.
        missing: dict[str, set[str]] = {}
        for document in _named(found.values()):
            if document not in found:
                missing.setdefault(document.table, set()).add(key_text(document.key))
        for table, keys in missing.items():
            _add(found, _rows(connection, table, _ROW.key, sorted(keys)))


def _named(rows: Iterable[LedgerRow]) -> Iterator[Document]:
    for row in rows:
        for column in TABLES[row.table].columns:
            if column.refers_to and row[column.name] is not None:
                yield Document(column.refers_to, (row[column.name],))


def _told(row: Row[*tuple[Any, ...]]) -> LedgerRow:
    """Return a row as the rules read it."""
    origin = Origin(row.source, row.as_of, row.sha256, row.line)
    values = from_json(row.table_name, row.row_values)
    return LedgerRow(row.table_name, key_parts(row.key), values, origin)
