"""A case told step by step: who does what when; for the tests of the rules."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from service_policy.actors import CUSTOMER, SYSTEM, Actor
from service_policy.cases import (
    Case,
    CaseCommand,
    CommandRefused,
    Event,
    Evidence,
    FileCase,
    act,
    decide,
    due_work,
    fold,
)
from service_policy.cases.core.facts import FileFact
from service_policy.cases.holding.hand_off import HandOff, NameOwner
from service_policy.cases.messages.answers import SendAnswer
from service_policy.cases.messages.contact import IdentifyAsker
from service_policy.cases.messages.delivery import RecordDelivery
from service_policy.cases.messages.pauses import AskCustomer
from service_policy.cases.money.payments import RecordFact, RecordPayment
from service_policy.cases.refusal.refusing import ProposeRefusal, SignRefusal
from service_policy.cases.resolution.proposing import ConfirmResolution, ProposeResolution
from service_policy.promises.policy import Policy
from tests.service_policy.conftest import local

AGENT = Actor(id="u1", role="agent", department="qa")
OTHER = Actor(id="u2", role="agent", department="cskh")
LEAD = Actor(id="u3", role="lead", department="qa")
SECOND = Actor(id="u4", role="second_reader", department="phap-che")
REVIEWER = Actor(id="u5", role="second_reader", department="ban-giam-doc")
CLERK = Actor(id="u6", role="accountant", department="ke-toan")
EDITOR = Actor(id="u7", role="editor", department="marketing")
AUDITOR = Actor(id="u8", role="auditor", department="ban-giam-doc")

MONDAY = local("2026-11-30T09:00")
"""A Monday in an ordinary week; the week before has a holiday."""
LONG = "Chúng tôi đã kiểm tra và kết luận như sau: thay bo mạch mới, không thu tiền."
PAPER = (FileFact(sha256="a" * 64, size=1000, media_type="image/jpeg"),)
"""The file that goes with a piece of evidence."""
PHOTO = (Evidence(id="tep-1", readable_by_customer=True, kind="file"),)
SECRET = (Evidence(id="tep-2", readable_by_customer=False, kind="file"),)
TYPED = (Evidence(id="dong-1", readable_by_customer=True),)
CHECKED = "Đã gọi lại số ghi trong hợp đồng 12/2025, gặp chị kế toán trưởng."
IDENTIFIED = IdentifyAsker(AGENT, way="called_back_number_on_file", text=CHECKED)
COMPLAINT = FileCase("complaint", "household", category="CL")


class Story:
    """A case and its history; ``at`` moves time on, ``do`` gives a command after a sweep."""

    def __init__(self, policy: Policy, now: datetime = MONDAY, **changes: Any) -> None:
        self.policy, self.now = policy, now
        self.events: list[Event] = list(decide(None, replace(COMPLAINT, **changes), policy, now))

    @property
    def case(self) -> Case:
        return fold(self.events)

    def at(self, moment: str | datetime) -> "Story":
        """Move to a moment and let the sweep run."""
        self.now = local(moment) if isinstance(moment, str) else moment
        self.events += due_work(self.case, self.policy, self.now)
        return self

    def wait(self, **length: int) -> "Story":
        return self.at(self.now + timedelta(**length))

    def do(self, command: CaseCommand) -> "Story":
        due, new = act(self.case, command, self.policy, self.now)
        self.events += [*due, *new]
        return self

    def refuses(self, command: CaseCommand, field: str | None = None) -> None:
        """The rules refuse a command, naming the field."""
        with pytest.raises(CommandRefused) as refused:
            act(self.case, command, self.policy, self.now)
        assert field is None or refused.value.field == field, refused.value
        assert is_a_sentence(refused.value.message), refused.value.message

    def types(self) -> list[str]:
        return [event.type for event in self.events]

    # ------------------------------------------------------------ common steps

    def owned(self) -> "Story":
        if self.case.owner_id is None:
            owner = Actor(id="u1", role="agent", department=self.case.owner_department)
            self.do(NameOwner(AGENT, owner=owner, display_name="Anh Mẫu"))
        return self

    def deliver(self) -> "Story":
        """The last message that people wrote reaches the customer."""
        number = [one for one in self.case.messages if one.purpose != "payout"][-1].number
        return self.do(RecordDelivery(SYSTEM, message=number, means="mail_accepted"))

    def answer(self) -> "Story":
        return self.do(SendAnswer(AGENT, text=LONG)).deliver()

    def ask(self, thing: Any = "photo") -> "Story":
        text = "Xin gửi cho chúng tôi ảnh tem sau máy."
        return self.do(AskCustomer(AGENT, thing=thing, text=text)).deliver()

    def propose(self) -> "Story":
        proposal = ProposeResolution(AGENT, outcome="as_asked", text=LONG)
        return self.owned().do(proposal).deliver()

    def refuse(self) -> "Story":
        self.owned().do(refusal())
        return self.do(SignRefusal(SECOND)).deliver()

    def confirm(self) -> "Story":
        return self.do(ConfirmResolution(CUSTOMER))

    def hand_off(self, to: str, **more: Any) -> "Story":
        values = {"reason": "expertise", "text": "Cần đo ở phòng khác."} | more
        return self.do(HandOff(AGENT, to_department=to, **values))

    def price(self, vnd: int) -> "Story":
        return self.do(RecordFact(AGENT, name="price_vnd", value=vnd, evidence=PHOTO, files=PAPER))

    def pay(self, vnd: int) -> "Story":
        return self.do(RecordPayment(CLERK, vnd=vnd, method="transfer", evidence=SECRET))

    # ------------------------------------------------------------ what is

    def due(self, key: str) -> datetime:
        promise = self.case.promise(key)
        assert promise is not None
        return promise.due_at

    def status(self, key: str) -> str:
        promise = self.case.promise(key)
        assert promise is not None
        return self.case.status(promise, self.now)

    def owed(self, key: str) -> int:
        promise = self.case.promise(key)
        assert promise is not None
        return self.case.owed_vnd(promise)


def is_a_sentence(text: str) -> bool:
    """Say whether a message is written as people write: sentences, capitals in front alone."""
    shouted = [
        word
        for word in re.findall(r"[^\W\d_]+", text)
        if len(word) > 3 and any(letter.isupper() for letter in word[1:])
    ]
    begun = not any(one[:1].islower() for one in re.split(r"[.!?] +", text))
    whole = text.endswith((".", "!")) and "None" not in text
    return begun and whole and not shouted and not text.isupper()


def refusal(**changes: Any) -> ProposeRefusal:
    """A refusal with everything it needs."""
    whole = ProposeRefusal(LEAD, clause="BHP-03.3", evidence=PHOTO, text=LONG, files=PAPER)
    return replace(whole, **changes)
