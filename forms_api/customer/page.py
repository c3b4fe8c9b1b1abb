"""The customer's page of a case, as plain values: nobody is named but the one who answers for it.

Nothing in it was asked from the customer's contact data: whoever finds a receipt learns what the
case is about, not who filed it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from forms_api import kinds, owing, payouts, words
from forms_api.customer.choices import Offer, offers
from forms_api.customer.clocks import Clocks, clocks
from forms_api.customer.situation import Situation, situation
from forms_api.kinds.field import Field
from forms_api.kinds.own_report import DOCUMENT_NO
from forms_api.loading import Loaded
from forms_api.promise_view import PromiseView, most_urgent_first, promise_views
from forms_api.timeline import Line, evidence_of, told, who_did
from forms_api.uploads.shown import ShownFile, for_customer
from service_policy.cases import Case, Event, as_of
from service_policy.cases.core.parts import STATE_WORDS, Message
from service_policy.cases.documents import WAY_WORDS, copy_words
from service_policy.cases.holding.clocks import Rung, ladder
from service_policy.cases.holding.hand_off import OwnerNamed
from service_policy.cases.refusal.refusing import RefusalIssued
from service_policy.handling import Clause
from service_policy.promises.policy import Policy
from service_policy.register import document_page
from theme.words import FEEDBACK_URL


@dataclass(frozen=True)
class SentDocument:
    """A copy that went out: what, when, which way; where it is read, and where it is judged."""

    words: str
    at: datetime
    way: str
    url: str
    feedback_url: str


@dataclass(frozen=True)
class Said:
    """A message of the company. ``about`` is the thing asked for or the outcome in words.

    A refusal also has its ``clause``, the readable ``evidence``, who read it again (``reader``,
    by role) and ``appeal_by``. ``void`` says that the customer did not accept it as an answer.
    """

    number: int
    purpose: str
    title: str
    about: str
    sent_at: datetime
    text: str
    void: bool
    clause: Clause | None = None
    evidence: tuple[str, ...] = ()
    reader: str = ""
    appeal_by: datetime | None = None


@dataclass(frozen=True)
class CustomerCase:
    """Everything on the page; ``seen`` is the number of stored events, sent back by every form.

    ``about`` is the category or the topic in words. ``wrote`` are the customer's own words,
    empty once they are erased. ``nearest`` is the promise that falls due next.
    """

    reference: str
    seen: int
    kind: str
    about: str
    wrote: str
    state: str
    state_words: str
    situation: Situation
    case: Case
    owner_name: str
    promises: tuple[PromiseView, ...]
    nearest: PromiseView | None
    clocks: Clocks
    sums: tuple[owing.Sum, ...]
    payments: tuple[owing.Payment, ...]
    payout: payouts.PayoutView | None
    payout_fields: tuple[Field, ...]
    messages: tuple[Said, ...]
    ladder: tuple[Rung, ...]
    offers: tuple[Offer, ...]
    files: tuple[ShownFile, ...]
    documents: tuple[SentDocument, ...]
    history: tuple[Line, ...]

    def offered(self, slug: str, target: object = "") -> Offer | None:
        """Return an offer of this page, or None."""
        wanted = (slug, str(target))
        return next((one for one in self.offers if (one.choice.slug, one.target) == wanted), None)

    @property
    def asks_payout(self) -> bool:
        """Whether money is owed and nobody knows where it should go."""
        return bool(self.payout_fields) and (self.payout is None or not self.payout.words)

    def message(self, number: int) -> Said | None:
        """Return a message of this page, or None."""
        return next((one for one in self.messages if one.number == number), None)

    def files_with(self, number: int) -> tuple[ShownFile, ...]:
        """Return the files that came with an event or a message, by its number."""
        return tuple(one for one in self.files if one.seq == number)


def customer_case(loaded: Loaded, policy: Policy, now: datetime) -> CustomerCase:
    """Show a case to its customer as it stands at ``now``, whether swept or not."""
    case = as_of(loaded.case, policy, now)
    state = case.state_at(now)
    promises = most_urgent_first(promise_views(case, policy, now))
    return CustomerCase(
        reference=loaded.reference,
        seen=len(loaded.events),
        kind=words.kind(case.kind, policy.matrix),
        about=_about(loaded, case, policy),
        wrote=kinds.words_of(case.kind, loaded.filed),
        state=state,
        state_words=STATE_WORDS[state].partition(",")[0],
        situation=situation(loaded, case, promises, policy, now),
        case=case,
        owner_name=_owner_name(loaded),
        promises=promises,
        # What is overdue is told otherwise.
        nearest=next((one for one in promises if one.is_open and one.due_at >= now), None),
        clocks=clocks(case, promises, policy, now),
        sums=owing.sums(case, now),
        payments=owing.payments(loaded.events),
        payout=payouts.view(loaded, case, policy, now),
        payout_fields=payouts.fields(case, policy) if case.open_vnd else (),
        messages=tuple(_messages(loaded, case, policy)),
        ladder=ladder(case, policy, now, loaded.filed.get("province")),
        offers=tuple(offers(case, loaded.events, policy, now)),
        files=for_customer(loaded, policy),
        documents=tuple(
            SentDocument(
                words=copy_words((copy,)),
                at=sent.at,
                way=WAY_WORDS[sent.way],
                url=f"{document_page(copy.id)}?v={copy.version}",
                feedback_url=copy.feedback_url(FEEDBACK_URL),
            )
            for sent in case.documents_sent
            for copy in sent.copies
        ),
        history=tuple(reversed(told(loaded, policy))),
    )


def _owner_name(loaded: Loaded) -> str:
    """Return the name of the person who answers for the case, once there is one."""
    named = [seq for seq, one in enumerate(loaded.events, 1) if isinstance(one, OwnerNamed)]
    return str(loaded.private.get(named[-1], {}).get("display_name", "")) if named else ""


def _about(loaded: Loaded, case: Case, policy: Policy) -> str:
    """Say what it is about: its category, or its topic with the number of the paper, if any."""
    category = policy.category(case.category or "")
    if category is not None:
        return category.title
    kind = kinds.find(case.kind)
    topic = "" if kind is None else kind.topics.get(case.topic or "", "")
    return f"{topic} {loaded.filed.get(DOCUMENT_NO, '')}".strip()


def _messages(loaded: Loaded, case: Case, policy: Policy) -> Iterator[Said]:
    """Show the company's messages, the latest first; nobody reads a question that is answered."""
    events = {event.brings: event for event in loaded.events}
    asked = bool(case.open_vnd) and case.payout is None
    for one in reversed(case.messages):
        # What is only due yet has not been written.
        if one.number in events and (asked or one.purpose != "payout"):
            yield _said(loaded, case, policy, one, events[one.number])


def _said(loaded: Loaded, case: Case, policy: Policy, message: Message, event: Event) -> Said:
    refusal = event if isinstance(event, RefusalIssued) else None
    return Said(
        number=message.number,
        purpose=message.purpose,
        title=event.HEADING,
        about=event.about(),
        sent_at=message.sent_at,
        text=_words(loaded, message, event, policy),
        void=message.contested,
        clause=None if refusal is None else refusal.published(policy),
        evidence=evidence_of(event, loaded.private),
        reader="" if refusal is None else who_did(refusal, policy),
        appeal_by=None if refusal is None else _appeal_by(refusal, case),
    )


def _words(loaded: Loaded, message: Message, event: Event, policy: Policy) -> str:
    """Return what a message says; where money should go the program asks in its own words."""
    said = str(loaded.private.get(message.number, {}).get("text", ""))
    return event.below(policy) if message.purpose == "payout" else said


def _appeal_by(event: RefusalIssued, case: Case) -> datetime:
    """Return the end of the window that counts from delivery, while the refusal stands."""
    proposal = case.proposal
    if proposal is not None and proposal.number == event.message and proposal.confirm_by:
        return proposal.confirm_by
    return event.appeal_by
