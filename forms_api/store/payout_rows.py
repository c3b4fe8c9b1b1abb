"""Accounts of customers as they lie in ``private``: read by whoever pays, and erased."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select, update

from forms_api.store.tables import private
from service_policy.cases.money.payout import PRIVATE_KEY


def erase(connection: Connection, reference: str, numbers: Collection[int]) -> None:
    """Take the accounts out of what lies beside some events of a case; the rest of it stays."""
    if not numbers:
        return
    of_case = private.c.case_ref == reference
    rows = connection.execute(
        select(private.c.seq, private.c.payload).where(of_case, private.c.seq.in_(numbers))
    ).all()
    for row in rows:
        left: dict[str, Any] = {k: v for k, v in row.payload.items() if k != PRIVATE_KEY}
        connection.execute(
            update(private).where(of_case, private.c.seq == row.seq).values(payload=left)
        )
