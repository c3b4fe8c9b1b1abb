"""How a promise stands at a moment: the one source of the customer's page and of the API."""

from dataclasses import dataclass
from datetime import datetime

from service_policy.cases.core.case import Case
from service_policy.cases.core.parts import PromiseState, Status


@dataclass(frozen=True)
class Standing:
    """A promise as it stands: by when, whether it holds, what is owed (đồng), when all was paid.

    ``first_due_at`` is the date on the receipt; ``due_at`` is the one that holds now.
    """

    key: str
    id: str
    version: int
    title: str
    due_at: datetime
    first_due_at: datetime
    status: Status
    owed_vnd: int
    paid_at: datetime | None


def standing(case: Case, promise: PromiseState, now: datetime) -> Standing:
    """Say how a promise of ``case`` stands; ``case`` is the case as it is at ``now``."""
    return Standing(
        key=promise.key,
        id=promise.commitment_id,
        version=promise.version,
        title=promise.title,
        due_at=promise.due_at,
        first_due_at=promise.first_due_at or promise.due_at,
        status=case.status(promise, now),
        owed_vnd=case.owed_vnd(promise),
        paid_at=case.paid_at(promise),
    )
