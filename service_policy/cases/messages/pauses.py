"""Questions to the customer: one named thing, and the clock waits for it, at most so long."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import changed, moved, sent, with_dues
from service_policy.cases.core.command import (
    CUSTOMERS,
    DESK,
    CaseCommand,
    need,
    need_open,
    need_text,
)
from service_policy.cases.core.event import Deed, Event, evolve, moment
from service_policy.cases.core.facts import MovedDue
from service_policy.cases.core.parts import Message, Pause
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy

Thing = Literal[
    "photo", "serial", "invoice", "order", "address", "time", "choice", "bank_account", "item"
]

THING_WORDS: Mapping[str, str] = {
    "photo": "ảnh hoặc video",
    "serial": "số sê-ri",
    "invoice": "hóa đơn",
    "order": "mã đơn hàng",
    "address": "địa chỉ",
    "time": "giờ hẹn",
    "choice": "lựa chọn của Quý khách",
    "bank_account": "tài khoản nhận tiền",
    "item": "món hàng",
}
"""The one named thing a customer may be asked for."""


class QuestionAsked(Deed):
    """The customer was asked for one named thing."""

    type: Literal["question_asked"] = "question_asked"
    message: int
    thing: Thing

    TITLE = "Đã hỏi Quý khách một việc"
    SUBJECT = "Chúng tôi cần hỏi Quý khách một việc"
    HEADING = "Hỏi Quý khách một việc"

    def particulars(self, policy: Policy) -> str:
        return self.about()

    def about(self) -> str:
        return THING_WORDS[self.thing]

    def below(self, policy: Policy) -> str:
        return (
            f"Việc cần: {self.about()}. Trong lúc chờ, đồng hồ tạm dừng và tự chạy lại khi Quý "
            "khách trả lời hoặc khi hết hạn chờ. Nếu thấy không cần hỏi, Quý khách bấm “Không đồng "
            "ý tạm dừng”."
        )

    def apply(self, case: Case) -> Case:
        asked = sent(case, self.message, "question", self.at)
        return replace(asked, questions=(*case.questions, (self.message, self.thing)))


class PauseStarted(Event):
    """The clock waits for the customer, at most until ``until``; ``dues`` count on all of it."""

    type: Literal["pause_started"] = "pause_started"
    message: int
    thing: Thing
    until: datetime
    dues: tuple[MovedDue, ...]

    TITLE = "Đồng hồ tạm dừng, chờ Quý khách"
    SHOWS = True

    def particulars(self, policy: Policy) -> str:
        return f"{THING_WORDS[self.thing]}; tự chạy lại lúc {moment(self.until)}"

    def apply(self, case: Case) -> Case:
        pause = Pause(self.message, self.thing, self.at, self.until)
        paused = (
            replace(one, paused_by=one.paused_by | {pause.number})
            if one.is_open and one.pausable
            else one
            for one in case.promises
        )
        waiting = replace(case, pauses=(*case.pauses, pause), promises=tuple(paused))
        return moved(waiting, self.dues, self.at)


class PauseEnded(Event):
    """The clock runs again; ``dues`` move back to what the pause really took."""

    type: Literal["pause_ended"] = "pause_ended"
    message: int
    ended_at: datetime
    cause: Literal["customer_replied", "limit_reached", "concluded"]
    dues: tuple[MovedDue, ...]

    TITLE = "Đồng hồ chạy lại"

    def apply(self, case: Case) -> Case:
        pauses = changed(
            case.pauses, lambda one: one.number == self.message, ended_at=self.ended_at
        )
        return moved(replace(case, pauses=pauses), self.dues, self.at)


class PauseVoided(Deed):
    """The customer contested a pause: all its time is given back."""

    type: Literal["pause_voided"] = "pause_voided"
    message: int
    dues: tuple[MovedDue, ...]

    TITLE = "Quý khách không đồng ý tạm dừng; thời gian được tính đủ"
    HEARD = True
    NOTICE = "holder"

    def apply(self, case: Case) -> Case:
        return moved(voided(case, self.message), self.dues, self.at)


@dataclass(frozen=True)
class AskCustomer(CaseCommand):
    """Ask the customer for one named thing; the clock pauses when the question is delivered."""

    thing: Thing
    text: str
    ALLOWED = DESK
    TELLS = "text"

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """One thing at a time, each only once; the question itself stops nothing."""
        need_open(case)
        need_text(self.text)
        need(case.pause(now) is None, "thing", "Đang chờ khách một việc; mỗi lần chỉ hỏi một việc.")
        asked = {thing for _, thing in case.questions}
        need(self.thing not in asked, "thing", "Đã hỏi khách việc này rồi.")
        own = "Nơi nhận tiền được hỏi ở phần Tiền của hồ sơ; câu hỏi ấy không dừng đồng hồ."
        need(self.thing != "bank_account", "thing", own)
        yield QuestionAsked(at=now, by=self.actor, message=case.seq + 1, thing=self.thing)


@dataclass(frozen=True)
class ContestPause(CaseCommand):
    """The customer says that the clock should not have stopped."""

    message: int
    ALLOWED = CUSTOMERS

    def decide(self, case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
        """One click gives back all the time of a pause; no reason is asked."""
        need_open(case)
        pause = next((one for one in case.pauses if one.number == self.message), None)
        need(pause is not None and not pause.void, "message", "Không có lần dừng nào như vậy.")
        again = PauseVoided(at=now, by=self.actor, message=self.message, dues=())
        yield with_dues(case, again, policy)


def voided(case: Case, number: int) -> Case:
    """Let a pause count as never having been."""
    return replace(case, pauses=changed(case.pauses, lambda one: one.number == number, void=True))


def begin_pause(case: Case, message: Message, policy: Policy, now: datetime) -> Iterator[Event]:
    """Pause from the delivery on, at most as long as is published; never in a safety case."""
    if case.is_safety or case.state != "open" or case.pause(now) is not None:
        return
    calendar, handling = policy.calendar, policy.company.handling
    used = sum(
        calendar.working_minutes_between(one.started_at, one.end)
        for one in case.pauses
        if not one.void
    )
    left = handling.pause_total.value * calendar.minutes_per_day - used
    if left <= 0 or not any(one.is_open and one.pausable for one in case.promises):
        return
    until = min(
        due_at(handling.pause_longest, now, calendar), calendar.add_working_minutes(now, left)
    )
    if until - now < timedelta(minutes=1):
        return
    thing = dict(case.questions)[message.number]
    started = PauseStarted.model_validate(
        {"at": now, "message": message.number, "thing": thing, "until": until, "dues": ()}
    )
    yield with_dues(case, started, policy)


def end_pause(case: Case, policy: Policy, now: datetime, cause: str) -> Iterator[PauseEnded]:
    """End the pause that runs, and those that ran out and were not written down yet."""
    for pause in case.pauses:
        if pause.void or pause.ended_at is not None:
            continue
        ended = PauseEnded.model_validate(
            {
                "at": now,
                "message": pause.number,
                "ended_at": min(now, pause.until),
                "cause": "limit_reached" if now >= pause.until else cause,
                "dues": (),
            }
        )
        ended = with_dues(case, ended, policy)
        case = evolve(case, ended)
        yield ended


def run_out(case: Case, policy: Policy, now: datetime) -> Iterator[Event]:
    """End a pause that ran out."""
    ran_out = any(not one.void and one.ended_at is None and one.until <= now for one in case.pauses)
    if ran_out and case.pause(now) is None:
        yield from end_pause(case, policy, now, "limit_reached")
