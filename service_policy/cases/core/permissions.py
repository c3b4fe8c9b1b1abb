"""Who may give which command: each command names one group of roles, and nobody else may."""

from service_policy.actors import Actor
from service_policy.cases.core.command import CaseCommand


def may(actor: Actor, command: type[CaseCommand]) -> bool:
    """Say whether the role of ``actor`` may give this kind of command."""
    return actor.role in command.ALLOWED
