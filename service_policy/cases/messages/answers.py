"""Answers and reports of progress: only what the customer has in hand stops a clock."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import plain, reanswered, sent, with_message
from service_policy.cases.core.command import (
    CUSTOMERS,
    DESK,
    MACHINES,
    CaseCommand,
    need,
    need_open,
    need_text,
)
from service_policy.cases.core.event import Deed, Event, Telling
from service_policy.cases.core.facts import FileFact
from service_policy.promises.policy import Policy

_IF_NO_ANSWER = (
    "Nếu đây chưa phải câu trả lời cho điều Quý khách hỏi, xin bấm “Chưa trả lời đúng câu hỏi” "
    "trên trang theo dõi: thời gian của chúng tôi được tính lại như chưa trả lời."
)


class AnswerSent(Deed):
    """An answer was written and given to the post; it stops nothing before it is delivered.

    ``without_figures`` says that it was held to tell nothing of invoices and debts.
    """

    type: Literal["answer_sent"] = "answer_sent"
    message: int
    without_figures: bool = False
    files: tuple[FileFact, ...] = ()

    TITLE = "Đã viết câu trả lời"
    SUBJECT = "Trả lời của chúng tôi"
    HEADING = "Trả lời"

    def below(self, policy: Policy) -> str:
        return _IF_NO_ANSWER

    def apply(self, case: Case) -> Case:
        return plain(
            sent(case, self.message, "answer", self.at),
            self.message,
            without_figures=self.without_figures,
        )


class UpdateSent(Deed):
    """Progress was told. It never stops a clock: "we have noted it" is no answer."""

    type: Literal["update_sent"] = "update_sent"
    message: int

    TITLE = "Đã báo tiến độ"
    SUBJECT = "Tiến độ xử lý"
    HEADING = "Tiến độ, chưa phải câu trả lời"

    def apply(self, case: Case) -> Case:
        return sent(case, self.message, "update", self.at)


class Answered(Event):
    """The customer has a first answer in hand."""

    type: Literal["answered"] = "answered"
    message: int

    TITLE = "Đã trả lời lần đầu"

    def apply(self, case: Case) -> Case:
        return reanswered(case)


class AnswerContested(Deed):
    """The customer says that a message is no answer; the time runs as if it had not been sent."""

    type: Literal["answer_contested"] = "answer_contested"
    message: int
    files: tuple[FileFact, ...] = ()

    TITLE = "Quý khách không coi đó là câu trả lời"
    HEARD = True
    NOTICE = "holder"

    def apply(self, case: Case) -> Case:
        return reanswered(with_message(case, self.message, contested=True))


class AnswerPublished(Deed):
    """The asker was pointed to an answer published since; it answers nobody and stops nothing."""

    type: Literal["answer_published"] = "answer_published"
    entry: str
    title: str
    url: str

    TITLE = "Có câu trả lời gần với điều Quý khách hỏi vừa được đăng"

    def particulars(self, policy: Policy) -> str:
        return f"“{self.title}” ({self.url})"

    def news(self, telling: Telling) -> str:
        return (
            f"Mục Hỏi đáp vừa có câu trả lời gần với điều Quý khách hỏi, “{self.title}”: "
            f"{telling.site_url}{self.url}\n  Người phụ trách vẫn trả lời riêng phiếu này đúng hẹn."
        )

    def apply(self, case: Case) -> Case:
        return replace(case, told_of_answer=True)


@dataclass(frozen=True)
class SendAnswer(CaseCommand):
    """Send an answer with content; the clock stops when it is delivered.

    ``without_figures`` says that it tells nothing of invoices and debts; the rules hold it to that.
    """

    text: str
    without_figures: bool = False
    ALLOWED = DESK
    TELLS = "plain_answer"

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """An answer needs its text; it counts when it is delivered."""
        need_open(case)
        need_text(self.text)
        yield AnswerSent(
            at=now,
            by=self.actor,
            message=case.seq + 1,
            without_figures=self.without_figures,
        )


@dataclass(frozen=True)
class SendUpdate(CaseCommand):
    """Tell the customer how far things are; this stops no clock."""

    text: str
    ALLOWED = DESK
    TELLS = "text"

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """Progress may always be told."""
        need_text(self.text)
        yield UpdateSent(at=now, by=self.actor, message=case.seq + 1)


@dataclass(frozen=True)
class ContestAnswer(CaseCommand):
    """The customer says that a message is no answer to the question."""

    message: int
    text: str = ""
    ALLOWED = CUSTOMERS

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """The customer decides whether an answer is one; the clock then never stopped for it."""
        need_open(case)
        message = case.message(self.message)
        fits = message is not None and message.purpose == "answer" and message.counts
        need(fits, "message", "Không có câu trả lời nào như vậy.")
        yield AnswerContested(at=now, by=self.actor, message=self.message)


@dataclass(frozen=True)
class TellOfPublishedAnswer(CaseCommand):
    """Point the asker to an answer that has been published since; a hint, which stops no clock.

    ``entry`` is the code of the published question, ``title`` its words, ``url`` its page.
    """

    entry: str
    title: str
    url: str
    PRIVATE = ()
    ALLOWED = MACHINES

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """An open question hears of a newly published answer once; a person still answers it."""
        need_open(case)
        need(case.kind == "question", "kind", "Chỉ phiếu hỏi mới được báo có câu trả lời đăng.")
        need(not case.told_of_answer, "entry", "Đã báo cho khách một lần rồi.")
        yield AnswerPublished(
            at=now, by=self.actor, entry=self.entry, title=self.title, url=self.url
        )
