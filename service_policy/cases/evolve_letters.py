"""What letters that did not arrive do to a case: a mark, and whatever rested on them is undone."""

from dataclasses import replace
from datetime import datetime

from service_policy.cases import events_letters as events
from service_policy.cases.apply import applied, message, moved, promises
from service_policy.cases.case import Case
from service_policy.cases.events_service import Delivered
from service_policy.cases.parts import FailedLetter, PromiseState


def failed(case: Case, letter: str, number: int | None, failure: str, at: datetime) -> Case:
    """Mark a case with a letter that failed; the event that says so comes next."""
    mark = FailedLetter(case.seq + 1, letter, number, failure, at)
    return replace(case, failed_letters=(*case.failed_letters, mark))


def settled(case: Case, event: Delivered) -> Case:
    """Take off the marks that a delivery answers.

    Whoever opened the page has also read the receipt's and the news' words there.
    """
    read = ("receipt", "news") if event.means == "page_opened" else ()
    marks = (
        replace(one, settled_at=event.at)
        if one.settled_at is None and (one.message == event.message or one.letter in read)
        else one
        for one in case.failed_letters
    )
    return replace(case, failed_letters=tuple(marks))


def unread(case: Case, number: int) -> Case:
    """Take back the delivery of a message, with the notice or the closing that rested on it."""
    sent = case.message(number)
    read_at = None if sent is None else sent.delivered_at
    back = message(case, number, lambda one: replace(one, delivered_at=None, means=None))
    if case.closing is not None and case.closing.message == number and case.is_ended:
        back = _unclosed(back)
    if back.proposal is not None and back.proposal.number == number:
        undelivered = replace(back.proposal, delivered_at=None, confirm_by=None)
        running = (replace(one, provisional_at=None) for one in back.promises)
        back = replace(back, proposal=undelivered, state="open", promises=tuple(running))
    if sent is None or sent.purpose != "review":
        return back

    def run_again(one: PromiseState) -> PromiseState:
        mine = one.stops_on == "reviewed" and one.ended_at == read_at
        return replace(one, ended_at=None) if mine else one

    return promises(back, run_again)


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


@applied.register
def _letter_failed(event: events.LetterFailed, case: Case) -> Case:
    """A document that came back was not sent."""
    marked = failed(case, event.letter, event.message, event.failure, event.at)
    if event.letter != "document" or event.message is None:
        return marked
    gone = [one.at for one in case.documents_sent if one.letter == event.message]
    left = tuple(one for one in case.documents_sent if one.letter != event.message)

    def run_again(one: PromiseState) -> PromiseState:
        mine = one.stops_on == "document_sent" and one.ended_at in gone
        return replace(one, ended_at=None) if mine else one

    if case.is_ended:
        return marked
    return moved(promises(replace(marked, documents_sent=left), run_again), event.dues, event.at)


@applied.register
def _customer_reached(event: events.CustomerReached, case: Case) -> Case:
    marks = (
        replace(one, settled_at=event.at) if one.number == event.failure else one
        for one in case.failed_letters
    )
    return replace(case, failed_letters=tuple(marks))
