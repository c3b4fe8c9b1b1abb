"""Reviews: the customer has a refusal or an exemption looked at again, by somebody else."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import changed, opened_again, restored, sent, with_promise
from service_policy.cases.core.command import (
    CUSTOMERS,
    SECOND_READERS,
    SHORTEST_CONCLUSION,
    CaseCommand,
    CommandRefused,
    need,
    need_text,
)
from service_policy.cases.core.event import Deed, Event, moment
from service_policy.cases.core.facts import Evidence, FileFact
from service_policy.cases.core.parts import Review
from service_policy.cases.core.promises import made_by_hand, pinned_term
from service_policy.cases.core.proofs import need_decider, proven
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy


class AppealMade(Deed):
    """The customer wants a refusal or an exemption reviewed."""

    type: Literal["appeal_made"] = "appeal_made"
    subject: str
    promise: str
    review_by: datetime
    files: tuple[FileFact, ...] = ()

    TITLE = "Quý khách yêu cầu xem xét lại"
    HEARD = True
    NOTICE = "holder"

    def particulars(self, policy: Policy) -> str:
        return f"trả lời trước {moment(self.review_by)}"

    def apply(self, case: Case) -> Case:
        review = Review(self.subject, self.promise, self.review_by)
        asked = replace(case, review=review)
        if self.subject != "refusal":
            return asked
        back = replace(
            asked, state="review", proposal=case.proposal or case.objected, objected=None
        )
        return opened_again(back, self.at)


class ReviewDecided(Deed):
    """Somebody who had no part in it decided the review, in writing."""

    type: Literal["review_decided"] = "review_decided"
    message: int
    subject: str
    upheld: bool
    evidence: tuple[str, ...] = ()
    files: tuple[FileFact, ...] = ()

    TITLE = "Đã xem xét lại"
    SUBJECT = "Kết quả xem xét lại"
    HEADING = "Kết quả xem xét lại"

    def particulars(self, policy: Policy) -> str:
        return self.about()

    def about(self) -> str:
        return "giữ kết luận cũ" if self.upheld else "bỏ kết luận cũ"

    def apply(self, case: Case) -> Case:
        promise = "" if case.review is None else case.review.promise
        decided = sent(case, self.message, "review", self.at)
        decided = replace(
            decided,
            review=None,
            reviewed=(*case.reviewed, self.subject),
            concluded_by=case.concluded_by | {self.by.id},
        )
        if self.upheld:
            return decided
        if self.subject == "refusal":
            return restored(decided, self.at)
        debts = changed(case.debts, lambda one: one.promise == promise, void=False)
        return with_promise(replace(decided, debts=debts), promise, exempt="overturned")


@dataclass(frozen=True)
class Appeal(CaseCommand):
    """The customer wants somebody else to look again; ``promise`` names an exempted promise.

    An empty ``promise`` means the refusal.
    """

    text: str = ""
    promise: str = ""
    ALLOWED = CUSTOMERS

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """The customer asks for level 2: a promise of its own, dated by the published term."""
        need(case.review is None, "state", "Đang xem xét lại rồi.")
        if self.promise:
            promise = case.promise(self.promise)
            exempted = promise is not None and promise.exempt == "granted"
            need(exempted, "promise", "Cam kết này không bị miễn bù.")
            subject = f"exemption:{self.promise}"
        else:
            _need_refused(case, policy, now)
            subject = "refusal"
        need(subject not in case.reviewed, "state", "Đã xem xét lại; xem nơi khiếu nại tiếp theo.")
        commitment, within = pinned_term(case, policy, "review")
        if commitment is None or within is None:
            raise CommandRefused("state", "Chưa công bố hạn xem xét lại.")
        due = due_at(within, now, policy.calendar)
        yield AppealMade(
            at=now, by=self.actor, subject=subject, promise=self.promise, review_by=due
        )
        yield made_by_hand(
            case, policy, commitment, now=now, due=due, stops_on="reviewed", target=within
        )


def _need_refused(case: Case, policy: Policy, now: datetime) -> None:
    objected = case.objected is not None and case.objected.outcome == "refused"
    if case.state == "refused" or objected:
        return
    late = case.state == "closed" and case.outcome == "refused"
    need(late, "state", "Không có lời từ chối nào để xem xét lại.")
    limit = policy.company.handling.reopen_within
    until = due_at(limit, case.closed[-1].start, policy.calendar)
    need(now <= until, "state", "Đã quá hạn xem xét lại.")


@dataclass(frozen=True)
class DecideReview(CaseCommand):
    """Decide a review in writing: ``upheld`` keeps what was decided before."""

    upheld: bool
    evidence: tuple[Evidence, ...]
    text: str
    ALLOWED = SECOND_READERS
    TELLS = "answer"

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """Somebody who had no part in it decides; keeping a no needs evidence once more."""
        review = case.review
        if review is None:
            raise CommandRefused("state", "Không có yêu cầu xem xét lại.")
        fresh = self.actor.id not in case.concluded_by
        need(fresh, "actor", "Người xem xét lại phải là người chưa tham gia.")
        need_decider(policy.company.decisions.review, self.actor, "quyết định xem xét lại")
        need_text(self.text, least=SHORTEST_CONCLUSION)
        if self.upheld:
            proven(case, self, readable=True)
        yield ReviewDecided(
            at=now,
            by=self.actor,
            message=case.seq + 1,
            subject=review.subject,
            upheld=self.upheld,
            evidence=tuple(one.id for one in self.evidence),
        )
