"""Decisions about letters that did not arrive: they are marked, and only reaching people helps."""

from datetime import datetime

from service_policy.cases import commands_letters as commands
from service_policy.cases import commands_service as service
from service_policy.cases import events_letters as events
from service_policy.cases import events_service
from service_policy.cases.case import Case
from service_policy.cases.dues import moved_dues
from service_policy.cases.events import Event
from service_policy.cases.evolve import evolve
from service_policy.cases.parts import Message
from service_policy.cases.refused import CommandRefused, need
from service_policy.policy import Policy

IN_HAND = frozenset({"page_opened", "told_by_phone", "handed_over"})
"""Ways of delivery that no mail which comes back can undo."""


def record_failure(
    case: Case, command: commands.RecordLetterFailure, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """A letter failed; what the customer has in hand otherwise needs no mark."""
    message = None if command.message is None else case.message(command.message)
    arrived = command.letter == "message" and message is not None and message.delivered_at
    need(not arrived, "message", "Tin nhắn này đã đến tay khách.")
    marked = {(one.letter, one.message) for one in case.mail_failures}
    need((command.letter, command.message) not in marked, "letter", "Thư này đã ghi là hỏng.")
    failed = events.LetterFailed(
        at=now,
        by=command.actor,
        letter=command.letter,
        failure=command.failure,
        message=command.message,
    )
    return (failed,)


def record_reached(
    case: Case, command: commands.RecordReached, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """Whoever tells the customer settles a letter; a message is settled by its delivery alone."""
    mark = next((one for one in case.mail_failures if one.number == command.failure), None)
    need(mark is not None, "failure", "Không có thư hỏng nào như vậy.")
    plain = mark is not None and mark.letter != "message"
    need(plain, "failure", "Với tin nhắn, dùng “Ghi tin đã đến tay”.")
    by_machine = command.means == "mail_accepted"
    proper = by_machine == (command.actor.role == "system")
    need(proper, "means", "Người chỉ ghi được cuộc gọi hoặc giao tận tay; thư do máy ghi.")
    reached = events.CustomerReached(
        at=now, by=command.actor, failure=command.failure, means=command.means
    )
    return (reached,)


def record_bounce(
    case: Case, command: service.RecordBounce, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """A message came back: what its delivery caused is undone, a closing by silence too.

    What the customer did or has in hand otherwise stands: nobody confirms or appeals against what
    they never read.
    """
    message = case.message(command.message)
    if message is None or message.delivered_at is None:
        raise CommandRefused("message", "Tin nhắn này chưa được ghi là đã đến.")
    need(message.means not in IN_HAND, "message", "Khách đã đọc hoặc nghe tin này bằng cách khác.")
    gone = case.state in ("withdrawn", "merged")
    need(not gone, "state", "Phiếu không còn chờ tin nhắn này.")
    need(not _acted_on(case, message), "state", "Khách đã trả lời tin này, tức là đã nhận.")
    bounced = events_service.Bounced(at=now, by=command.actor, message=message.number)
    after = evolve(case, bounced)
    return (bounced.model_copy(update={"dues": moved_dues(after, policy)}),)


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
