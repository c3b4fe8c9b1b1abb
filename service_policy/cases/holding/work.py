"""The daily work on a case: calls, its category, and what third parties do for the company."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import changed, ended, moved
from service_policy.cases.core.command import (
    DESK,
    SHORTEST_REASON,
    CaseCommand,
    CommandRefused,
    need,
    need_open,
    need_text,
)
from service_policy.cases.core.event import Deed, Event
from service_policy.cases.core.facts import MovedDue
from service_policy.cases.core.parts import SubCase
from service_policy.cases.core.promises import made
from service_policy.promises.policy import Policy
from service_policy.values import Name

Party = Name
"""The id of a kind of third party, as ``cong-ty.yaml`` declares it."""


class CalledBack(Deed):
    """Somebody called and spoke with the customer about a danger."""

    type: Literal["called_back"] = "called_back"

    TITLE = "Đã gọi lại cho Quý khách"

    def apply(self, case: Case) -> Case:
        return ended(case, "called_back", self.at)


class CallbackTried(Deed):
    """Somebody called and nobody answered; the clock goes on."""

    type: Literal["callback_tried"] = "callback_tried"

    TITLE = "Đã gọi nhưng chưa gặp Quý khách"
    IN_VAIN = True


class Recategorised(Deed):
    """The category changed; deadlines may only have become earlier.

    ``danger`` says that the new one is one of danger to somebody.
    """

    type: Literal["recategorised"] = "recategorised"
    category: str
    danger: bool = False
    dues: tuple[MovedDue, ...]

    TITLE = "Đổi loại phiếu, hạn không lùi"

    def particulars(self, policy: Policy) -> str:
        found = policy.category(self.category)
        return self.category if found is None else found.title

    def apply(self, case: Case) -> Case:
        categories = tuple(dict.fromkeys((*case.categories, self.category)))
        other = replace(case, category=self.category, categories=categories, is_safety=self.danger)
        return moved(other, self.dues, self.at)


class SubCaseOpened(Deed):
    """The company asked a third party for something; the customer's clock runs on."""

    type: Literal["sub_case_opened"] = "sub_case_opened"
    number: int
    party: Party

    TITLE = "Chúng tôi nhờ bên thứ ba; phiếu của Quý khách vẫn chạy"

    def particulars(self, policy: Policy) -> str:
        return policy.company.third_party(self.party)

    def apply(self, case: Case) -> Case:
        opened = SubCase(self.number, self.party, self.at)
        return replace(case, sub_cases=(*case.sub_cases, opened))


class SubCaseClosed(Deed):
    """The third party is done; this ends nothing but the sub-case."""

    type: Literal["sub_case_closed"] = "sub_case_closed"
    number: int

    TITLE = "Bên thứ ba đã làm xong phần của họ"

    def apply(self, case: Case) -> Case:
        closed = changed(case.sub_cases, lambda one: one.number == self.number, closed_at=self.at)
        return replace(case, sub_cases=closed)


@dataclass(frozen=True)
class RecordCallback(CaseCommand):
    """Record a call to a customer in danger; ``reached`` means a person spoke with them."""

    reached: bool
    text: str
    ALLOWED = DESK

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """Only a conversation is a call back; a call nobody took stops no clock."""
        need_open(case)
        need_text(self.text, least=SHORTEST_REASON)
        if self.reached:
            yield CalledBack(at=now, by=self.actor)
        else:
            yield CallbackTried(at=now, by=self.actor)


@dataclass(frozen=True)
class Recategorise(CaseCommand):
    """Put the case into the right category; deadlines can only become earlier."""

    category: str
    text: str
    ALLOWED = DESK

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """Another category may bring dates forward and add promises; it never puts a date back."""
        need_open(case)
        need(case.kind == "complaint", "category", "Chỉ khiếu nại có loại.")
        found = policy.category(self.category)
        if found is None or found.id == case.category:
            raise CommandRefused("category", "Chọn một loại khác trong danh sách.")
        need(not case.is_safety, "category", "Phiếu an toàn giữ nguyên loại đến hết.")
        need_text(self.text, least=SHORTEST_REASON)
        # What the category asks for counts from now: the customer was not promised it before.
        published = policy.promises_for(
            case.kind,
            case.segment,
            now,
            category=found.id,
            topic=case.topic,
            priority=case.priority,
        )
        have = {one.commitment_id: one for one in case.promises}
        dues = []
        for promise in published:
            mine = have.get(promise.commitment.id)
            if mine is not None and mine.is_open and promise.due_at < mine.due_at:
                due = promise.due_at
                dues.append(MovedDue(promise=mine.key, due_at=due, bound=due))
        yield Recategorised(
            at=now, by=self.actor, category=found.id, danger=found.danger, dues=tuple(dues)
        )
        yield from (made(one, now, now) for one in published if one.commitment.id not in have)


@dataclass(frozen=True)
class OpenSubCase(CaseCommand):
    """Ask a third party for its part; this is the company's own business."""

    party: Party
    text: str
    ALLOWED = DESK

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """A third party's part is the company's business; priority customers are spared it.

        Law 19/2023, article 8: no hand-over of vulnerable customers to third parties.
        """
        need_open(case)
        need(not case.priority, "party", "Khách ưu tiên: không chuyển cho bên thứ ba.")
        known = any(one.id == self.party for one in policy.company.third_parties)
        need(known, "party", "Chọn một bên thứ ba trong danh sách.")
        need_text(self.text, least=SHORTEST_REASON)
        yield SubCaseOpened(at=now, by=self.actor, number=len(case.sub_cases) + 1, party=self.party)


@dataclass(frozen=True)
class CloseSubCase(CaseCommand):
    """Record that the third party is done."""

    number: int
    text: str
    ALLOWED = DESK

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """The third party is done; the customer's case goes on."""
        running = any(one.number == self.number and one.closed_at is None for one in case.sub_cases)
        need(running, "number", "Không có việc nhờ bên thứ ba nào như vậy.")
        yield SubCaseClosed(at=now, by=self.actor, number=self.number)
