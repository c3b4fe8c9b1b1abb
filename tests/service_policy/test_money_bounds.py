"""Money that people give and record: each limit of it from both sides, to the đồng and the second.

``decide`` is asked directly, so that the rule itself holds the limit and not the sweep before it.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from service_policy.actors import Actor
from service_policy.cases import CaseCommand, CommandRefused, Event, decide, fold
from service_policy.cases.money.payments import (
    GrantAdvance,
    GrantGoodwill,
    RecordFact,
    RecordPayment,
    advance_rule,
)
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy
from tests.service_policy.story import (
    AGENT,
    CLERK,
    LEAD,
    PAPER,
    PHOTO,
    SECOND,
    SECRET,
    Story,
    is_a_sentence,
)

A_SECOND = timedelta(seconds=1)
TRILLION = 10**12
"""The largest single amount; more is a typing error."""
WHY = "Xin lỗi"


def decided(story: Story, command: CaseCommand) -> tuple[Event, ...]:
    return decide(story.case, command, story.policy, story.now)


def refuses(story: Story, command: CaseCommand, field: str) -> None:
    with pytest.raises(CommandRefused) as refused:
        decided(story, command)
    assert refused.value.field == field
    assert is_a_sentence(refused.value.message), refused.value.message


def missed(policy: Policy) -> Story:
    """A case that owes money, and nobody has paid any."""
    story = Story(policy).owned()
    while not story.case.debts:
        story.wait(days=1)
    return story


def danger(policy: Policy) -> Story:
    return Story(policy, category=next(one.id for one in policy.categories if one.danger))


# ---------------------------------------------------------------- goodwill


def goodwill(vnd: int, actor: Actor = AGENT, text: str = WHY) -> GrantGoodwill:
    return GrantGoodwill(actor, vnd=vnd, text=text)


def test_an_agent_gives_the_published_limit_of_a_case_and_not_a_dong_more(policy: Policy) -> None:
    limit = policy.company.payment.discretion_limit_vnd
    story = Story(policy)
    refuses(story, goodwill(limit + 1), "vnd")
    (event,) = decided(story, goodwill(limit))
    assert event.type == "compensation_owed"
    assert event.model_dump(exclude={"files", "type", "step"}) == {
        "at": story.now,
        "by": AGENT.model_dump(),
        "promise": "",
        "commitment_id": None,
        "version": None,
        "reason": "goodwill",
        "vnd": limit,
        "total_vnd": limit,
        "formula": event.formula,
        "inputs": {"limit_vnd": limit},
        "since": story.now,
        "pay_by": due_at(policy.company.payment.pay_within, story.now, policy.calendar),
    }
    story.do(goodwill(limit - 1))
    refuses(story, goodwill(2), "vnd")
    (last,) = decided(story, goodwill(1))
    assert last.type == "compensation_owed"
    assert (last.vnd, last.total_vnd) == (1, limit)
    assert story.do(goodwill(1)).case.goodwill_vnd == limit


def test_a_lead_gives_more_up_to_what_is_a_typing_error(policy: Policy) -> None:
    story = Story(policy).do(goodwill(policy.company.payment.discretion_limit_vnd))
    assert decided(story, goodwill(TRILLION, LEAD))
    refuses(story, goodwill(TRILLION + 1, LEAD), "vnd")


def test_nothing_is_no_gift_and_a_gift_has_a_reason_of_five_letters(policy: Policy) -> None:
    story = Story(policy)
    refuses(story, goodwill(0), "vnd")
    refuses(story, goodwill(-1), "vnd")
    refuses(story, goodwill(1, text="Quà ."[:4]), "text")
    assert decided(story, goodwill(1, text="Quà ạ"))


# ---------------------------------------------------------------- advances


def advance(vnd: int, text: str = WHY) -> GrantAdvance:
    return GrantAdvance(LEAD, vnd=vnd, text=text)


def test_advances_together_reach_the_published_amount_and_not_a_dong_more(policy: Policy) -> None:
    story = danger(policy)
    found = advance_rule(story.case, policy)
    assert found is not None
    promise, rule = found
    limit = rule.advance_up_to_vnd
    refuses(story, advance(limit + 1), "vnd")
    (event,) = decided(story, advance(limit))
    assert event.type == "compensation_owed"
    assert event.model_dump(exclude={"files", "type", "step", "formula"}) == {
        "at": story.now,
        "by": LEAD.model_dump(),
        "promise": promise.key,
        "commitment_id": promise.commitment_id,
        "version": promise.version,
        "reason": "advance",
        "vnd": limit,
        "total_vnd": limit,
        "inputs": {"advance_up_to_vnd": limit},
        "since": story.now,
        "pay_by": due_at(rule.advance_within, story.now, policy.calendar),
    }
    story.do(advance(limit - 1))
    refuses(story, advance(2), "vnd")
    (last,) = decided(story, advance(1))
    assert last.type == "compensation_owed"
    assert (last.vnd, last.total_vnd) == (1, limit)


def test_nothing_is_no_advance_and_only_danger_has_one(policy: Policy) -> None:
    refuses(danger(policy), advance(0), "vnd")
    refuses(danger(policy), advance(1, text="Ứng "), "text")
    refuses(Story(policy), advance(1), "state")


# ---------------------------------------------------------------- payments


def payment(vnd: int, **changes: object) -> RecordPayment:
    values = {"vnd": vnd, "method": "transfer", "evidence": SECRET} | changes
    return RecordPayment(CLERK, **values)  # type: ignore[arg-type]


def test_a_payment_is_all_that_is_owed_at_most_and_one_dong_at_least(policy: Policy) -> None:
    story = missed(policy)
    owed = story.case.open_vnd
    refuses(story, payment(0), "vnd")
    refuses(story, payment(owed + 1), "vnd")
    (event,) = decided(story, payment(owed))
    assert event.type == "payment_recorded"
    assert event.model_dump(exclude={"files", "type"}) == {
        "at": story.now,
        "by": CLERK.model_dump(),
        "vnd": owed,
        "method": "transfer",
        "evidence": ("tep-2",),
        "booked_on": None,
        "reference": "",
        "left_vnd": 0,
        "late_vnd": 0,
    }
    assert story.do(payment(1)).case.open_vnd == owed - 1
    assert story.do(payment(owed - 1)).case.open_vnd == 0
    refuses(story, payment(1), "vnd")


def test_a_payment_needs_evidence_and_the_accountant(policy: Policy) -> None:
    refuses(missed(policy), payment(1, evidence=()), "evidence")
    for somebody in (AGENT, LEAD, SECOND):
        paid = RecordPayment(somebody, vnd=1, method="transfer", evidence=SECRET)
        refuses(missed(policy), paid, "actor")


def test_money_paid_at_its_last_moment_is_in_time_and_a_second_later_costs_the_extra(
    policy: Policy,
) -> None:
    extras = []
    for late in (timedelta(), A_SECOND):
        story = missed(policy).answer().propose()
        first = min(story.case.debts, key=lambda one: one.pay_by)
        story.at(first.pay_by + late)
        story.do(payment(story.case.open_vnd)).wait(days=1)
        extras.append([one for one in story.case.debts if one.reason == "late_payment"])
    assert extras[0] == []
    (extra,) = extras[1]
    assert extra.since == first.pay_by
    assert extra.vnd > 0


def test_money_that_waits_costs_the_extra_from_the_second_after_its_last_moment(
    policy: Policy,
) -> None:
    story = missed(policy).answer().propose()
    first = min(story.case.debts, key=lambda one: one.pay_by)
    story.at(first.pay_by)
    assert not [one for one in story.case.debts if one.reason == "late_payment"]
    story.at(first.pay_by + A_SECOND)
    assert [one.promise for one in story.case.debts if one.reason == "late_payment"] == [
        first.promise
    ]


# ---------------------------------------------------------------- figures


def fact(value: int, actor: Actor = AGENT, **changes: object) -> RecordFact:
    values = {"name": "price_vnd", "evidence": PHOTO, "files": PAPER} | changes
    return RecordFact(actor, value=value, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "taken"), [(-1, False), (0, True), (TRILLION, True)])
def test_a_figure_lies_between_nothing_and_what_is_a_typing_error(
    policy: Policy, value: int, taken: bool
) -> None:
    story = Story(policy)
    if taken:
        (event,) = decided(story, fact(value))
        assert event.type == "fact_recorded"
        assert (event.name, event.value, event.evidence) == ("price_vnd", value, ("tep-1",))
    else:
        refuses(story, fact(value), "value")
    refuses(story, fact(TRILLION + 1), "value")


def test_a_figure_goes_down_by_no_dong_once_money_is_owed_for_it(policy: Policy) -> None:
    free = Story(policy).do(fact(590_000))
    assert decided(free, fact(589_999, LEAD))
    owing = missed(policy).do(fact(590_000))
    refuses(owing, fact(589_999, LEAD), "value")
    assert decided(owing, fact(590_000, LEAD))
    assert decided(owing, fact(590_001, LEAD))
    refuses(owing, fact(590_001), "actor")


@pytest.mark.parametrize("name", ["price_vnd", "obligation_value_vnd"])
def test_what_limits_the_money_is_proved_by_what_the_customer_can_read(
    policy: Policy, name: str
) -> None:
    story = Story(policy)
    refuses(story, fact(1, name=name, evidence=SECRET), "evidence")
    assert decided(story, fact(1, name="damage_vnd", evidence=SECRET))


# ---------------------------------------------------------------- the common cap


Capped = Callable[[Policy], tuple[Story, int]]


def _by_price(policy: Policy) -> tuple[Story, int]:
    return Story(policy).do(fact(60_001)), 60_001


def _by_obligation(policy: Policy) -> tuple[Story, int]:
    segment = next(one for one in policy.matrix.segments if one.obligation_cap_percent is not None)
    percent = segment.obligation_cap_percent
    assert percent is not None
    story = Story(policy, segment=segment.id).owned()
    story.do(fact(999_999, name="obligation_value_vnd"))
    return story.do(fact(10**9)), 999_999 * percent // 100


@pytest.mark.parametrize("capped", [_by_price, _by_obligation])
def test_all_missed_promises_of_a_case_cost_the_common_cap_to_the_dong(
    policy: Policy, capped: Capped
) -> None:
    story, cap = capped(policy)
    story.wait(days=60)
    debts = [one for one in story.case.debts if one.reason == "missed"]
    assert sum(one.vnd for one in debts) == cap
    before = len(story.case.debts)
    assert len([one for one in fold(story.events).debts if one.reason == "missed"]) == len(debts)
    story.wait(days=60)
    assert [one for one in story.case.debts[before:] if one.reason == "missed"] == []
