"""Who may give which command. What is not in this table, nobody may do."""

from service_policy.actors import Actor, Role
from service_policy.cases import commands_documents as documents
from service_policy.cases import commands_letters as letters
from service_policy.cases import commands_money as money
from service_policy.cases import commands_outcome as outcome
from service_policy.cases import commands_service as service
from service_policy.cases.commands_base import CaseCommand

_CUSTOMER: frozenset[Role] = frozenset({"customer"})
_DESK: frozenset[Role] = frozenset({"agent", "lead"})
_LEAD: frozenset[Role] = frozenset({"lead"})
_SECOND: frozenset[Role] = frozenset({"lead", "second_reader"})
_ANY_DESK: frozenset[Role] = frozenset({"system", "agent", "lead", "second_reader", "accountant"})
_DELIVERY: frozenset[Role] = frozenset({"system", "agent", "lead"})

ALLOWED: dict[type[CaseCommand], frozenset[Role]] = {
    service.NameOwner: _DESK,
    service.IdentifyAsker: _DESK,
    service.SendAnswer: _DESK,
    service.SendUpdate: _DESK,
    service.AskCustomer: _DESK,
    service.TellOfPublishedAnswer: frozenset({"system"}),
    service.RecordDelivery: _DELIVERY,
    service.RecordBounce: _DELIVERY,
    letters.RecordLetterFailure: frozenset({"system"}),
    letters.RecordReached: _DELIVERY,
    documents.RecordDocumentsSent: _DELIVERY,
    service.HandOff: _DESK,
    service.RecordCallback: _DESK,
    service.Recategorise: _DESK,
    service.OpenSubCase: _DESK,
    service.CloseSubCase: _DESK,
    service.AddInformation: _CUSTOMER,
    service.RecordContact: _ANY_DESK,
    service.ContestPause: _CUSTOMER,
    service.ContestAnswer: _CUSTOMER,
    outcome.ProposeResolution: _DESK,
    outcome.ProposeRefusal: _DESK,
    outcome.SignRefusal: _SECOND,
    outcome.RejectRefusal: _SECOND,
    outcome.DecideReview: _SECOND,
    outcome.SplitCase: _LEAD,
    outcome.MergeCases: _LEAD,
    outcome.ConfirmResolution: _CUSTOMER,
    outcome.DisputeResolution: _CUSTOMER,
    outcome.Appeal: _CUSTOMER,
    outcome.Reopen: _CUSTOMER,
    outcome.Withdraw: _CUSTOMER,
    outcome.AnswerFollowUp: _CUSTOMER,
    money.RecordFact: _DESK,
    money.ClaimExemption: _LEAD,
    money.SignExemption: _SECOND,
    money.GrantGoodwill: _DESK,
    money.GrantAdvance: _LEAD,
    money.RecordPayment: frozenset({"accountant"}),
}
"""Editors and auditors read; agents work; leads decide more; a second reader signs; the accountant
pays; only the customer confirms, withdraws, disputes, contests, appeals and reopens."""

FILING: frozenset[Role] = frozenset({"agent", "lead"})
"""Who may enter a case for a customer who told it by phone, at a counter, on Zalo or by mail."""


def may(actor: Actor, command: type[CaseCommand]) -> bool:
    """Say whether the role of ``actor`` may give this kind of command."""
    return actor.role in ALLOWED.get(command, frozenset())
