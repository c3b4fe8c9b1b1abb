"""Making sure of an asker: once for a case, with what was checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.command import DESK, CaseCommand, need, need_text
from service_policy.cases.core.event import Deed, Event
from service_policy.cases.core.identification import FIELD
from service_policy.promises.policy import Policy

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
