"""A row as it is kept: values as plain JSON, its key and what it is part of as one text each."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from service_policy.ledger.rows import Values
from service_policy.ledger.tables import TABLES, Table
from service_policy.text import nfc

_JSON: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


class Document(NamedTuple):
    """A document that rows speak of: the table that it is a row of, and its key there."""

    table: str
    key: tuple[str, ...]


def key_text(parts: Iterable[str]) -> str:
    """Write a key as one text, from which ``key_parts`` reads it back."""
    return ":".join(one.replace("%", "%25").replace(":", "%3A") for one in parts)


def key_parts(text: str) -> tuple[str, ...]:
    """Read a key back."""
    return tuple(one.replace("%3A", ":").replace("%25", "%") for one in text.split(":"))


def key_of(table: Table, values: Values) -> tuple[str, ...]:
    """Return the key of a row, each part as a text; the row has every column of its key."""
    return tuple(_as_text(values[name]) for name in table.key)


def document_of(table: Table, values: Values) -> str | None:
    """Return what a row is part of as a text, or None."""
    return _joined(table, table.document, values)


def alias_of(table: Table, values: Values) -> str | None:
    """Return the other thing by which a row is found as a text, or None."""
    return _joined(table, table.alias, values)


def as_json(values: Values) -> str:
    """Write the values of a row in their one spelling: the same row is the same text."""
    return nfc(_JSON.encode({name: _plain(one) for name, one in values.items()}))


def hash_of(written: str) -> str:
    """Return the SHA-256 of the values of a row, as ``as_json`` writes them."""
    return hashlib.sha256(written.encode()).hexdigest()


def from_json(table: str, written: str) -> Values:
    """Read values back as they were before ``as_json``."""
    values: dict[str, Any] = json.loads(written)
    for name, read in _BACK[table].items():
        if name in values:
            values[name] = read(values[name])
    return MappingProxyType(values)


def _joined(table: Table, columns: tuple[str, ...], values: Values) -> str | None:
    if not columns or not all(name in values for name in columns):
        return None
    if len(columns) == 1 and _KINDS[table.name][columns[0]] == "invoice":
        return str(values[columns[0]])  # It is the key of an invoice already.
    return key_text(_as_text(values[name]) for name in columns)


def _as_text(value: Any) -> str:
    return str(_plain(value))


def _plain(value: Any) -> Any:
    # A moment is a date to Python as well; both write themselves.
    return value.isoformat() if isinstance(value, date) else value


_KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    name: {one.name: one.kind for one in table.columns} for name, table in TABLES.items()
}
_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "date": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "codes": tuple,
}
_BACK: Final[Mapping[str, Mapping[str, Callable[[Any], Any]]]] = {
    table: {name: _READERS[kind] for name, kind in kinds.items() if kind in _READERS}
    for table, kinds in _KINDS.items()
}
