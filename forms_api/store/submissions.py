"""Accepted submissions as rows: which key made which case, and the hash of the case's code."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from forms_api.store.tables import idempotency


@dataclass(frozen=True)
class Submission:
    """One accepted submission; all three hashes are hexadecimal SHA-256."""

    key_hash: str
    body_hash: str
    case_ref: str
    code_hash: str


_COLUMNS = (
    idempotency.c.key_hash,
    idempotency.c.body_hash,
    idempotency.c.case_ref,
    idempotency.c.code_hash,
)


def record(connection: Connection, submission: Submission, now: datetime) -> None:
    """Remember a submission with the case it made."""
    connection.execute(insert(idempotency).values(created_at=now, **asdict(submission)))


def by_key(connection: Connection, key_hash: str) -> Submission | None:
    """Find what a key was used for."""
    row = connection.execute(select(*_COLUMNS).where(idempotency.c.key_hash == key_hash)).first()
    return None if row is None else Submission(*row)


def by_code(connection: Connection, code_hash: str) -> Submission | None:
    """Find the submission whose code has this hash."""
    row = connection.execute(select(*_COLUMNS).where(idempotency.c.code_hash == code_hash)).first()
    return None if row is None else Submission(*row)


def by_case(connection: Connection, reference: str) -> Submission | None:
    """Find the submission that made a case."""
    row = connection.execute(select(*_COLUMNS).where(idempotency.c.case_ref == reference)).first()
    return None if row is None else Submission(*row)
