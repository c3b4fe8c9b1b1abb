"""A question: who answers for it, what it is promised, and the hint that stops no clock."""

import pytest

from service_policy.actors import CUSTOMER, SYSTEM
from service_policy.cases import FileCase, decide
from service_policy.cases.messages.answers import TellOfPublishedAnswer
from service_policy.promises.policy import Policy
from tests.service_policy.story import AGENT, LEAD, MONDAY, Story

HINT = TellOfPublishedAnswer(SYSTEM, "BH-01", "Mất phiếu?", "/hoi-dap/mat-phieu-bao-hanh/")


@pytest.fixture
def story(policy: Policy) -> Story:
    """A question that was asked on Monday."""
    told = Story(policy)
    question = FileCase("question", "household")
    told.events = list(decide(None, question, policy, MONDAY))
    return told


def test_a_question_has_an_owner_and_two_dated_promises(story: Story) -> None:
    case = story.case
    assert (case.kind, case.segment) == ("question", "household")
    assert case.owner_department == "cskh"
    assert [one.commitment_id for one in case.promises] == ["CK-01", "CK-02"]


def test_a_published_answer_is_a_hint_and_no_answer(story: Story) -> None:
    story.owned().do(HINT)
    assert story.types()[-1] == "answer_published"
    assert story.status("CK-02") == "running"
    assert story.case.messages == ()
    story.answer()
    assert story.status("CK-02") == "kept"


def test_it_is_told_once_while_the_question_is_open_and_by_the_system_alone(
    story: Story, policy: Policy
) -> None:
    for actor in (AGENT, LEAD, CUSTOMER):
        story.refuses(TellOfPublishedAnswer(actor, HINT.entry, HINT.title, HINT.url))
    story.do(HINT).refuses(HINT, "entry")
    Story(policy).refuses(HINT, "kind")


def test_a_question_that_has_ended_hears_nothing(story: Story) -> None:
    story.owned().answer().propose().confirm()
    assert story.case.is_ended
    story.refuses(HINT, "state")
