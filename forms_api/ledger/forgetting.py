"""Erasing a customer from the books, for good: the next file does not bring anybody back.

The rows that prove what the business did stay, with the number that the source system gives the
customer and without anything else of a person: no name, no contact, no tax code, no memo. What is
kept of whom to forget are hashes of that number and of contacts, salted once for each store.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, false, insert, or_, select, update

from forms_api.store.ledger_tables import ledger_forgotten, ledger_rows
from service_policy.ledger.rows import Values
from service_policy.ledger.tables import TABLES
from service_policy.ledger.written import as_json, from_json, hash_of

ERASED: Final = "(đã xóa)"
NO_NUMBER: Final = "00"
"""Stands for the number of a call, of which there has to be one."""
_SALT: Final = "salt:"

Redact = Callable[[str, Values], Values | None]
"""Returns the values of a row without what is to be forgotten; None for a row that is all of it."""


def redactor(connection: Connection) -> Redact:
    """Return what takes everybody who was forgotten out of new rows."""
    known = set(connection.scalars(select(ledger_forgotten.c.digest)))
    salt = next((one for one in known if one.startswith(_SALT)), "")
    if not salt:
        return lambda _, values: values
    return lambda table, values: _redacted(table, values, lambda one: _hash(salt, one) in known)


def forget(connection: Connection, customer_id: str, now: datetime) -> int:
    """Take a person out of every revision of every row; return how many rows that changed.

    Doing it twice, or for somebody unknown, is no fault: the next file may name them.
    """
    one = ledger_rows.c
    salt = _salt(connection, now)
    contacts = select(one.row_values).where(
        one.table_name == "contacts", one.customer_id == customer_id
    )
    values = {
        str(from_json("contacts", text)["value"]) for text in connection.scalars(contacts).all()
    }
    for told in (customer_id, *values):
        _mark(connection, _hash(salt, told), now)
    redact = redactor(connection)
    mentioned = [one.row_values.contains(value, autoescape=True) for value in sorted(values)]
    by_contact = one.table_name.in_(("calls", "serials")) & or_(*mentioned, false())
    rows = connection.execute(
        select(one.table_name, one.key, one.revision, one.row_values).where(
            or_(one.customer_id == customer_id, by_contact)
        )
    ).all()
    changed = 0
    for table, key, revision, text in rows:
        mine = (one.table_name == table, one.key == key, one.revision == revision)
        kept = redact(table, from_json(table, text))
        if kept is None:
            connection.execute(delete(ledger_rows).where(*mine))
        elif (written := as_json(kept)) != text:
            fresh = {"row_values": written, "row_hash": hash_of(written)}
            connection.execute(update(ledger_rows).where(*mine).values(fresh))
        else:
            continue
        changed += 1
    return changed


def _redacted(table: str, values: Values, is_forgotten: Callable[[str], bool]) -> Values | None:
    gone = is_forgotten(str(values.get("customer_id", "")))
    if table == "contacts" and (gone or is_forgotten(str(values["value"]))):
        return None
    kept = dict(values)
    for column in TABLES[table].columns:
        if column.name not in kept or not column.personal or column.name == "customer_id":
            continue
        if gone or (column.kind == "contact" and is_forgotten(str(kept[column.name]))):
            del kept[column.name]
            if column.required:
                kept[column.name] = NO_NUMBER if column.kind == "contact" else ERASED
    return kept


def _salt(connection: Connection, now: datetime) -> str:
    query = select(ledger_forgotten.c.digest).where(ledger_forgotten.c.digest.startswith(_SALT))
    salt = connection.scalar(query)
    if salt is None:
        salt = f"{_SALT}{secrets.token_hex(16)}"
        _mark(connection, salt, now)
    return salt


def _mark(connection: Connection, digest: str, now: datetime) -> None:
    known = select(ledger_forgotten.c.digest).where(ledger_forgotten.c.digest == digest)
    if connection.scalar(known) is None:
        connection.execute(insert(ledger_forgotten).values(digest=digest, at=now))


def _hash(salt: str, told: str) -> str:
    return hashlib.sha256(f"{salt}\n{told}".encode()).hexdigest()
