"""Commands of the daily work on a case; no command deletes, backdates or resets anything."""

from dataclasses import dataclass
from typing import ClassVar

from service_policy.actors import Actor
from service_policy.cases.commands_base import CaseCommand
from service_policy.cases.events_service import HandOffReason, IdentityWay, Means, Party, Thing, Way


@dataclass(frozen=True)
class NameOwner(CaseCommand):
    """Name the person who answers for the case to its end; the customer is shown the name."""

    owner: Actor
    display_name: str
    PRIVATE: ClassVar[tuple[str, ...]] = ("display_name",)


@dataclass(frozen=True)
class SendAnswer(CaseCommand):
    """Send an answer with content; the clock stops when it is delivered.

    ``without_figures`` says that it tells nothing of invoices and debts; the rules hold it to that.
    """

    text: str
    without_figures: bool = False


@dataclass(frozen=True)
class IdentifyAsker(CaseCommand):
    """Record how staff made sure of the asker; ``text`` says what exactly was checked."""

    way: IdentityWay
    text: str


@dataclass(frozen=True)
class SendUpdate(CaseCommand):
    """Tell the customer how far things are; this stops no clock."""

    text: str


@dataclass(frozen=True)
class AskCustomer(CaseCommand):
    """Ask the customer for one named thing; the clock pauses when the question is delivered."""

    thing: Thing
    text: str


@dataclass(frozen=True)
class TellOfPublishedAnswer(CaseCommand):
    """Point the asker to an answer that has been published since; a hint, which stops no clock.

    ``entry`` is the code of the published question, ``title`` its words, ``url`` its page.
    """

    entry: str
    title: str
    url: str
    PRIVATE: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True)
class RecordDelivery(CaseCommand):
    """Record that a message reached the customer: by the outbox, the case page, or a person."""

    message: int
    means: Means


@dataclass(frozen=True)
class RecordBounce(CaseCommand):
    """Record that a message came back undelivered."""

    message: int


@dataclass(frozen=True)
class HandOff(CaseCommand):
    """Give the case to another department by its id; ``task`` is one of that department's limits.

    A hand-off that the customer asked for needs the ``evidence`` id of that wish.
    """

    to_department: str
    reason: HandOffReason
    text: str
    task: str | None = None
    evidence: str | None = None


@dataclass(frozen=True)
class RecordCallback(CaseCommand):
    """Record a call to a customer in danger; ``reached`` means a person spoke with them."""

    reached: bool
    text: str


@dataclass(frozen=True)
class Recategorise(CaseCommand):
    """Put the case into the right category; deadlines can only become earlier."""

    category: str
    text: str


@dataclass(frozen=True)
class OpenSubCase(CaseCommand):
    """Ask a third party for its part; this is the company's own business."""

    party: Party
    text: str


@dataclass(frozen=True)
class CloseSubCase(CaseCommand):
    """Record that the third party is done."""

    number: int
    text: str


@dataclass(frozen=True)
class AddInformation(CaseCommand):
    """The customer adds a text or files; this answers an open question."""

    text: str


@dataclass(frozen=True)
class RecordContact(CaseCommand):
    """Record that the customer called, came or wrote, in the customer's words; it only ever helps.

    ``disputes`` opens an ended case again. ``elsewhere`` is the case where the customer was heard.
    """

    way: Way
    text: str
    disputes: bool = False
    elsewhere: str | None = None


@dataclass(frozen=True)
class ContestPause(CaseCommand):
    """The customer says that the clock should not have stopped."""

    message: int


@dataclass(frozen=True)
class ContestAnswer(CaseCommand):
    """The customer says that a message is no answer to the question."""

    message: int
    text: str = ""
