"""What comes due by itself, at its moment and not a second before; and what may still be said.

A thing "within" a time may happen at its last moment, so what ends it comes a second later; a thing
"after" a time comes at that moment.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from service_policy.actors import CUSTOMER
from service_policy.cases import Case, CommandRefused, decide
from service_policy.cases.core.promises import commitment_of
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.resolution.reopening import Reopen, Withdraw
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy
from tests.service_policy.story import Story

A_SECOND = timedelta(seconds=1)


def came(story: Story, moment: datetime) -> list[str]:
    """What the sweep of a moment writes down, on a copy of the story."""
    copy = Story(story.policy)
    copy.events = list(story.events)
    return [one.type for one in copy.at(moment).events[len(story.events) :]]


def resolved(case: Case) -> str:
    return next(one.key for one in case.promises if one.stops_on == "resolved")


def _silence(policy: Policy) -> tuple[Story, datetime]:
    story = Story(policy).answer().propose()
    proposal = story.case.proposal
    assert proposal is not None
    assert proposal.confirm_by is not None
    told = due_at(policy.company.handling.confirm_within, story.now, policy.calendar)
    assert proposal.confirm_by == told
    return story, told + A_SECOND


def _miss(policy: Policy) -> tuple[Story, datetime]:
    story = Story(policy).owned().answer()
    return story, story.due(resolved(story.case)) + A_SECOND


def _longest(policy: Policy) -> tuple[Story, datetime]:
    story = Story(policy).owned().answer()
    promise = story.case.promise(resolved(story.case))
    assert promise is not None
    longest = commitment_of(promise, policy).longest(policy.matrix, story.case.segment)
    assert longest is not None
    due = due_at(longest, promise.started_at, policy.calendar)
    return story.at(due), due + A_SECOND


def _escalation(policy: Policy) -> tuple[Story, datetime]:
    story = Story(policy).owned().answer()
    rung = max(policy.company.handling.escalation, key=lambda one: one.level)
    due = due_at(rung.after, story.due(resolved(story.case)), policy.calendar)
    return story.at(due), due + A_SECOND


def _follow_up(policy: Policy) -> tuple[Story, datetime]:
    story = Story(policy).answer().propose().confirm()
    after = policy.company.handling.follow_up_after
    return story, due_at(after, story.case.closed[-1].start, policy.calendar)


def _pause(policy: Policy) -> tuple[Story, datetime]:
    story = Story(policy).answer().wait(hours=1).ask()
    return story, story.case.pauses[0].until


def _reminder(policy: Policy) -> tuple[Story, datetime]:
    """The first answer has been given, so the next deadline is the resolution's."""
    story = Story(policy).owned().answer()
    due, before = story.due(resolved(story.case)), policy.company.handling.remind_before
    moment = due - timedelta(hours=before.value)
    assert policy.calendar.working_minutes_between(moment, due) == before.value * 60
    return story, moment


COMES: dict[str, Callable[[Policy], tuple[Story, datetime]]] = {
    "resolution_confirmed": _silence,
    "promise_missed": _miss,
    "decided_for_customer": _longest,
    "escalated": _escalation,
    "follow_up_asked": _follow_up,
    "pause_ended": _pause,
    "reminded": _reminder,
}


@pytest.mark.parametrize("event", COMES)
def test_it_comes_at_its_moment_and_not_a_second_before(policy: Policy, event: str) -> None:
    story, moment = COMES[event](policy)
    early = A_SECOND if event != "reminded" else timedelta(minutes=1)
    assert event not in came(story, moment - early)
    assert event in came(story, moment)
    assert came(story.at(moment), moment) == []  # and once


def test_a_case_is_reopened_to_the_last_moment_and_not_a_second_longer(policy: Policy) -> None:
    closed = Story(policy).answer().propose().confirm()
    withdrawn = Story(policy).answer().do(Withdraw(CUSTOMER))
    for story in (closed, withdrawn):
        within = policy.company.handling.reopen_within
        last = due_at(within, story.case.closed[-1].start, policy.calendar)
        assert decide(story.case, Reopen(CUSTOMER), policy, last)
        with pytest.raises(CommandRefused):
            decide(story.case, Reopen(CUSTOMER), policy, last + A_SECOND)


def test_a_word_at_the_last_moment_of_the_silence_is_a_word(policy: Policy) -> None:
    story, over = _silence(policy)
    story.at(over - A_SECOND).do(AddInformation(CUSTOMER, text="Vẫn kêu."))
    assert story.wait(days=20).case.state == "open"
    quiet, over = _silence(policy)
    assert quiet.at(over).case.state == "closed"
