"""Events of the daily work on a case: messages, pauses, holders, calls."""

from datetime import datetime
from typing import Literal

from service_policy.actors import Actor
from service_policy.cases.events_filing import MovedDue
from service_policy.cases.files import FileFact
from service_policy.values import Model, Name

Means = Literal["mail_accepted", "page_opened", "told_by_phone", "handed_over"]
Thing = Literal[
    "photo", "serial", "invoice", "order", "address", "time", "choice", "bank_account", "item"
]
IdentityWay = Literal[
    "called_back_number_on_file",
    "papers_seen_at_counter",
    "contract_contact_on_file",
    "answered_from_email_on_file",
]
"""Ways to make sure of an asker, each against the company's own books; there is no "other"."""

HandOffReason = Literal["wrong_department", "expertise", "absence", "customer_request"]
Way = Literal["phone", "counter", "zalo", "email", "mail", "case"]
Party = Name
"""The id of a kind of third party, as ``cong-ty.yaml`` declares it."""


class OwnerNamed(Model):
    """A person of the owning department answers for the case; the name itself is private."""

    type: Literal["owner_named"] = "owner_named"
    at: datetime
    by: Actor
    owner: Actor


class AskerIdentified(Model):
    """Staff made sure that the asker is whose invoices and debts are asked for.

    What was checked lies in the erasable side of the store, beside this event.
    """

    type: Literal["asker_identified"] = "asker_identified"
    at: datetime
    by: Actor
    way: IdentityWay


class AnswerSent(Model):
    """An answer was written and given to the post; it stops nothing before it is delivered.

    ``without_figures`` says that it was held to tell nothing of invoices and debts.
    """

    type: Literal["answer_sent"] = "answer_sent"
    at: datetime
    by: Actor
    message: int
    without_figures: bool = False
    files: tuple[FileFact, ...] = ()


class UpdateSent(Model):
    """Progress was told. It never stops a clock: "we have noted it" is no answer."""

    type: Literal["update_sent"] = "update_sent"
    at: datetime
    by: Actor
    message: int


class QuestionAsked(Model):
    """The customer was asked for one named thing."""

    type: Literal["question_asked"] = "question_asked"
    at: datetime
    by: Actor
    message: int
    thing: Thing


class AnswerPublished(Model):
    """The asker was pointed to an answer published since; it answers nobody and stops nothing."""

    type: Literal["answer_published"] = "answer_published"
    at: datetime
    by: Actor
    entry: str
    title: str
    url: str


class Delivered(Model):
    """A message reached the customer, and how that is known."""

    type: Literal["delivered"] = "delivered"
    at: datetime
    by: Actor
    message: int
    means: Means


class Bounced(Model):
    """A message came back; whatever its delivery had caused is undone."""

    type: Literal["bounced"] = "bounced"
    at: datetime
    by: Actor
    message: int
    dues: tuple[MovedDue, ...] = ()


class Answered(Model):
    """The customer has a first answer in hand."""

    type: Literal["answered"] = "answered"
    at: datetime
    message: int


class AnswerContested(Model):
    """The customer says that a message is no answer; the time runs as if it had not been sent."""

    type: Literal["answer_contested"] = "answer_contested"
    at: datetime
    by: Actor
    message: int
    files: tuple[FileFact, ...] = ()


class PauseStarted(Model):
    """The clock waits for the customer, at most until ``until``; ``dues`` count on all of it."""

    type: Literal["pause_started"] = "pause_started"
    at: datetime
    message: int
    thing: Thing
    until: datetime
    dues: tuple[MovedDue, ...]


class PauseEnded(Model):
    """The clock runs again; ``dues`` move back to what the pause really took."""

    type: Literal["pause_ended"] = "pause_ended"
    at: datetime
    message: int
    ended_at: datetime
    cause: Literal["customer_replied", "limit_reached", "concluded"]
    dues: tuple[MovedDue, ...]


class PauseVoided(Model):
    """The customer contested a pause: all its time is given back."""

    type: Literal["pause_voided"] = "pause_voided"
    at: datetime
    by: Actor
    message: int
    dues: tuple[MovedDue, ...]


class HandedOff(Model):
    """The holder changed; the owner and every deadline did not.

    Departments by id, roles by name; ``held_minutes`` are business minutes with the one who gives.
    ``counted`` is whether it counts against the hand-offs that a case may see.
    """

    type: Literal["handed_off"] = "handed_off"
    at: datetime
    by: Actor
    from_department: str
    from_role: str
    to_department: str
    to_role: str
    reason: HandOffReason
    task: str | None = None
    held_minutes: int
    counted: bool


class CalledBack(Model):
    """Somebody called and spoke with the customer about a danger."""

    type: Literal["called_back"] = "called_back"
    at: datetime
    by: Actor


class CallbackTried(Model):
    """Somebody called and nobody answered; the clock goes on."""

    type: Literal["callback_tried"] = "callback_tried"
    at: datetime
    by: Actor


class Recategorised(Model):
    """The category changed; deadlines may only have become earlier.

    ``danger`` says that the new one is one of danger to somebody.
    """

    type: Literal["recategorised"] = "recategorised"
    at: datetime
    by: Actor
    category: str
    danger: bool = False
    dues: tuple[MovedDue, ...]


class SubCaseOpened(Model):
    """The company asked a third party for something; the customer's clock runs on."""

    type: Literal["sub_case_opened"] = "sub_case_opened"
    at: datetime
    by: Actor
    number: int
    party: Party


class SubCaseClosed(Model):
    """The third party is done; this ends nothing but the sub-case."""

    type: Literal["sub_case_closed"] = "sub_case_closed"
    at: datetime
    by: Actor
    number: int


class InformationAdded(Model):
    """The customer added a text or files."""

    type: Literal["information_added"] = "information_added"
    at: datetime
    by: Actor
    files: tuple[FileFact, ...] = ()


class ContactRecorded(Model):
    """The customer called, came or wrote another way, and staff typed what was said.

    ``disputes`` is set where the customer says that the matter is not settled. ``elsewhere`` is
    the case on which the customer was heard, where the same matter was divided.
    """

    type: Literal["contact_recorded"] = "contact_recorded"
    at: datetime
    by: Actor
    way: Way
    disputes: bool = False
    elsewhere: str | None = None
    files: tuple[FileFact, ...] = ()


class Escalated(Model):
    """A late case moved up a rung; the department by id, the role by name."""

    type: Literal["escalated"] = "escalated"
    at: datetime
    level: int
    promise: str
    department: str
    role: str


class ProgressDue(Model):
    """The holder was reminded to tell the customer by ``due_at`` how far things are."""

    type: Literal["progress_due"] = "progress_due"
    at: datetime
    promise: str
    due_at: datetime


class ProgressMissed(Model):
    """No message went to the customer by ``due_at``, although progress was promised."""

    type: Literal["progress_missed"] = "progress_missed"
    at: datetime
    promise: str
    due_at: datetime


class Reminded(Model):
    """The holder was reminded that a deadline is near."""

    type: Literal["reminded"] = "reminded"
    at: datetime
    promise: str
