"""Promises without a complaint: what the books of a document say of each promise about it.

Pure: rows, policy and time go in, obligations come out, the same for the same facts.
"""

from collections.abc import Iterator
from datetime import datetime

from service_policy.ledger.written import Document
from service_policy.obligations import invoices, orders, shortages, slips, visits
from service_policy.obligations.obligation import Obligation
from service_policy.obligations.seen import Rule, Seen
from service_policy.promises.policy import Policy

__all__ = ["RULES", "Document", "Obligation", "Rule", "Seen", "obligations"]

RULES: tuple[Rule, ...] = (
    orders.DELIVERY,
    shortages.SHORTAGE,
    orders.PARTS,
    slips.RETURN,
    slips.EXCHANGE,
    visits.ARRIVAL,
    invoices.ISSUED,
    invoices.RIGHT,
)
"""What the program can watch; which promise wants it says the promise by its events."""


def obligations(seen: Seen, policy: Policy, now: datetime) -> tuple[Obligation, ...]:
    """Return every obligation of a document as it stands at ``now`` (aware UTC), ordered by key."""

    def found() -> Iterator[Obligation]:
        for rule in RULES:
            if rule.table == seen.row.table:
                yield from rule.look(seen, policy, now)

    return tuple(sorted(found(), key=lambda one: one.key))
