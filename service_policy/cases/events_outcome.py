"""Events of concluding a case: proposals, refusals, reviews, reopening, splitting, merging."""

from datetime import datetime
from typing import Literal

from service_policy.actors import Actor
from service_policy.cases.events_filing import MovedDue
from service_policy.cases.files import FileFact
from service_policy.values import Model

Resolution = Literal["as_asked", "other_remedy", "explained"]
OtherRemedy = Literal["repair", "replace", "refund", "compensate", "redo", "correct"]
"""What may be proposed instead of what was asked; an apology or an explanation is no remedy."""
Closing = Literal["customer", "silence", "review"]
Ends = Literal["everything", "what_was_told", "nothing"]


class ResolutionProposed(Model):
    """A resolution was written; it is a proposal until the customer confirms.

    ``without_figures`` says that it was held to tell nothing of invoices and debts.
    """

    type: Literal["resolution_proposed"] = "resolution_proposed"
    at: datetime
    by: Actor
    message: int
    outcome: Resolution
    remedy: OtherRemedy | None = None
    without_figures: bool = False
    files: tuple[FileFact, ...] = ()


class ResolutionNoticed(Model):
    """The customer has the proposal or the refusal in hand and may object until ``confirm_by``."""

    type: Literal["resolution_noticed"] = "resolution_noticed"
    at: datetime
    message: int
    confirm_by: datetime


class ResolutionConfirmed(Model):
    """The case is closed: the customer agreed, stayed silent, or a review upheld a refusal.

    ``ends`` says which open promises count as kept by it: all of them when the customer agreed;
    after silence those whose conclusion was told to the customer; none where the customer objected
    or was given something else than was asked. Events older than the field ended everything.
    """

    type: Literal["resolution_confirmed"] = "resolution_confirmed"
    at: datetime
    by: Actor
    how: Closing
    ends: Ends = "everything"


class ResolutionDisputed(Model):
    """The customer does not agree: the proposal is void and all the time counts."""

    type: Literal["resolution_disputed"] = "resolution_disputed"
    at: datetime
    by: Actor
    files: tuple[FileFact, ...] = ()


class RefusalProposed(Model):
    """Somebody proposes to refuse: with a published clause and evidence the customer can read."""

    type: Literal["refusal_proposed"] = "refusal_proposed"
    at: datetime
    by: Actor
    clause: str
    clause_version: str
    evidence: tuple[str, ...]
    sign_by: datetime
    files: tuple[FileFact, ...] = ()


class RefusalRejected(Model):
    """The second reader did not sign."""

    type: Literal["refusal_rejected"] = "refusal_rejected"
    at: datetime
    by: Actor


class RefusalLapsed(Model):
    """Nobody signed in time, which counts as not refused."""

    type: Literal["refusal_lapsed"] = "refusal_lapsed"
    at: datetime


class RefusalIssued(Model):
    """A second person signed; the refusal goes to the customer with the way to appeal.

    ``proposed_by`` and ``by`` are two persons; ``appeal_by`` is the earliest end of the appeal
    window: it is counted again from delivery.
    """

    type: Literal["refusal_issued"] = "refusal_issued"
    at: datetime
    by: Actor
    proposed_by: str
    message: int
    clause: str
    clause_version: str
    evidence: tuple[str, ...]
    appeal_by: datetime


class AppealMade(Model):
    """The customer wants a refusal or an exemption reviewed."""

    type: Literal["appeal_made"] = "appeal_made"
    at: datetime
    by: Actor
    subject: str
    promise: str
    review_by: datetime
    files: tuple[FileFact, ...] = ()


class ReviewDecided(Model):
    """Somebody who had no part in it decided the review, in writing."""

    type: Literal["review_decided"] = "review_decided"
    at: datetime
    by: Actor
    message: int
    subject: str
    upheld: bool
    evidence: tuple[str, ...] = ()
    files: tuple[FileFact, ...] = ()


class CaseReopened(Model):
    """The customer reopened the case; only the time it was closed is not counted."""

    type: Literal["case_reopened"] = "case_reopened"
    at: datetime
    by: Actor
    dues: tuple[MovedDue, ...]
    files: tuple[FileFact, ...] = ()


class CaseWithdrawn(Model):
    """The customer withdrew the case; what was owed stays owed."""

    type: Literal["case_withdrawn"] = "case_withdrawn"
    at: datetime
    by: Actor


class CaseSplit(Model):
    """Part of this case goes on as another case with the same start."""

    type: Literal["case_split"] = "case_split"
    at: datetime
    by: Actor
    other: str


class MergedIn(Model):
    """Another case goes on here; the earlier start and the earlier dates hold.

    ``entered_by`` typed the other case in for the customer: staff know its code, which leads here.
    ``categories`` are all that the other case ever had; ``identified`` says whether staff had made
    sure of its asker, without which nobody is sure of the joined case's askers any more.
    """

    type: Literal["merged_in"] = "merged_in"
    at: datetime
    by: Actor
    other: str
    since: datetime
    priority: bool
    dues: tuple[MovedDue, ...]
    entered_by: Actor | None = None
    categories: tuple[str, ...] = ()
    identified: bool = False


class CaseMergedAway(Model):
    """This case goes on in another one; what was owed here stays owed here."""

    type: Literal["case_merged_away"] = "case_merged_away"
    at: datetime
    by: Actor
    into: str


class DecidedForCustomer(Model):
    """The longest time passed without a conclusion: the case can no longer be refused."""

    type: Literal["decided_for_customer"] = "decided_for_customer"
    at: datetime
    promise: str


class FollowUpAsked(Model):
    """The customer was asked whether the trouble is really gone."""

    type: Literal["follow_up_asked"] = "follow_up_asked"
    at: datetime


class FollowUpAnswered(Model):
    """The customer answered the follow-up question."""

    type: Literal["follow_up_answered"] = "follow_up_answered"
    at: datetime
    by: Actor
    fixed: bool
