"""What the company wrote to the customer, each message with everything it has to carry."""

from dataclasses import dataclass
from datetime import datetime

from forms_api.loading import Loaded
from forms_api.timeline import evidence_of
from service_policy.actors import ROLE_WORDS
from service_policy.cases import Case, Event
from service_policy.cases.core.parts import Message
from service_policy.cases.refusal.refusing import RefusalIssued
from service_policy.cases.refusal.review import ReviewDecided
from service_policy.handling import Clause
from service_policy.policy import Policy

TITLES = {
    "answer": "Trả lời",
    "update": "Tiến độ, chưa phải câu trả lời",
    "question": "Hỏi Quý khách một việc",
    "resolution": "Đề nghị cách giải quyết",
    "refusal": "Từ chối bằng văn bản",
    "review": "Kết quả xem xét lại",
}


@dataclass(frozen=True)
class Said:
    """A message. ``about`` is the thing asked for or the outcome in words.

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


def said(loaded: Loaded, case: Case, policy: Policy) -> tuple[Said, ...]:
    """Return the company's messages, the latest first."""
    events = {event.brings: event for event in loaded.events}
    return tuple(
        _said(loaded, case, policy, one, events[one.number]) for one in reversed(case.messages)
    )


def _said(loaded: Loaded, case: Case, policy: Policy, message: Message, event: Event) -> Said:
    signed = isinstance(event, RefusalIssued | ReviewDecided)
    return Said(
        number=message.number,
        purpose=message.purpose,
        title=TITLES[message.purpose],
        about=event.about(),
        sent_at=message.sent_at,
        text=str(loaded.private.get(message.number, {}).get("text", "")),
        void=message.contested,
        clause=event.published(policy) if isinstance(event, RefusalIssued) else None,
        evidence=evidence_of(event, loaded.private) if signed else (),
        reader=_reader(event, policy) if isinstance(event, RefusalIssued) else "",
        appeal_by=_appeal_by(event, case),
    )


def _reader(event: RefusalIssued, policy: Policy) -> str:
    department = policy.company.department(event.by.department or "")
    where = "" if department is None else f", {department.name}"
    return f"{ROLE_WORDS[event.by.role]}{where}"


def _appeal_by(event: Event, case: Case) -> datetime | None:
    """Return the end of the window that counts from delivery, while the refusal stands."""
    if not isinstance(event, RefusalIssued):
        return None
    proposal = case.proposal
    if proposal is not None and proposal.number == event.message and proposal.confirm_by:
        return proposal.confirm_by
    return event.appeal_by
