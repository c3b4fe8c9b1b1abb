"""Accepted submissions as rows: which key made which case, and the hash of the case's code."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, bindparam, insert, select

from forms_api.store.tables import idempotency


@dataclass(frozen=True)
class Submission:
    """One accepted submission; all three hashes are hexadecimal SHA-256."""

    key_hash: str
    body_hash: str
    case_ref: str
    code_hash: str
    created_at: datetime


_COLUMNS = idempotency.c
_INSERT = insert(idempotency)


def _where(column: Column[Any]) -> Select[Any]:
    return select(
        _COLUMNS.key_hash,
        _COLUMNS.body_hash,
        _COLUMNS.case_ref,
        _COLUMNS.code_hash,
        _COLUMNS.created_at,
    ).where(column == bindparam("value"))


_BY_KEY = _where(_COLUMNS.key_hash)
_BY_CODE = _where(_COLUMNS.code_hash)
_BY_CASE = _where(_COLUMNS.case_ref)


def write(connection: Connection, submission: Submission) -> None:
    """Remember a submission with the case it made."""
    connection.execute(_INSERT, asdict(submission))


def by_key(connection: Connection, key_hash: str) -> Submission | None:
    """Find what a key was used for."""
    return _first(connection, _BY_KEY, key_hash)


def by_code(connection: Connection, code_hash: str) -> Submission | None:
    """Find the submission whose code has this hash."""
    return _first(connection, _BY_CODE, code_hash)


def by_case(connection: Connection, reference: str) -> Submission | None:
    """Find the submission that made a case."""
    return _first(connection, _BY_CASE, reference)


def _first(connection: Connection, query: Select[Any], value: str) -> Submission | None:
    row = connection.execute(query, {"value": value}).first()
    return None if row is None else Submission(*row)
