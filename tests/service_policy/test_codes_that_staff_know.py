"""A code that went through the hands of staff ends no case and proves no delivery."""

import pytest

from service_policy.actors import CUSTOMER, SYSTEM
from service_policy.cases import fold
from service_policy.cases.holding.work import RecordCallback
from service_policy.cases.messages.answers import ContestAnswer
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.messages.delivery import RecordDelivery
from service_policy.cases.messages.pauses import ContestPause
from service_policy.cases.refusal.refusing import SignRefusal
from service_policy.cases.refusal.review import Appeal
from service_policy.cases.resolution.proposing import (
    ConfirmResolution,
    DisputeResolution,
    ProposeResolution,
)
from service_policy.cases.resolution.reopening import Withdraw
from service_policy.cases.split_merge import MergeCases, SplitCase, merge, split
from service_policy.promises.policy import Policy
from tests.service_policy.conftest import local
from tests.service_policy.story import AGENT, LEAD, LONG, SECOND, Story, refusal


@pytest.fixture
def typed(policy: Policy) -> Story:
    """A complaint that somebody typed in for a customer who called."""
    return Story(policy, channel="phone", entered_by=AGENT)


def test_it_neither_confirms_nor_withdraws_and_the_rules_say_why(typed: Story) -> None:
    typed.refuses(Withdraw(CUSTOMER), "code")
    typed.answer().propose()
    typed.refuses(ConfirmResolution(CUSTOMER), "code")
    typed.refuses(Withdraw(CUSTOMER), "code")


def test_silence_closes_it_all_the_same(typed: Story) -> None:
    typed.answer().propose().at("2026-12-08T08:00")
    assert typed.case.state == "closed"
    assert typed.case.outcome == "as_asked"


def test_everything_that_helps_the_customer_stays_possible(typed: Story) -> None:
    typed.answer().ask().do(AddInformation(CUSTOMER, text="Đây."))
    typed.do(ContestPause(CUSTOMER, message=typed.case.pauses[0].number))
    typed.do(ContestAnswer(CUSTOMER, message=typed.case.messages[0].number))
    typed.propose().do(DisputeResolution(CUSTOMER))
    typed.do(refusal()).do(SignRefusal(SECOND)).deliver()
    typed.refuses(ConfirmResolution(CUSTOMER), "code")
    typed.do(Appeal(CUSTOMER))
    assert typed.case.state == "review"


def test_opening_its_page_is_no_delivery_but_mail_is(typed: Story) -> None:
    typed.owned().do(ProposeResolution(AGENT, outcome="as_asked", text=LONG))
    number = typed.case.messages[-1].number
    opened = RecordDelivery(SYSTEM, message=number, means="page_opened")
    typed.refuses(opened, "means")
    typed.deliver()
    assert typed.case.state == "proposed"


def test_a_danger_that_was_typed_in_waits_for_ever(policy: Policy) -> None:
    story = Story(policy, category="AT", channel="phone", entered_by=AGENT)
    story.do(RecordCallback(AGENT, reached=True, text="Đã nói chuyện với khách."))
    story.propose().at("2027-02-01T09:00")
    assert story.case.state == "proposed"
    story.do(DisputeResolution(CUSTOMER))
    assert story.case.state == "open"


def test_splitting_and_merging_do_not_wash_it(policy: Policy, typed: Story) -> None:
    command = SplitCase(LEAD, category="GT", text="Giao thiếu nắp nồi là việc riêng.")
    _, new = split(typed.case, command, policy, typed.now, reference="KN-1", new_reference="KN-2")
    assert fold(new).staff_know_code
    own = Story(policy)
    assert not own.case.staff_know_code
    both = MergeCases(LEAD, other="KN-1", text="Cùng một khách, cùng một việc.")
    mine, _ = merge(
        own.case, typed.case, both, policy, local("2026-11-30T10:00"), kept_reference="KN-3"
    )
    own.events += mine
    assert own.case.staff_know_code
    own.refuses(Withdraw(CUSTOMER), "code")
