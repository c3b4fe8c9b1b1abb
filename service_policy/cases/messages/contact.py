"""The customer's own words, typed or told, which only ever help; and making sure of an asker."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.command import (
    ANY_DESK,
    CUSTOMERS,
    DESK,
    CaseCommand,
    need,
    need_open,
    need_text,
)
from service_policy.cases.core.event import Deed, Event, evolve
from service_policy.cases.core.facts import FileFact
from service_policy.cases.core.identification import FIELD
from service_policy.cases.messages.pauses import end_pause
from service_policy.cases.resolution.reopening import reopened
from service_policy.promises.policy import Policy

ContactWay = Literal["phone", "counter", "zalo", "email", "mail", "case"]

WAY_OF_CONTACT: Mapping[str, str] = {
    "phone": "gọi điện",
    "counter": "đến quầy",
    "zalo": "nhắn Zalo",
    "email": "viết email",
    "mail": "gửi thư bưu điện",
    "case": "viết ở hồ sơ liên quan",
}
"""How the customer was heard."""


class InformationAdded(Deed):
    """The customer added a text or files."""

    type: Literal["information_added"] = "information_added"
    files: tuple[FileFact, ...] = ()

    TITLE = "Quý khách bổ sung thông tin"
    HEARD = True
    NOTICE = "holder"


class ContactRecorded(Deed):
    """The customer called, came or wrote another way, and staff typed what was said.

    ``disputes`` is set where the customer says that the matter is not settled. ``elsewhere`` is
    the case on which the customer was heard, where the same matter was divided.
    """

    type: Literal["contact_recorded"] = "contact_recorded"
    way: ContactWay
    disputes: bool = False
    elsewhere: str | None = None
    files: tuple[FileFact, ...] = ()

    TITLE = "Đã ghi lời Quý khách nói với chúng tôi"
    QUOTED = True
    HEARD = True
    RETOLD = True
    NOTICE = "holder"

    def particulars(self, policy: Policy) -> str:
        said = "; khách nói việc chưa xong" if self.disputes else ""
        where = "" if self.elsewhere is None else f" ({self.elsewhere})"
        return f"{WAY_OF_CONTACT[self.way]}{where}{said}"


@dataclass(frozen=True)
class AddInformation(CaseCommand):
    """The customer adds a text or files; this answers an open question."""

    text: str
    ALLOWED = CUSTOMERS

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """The customer's word or file ends a pause at once.

        An ended case takes none: nobody reads it, so a word that is only kept there would be lost.
        The page carries such a word into the form that reopens the case.
        """
        need_open(case)
        need_text(self.text, least=0 if self.files else 1)
        yield InformationAdded(at=now, by=self.actor)
        yield from end_pause(case, policy, now, "customer_replied")


@dataclass(frozen=True)
class RecordContact(CaseCommand):
    """Record that the customer called, came or wrote, in the customer's words; it only ever helps.

    ``disputes`` opens an ended case again. ``elsewhere`` is the case where the customer was heard.
    """

    way: ContactWay
    text: str
    disputes: bool = False
    elsewhere: str | None = None
    ALLOWED = ANY_DESK

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """What the customer told staff counts like what the customer typed, and only ever helps.

        It ends a wait for the customer and a silence; an objection opens an ended case again.
        """
        need(case.state != "merged", "state", "Phiếu đã gộp; ghi vào phiếu đang được xử lý.")
        recorded = ContactRecorded(
            at=now,
            by=self.actor,
            way=self.way,
            disputes=self.disputes,
            elsewhere=self.elsewhere,
        )
        if self.elsewhere is not None:
            machine = self.actor.role == "system"
            need(machine, "actor", "Máy ghi việc này khi khách viết ở phiếu kia.")
            yield recorded
            return
        need_text(self.text, least=5)
        yield recorded
        if case.is_ended and self.disputes:
            yield reopened(evolve(case, recorded), self.actor, policy, now)
        else:
            yield from end_pause(case, policy, now, "customer_replied")


IdentityWay = Literal[
    "called_back_number_on_file",
    "papers_seen_at_counter",
    "contract_contact_on_file",
    "answered_from_email_on_file",
]
"""Ways to make sure of an asker, each against the company's own books; there is no "other"."""

IDENTITY_WORDS: Mapping[str, str] = {
    "called_back_number_on_file": "gọi lại số điện thoại có trong sổ sách của công ty",
    "papers_seen_at_counter": "xem giấy tờ tại quầy",
    "contract_contact_on_file": "hỏi lại người liên hệ ghi trong hợp đồng",
    "answered_from_email_on_file": "thư trả lời từ email ghi trong sổ sách của công ty",
}
"""How staff made sure that an asker may be told figures; each against the company's own books."""

NOTE = "identified_note"
"""The field in which a form asks what was checked."""


class AskerIdentified(Deed):
    """Staff made sure that the asker is whose invoices and debts are asked for.

    What was checked lies in the erasable side of the store, beside this event.
    """

    type: Literal["asker_identified"] = "asker_identified"
    way: IdentityWay

    TITLE = "Đã xác minh người hỏi"

    def particulars(self, policy: Policy) -> str:
        return IDENTITY_WORDS[self.way]

    def apply(self, case: Case) -> Case:
        return replace(case, identified_by=self.way, identity_lapsed=False)


@dataclass(frozen=True)
class IdentifyAsker(CaseCommand):
    """Record how staff made sure of the asker; ``text`` says what exactly was checked."""

    way: IdentityWay
    text: str
    ALLOWED = DESK

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """Staff say which record of the company's own they compared; nobody identifies twice."""
        need(case.identified_by is None, FIELD, "Người hỏi của phiếu này đã được xác minh.")
        need_text(self.text, NOTE)
        yield AskerIdentified(at=now, by=self.actor, way=self.way)
