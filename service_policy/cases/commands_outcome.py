"""Commands that conclude a case, and the customer's ways to object."""

from dataclasses import dataclass

from service_policy.cases.commands_base import CaseCommand, Evidence
from service_policy.cases.events_outcome import OtherRemedy, Resolution


@dataclass(frozen=True)
class ProposeResolution(CaseCommand):
    """Propose a resolution in writing; the customer decides whether it is one.

    ``remedy`` is named where it is another one than was asked for.
    ``without_figures`` says that it tells nothing of invoices and debts; the rules hold it to that.
    """

    outcome: Resolution
    text: str
    remedy: OtherRemedy | None = None
    without_figures: bool = False


@dataclass(frozen=True)
class ProposeRefusal(CaseCommand):
    """Propose to refuse under a published ``clause``; somebody else has to sign it.

    ``clause`` is the id of a condition that was published when the case was filed.
    """

    clause: str
    evidence: tuple[Evidence, ...]
    text: str


@dataclass(frozen=True)
class SignRefusal(CaseCommand):
    """Sign a proposed refusal as its second reader; it then goes to the customer."""


@dataclass(frozen=True)
class RejectRefusal(CaseCommand):
    """Do not sign a proposed refusal."""

    text: str


@dataclass(frozen=True)
class DecideReview(CaseCommand):
    """Decide a review in writing: ``upheld`` keeps what was decided before."""

    upheld: bool
    evidence: tuple[Evidence, ...]
    text: str


@dataclass(frozen=True)
class SplitCase(CaseCommand):
    """Take part of a case out as a case of its own, under another category."""

    category: str
    text: str


@dataclass(frozen=True)
class MergeCases(CaseCommand):
    """Go on with the case ``other`` (its reference) of the same customer inside this one."""

    other: str
    text: str


@dataclass(frozen=True)
class ConfirmResolution(CaseCommand):
    """The customer agrees that the matter is resolved."""


@dataclass(frozen=True)
class DisputeResolution(CaseCommand):
    """The customer says that it is not."""

    text: str = ""


@dataclass(frozen=True)
class Appeal(CaseCommand):
    """The customer wants somebody else to look again; ``promise`` names an exempted promise.

    An empty ``promise`` means the refusal.
    """

    text: str = ""
    promise: str = ""


@dataclass(frozen=True)
class Reopen(CaseCommand):
    """The customer opens a closed case again."""

    text: str = ""


@dataclass(frozen=True)
class Withdraw(CaseCommand):
    """The customer withdraws the case."""

    text: str = ""


@dataclass(frozen=True)
class AnswerFollowUp(CaseCommand):
    """The customer answers whether the trouble is really gone."""

    fixed: bool
