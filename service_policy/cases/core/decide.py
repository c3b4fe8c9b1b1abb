"""Deciding: which events follow from a command under the policy, at a given moment.

``decide`` checks that the actor may give the command; what follows is said by the command itself.
"""

from datetime import datetime

from service_policy.cases.core.case import Case
from service_policy.cases.core.command import (
    CaseCommand,
    Command,
    CommandRefused,
    FilingCommand,
    need,
)
from service_policy.cases.core.event import Event
from service_policy.cases.core.identification import check
from service_policy.cases.core.permissions import may
from service_policy.promises.policy import Policy


def decide(case: Case | None, command: Command, policy: Policy, now: datetime) -> tuple[Event, ...]:
    """Return the events that ``command`` causes at ``now`` (aware UTC).

    A clock that went backwards does not turn back a case: its last event is the earliest now.

    Raises:
        CommandRefused: the rules refuse the command; it names the field and says why.
    """
    if isinstance(command, FilingCommand):
        need(case is None, "reference", "Phiếu này đã được nhận.")
        return command.decide(policy, now)
    if case is None:
        raise CommandRefused("reference", "Không có phiếu này.")
    need(may(command.actor, type(command)), "actor", "Vai trò này không được làm việc đó.")
    check(case, command, policy)
    return _with_files(tuple(command.decide(case, policy, max(now, case.last_at))), command)


def _with_files(happened: tuple[Event, ...], command: CaseCommand) -> tuple[Event, ...]:
    """Let the command's own event name its files; refuse them where nobody would look for any."""
    if not command.files:
        return happened
    first = happened[0]
    need("files" in type(first).model_fields, "files", "Việc này không kèm tệp được.")
    return (first.model_copy(update={"files": command.files}), *happened[1:])
