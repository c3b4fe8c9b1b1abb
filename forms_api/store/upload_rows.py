"""Files of cases as rows: what each of them is and which event it belongs to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from forms_api.store.tables import uploads
from forms_api.uploads.incoming import Incoming

_CHUNK = 500
"""Ids per question: every database takes that many parameters."""


@dataclass(frozen=True)
class StoredFile:
    """A file of a case; ``seq`` is the number of its event, ``added_by`` customer or staff.

    ``sha256`` in hexadecimal, ``size`` in bytes; ``readable`` is whether the customer may see it.
    """

    id: str
    case_ref: str
    seq: int
    position: int
    sha256: str
    size: int
    media_type: str
    added_by: str
    readable: bool
    at: datetime


def rows_of(
    reference: str, seq: int, files: Sequence[Incoming], role: str, at: datetime
) -> list[dict[str, Any]]:
    """Lay out the files that go with event ``seq``, given by somebody with ``role``."""
    return [
        {
            "id": one.id,
            "case_ref": reference,
            "seq": seq,
            "position": position,
            "sha256": one.fact.sha256,
            "size": one.fact.size,
            "media_type": one.fact.media_type,
            "added_by": "customer" if role == "customer" else "staff",
            "readable": one.readable,
            "at": at,
        }
        for position, one in enumerate(files)
    ]


def names_of(files: Iterable[Incoming]) -> dict[str, dict[str, str]]:
    """Lay out the names of files for the personal side of their event, by id."""
    names = {one.id: one.name for one in files}
    return {"files": names} if names else {}


def of_case(connection: Connection, reference: str) -> tuple[StoredFile, ...]:
    """Return the files of a case, in the order in which they came."""
    query = select(uploads).where(uploads.c.case_ref == reference)
    rows = connection.execute(query.order_by(uploads.c.seq, uploads.c.position))
    return tuple(StoredFile(**row._mapping) for row in rows)


def total(connection: Connection, references: Collection[str], added_by: str) -> tuple[int, int]:
    """Return how many files customer or staff added to these cases, and their bytes."""
    query = select(func.count(), func.coalesce(func.sum(uploads.c.size), 0)).where(
        uploads.c.case_ref.in_(sorted(references)), uploads.c.added_by == added_by
    )
    number, size = connection.execute(query).one()
    return int(number), int(size)


def known(connection: Connection, ids: Collection[str]) -> set[str]:
    """Return those of ``ids`` that a row mentions."""
    wanted, found = sorted(ids), set[str]()
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        found |= set(connection.scalars(select(uploads.c.id).where(uploads.c.id.in_(chunk))))
    return found
