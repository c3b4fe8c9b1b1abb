"""What the customer says in any way ends a silence; what reached nobody, and what proves anything.

Silence can close a case only while it is silence. A word of the customer after a proposal takes
the proposal down: work goes on, the clock runs as if nothing had been proposed, and the proposal
is an end only if the customer says yes to it. No word is read for its meaning: a machine that took
"cảm ơn" for a yes would one day take "cảm ơn, nhưng vẫn hỏng" for one.
"""

from dataclasses import replace
from datetime import datetime

from service_policy.cases import events_outcome as outcome
from service_policy.cases import events_service as service
from service_policy.cases.apply import promises
from service_policy.cases.case import Case
from service_policy.cases.events_documents import DocumentsSent
from service_policy.cases.parts import PromiseState
from service_policy.values import Model

WORDS = (
    service.InformationAdded,
    service.ContactRecorded,
    service.AnswerContested,
    service.PauseVoided,
    outcome.AppealMade,
    outcome.ResolutionDisputed,
    outcome.CaseReopened,
    outcome.FollowUpAnswered,
    outcome.MergedIn,
)
"""Events in which the customer is heard; a second case of the same customer is a word, too."""

_IN_VAIN = (service.Bounced, service.CallbackTried)
_SHOWN = (service.Delivered, service.Bounced, service.PauseStarted, DocumentsSent)
_OBJECTABLE = frozenset({"open", "proposed", "refused"})


def is_word(event: Model) -> bool:
    """Say whether the customer was heard, in whatever way it came to us."""
    wished = isinstance(event, service.HandedOff) and event.reason == "customer_request"
    return wished or isinstance(event, WORDS)


def heard(before: Case, after: Case, event: Model) -> Case:
    """Return the case with what ``event`` says about the customer and about evidence."""
    at: datetime = event.at  # type: ignore[attr-defined]
    if _is_exhibit(event):
        after = replace(after, exhibits=(*after.exhibits, before.seq + 1))
    if isinstance(event, _IN_VAIN):
        after = replace(after, unreached=(*after.unreached, at))
    if not is_word(event):
        return after
    against = before.proposal is not None or before.objected is not None or before.is_ended
    again = isinstance(event, outcome.CaseReopened | outcome.MergedIn)
    after = replace(
        after, spoken=(*after.spoken, at), contested=after.contested or against or again
    )
    if after.proposal is None or after.state not in _OBJECTABLE:
        return after
    return promises(
        replace(
            after,
            state="open",
            proposal=None,
            objected=after.proposal,
            resumed_at=at,
            progress_missed=(),
        ),
        _runs_again,
    )


def _runs_again(one: PromiseState) -> PromiseState:
    return replace(one, provisional_at=None)


def _is_exhibit(event: Model) -> bool:
    """Say whether an event proves more than that a member of staff typed something."""
    if getattr(event, "files", ()):
        return True
    by = getattr(event, "by", None)
    by_hand = by is not None and by.role not in ("customer", "system")
    own_words = by is not None and by.role == "customer" and is_word(event)
    return own_words or (isinstance(event, _SHOWN) and not by_hand)
