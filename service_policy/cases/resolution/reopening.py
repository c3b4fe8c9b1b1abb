"""After the end: withdrawing, opening again, and asking whether the problem is really gone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.actors import Actor
from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import (
    moved,
    opened_again,
    over,
    promises,
    released,
    restored,
    with_dues,
)
from service_policy.cases.core.command import CUSTOMERS, CaseCommand, need, need_open
from service_policy.cases.core.event import Deed, Event, Telling, evolve
from service_policy.cases.core.facts import FileFact, MovedDue
from service_policy.cases.messages.pauses import end_pause
from service_policy.cases.resolution.proposing import CODE_ENDS_NOTHING
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy


class CaseReopened(Deed):
    """The customer reopened the case; only the time it was closed is not counted."""

    type: Literal["case_reopened"] = "case_reopened"
    dues: tuple[MovedDue, ...]
    files: tuple[FileFact, ...] = ()

    TITLE = "Quý khách mở lại phiếu"
    HEARD = True
    AGAIN = True
    NOTICE = "holder"

    def apply(self, case: Case) -> Case:
        again = restored(opened_again(case, self.at), self.at)
        again = promises(again, lambda one: replace(one, released_at=None))
        return moved(replace(again, follow_up_asked=False), self.dues, self.at)


class CaseWithdrawn(Deed):
    """The customer withdrew the case; what was owed stays owed."""

    type: Literal["case_withdrawn"] = "case_withdrawn"

    TITLE = "Quý khách rút phiếu"
    NOTICE = "holder"

    def apply(self, case: Case) -> Case:
        return released(replace(over(case, "withdrawn", self.at), review=None), self.at)


class FollowUpAsked(Event):
    """The customer was asked whether the problem is really gone."""

    type: Literal["follow_up_asked"] = "follow_up_asked"

    TITLE = "Hỏi lại: đã hết lỗi chưa?"

    def news(self, telling: Telling) -> str:
        return f"{self.TITLE}."

    def apply(self, case: Case) -> Case:
        return replace(case, follow_up_asked=True)


class FollowUpAnswered(Deed):
    """The customer answered the follow-up question."""

    type: Literal["follow_up_answered"] = "follow_up_answered"
    fixed: bool

    TITLE = "Quý khách trả lời câu hỏi lại"
    HEARD = True
    NOTICE = "holder"

    def particulars(self, policy: Policy) -> str:
        return "đã hết lỗi" if self.fixed else "chưa hết lỗi"


@dataclass(frozen=True)
class Reopen(CaseCommand):
    """The customer opens a closed case again."""

    text: str = ""
    ALLOWED = CUSTOMERS

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        yield reopened(case, self.actor, policy, now)


@dataclass(frozen=True)
class Withdraw(CaseCommand):
    """The customer withdraws the case."""

    text: str = ""
    ALLOWED = CUSTOMERS

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """Only the customer withdraws; what is owed stays owed."""
        need_open(case)
        need(not case.staff_know_code, "code", CODE_ENDS_NOTHING)
        yield from end_pause(case, policy, now, "concluded")
        yield CaseWithdrawn(at=now, by=self.actor)


@dataclass(frozen=True)
class AnswerFollowUp(CaseCommand):
    """The customer answers whether the problem is really gone."""

    fixed: bool
    ALLOWED = CUSTOMERS

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """The customer says whether the problem is gone; a no reopens the case."""
        need(case.follow_up_asked and case.state == "closed", "state", "Chưa có câu hỏi nào.")
        answered = FollowUpAnswered(at=now, by=self.actor, fixed=self.fixed)
        yield answered
        if not self.fixed:
            yield reopened(evolve(case, answered), self.actor, policy, now)


def reopened(case: Case, actor: Actor, policy: Policy, now: datetime) -> Event:
    """The customer reopens within the published time; deadlines lose the closed days only.

    Staff may write the customer's wish down, never have it in the customer's place.
    """
    need(case.state in ("closed", "withdrawn"), "state", "Phiếu này đang mở.")
    closed_at = case.closed[-1].start
    limit = due_at(policy.company.handling.reopen_within, closed_at, policy.calendar)
    need(now <= limit, "state", "Đã quá hạn mở lại; xin gửi phiếu mới, chúng tôi nối hai phiếu.")
    again = CaseReopened(at=now, by=actor, dues=())
    return with_dues(case, again, policy)


def follow_up(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """Ask some time after a closing whether the problem is gone."""
    if case.state != "closed" or case.follow_up_asked:
        return
    wait = policy.company.handling.follow_up_after
    if due_at(wait, case.closed[-1].start, policy.calendar) <= now:
        yield FollowUpAsked(at=now)
