"""Accepted submissions as rows: which key made which case, and the hash of the case's code."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, select

from forms_api.store.tables import idempotency


@dataclass(frozen=True)
class Submission:
    """One accepted submission; all three hashes are hexadecimal SHA-256."""

    key_hash: str
    body_hash: str
    case_ref: str
    code_hash: str
    created_at: datetime


def by_key(connection: Connection, key_hash: str) -> Submission | None:
    """Find what a key was used for."""
    return _first(connection, idempotency.c.key_hash, key_hash)


def by_code(connection: Connection, code_hash: str) -> Submission | None:
    """Find the submission whose code has this hash."""
    return _first(connection, idempotency.c.code_hash, code_hash)


def by_case(connection: Connection, reference: str) -> Submission | None:
    """Find the submission that made a case."""
    return _first(connection, idempotency.c.case_ref, reference)


def _first(connection: Connection, column: Column[Any], value: str) -> Submission | None:
    row = connection.execute(select(idempotency).where(column == value)).first()
    return None if row is None else Submission(**row._mapping)
