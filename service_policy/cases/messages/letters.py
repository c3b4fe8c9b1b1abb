"""Letters that did not arrive: a mark, whatever rested on them is undone, and only reaching
people helps.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.actors import Actor
from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import (
    changed,
    moved,
    promises,
    reanswered,
    with_dues,
    with_message,
)
from service_policy.cases.core.command import DELIVERY, MACHINES, CaseCommand, CommandRefused, need
from service_policy.cases.core.event import Deed, Event
from service_policy.cases.core.facts import MovedDue
from service_policy.cases.core.parts import FailedLetter, Message, PromiseState
from service_policy.cases.messages.pauses import voided
from service_policy.promises.policy import Policy

LetterKind = Literal["receipt", "message", "news", "document"]
Failure = Literal["refused", "no_answer", "unsendable", "in_doubt", "bounced"]
ReachedBy = Literal["mail_accepted", "told_by_phone", "handed_over"]
Means = Literal["mail_accepted", "page_opened", "told_by_phone", "handed_over"]

LETTER_WORDS: Mapping[str, str] = {
    "receipt": "biên nhận",
    "message": "tin nhắn",
    "news": "tin về phiếu",
    "document": "thư kèm tài liệu",
}
"""What a letter that failed was to bring."""
FAILURE_WORDS: Mapping[str, str] = {
    "refused": "máy chủ thư của Quý khách không nhận",
    "no_answer": "gửi lại nhiều lần trong nhiều ngày vẫn không được",
    "unsendable": "địa chỉ email không gửi được",
    "in_doubt": "không rõ thư đã tới hay chưa",
    "bounced": "thư bị trả lại sau khi gửi",
}
"""Why a letter failed."""

MEANS_WORDS: Mapping[str, str] = {
    "mail_accepted": "máy chủ thư của Quý khách đã nhận",
    "page_opened": "Quý khách đã mở trang hồ sơ",
    "told_by_phone": "đã đọc qua điện thoại",
    "handed_over": "đã giao tận tay",
}
"""How a message reached the customer."""
IN_HAND = frozenset({"page_opened", "told_by_phone", "handed_over"})
"""Ways of delivery that no mail which comes back can undo."""
_FOR_THE_HOLDER = "Thư không đến được khách: gọi khách"


class LetterFailed(Deed):
    """A letter to the customer was given up, or came back without having counted as delivered.

    ``message`` is the message or the request that it carried, if it carried one; no address and
    no word of a mail server stands here.
    """

    type: Literal["letter_failed"] = "letter_failed"
    letter: LetterKind
    failure: Failure
    message: int | None = None
    way: Literal["email"] = "email"
    dues: tuple[MovedDue, ...] = ()

    TITLE = "Thư chúng tôi gửi Quý khách không tới được"
    NOTICE = "holder"
    INSIDE = _FOR_THE_HOLDER

    def particulars(self, policy: Policy) -> str:
        return f"{LETTER_WORDS[self.letter]}, qua email: {FAILURE_WORDS[self.failure]}"

    def apply(self, case: Case) -> Case:
        """A document that came back was not sent."""
        marked = failed(case, self.letter, self.message, self.failure, self.at)
        if self.letter != "document" or self.message is None:
            return marked
        if case.is_ended:
            return marked
        gone = [one.at for one in case.documents_sent if one.letter == self.message]
        left = tuple(one for one in case.documents_sent if one.letter != self.message)
        running = changed(
            case.promises,
            lambda one: one.stops_on == "document_sent" and one.ended_at in gone,
            ended_at=None,
        )
        back = replace(marked, documents_sent=left, promises=running)
        return moved(back, self.dues, self.at)


class CustomerReached(Deed):
    """The customer knows what a failed letter was to say; ``failure`` is its event's number."""

    type: Literal["customer_reached"] = "customer_reached"
    failure: int
    means: ReachedBy

    TITLE = "Đã báo Quý khách điều lá thư hỏng muốn nói"

    def particulars(self, policy: Policy) -> str:
        return MEANS_WORDS[self.means]

    def apply(self, case: Case) -> Case:
        marks = changed(
            case.failed_letters, lambda one: one.number == self.failure, settled_at=self.at
        )
        return replace(case, failed_letters=marks)


class Bounced(Deed):
    """A message came back; whatever its delivery had caused is undone."""

    type: Literal["bounced"] = "bounced"
    message: int
    dues: tuple[MovedDue, ...] = ()

    TITLE = "Thư chúng tôi gửi Quý khách bị trả lại"
    IN_VAIN = True
    SHOWS = True
    NOTICE = "holder"
    INSIDE = _FOR_THE_HOLDER

    def apply(self, case: Case) -> Case:
        back = unread(failed(case, "message", self.message, "bounced", self.at), self.message)
        return moved(reanswered(voided(back, self.message)), self.dues, self.at)


@dataclass(frozen=True, kw_only=True)
class RecordLetterFailure(CaseCommand):
    """The post gave up a letter, or a letter came back that no delivery was recorded of."""

    letter: LetterKind
    failure: Failure
    message: int | None = None
    ALLOWED = MACHINES

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """A letter failed; what the customer has in hand otherwise needs no mark."""
        message = None if self.message is None else case.message(self.message)
        arrived = self.letter == "message" and message is not None and message.delivered_at
        need(not arrived, "message", "Tin nhắn này đã đến tay khách.")
        marked = {(one.letter, one.message) for one in case.mail_failures}
        need((self.letter, self.message) not in marked, "letter", "Thư này đã ghi là hỏng.")
        yield LetterFailed(
            at=now,
            by=self.actor,
            letter=self.letter,
            failure=self.failure,
            message=self.message,
        )


@dataclass(frozen=True, kw_only=True)
class RecordReached(CaseCommand):
    """Somebody told the customer what a letter that failed was to say; ``failure`` names it."""

    failure: int
    means: ReachedBy
    ALLOWED = DELIVERY

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """Whoever tells the customer settles a letter; a message is settled by delivery alone."""
        mark = next((one for one in case.mail_failures if one.number == self.failure), None)
        need(mark is not None, "failure", "Không có thư hỏng nào như vậy.")
        plain = mark is not None and mark.letter != "message"
        need(plain, "failure", "Với tin nhắn, dùng “Ghi tin đã đến tay”.")
        need_proper(self.means, self.actor)
        yield CustomerReached(at=now, by=self.actor, failure=self.failure, means=self.means)


@dataclass(frozen=True)
class RecordBounce(CaseCommand):
    """Record that a message came back undelivered."""

    message: int
    ALLOWED = DELIVERY

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """A message came back: what its delivery caused is undone, a closing by silence too.

        What the customer did or has in hand otherwise stands: nobody confirms or appeals against
        what they never read.
        """
        message = case.message(self.message)
        if message is None or message.delivered_at is None:
            raise CommandRefused("message", "Tin nhắn này chưa được ghi là đã đến.")
        need(
            message.means not in IN_HAND,
            "message",
            "Khách đã đọc hoặc nghe tin này bằng cách khác.",
        )
        gone = case.state in ("withdrawn", "merged")
        need(not gone, "state", "Phiếu không còn chờ tin nhắn này.")
        need(not _acted_on(case, message), "state", "Khách đã trả lời tin này, tức là đã nhận.")
        bounced = Bounced(at=now, by=self.actor, message=message.number)
        yield with_dues(case, bounced, policy)


def need_proper(means: Means, actor: Actor) -> None:
    """Refuse what a machine alone can know from a person, and the other way round."""
    by_machine = means in ("mail_accepted", "page_opened")
    proper = by_machine == (actor.role == "system")
    need(proper, "means", "Người chỉ ghi được cuộc gọi hoặc giao tận tay; thư do máy ghi.")


def _acted_on(case: Case, message: Message) -> bool:
    """Say whether the customer's own act shows that a conclusion was read."""
    if message.purpose not in ("resolution", "refusal"):
        return False
    confirmed = case.state == "closed" and case.closing is None
    appealed = case.state == "review" or (
        case.closing is not None and case.closing.state == "review"
    )
    newest = max(one.number for one in case.messages if one.purpose == message.purpose)
    return (confirmed or appealed) and message.number == newest


def failed(case: Case, letter: str, number: int | None, failure: str, at: datetime) -> Case:
    """Mark a case with a letter that failed; the event that says so comes next."""
    mark = FailedLetter(case.seq + 1, letter, number, failure, at)
    return replace(case, failed_letters=(*case.failed_letters, mark))


def settled(case: Case, number: int, means: Means, at: datetime) -> Case:
    """Take off the marks that a delivery answers.

    Whoever opened the page has also read the receipt's and the news' words there.
    """
    read = ("receipt", "news") if means == "page_opened" else ()
    marks = changed(
        case.failed_letters,
        lambda one: one.settled_at is None and (one.message == number or one.letter in read),
        settled_at=at,
    )
    return replace(case, failed_letters=marks)


def unread(case: Case, number: int) -> Case:
    """Take back the delivery of a message, with the notice or the closing that rested on it."""
    sent = case.message(number)
    read_at = None if sent is None else sent.delivered_at
    back = with_message(case, number, delivered_at=None, means=None)
    if case.closing is not None and case.closing.message == number and case.is_ended:
        back = _unclosed(back)
    if back.proposal is not None and back.proposal.number == number:
        undelivered = replace(back.proposal, delivered_at=None, confirm_by=None)
        running = (replace(one, provisional_at=None) for one in back.promises)
        back = replace(back, proposal=undelivered, state="open", promises=tuple(running))
    if sent is None or sent.purpose != "review":
        return back
    waiting = changed(
        back.promises,
        lambda one: one.stops_on == "reviewed" and one.ended_at == read_at,
        ended_at=None,
    )
    return replace(back, promises=waiting)


def _unclosed(case: Case) -> Case:
    """Let a case go on as if it had never been closed: the days of the closing count in full."""
    closing = case.closing
    if closing is None:
        return case
    again = replace(
        case,
        state=closing.state,
        proposal=closing.proposal,
        outcome=None,
        closing=None,
        closed=case.closed[:-1],
        follow_up_asked=False,
    )
    before = {one.key: one for one in closing.promises}

    def run_again(one: PromiseState) -> PromiseState:
        was = before.get(one.key, one)
        return replace(
            one,
            ended_at=was.ended_at,
            released_at=was.released_at,
            provisional_at=was.provisional_at,
        )

    return promises(again, run_again)
