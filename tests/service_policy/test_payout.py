"""Where money goes: asked at once, never twice, no clock stops, and no đồng is lost on the way."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from service_policy.actors import CUSTOMER, SYSTEM
from service_policy.banks import NO_BANKS
from service_policy.cases import Case, CommandRefused
from service_policy.cases.messages.delivery import RecordDelivery
from service_policy.cases.messages.letters import RecordBounce
from service_policy.cases.money.exemptions import ClaimExemption, SignExemption
from service_policy.cases.money.payments import GrantGoodwill, RecordPayment
from service_policy.cases.money.payout import ChoosePayout, ways
from service_policy.cases.money.returned import RecordPayoutFailed
from service_policy.cases.resolution.reopening import Withdraw
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.policy import Policy
from tests.service_policy.conftest import local
from tests.service_policy.story import (
    AGENT,
    CLERK,
    LEAD,
    LONG,
    PAPER,
    PHOTO,
    SECOND,
    SECRET,
    Story,
)

ACCOUNT = {"bank_bin": "970436", "account": "0011002345678", "holder": "NGUYEN THI MAU"}
OTHER = {"bank_bin": "970407", "account": "19031234567890", "holder": "NGUYEN THI MAU"}
MISSED = "2026-12-01T09:01"
"""One minute after the first answer was due: 50.000 đ are owed, to be paid by 8 December."""
PAY_BY = local("2026-12-08T17:00")


def late(policy: Policy) -> Story:
    """A case that owes for its first answer, and nothing else for a while."""
    return Story(policy).owned().at(MISSED).answer()


def chosen(actor: object = CUSTOMER, **changes: object) -> ChoosePayout:
    return ChoosePayout(actor, **({"way": "transfer", "account": ACCOUNT} | changes))  # type: ignore[arg-type]


def told(story: Story, at: str) -> Story:
    """The question reaches the customer at a moment."""
    story.at(at)
    number = story.case.payout_questions[-1].number
    return story.do(RecordDelivery(SYSTEM, message=number, means="mail_accepted"))


def extras(case: Case) -> list[datetime]:
    return [one.since for one in case.debts if one.reason == "late_payment"]


def returned(vnd: int, **changes: object) -> RecordPayoutFailed:
    given = {"vnd": vnd, "why": "no_account", "evidence": SECRET} | changes
    return RecordPayoutFailed(CLERK, **given)  # type: ignore[arg-type]


# ---------------------------------------------------------------- asking


def test_whoever_is_owed_something_is_asked_at_once_and_no_clock_stops(policy: Policy) -> None:
    story = Story(policy).owned().at(MISSED)
    (question,) = story.case.payout_questions
    assert question.at == story.now
    assert (question.ways, story.case.pauses) == (3, ())
    dues = [one.due_at for one in story.case.promises]
    told(story, "2026-12-02T09:00")
    assert story.case.pauses == ()
    assert [one.due_at for one in story.case.promises] == dues


def test_nobody_is_asked_twice_but_for_one_reminder(policy: Policy) -> None:
    story = late(policy).at("2026-12-03T16:59")
    assert story.types().count("payout_asked") == 1
    story.at("2026-12-03T17:01").at("2026-12-04T09:00").at("2026-12-20T09:00")
    assert story.types().count("payout_asked") == 2
    assert [one.again for one in story.events if one.type == "payout_asked"] == [False, True]


def test_whoever_answered_is_not_asked_when_more_is_owed(policy: Policy) -> None:
    story = late(policy).do(chosen()).at("2026-12-21T09:00")
    assert len({one.promise for one in story.case.debts}) > 1
    assert story.types().count("payout_asked") == 1


def test_a_question_is_no_report_of_progress(policy: Policy) -> None:
    quiet = Story(policy).owned().at(MISSED).at("2026-12-30T09:00").types()
    deaf = Story(replace(policy, banks=NO_BANKS, company=_without_cash(policy)))
    mute = deaf.owned().at(MISSED).at("2026-12-30T09:00").types()
    assert quiet.count("progress_missed") == mute.count("progress_missed") > 0
    assert mute.count("payout_asked") == 0


def _without_cash(policy: Policy) -> object:
    payment = policy.company.payment.model_copy(update={"cash_at": (), "also": ()})
    return policy.company.model_copy(update={"payment": payment})


def test_ways_are_those_that_the_company_publishes_for_this_customer(policy: Policy) -> None:
    assert ways(late(policy).case, policy) == ("transfer", "cash", "voucher")
    dealer = Story(policy, segment="dealer").case
    assert ways(dealer, policy) == ("transfer", "cash", "offset", "voucher")


# ---------------------------------------------------------------- choosing


def test_an_account_is_chosen_while_something_is_owed_also_after_closing(policy: Policy) -> None:
    Story(policy).refuses(chosen(), "way")
    story = late(policy).do(Withdraw(CUSTOMER))
    assert story.case.is_ended
    payout = story.do(chosen()).case.payout
    assert payout is not None
    assert (payout.way, payout.ready_at) == ("transfer", story.now)
    story.pay(story.case.open_vnd).refuses(chosen(), "way")


def test_a_first_account_is_ready_at_once_and_a_changed_one_after_four_working_hours(
    policy: Policy,
) -> None:
    story = late(policy).at("2026-12-03T16:00").do(chosen())
    assert story.case.payout is not None
    assert story.case.payout.ready_at == story.now
    story.wait(minutes=10).do(chosen(account=OTHER))
    assert story.case.payout.ready_at == local("2026-12-04T11:10")
    assert [one.changed for one in story.events if one.type == "payout_chosen"] == [False, True]


def test_an_account_that_staff_wrote_down_waits_until_the_customer_could_hear_of_it(
    policy: Policy,
) -> None:
    story = late(policy).at("2026-12-03T09:00").do(chosen(AGENT))
    assert story.case.payout is not None
    assert story.case.payout.by_staff
    assert story.case.payout.ready_at == local("2026-12-03T14:00")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"account": {}}, "bank"),
        ({"account": ACCOUNT | {"bank_bin": "999999"}}, "bank"),
        ({"account": ACCOUNT | {"bank_bin": "796500"}}, "bank"),
        ({"way": "cash", "account": {}, "place": "somewhere"}, "place"),
        ({"way": "offset", "account": {}}, "way"),
    ],
)
def test_a_place_that_nobody_can_pay_into_is_refused(
    policy: Policy, changes: dict[str, object], field: str
) -> None:
    late(policy).refuses(chosen(**changes), field)


def test_no_event_holds_anything_of_an_account(policy: Policy) -> None:
    story = late(policy).do(chosen()).do(chosen(account=OTHER))
    story.pay(story.case.open_vnd).at("2027-03-01T09:00")
    stored = " ".join(one.model_dump_json() for one in story.events)
    for secret in (*ACCOUNT.values(), *OTHER.values(), "5678", "7890", "VCB"):
        assert secret not in stored, secret


def test_a_voucher_pays_only_whoever_chose_one(policy: Policy) -> None:
    paid = RecordPayment(CLERK, vnd=50_000, method="voucher", evidence=SECRET)
    story = late(policy).do(chosen())
    story.refuses(paid, "method")
    assert story.do(chosen(way="voucher", account={})).do(paid).case.open_vnd == 0


def test_whoever_did_not_answer_is_called_by_who_holds_the_case(policy: Policy) -> None:
    story = late(policy).at("2026-12-04T09:00")
    told = [one.concerns("qa", "x") for one in story.events if one.type == "payout_asked"]
    assert told == ["", "qa"]


def test_money_that_came_late_without_anybody_to_blame_is_said_while_it_is_owed(
    policy: Policy,
) -> None:
    story = told(late(policy), "2026-12-02T09:00").at("2026-12-10T08:00").do(chosen())
    story.pay(story.case.open_vnd)
    before = story.types().count("late_extra_held")
    assert story.at("2026-12-11T09:00").types().count("late_extra_held") == before


# ---------------------------------------------------------------- late


def test_no_extra_is_added_while_a_delivered_question_stands_unanswered(policy: Policy) -> None:
    story = told(late(policy), "2026-12-02T09:00").at("2026-12-20T09:00")
    first = [one for one in story.case.debts if one.promise == "CK-02"]
    assert [(one.vnd, one.pay_by) for one in first] == [(50_000, PAY_BY)]
    assert extras(story.case) == []
    held = [one for one in story.events if one.type == "late_extra_held"]
    assert len(held) == len({one.promise for one in story.case.debts if one.pay_by < story.now})


def test_an_answer_after_the_pay_day_leaves_four_working_hours_and_then_costs(
    policy: Policy,
) -> None:
    story = told(late(policy), "2026-12-02T09:00").at("2026-12-10T08:00").do(chosen())
    assert extras(story.at("2026-12-10T12:00").case) == []
    story.at("2026-12-10T13:01")
    assert extras(story.case)[0] == local("2026-12-10T12:00")
    paid = told(late(policy), "2026-12-02T09:00").at("2026-12-10T08:00").do(chosen())
    paid.at("2026-12-10T11:00").pay(paid.case.open_vnd)
    assert extras(paid.at("2026-12-11T09:00").case) == []


def test_a_question_that_did_not_arrive_excuses_nothing(policy: Policy) -> None:
    story = late(policy).at("2026-12-08T17:01")
    assert extras(story.case) == [PAY_BY]


def test_a_question_that_came_back_excuses_nothing_either(policy: Policy) -> None:
    story = told(late(policy), "2026-12-02T09:00")
    number = story.case.payout_questions[-1].number
    story.at("2026-12-09T09:00").do(RecordBounce(SYSTEM, message=number)).wait(minutes=1)
    assert extras(story.case) == [PAY_BY]


def test_a_question_that_arrives_after_the_pay_day_takes_nothing_back(policy: Policy) -> None:
    story = told(late(policy).at("2026-12-08T17:01"), "2026-12-09T09:00")
    story.do(chosen()).at("2026-12-11T09:00")
    assert extras(story.case)[0] == PAY_BY
    assert sum(one.vnd for one in story.case.debts if one.promise == "CK-02") == 100_000


def test_a_question_with_a_single_way_excuses_nothing(policy: Policy) -> None:
    alone = replace(policy, company=_without_cash(policy))
    story = told(late(alone), "2026-12-02T09:00").at("2026-12-08T17:01")
    assert extras(story.case) == [PAY_BY]


def test_four_hours_of_the_customers_own_change_are_not_late_but_those_of_staff_are(
    policy: Policy,
) -> None:
    mine = late(policy).do(chosen()).at("2026-12-08T16:30").do(chosen(account=OTHER))
    assert extras(mine.at("2026-12-09T09:00").case) == []
    assert extras(mine.at("2026-12-09T11:31").case) == [local("2026-12-09T11:30")]
    theirs = late(policy).do(chosen()).at("2026-12-08T16:30").do(chosen(AGENT, account=OTHER))
    assert extras(theirs.at("2026-12-08T17:01").case) == [PAY_BY]


# ---------------------------------------------------------------- coming back


def test_what_came_back_is_owed_again_from_its_old_pay_day(policy: Policy) -> None:
    story = late(policy).do(chosen()).at("2026-12-04T09:00").pay(50_000)
    (payment,) = story.case.paid
    story.at("2026-12-07T09:00").do(returned(50_000, payment=payment.number))
    assert (story.case.open_vnd, story.case.payout) == (50_000, None)
    assert story.case.open_debts[0].pay_by == PAY_BY
    assert [one.why for one in story.events if one.type == "payout_asked"][-1] != ""
    assert extras(story.at("2026-12-08T17:01").case) == [PAY_BY]
    story.refuses(returned(50_000, payment=payment.number), "payment")


def test_a_transfer_that_comes_back_before_it_counted_asks_again_with_the_reason(
    policy: Policy,
) -> None:
    story = late(policy).do(chosen()).do(returned(50_000))
    assert story.types()[-2:] == ["payout_failed", "payout_asked"]
    story.refuses(returned(50_000), "payment")
    story.do(chosen(account=OTHER))
    assert story.case.payout is not None
    assert story.case.payout.ready_at == story.now


def test_only_the_accountant_says_that_money_came_back(policy: Policy) -> None:
    story = late(policy).do(chosen())
    for actor in (AGENT, LEAD, SECOND, CUSTOMER, SYSTEM):
        story.refuses(replace(returned(50_000), actor=actor), "actor")
    story.refuses(returned(50_000, evidence=()), "evidence")


# ---------------------------------------------------------------- erasure


def test_accounts_are_erased_thirty_days_after_all_was_paid_and_not_before(
    policy: Policy,
) -> None:
    story = late(policy).propose().do(chosen()).do(chosen(account=OTHER))
    story.pay(story.case.open_vnd)
    paid_on = story.now.astimezone(VIETNAM).date()
    story.at(local(f"{paid_on + timedelta(days=29)}T09:00"))
    assert "account_erased" not in story.types()
    story.at(local(f"{paid_on + timedelta(days=40)}T09:00"))
    assert story.types().count("account_erased") == 1
    assert story.case.payout is None
    assert story.at(story.now + timedelta(days=90)).types().count("account_erased") == 1


# ---------------------------------------------------------------- conservation


def balance(case: Case) -> tuple[int, int, int, int]:
    """Return what was ever owed, what is paid and did not come back, what is open, exempted."""
    owed = sum(one.vnd for one in case.debts)
    paid = sum(one.vnd for one in case.paid if one.returned_at is None)
    exempted = sum(one.vnd - one.paid_vnd for one in case.debts if one.void)
    return owed, paid, case.open_vnd, exempted


class MoneyIsConserved(RuleBasedStateMachine):
    """Whatever happens in whatever order: owed is paid, open, or exempted with evidence."""

    policy: Policy

    def __init__(self) -> None:
        super().__init__()
        self.story = Story(self.policy, priority=False).owned()

    def attempt(self, command: object) -> None:
        before = self.story.case
        try:
            self.story.do(command)  # type: ignore[arg-type]
        except CommandRefused:
            assert self.story.case == before

    @rule(hours=st.integers(1, 200))
    def time_passes(self, hours: int) -> None:
        self.story.wait(hours=hours)

    @rule(share=st.integers(1, 100))
    def pay_some(self, share: int) -> None:
        vnd = max(1, self.story.case.open_vnd * share // 100)
        self.attempt(RecordPayment(CLERK, vnd=vnd, method="transfer", evidence=SECRET))

    @precondition(lambda self: self.story.case.paid)
    @rule(which=st.integers(0, 5))
    def money_comes_back(self, which: int) -> None:
        paid = self.story.case.paid[which % len(self.story.case.paid)]
        self.attempt(returned(paid.vnd, payment=paid.number))

    @rule(other=st.booleans())
    def choose(self, other: bool) -> None:
        self.attempt(chosen(account=OTHER if other else ACCOUNT))

    @rule(vnd=st.integers(1, 90_000))
    def goodwill(self, vnd: int) -> None:
        self.attempt(GrantGoodwill(AGENT, vnd=vnd, text="Xin lỗi khách."))

    @rule(which=st.integers(0, 3), signed=st.booleans())
    def exempt(self, which: int, signed: bool) -> None:
        promises = self.story.case.promises
        key = promises[which % len(promises)].key
        published = self.policy.commitment(promises[which % len(promises)].commitment_id, 1)
        for one in published.exemptions[:2]:
            claim = ClaimExemption(
                LEAD, promise=key, exemption=one.id, evidence=PHOTO, text=LONG, files=PAPER
            )
            self.attempt(claim)
        self.attempt(SignExemption(SECOND, promise=key, granted=signed))

    @rule()
    def a_letter_arrives(self) -> None:
        for one in self.story.case.messages:
            self.attempt(RecordDelivery(SYSTEM, message=one.number, means="mail_accepted"))

    @invariant()
    def no_dong_is_lost_or_made(self) -> None:
        owed, paid, open_vnd, exempted = balance(self.story.case)
        assert owed == paid + open_vnd + exempted
        assert all(0 <= one.paid_vnd <= one.vnd for one in self.story.case.debts)
        assert paid == sum(one.paid_vnd for one in self.story.case.debts)


def test_money_is_conserved_over_any_sequence(policy: Policy) -> None:
    MoneyIsConserved.policy = policy
    run_state_machine_as_test(
        MoneyIsConserved, settings=settings(max_examples=40, stateful_step_count=25, deadline=None)
    )


@given(hours=st.lists(st.integers(1, 60), min_size=1, max_size=12))
@settings(max_examples=30, deadline=None)
def test_how_often_the_sweep_runs_changes_no_sum(policy: Policy, hours: list[int]) -> None:
    often, once = told(late(policy), "2026-12-02T09:00"), told(late(policy), "2026-12-02T09:00")
    for length in hours:
        often.wait(hours=length)
    once.at(often.now)
    assert balance(often.case) == balance(once.case)
    assert often.types().count("payout_asked") == once.types().count("payout_asked")
