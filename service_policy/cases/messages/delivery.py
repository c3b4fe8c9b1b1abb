"""Deliveries: a message counts from the moment when the customer has it in hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from service_policy.actors import CUSTOMER
from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import ended, with_message
from service_policy.cases.core.command import DELIVERY, CaseCommand, CommandRefused, need
from service_policy.cases.core.event import Deed, Event, evolve
from service_policy.cases.core.parts import ANSWERS, Message
from service_policy.cases.messages.answers import Answered
from service_policy.cases.messages.letters import MEANS_WORDS, Means, need_proper, settled
from service_policy.cases.messages.pauses import begin_pause, end_pause
from service_policy.cases.resolution.proposing import ResolutionConfirmed, ResolutionNoticed
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy


class Delivered(Deed):
    """A message reached the customer, and how that is known."""

    type: Literal["delivered"] = "delivered"
    message: int
    means: Means

    TITLE = "Tin nhắn đã đến tay Quý khách"
    SHOWS = True

    def particulars(self, policy: Policy) -> str:
        return MEANS_WORDS[self.means]

    def apply(self, case: Case) -> Case:
        marked = settled(case, self.message, self.means, self.at)
        arrived = with_message(marked, self.message, delivered_at=self.at, means=self.means)
        purpose = next((one.purpose for one in case.messages if one.number == self.message), None)
        return ended(arrived, "reviewed", self.at) if purpose == "review" else arrived


@dataclass(frozen=True)
class RecordDelivery(CaseCommand):
    """Record that a message reached the customer: by the outbox, the case page, or a person."""

    message: int
    means: Means
    ALLOWED = DELIVERY
    TELLS = "figures"

    def shows_figures(self, case: Case) -> bool:
        message = case.message(self.message)
        answers = message is not None and message.purpose in ANSWERS
        by_hand = self.actor.role != "system"
        return by_hand and answers and self.message not in case.plain_messages

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """A message arrived: an answer counts, a question pauses, a proposal starts its window."""
        message = case.message(self.message)
        if message is None:
            raise CommandRefused("message", "Không có tin nhắn này.")
        need(message.delivered_at is None, "message", "Tin nhắn này đã đến tay khách.")
        need_proper(self.means, self.actor)
        by_the_customer = self.means != "page_opened" or not case.staff_know_code
        need(
            by_the_customer,
            "means",
            "Nhân viên biết mã của phiếu: mở trang chưa phải là khách đọc.",
        )
        delivered = Delivered(at=now, by=self.actor, message=message.number, means=self.means)
        yield delivered
        yield from _consequences(evolve(case, delivered), message, policy, now)


def _consequences(case: Case, message: Message, policy: Policy, now: datetime) -> Iterator[Event]:
    waiting = any(one.stops_on == "answered" and one.is_open for one in case.promises)
    if message.purpose in ANSWERS and waiting:
        yield Answered(at=now, message=message.number)
    if message.purpose == "question" and not case.is_ended:
        yield from begin_pause(case, message, policy, now)
    pending = case.proposal is not None and case.proposal.number == message.number
    if pending and case.state in ("open", "review"):
        yield from _notice(case, message, policy, now)
    if message.purpose == "review" and case.state == "review" and case.review is None:
        yield ResolutionConfirmed(at=now, by=CUSTOMER, how="review", ends="nothing")


def _notice(case: Case, message: Message, policy: Policy, now: datetime) -> Iterator[Event]:
    handling = policy.company.handling
    window = handling.appeal_within if message.purpose == "refusal" else handling.confirm_within
    yield from end_pause(case, policy, now, "concluded")
    yield ResolutionNoticed(
        at=now, message=message.number, confirm_by=due_at(window, now, policy.calendar)
    )
