"""What the events of concluding do to a case."""

from dataclasses import replace
from datetime import datetime

from service_policy.cases import events_outcome as events
from service_policy.cases.apply import applied, moved, plain, promises, sent
from service_policy.cases.case import Case
from service_policy.cases.parts import (
    Closing,
    PromiseState,
    Proposal,
    Refusal,
    Review,
    Span,
)
from service_policy.cases.states import State


def _restored(case: Case, at: datetime) -> Case:
    """Void what concluded the case: its resolution counts as never having been there."""

    def run_again(one: PromiseState) -> PromiseState:
        if one.stops_on != "resolved":
            return one
        return replace(one, ended_at=None, provisional_at=None, released_at=None)

    again = replace(
        case,
        state="open",
        proposal=None,
        objected=None,
        outcome=None,
        resumed_at=at,
        progress_missed=(),
    )
    return promises(again, run_again)


def _ended(case: Case, state: State, at: datetime) -> Case:
    return replace(
        case,
        state=state,
        closed=(*case.closed, Span(at)),
        proposal=None,
        objected=None,
        refusal=None,
    )


def _opened_again(case: Case, at: datetime) -> Case:
    spans = (one if one.end is not None else replace(one, end=at) for one in case.closed)
    return replace(case, closed=tuple(spans))


def _released(case: Case, at: datetime) -> Case:
    return promises(case, lambda one: replace(one, released_at=at) if one.ended_at is None else one)


@applied.register
def _resolution_proposed(event: events.ResolutionProposed, case: Case) -> Case:
    written = plain(sent(case, event.message, "resolution", event.at), event)
    return replace(
        written,
        proposal=Proposal(event.message, event.outcome),
        objected=None,
        concluded_by=case.concluded_by | {event.by.id},
    )


@applied.register
def _resolution_noticed(event: events.ResolutionNoticed, case: Case) -> Case:
    if case.proposal is None:
        return case
    noticed = replace(case.proposal, delivered_at=event.at, confirm_by=event.confirm_by)
    state: State = "refused" if noticed.outcome == "refused" else "proposed"

    def stand(one: PromiseState) -> PromiseState:
        waiting = one.stops_on == "resolved" and one.is_open
        return replace(one, provisional_at=event.at) if waiting else one

    return promises(replace(case, proposal=noticed, state=state), stand)


@applied.register
def _resolution_confirmed(event: events.ResolutionConfirmed, case: Case) -> Case:
    # Silence is complete when its window is, however long the sweep takes to write it down.
    over = case.proposal.confirm_by if case.proposal is not None else None
    at = event.at if over is None or event.how != "silence" else min(over, event.at)

    def end(one: PromiseState) -> PromiseState:
        if one.ended_at is not None or one.released_at is not None:
            return one
        told = one.provisional_at
        if event.ends == "nothing" or (event.ends == "what_was_told" and told is None):
            return replace(one, released_at=told or at, provisional_at=None)
        return replace(one, ended_at=told or event.at, provisional_at=None)

    concluded = case.proposal or case.objected
    outcome = concluded.outcome if concluded is not None else case.outcome
    closed = replace(_ended(case, "closed", event.at), outcome=outcome, closing=_rests(event, case))
    return promises(closed, end)


def _rests(event: events.ResolutionConfirmed, case: Case) -> Closing | None:
    """Say on which message a closing rests that was not the customer's own act."""
    if event.how == "customer":
        return None
    number = case.proposal.number if case.proposal is not None else None
    if event.how == "review":
        number = next((one.number for one in case.messages[::-1] if one.purpose == "review"), None)
    if number is None:
        return None
    return Closing(number, case.state, case.proposal, case.promises)


@applied.register
def _resolution_disputed(event: events.ResolutionDisputed, case: Case) -> Case:
    return _restored(case, event.at)


@applied.register
def _refusal_proposed(event: events.RefusalProposed, case: Case) -> Case:
    refusal = Refusal(
        number=case.seq + 1,
        by=event.by.id,
        clause=event.clause,
        clause_version=event.clause_version,
        evidence=event.evidence,
        sign_by=event.sign_by,
    )
    return replace(case, refusal=refusal, concluded_by=case.concluded_by | {event.by.id})


@applied.register
def _refusal_rejected(event: events.RefusalRejected, case: Case) -> Case:
    return replace(case, refusal=None)


@applied.register
def _refusal_lapsed(event: events.RefusalLapsed, case: Case) -> Case:
    return replace(case, refusal=None)


@applied.register
def _refusal_issued(event: events.RefusalIssued, case: Case) -> Case:
    written = sent(case, event.message, "refusal", event.at)
    return replace(
        written,
        refusal=None,
        proposal=Proposal(event.message, "refused"),
        objected=None,
        concluded_by=case.concluded_by | {event.by.id, event.proposed_by},
    )


@applied.register
def _appeal_made(event: events.AppealMade, case: Case) -> Case:
    review = Review(event.subject, event.promise, event.review_by)
    asked = replace(case, review=review)
    if event.subject != "refusal":
        return asked
    back = replace(asked, state="review", proposal=case.proposal or case.objected, objected=None)
    return _opened_again(back, event.at)


@applied.register
def _review_decided(event: events.ReviewDecided, case: Case) -> Case:
    promise = "" if case.review is None else case.review.promise
    decided = sent(case, event.message, "review", event.at)
    decided = replace(
        decided,
        review=None,
        reviewed=(*case.reviewed, event.subject),
        concluded_by=case.concluded_by | {event.by.id},
    )
    if event.upheld:
        return decided
    if event.subject == "refusal":
        return _restored(decided, event.at)
    debts = (replace(one, void=False) if one.promise == promise else one for one in case.debts)
    paid_for = promises(
        decided, lambda one: replace(one, exempt="overturned") if one.key == promise else one
    )
    return replace(paid_for, debts=tuple(debts))


@applied.register
def _case_reopened(event: events.CaseReopened, case: Case) -> Case:
    again = _restored(_opened_again(case, event.at), event.at)
    again = promises(again, lambda one: replace(one, released_at=None))
    return moved(replace(again, follow_up_asked=False), event.dues, event.at)


@applied.register
def _case_withdrawn(event: events.CaseWithdrawn, case: Case) -> Case:
    return _released(replace(_ended(case, "withdrawn", event.at), review=None), event.at)


@applied.register
def _case_split(event: events.CaseSplit, case: Case) -> Case:
    return case


@applied.register
def _merged_in(event: events.MergedIn, case: Case) -> Case:
    known = case.identified_by is not None
    together = replace(
        case,
        received_at=min(case.received_at, event.since),
        priority=case.priority or event.priority,
        entered_by=case.entered_by or event.entered_by,
        # What the customer of the other case wanted is not known here, so it is not "explain".
        remedy_wanted=None,
        categories=tuple(dict.fromkeys((*case.categories, *event.categories))),
        identified_by=case.identified_by if event.identified else None,
        identity_lapsed=case.identity_lapsed or (known and not event.identified),
    )
    return moved(together, event.dues, event.at)


@applied.register
def _case_merged_away(event: events.CaseMergedAway, case: Case) -> Case:
    return _released(_ended(case, "merged", event.at), event.at)


@applied.register
def _decided_for_customer(event: events.DecidedForCustomer, case: Case) -> Case:
    def unless_refusing(one: Proposal | None) -> Proposal | None:
        return None if one is not None and one.outcome == "refused" else one

    return replace(
        case,
        in_favour_at=event.at,
        refusal=None,
        proposal=unless_refusing(case.proposal),
        objected=unless_refusing(case.objected),
    )


@applied.register
def _follow_up_asked(event: events.FollowUpAsked, case: Case) -> Case:
    return replace(case, follow_up_asked=True)


@applied.register
def _follow_up_answered(event: events.FollowUpAnswered, case: Case) -> Case:
    return case
