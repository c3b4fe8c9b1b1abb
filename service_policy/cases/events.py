"""Events: what happened to a case, in the past tense, public and free of personal data.

Texts (messages, notes, reasons in words) lie in the erasable side of the store beside the event
that carries them. Stored payloads are read for ever: new fields are optional, none is renamed.
"""

from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from service_policy.cases.events_documents import DocumentsAsked, DocumentsSent, UnderstoodAsked
from service_policy.cases.events_filing import MovedDue, PromiseMade, Received
from service_policy.cases.events_letters import CustomerReached, LetterFailed
from service_policy.cases.events_money import (
    CompensationOwed,
    ExemptionClaimed,
    ExemptionGranted,
    ExemptionLapsed,
    FactRecorded,
    PaymentRecorded,
    PromiseImproved,
    PromiseMissed,
)
from service_policy.cases.events_outcome import (
    AppealMade,
    CaseMergedAway,
    CaseReopened,
    CaseSplit,
    CaseWithdrawn,
    DecidedForCustomer,
    FollowUpAnswered,
    FollowUpAsked,
    MergedIn,
    RefusalIssued,
    RefusalLapsed,
    RefusalProposed,
    RefusalRejected,
    ResolutionConfirmed,
    ResolutionDisputed,
    ResolutionNoticed,
    ResolutionProposed,
    ReviewDecided,
)
from service_policy.cases.events_service import (
    AnswerContested,
    Answered,
    AnswerPublished,
    AnswerSent,
    AskerIdentified,
    Bounced,
    CallbackTried,
    CalledBack,
    ContactRecorded,
    Delivered,
    Escalated,
    HandedOff,
    InformationAdded,
    OwnerNamed,
    PauseEnded,
    PauseStarted,
    PauseVoided,
    ProgressDue,
    ProgressMissed,
    QuestionAsked,
    Recategorised,
    Reminded,
    SubCaseClosed,
    SubCaseOpened,
    UpdateSent,
)

__all__ = ["Event", "MovedDue", "PromiseMade", "Received", "read_event"]

Event = (
    Received
    | PromiseMade
    | DocumentsAsked
    | DocumentsSent
    | UnderstoodAsked
    | OwnerNamed
    | AskerIdentified
    | AnswerSent
    | UpdateSent
    | QuestionAsked
    | AnswerPublished
    | Delivered
    | Bounced
    | LetterFailed
    | CustomerReached
    | Answered
    | AnswerContested
    | PauseStarted
    | PauseEnded
    | PauseVoided
    | HandedOff
    | CalledBack
    | CallbackTried
    | Recategorised
    | SubCaseOpened
    | SubCaseClosed
    | InformationAdded
    | ContactRecorded
    | Escalated
    | Reminded
    | ProgressDue
    | ProgressMissed
    | ResolutionProposed
    | ResolutionNoticed
    | ResolutionConfirmed
    | ResolutionDisputed
    | RefusalProposed
    | RefusalRejected
    | RefusalLapsed
    | RefusalIssued
    | AppealMade
    | ReviewDecided
    | CaseReopened
    | CaseWithdrawn
    | CaseSplit
    | CaseMergedAway
    | MergedIn
    | DecidedForCustomer
    | FollowUpAsked
    | FollowUpAnswered
    | PromiseMissed
    | PromiseImproved
    | CompensationOwed
    | FactRecorded
    | ExemptionClaimed
    | ExemptionGranted
    | ExemptionLapsed
    | PaymentRecorded
)

_ADAPTER: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="type")])


def read_event(payload: dict[str, Any]) -> Event:
    """Build an event from stored JSON.

    Raises:
        pydantic.ValidationError: the payload is no event of this version.
    """
    return _ADAPTER.validate_python(payload)
