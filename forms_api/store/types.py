"""Column types that mean the same on SQLite and PostgreSQL."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Dialect, Text, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from service_policy.text import nfc


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept and given back in UTC.

    SQLite drops the time zone of a ``DateTime(timezone=True)`` without a word; a naive value is
    refused here before it can be taken for UTC.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware datetime into UTC; raise ``ValueError`` for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must know its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the stored moment back as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def canonical_json(value: Any) -> str:
    """Write JSON in its one spelling: sorted keys, no spaces, text in NFC, no NaN."""
    return nfc(
        json.dumps(
            value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
        )
    )


class CanonicalJson(TypeDecorator[dict[str, Any]]):
    """A JSON object kept as canonical text, so that the same facts are the same bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> str | None:
        """Write the object in its canonical spelling."""
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any] | None:
        """Read the object back."""
        if value is None:
            return None
        loaded: dict[str, Any] = json.loads(value)
        return loaded


class json_text(FunctionElement[str]):  # noqa: N801 - it is written as a function of SQL
    """One value of a ``CanonicalJson`` object by its name, as text; NULL where there is none."""

    type = Text()
    inherit_cache = True
    name = "json_text"

    def __init__(self, column: ColumnElement[Any], key: str) -> None:
        """Take ``key`` out of ``column``."""
        super().__init__(column, literal_column(f"'{_checked(key)}'"))


def _checked(key: str) -> str:
    """Return the name, which is a word of the program and never of a person."""
    if not key.isidentifier():
        raise ValueError(f"{key} is no name of a field")
    return key


@compiles(json_text, "sqlite")
def _of_sqlite(element: json_text, compiler: SQLCompiler, **options: Any) -> str:
    column, key = (compiler.process(one, **options) for one in element.clauses)
    return f"CAST(json_extract({column}, '$.' || {key}) AS TEXT)"


@compiles(json_text, "postgresql")
def _of_postgresql(element: json_text, compiler: SQLCompiler, **options: Any) -> str:
    column, key = (compiler.process(one, **options) for one in element.clauses)
    return f"(CAST({column} AS json) ->> {key})"
