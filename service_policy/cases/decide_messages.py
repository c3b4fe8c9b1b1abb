"""Decisions about messages: only what the customer has in hand stops or pauses a clock."""

from datetime import datetime, timedelta

from service_policy.actors import CUSTOMER
from service_policy.cases import commands_service as commands
from service_policy.cases import events_service as events
from service_policy.cases.apply import ANSWERS
from service_policy.cases.case import Case
from service_policy.cases.dues import moved_dues
from service_policy.cases.events import Event
from service_policy.cases.events_outcome import ResolutionConfirmed, ResolutionNoticed
from service_policy.cases.evolve import evolve
from service_policy.cases.parts import Message
from service_policy.cases.refused import CommandRefused, need
from service_policy.clock import due_at
from service_policy.policy import Policy
from service_policy.text import nfc

SHORTEST_TEXT = 20
"""Letters below which a message cannot say anything: "đã ghi nhận" has twelve."""


def need_text(text: str, field: str = "text", least: int = SHORTEST_TEXT) -> None:
    """Refuse an empty or meaningless text."""
    long_enough = len(nfc(text).strip()) >= least
    need(long_enough, field, f"Viết nội dung, ít nhất {least} ký tự.")


def need_open(case: Case) -> None:
    """Refuse work on a case that has ended."""
    need(not case.is_ended, "state", "Phiếu đã đóng; chỉ khách mới mở lại được.")


def send_answer(
    case: Case, command: commands.SendAnswer, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """An answer needs its text; it counts when it is delivered."""
    need_open(case)
    need_text(command.text)
    return (
        events.AnswerSent(
            at=now,
            by=command.actor,
            message=case.seq + 1,
            without_figures=command.without_figures,
        ),
    )


def send_update(
    case: Case, command: commands.SendUpdate, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """Progress may always be told."""
    need_text(command.text)
    return (events.UpdateSent(at=now, by=command.actor, message=case.seq + 1),)


def ask_customer(
    case: Case, command: commands.AskCustomer, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """One thing at a time, each only once; the question itself stops nothing."""
    need_open(case)
    need_text(command.text)
    need(case.pause(now) is None, "thing", "Đang chờ khách một việc; mỗi lần chỉ hỏi một việc.")
    asked = {thing for _, thing in case.questions}
    need(command.thing not in asked, "thing", "Đã hỏi khách việc này rồi.")
    return (
        events.QuestionAsked(at=now, by=command.actor, message=case.seq + 1, thing=command.thing),
    )


def tell_of_published_answer(
    case: Case, command: commands.TellOfPublishedAnswer, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """An open question hears of a newly published answer once; a person still answers it."""
    need_open(case)
    need(case.kind == "question", "kind", "Chỉ phiếu hỏi mới được báo có câu trả lời đăng.")
    need(not case.told_of_answer, "entry", "Đã báo cho khách một lần rồi.")
    return (
        events.AnswerPublished(
            at=now, by=command.actor, entry=command.entry, title=command.title, url=command.url
        ),
    )


def record_delivery(
    case: Case, command: commands.RecordDelivery, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """A message arrived: an answer counts, a question pauses, a proposal starts its window."""
    message = case.message(command.message)
    if message is None:
        raise CommandRefused("message", "Không có tin nhắn này.")
    need(message.delivered_at is None, "message", "Tin nhắn này đã đến tay khách.")
    by_machine = command.means in ("mail_accepted", "page_opened")
    proper = by_machine == (command.actor.role == "system")
    need(proper, "means", "Người chỉ ghi được cuộc gọi hoặc giao tận tay; thư do máy ghi.")
    by_the_customer = command.means != "page_opened" or not case.staff_know_code
    need(by_the_customer, "means", "Nhân viên biết mã của phiếu: mở trang chưa phải là khách đọc.")
    delivered = events.Delivered(
        at=now, by=command.actor, message=message.number, means=command.means
    )
    after = evolve(case, delivered)
    return (delivered, *_consequences(after, message, policy, now))


def _consequences(case: Case, message: Message, policy: Policy, now: datetime) -> tuple[Event, ...]:
    happened: list[Event] = []
    waiting = any(one.stops_on == "answered" and one.is_open for one in case.promises)
    if message.purpose in ANSWERS and waiting:
        happened.append(events.Answered(at=now, message=message.number))
    if message.purpose == "question" and not case.is_ended:
        happened += _pause(case, message, policy, now)
    pending = case.proposal is not None and case.proposal.number == message.number
    if pending and case.state in ("open", "review"):
        happened += _notice(case, message, policy, now)
    if message.purpose == "review" and case.state == "review" and case.review is None:
        happened.append(ResolutionConfirmed(at=now, by=CUSTOMER, how="review", ends="nothing"))
    return tuple(happened)


def _notice(case: Case, message: Message, policy: Policy, now: datetime) -> tuple[Event, ...]:
    handling = policy.company.handling
    window = handling.appeal_within if message.purpose == "refusal" else handling.confirm_within
    noticed = ResolutionNoticed(
        at=now, message=message.number, confirm_by=due_at(window, now, policy.calendar)
    )
    return (*end_pause(case, policy, now, "concluded"), noticed)


def _pause(case: Case, message: Message, policy: Policy, now: datetime) -> tuple[Event, ...]:
    """Pause from the delivery on, at most as long as is published; never in a safety case."""
    if case.is_safety or case.state != "open" or case.pause(now) is not None:
        return ()
    calendar, handling = policy.calendar, policy.company.handling
    used = sum(
        calendar.working_minutes_between(one.started_at, one.end)
        for one in case.pauses
        if not one.void
    )
    left = handling.pause_total.value * calendar.minutes_per_day - used
    if left <= 0 or not any(one.is_open and one.pausable for one in case.promises):
        return ()
    until = min(
        due_at(handling.pause_longest, now, calendar), calendar.add_working_minutes(now, left)
    )
    if until - now < timedelta(minutes=1):
        return ()
    thing = dict(case.questions)[message.number]
    started = events.PauseStarted.model_validate(
        {"at": now, "message": message.number, "thing": thing, "until": until, "dues": ()}
    )
    dues = moved_dues(evolve(case, started), policy)
    return (started.model_copy(update={"dues": dues}),)


def end_pause(
    case: Case, policy: Policy, now: datetime, cause: str
) -> tuple[events.PauseEnded, ...]:
    """End the pause that runs, and those that ran out and were not written down yet."""
    happened = []
    for pause in case.pauses:
        if pause.void or pause.ended_at is not None:
            continue
        ended = events.PauseEnded.model_validate(
            {
                "at": now,
                "message": pause.number,
                "ended_at": min(now, pause.until),
                "cause": "limit_reached" if now >= pause.until else cause,
                "dues": (),
            }
        )
        ended = ended.model_copy(update={"dues": moved_dues(evolve(case, ended), policy)})
        case = evolve(case, ended)
        happened.append(ended)
    return tuple(happened)


def add_information(
    case: Case, command: commands.AddInformation, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """The customer's word or file ends a pause at once.

    An ended case takes none: nobody reads it, so a word that is only kept there would be lost. The
    page carries such a word into the form that reopens the case.
    """
    need_open(case)
    need_text(command.text, least=0 if command.files else 1)
    added = events.InformationAdded(at=now, by=command.actor)
    return (added, *end_pause(case, policy, now, "customer_replied"))


def contest_pause(
    case: Case, command: commands.ContestPause, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """One click gives back all the time of a pause; no reason is asked."""
    need_open(case)
    pause = next((one for one in case.pauses if one.number == command.message), None)
    need(pause is not None and not pause.void, "message", "Không có lần dừng nào như vậy.")
    voided = events.PauseVoided(at=now, by=command.actor, message=command.message, dues=())
    after = evolve(case, voided)
    return (voided.model_copy(update={"dues": moved_dues(after, policy)}),)


def contest_answer(
    case: Case, command: commands.ContestAnswer, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """The customer decides whether an answer is one; the clock then never stopped for it."""
    need_open(case)
    message = case.message(command.message)
    fits = message is not None and message.purpose == "answer" and message.counts
    need(fits, "message", "Không có câu trả lời nào như vậy.")
    return (events.AnswerContested(at=now, by=command.actor, message=command.message),)
