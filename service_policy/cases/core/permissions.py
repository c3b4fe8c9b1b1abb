"""Who may give which command: each command names one of these groups, and nobody else may."""

from service_policy.actors import Actor, Role
from service_policy.cases.core.command import CaseCommand

CUSTOMERS: frozenset[Role] = frozenset({"customer"})
DESK: frozenset[Role] = frozenset({"agent", "lead"})
LEADS: frozenset[Role] = frozenset({"lead"})
SECOND_READERS: frozenset[Role] = frozenset({"lead", "second_reader"})
ACCOUNTANTS: frozenset[Role] = frozenset({"accountant"})
PAYEES: frozenset[Role] = CUSTOMERS | DESK
"""Who says where money should go: the customer, or staff whom the customer told."""
MACHINES: frozenset[Role] = frozenset({"system"})
DELIVERY: frozenset[Role] = frozenset({"system", "agent", "lead"})
ANY_DESK: frozenset[Role] = frozenset({"system", "agent", "lead", "second_reader", "accountant"})
"""Editors and auditors read; agents work; leads decide more; a second reader signs; the accountant
pays; only the customer confirms, withdraws, disputes, contests, appeals and reopens."""

FILING: frozenset[Role] = frozenset({"agent", "lead"})
"""Who may enter a case for a customer who told it by phone, at a counter, on Zalo or by mail."""


def may(actor: Actor, command: type[CaseCommand]) -> bool:
    """Say whether the role of ``actor`` may give this kind of command."""
    return actor.role in command.ALLOWED
