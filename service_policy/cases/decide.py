"""Decisions: which events follow from a command under the policy, at a given moment.

``decide`` checks that the actor may give the command, then looks up the one function that decides
about it. Nothing here deletes, backdates or resets: there is no such command.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from service_policy.cases import commands_documents as documents
from service_policy.cases import commands_letters as letters
from service_policy.cases import commands_money as money
from service_policy.cases import commands_outcome as outcome
from service_policy.cases import commands_service as service
from service_policy.cases import (
    decide_closing,
    decide_documents,
    decide_exemptions,
    decide_identity,
    decide_letters,
    decide_messages,
    decide_money,
    decide_refusals,
    decide_service,
    identification,
)
from service_policy.cases.case import Case
from service_policy.cases.commands import FileCase
from service_policy.cases.commands_base import CaseCommand
from service_policy.cases.decide_filing import file_case, receive
from service_policy.cases.due_work import due_work
from service_policy.cases.events import Event
from service_policy.cases.evolve import fold
from service_policy.cases.permissions import may
from service_policy.cases.refused import CommandRefused, need
from service_policy.policy import Policy

__all__ = ["Command", "CommandRefused", "act", "decide", "receive"]

Command = FileCase | CaseCommand

DECISIONS: Mapping[type[CaseCommand], Callable[[Case, Any, Policy, datetime], tuple[Event, ...]]]
DECISIONS = {
    service.NameOwner: decide_service.name_owner,
    service.SendAnswer: decide_messages.send_answer,
    service.SendUpdate: decide_messages.send_update,
    service.AskCustomer: decide_messages.ask_customer,
    service.TellOfPublishedAnswer: decide_messages.tell_of_published_answer,
    service.RecordDelivery: decide_messages.record_delivery,
    service.RecordBounce: decide_letters.record_bounce,
    service.AddInformation: decide_messages.add_information,
    service.ContestPause: decide_messages.contest_pause,
    service.ContestAnswer: decide_messages.contest_answer,
    service.RecordContact: decide_closing.record_contact,
    service.HandOff: decide_service.hand_off,
    service.RecordCallback: decide_service.record_callback,
    service.Recategorise: decide_service.recategorise,
    service.OpenSubCase: decide_service.open_sub_case,
    service.CloseSubCase: decide_service.close_sub_case,
    letters.RecordLetterFailure: decide_letters.record_failure,
    letters.RecordReached: decide_letters.record_reached,
    service.IdentifyAsker: decide_identity.identify_asker,
    documents.RecordDocumentsSent: decide_documents.record_sent,
    outcome.ProposeResolution: decide_closing.propose_resolution,
    outcome.ConfirmResolution: decide_closing.confirm_resolution,
    outcome.DisputeResolution: decide_closing.dispute_resolution,
    outcome.Reopen: decide_closing.reopen,
    outcome.Withdraw: decide_closing.withdraw,
    outcome.AnswerFollowUp: decide_closing.answer_follow_up,
    outcome.ProposeRefusal: decide_refusals.propose_refusal,
    outcome.SignRefusal: decide_refusals.sign_refusal,
    outcome.RejectRefusal: decide_refusals.reject_refusal,
    outcome.Appeal: decide_refusals.appeal,
    outcome.DecideReview: decide_refusals.decide_review,
    money.RecordFact: decide_money.record_fact,
    money.GrantGoodwill: decide_money.grant_goodwill,
    money.GrantAdvance: decide_money.grant_advance,
    money.RecordPayment: decide_money.record_payment,
    money.ClaimExemption: decide_exemptions.claim_exemption,
    money.SignExemption: decide_exemptions.sign_exemption,
}
"""One function per command."""


def decide(case: Case | None, command: Command, policy: Policy, now: datetime) -> tuple[Event, ...]:
    """Return the events that ``command`` causes at ``now`` (aware UTC).

    A clock that went backwards does not turn back a case: its last event is the earliest now.

    Raises:
        CommandRefused: the rules refuse the command; it names the field and says why.
    """
    if isinstance(command, FileCase):
        need(case is None, "reference", "Phiếu này đã được nhận.")
        return file_case(command, policy, now)
    if case is None:
        raise CommandRefused("reference", "Không có phiếu này.")
    need(may(command.actor, type(command)), "actor", "Vai trò này không được làm việc đó.")
    decision = DECISIONS.get(type(command))
    if decision is None:
        raise CommandRefused("command", "Việc này cần hai phiếu.")
    identification.check(case, command, policy)
    return _with_files(decision(case, command, policy, max(now, case.last_at)), command)


def _with_files(happened: tuple[Event, ...], command: CaseCommand) -> tuple[Event, ...]:
    """Let the command's own event name its files; refuse them where nobody would look for any."""
    if not command.files:
        return happened
    first = happened[0]
    need("files" in type(first).model_fields, "files", "Việc này không kèm tệp được.")
    return (first.model_copy(update={"files": command.files}), *happened[1:])


def act(
    case: Case, command: CaseCommand, policy: Policy, now: datetime
) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Catch up with what was due before ``now``, then decide.

    Returns the events that were due and those of the command, to be stored in this order in one
    transaction. The command's private texts belong beside the first event of the second tuple.

    Raises:
        CommandRefused: the rules refuse the command; what was due stays due.
    """
    due = due_work(case, policy, now)
    return due, decide(fold(due, case), command, policy, now)
