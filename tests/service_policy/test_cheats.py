"""Ways to cheat a customer that other help desks allow; here the promise and the money stand."""

import re
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from service_policy.actors import CUSTOMER, SYSTEM
from service_policy.cases import CommandRefused, decide, due_work
from service_policy.cases.core.command import CaseCommand
from service_policy.cases.core.event import read_event
from service_policy.cases.core.parts import STATE_WORDS
from service_policy.cases.holding.clocks import customer_clock
from service_policy.cases.holding.hand_off import NameOwner
from service_policy.cases.holding.work import (
    CloseSubCase,
    OpenSubCase,
    Recategorise,
    RecordCallback,
)
from service_policy.cases.messages.answers import ContestAnswer, SendAnswer, SendUpdate
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.messages.pauses import AskCustomer, ContestPause
from service_policy.cases.money.payments import GrantGoodwill, RecordFact, RecordPayment
from service_policy.cases.refusal.refusing import SignRefusal
from service_policy.cases.resolution.proposing import (
    ConfirmResolution,
    DisputeResolution,
    ProposeResolution,
)
from service_policy.cases.resolution.reopening import Reopen, Withdraw
from service_policy.promises.policy import Policy
from tests.service_policy.conftest import local
from tests.service_policy.story import (
    AGENT,
    AUDITOR,
    CLERK,
    COMPLAINT,
    EDITOR,
    LEAD,
    LONG,
    PAPER,
    PHOTO,
    SECOND,
    SECRET,
    Story,
    refusal,
)

DUE = local("2026-12-09T17:00")
"""When the resolution of a complaint filed on Monday morning falls due."""


def is_missed_and_owed(story: Story) -> None:
    """The deadline, the miss and the compensation stand."""
    story.at("2026-12-09T17:01")
    assert story.status("CK-03") == "missed"
    assert story.owed("CK-03") == 100_000
    assert story.due("CK-03") == DUE


# ---------------------------------------------------------------- the five of other desks


def test_a_false_resolved_does_not_move_the_deadline(policy: Policy) -> None:
    story = Story(policy).answer().at("2026-12-04T16:00").propose()
    story.at("2026-12-07T09:00").do(DisputeResolution(CUSTOMER))
    assert story.due("CK-03") == DUE
    is_missed_and_owed(story)


def test_a_status_replied_without_a_message_does_not_exist(policy: Policy) -> None:
    story = Story(policy).owned()
    story.refuses(SendAnswer(AGENT, text=""), "text")
    story.refuses(SendAnswer(AGENT, text="   Đã ghi nhận.   "), "text")
    story.do(SendUpdate(AGENT, text="Đã ghi nhận yêu cầu của Quý khách.")).deliver()
    story.do(SendAnswer(AGENT, text=LONG))  # written, never delivered
    story.at("2026-12-01T09:01")
    assert story.status("CK-02") == "missed"
    assert story.owed("CK-02") == 50_000


def test_the_first_closing_does_not_cancel_the_deadline(policy: Policy) -> None:
    story = Story(policy).answer().propose().at("2026-12-08T08:00")
    assert story.case.state == "closed"  # by silence; the customer had not seen it
    story.at("2026-12-08T09:00").do(Reopen(CUSTOMER))
    assert story.due("CK-03") <= DUE
    is_missed_and_owed(story)


def test_there_is_no_command_that_resets_deletes_or_backdates(policy: Policy) -> None:
    commands = CaseCommand.__subclasses__()
    assert len(commands) >= 33
    for command in commands:
        assert not re.search("reset|delete|remove|erase|edit|undo|extend", command.__name__.lower())
        names = {field.name for field in fields(command)}
        assert not names & {"at", "date", "due_at", "started_at", "when", "on", "status", "state"}


def test_not_our_responsibility_is_no_end(policy: Policy) -> None:
    assert set(STATE_WORDS).isdisjoint({"not_ours", "third_party", "transferred", "rejected"})
    story = Story(policy).owned().answer()
    story.do(OpenSubCase(AGENT, party="carrier", text="Hãng xe làm móp thùng."))
    assert story.case.state == "open"
    story.do(CloseSubCase(AGENT, number=1, text="Hãng xe nhận lỗi."))
    assert story.case.state == "open"
    is_missed_and_owed(story)


# ---------------------------------------------------------------- and more


def test_handing_a_case_around_does_not_move_the_deadline(policy: Policy) -> None:
    story = Story(policy).owned().answer()
    for department in ("cskh", "ky-thuat", "qa", "cskh"):
        story.wait(hours=3).hand_off(department)
    assert story.owed("CK-16") == 200_000
    is_missed_and_owed(story)


def test_asking_one_thing_after_another_does_not_stop_the_clock_for_ever(policy: Policy) -> None:
    story = Story(policy).owned().answer()
    for day, thing in ((1, "photo"), (7, "serial"), (14, "invoice"), (21, "time")):
        story.at(f"2026-12-{day:02}T08:00").ask(thing)
    story.refuses(AskCustomer(AGENT, thing="photo", text=LONG), "thing")
    assert story.due("CK-03") <= local("2026-12-16T17:00")
    assert story.at("2026-12-22T08:00").status("CK-03") == "missed"


def test_a_question_that_never_left_pauses_nothing(policy: Policy) -> None:
    story = Story(policy).owned().answer()
    story.do(AskCustomer(AGENT, thing="photo", text=LONG))
    is_missed_and_owed(story)


def test_a_question_after_the_deadline_forgives_nothing(policy: Policy) -> None:
    story = Story(policy).owned().answer().at("2026-12-09T17:01").ask()
    assert story.due("CK-03") == DUE
    story.at("2026-12-11T09:00")
    assert story.owed("CK-03") == 140_000


def test_a_question_nobody_needed_is_contested_with_one_click(policy: Policy) -> None:
    story = Story(policy).owned().answer().at("2026-12-03T08:00").ask("order")
    story.at("2026-12-08T08:00")
    number = story.case.pauses[0].number
    story.do(ContestPause(CUSTOMER, message=number))
    is_missed_and_owed(story)


def test_an_empty_answer_is_contested_and_the_miss_comes_back(policy: Policy) -> None:
    story = Story(policy).owned().answer().at("2026-12-02T09:00")
    number = story.case.messages[-1].number
    story.do(ContestAnswer(CUSTOMER, message=number)).wait(minutes=1)
    assert story.status("CK-02") == "missed"


def test_proposing_again_and_again_buys_no_time(policy: Policy) -> None:
    story = Story(policy).owned().answer()
    for day in (2, 3, 4, 7, 8):
        story.at(f"2026-12-{day:02}T09:00").propose().wait(hours=2)
        story.do(DisputeResolution(CUSTOMER))
    is_missed_and_owed(story)


def test_staff_cannot_confirm_withdraw_or_reopen_for_the_customer(policy: Policy) -> None:
    story = Story(policy).owned().answer().propose()
    for actor in (AGENT, LEAD, SECOND, CLERK, EDITOR, AUDITOR, SYSTEM):
        story.refuses(ConfirmResolution(actor), "actor")
        story.refuses(Withdraw(actor), "actor")
        story.refuses(Reopen(actor), "actor")
        story.refuses(AddInformation(actor, text="Khách đồng ý."), "actor")


def test_readers_of_the_desk_change_nothing(policy: Policy) -> None:
    story = Story(policy)
    for actor in (EDITOR, AUDITOR):
        for command in (
            SendAnswer(actor, text=LONG),
            ProposeResolution(actor, outcome="as_asked", text=LONG),
            GrantGoodwill(actor, vnd=1_000, text="Xin lỗi."),
            RecordPayment(actor, vnd=1_000, method="cash", evidence=SECRET),
        ):
            story.refuses(command, "actor")


def test_one_person_cannot_refuse_alone_under_two_roles(policy: Policy) -> None:
    story = Story(policy).owned().answer().do(refusal())
    story.refuses(SignRefusal(LEAD.model_copy(update={"id": AGENT.id})), "actor")


def test_a_refusal_by_word_of_mouth_does_not_exist(policy: Policy) -> None:
    story = Story(policy).owned().answer()
    story.refuses(refusal(text=""), "text")
    spoken = {"type": "resolution_proposed", "at": story.now, "by": AGENT, "message": 5}
    with pytest.raises(ValueError, match="refused"):
        read_event(spoken | {"outcome": "refused"})
    is_missed_and_owed(story)


def test_a_payment_cannot_be_recorded_for_last_week(policy: Policy) -> None:
    story = Story(policy).at("2026-12-01T09:01").answer().at("2026-12-09T08:00")
    story.pay(story.case.open_vnd)
    assert "late_payment" in {debt.reason for debt in story.case.debts}
    assert {debt.paid_at for debt in story.case.debts} == {story.now}


def test_a_lower_price_recorded_later_takes_nothing_back(policy: Policy) -> None:
    story = Story(policy).owned().price(5_000_000).at("2026-12-11T09:00")
    low = RecordFact(LEAD, name="price_vnd", value=1_000, evidence=PHOTO, files=PAPER)
    story.refuses(low, "value")
    high = RecordFact(LEAD, name="price_vnd", value=6_000_000, evidence=PHOTO, files=PAPER)
    before = story.case.open_vnd
    assert story.do(high).at("2026-12-14T09:00").case.open_vnd > before


def test_a_price_the_customer_cannot_check_caps_nothing(policy: Policy) -> None:
    hidden = RecordFact(AGENT, name="price_vnd", value=1_000, evidence=SECRET, files=PAPER)
    Story(policy).refuses(hidden, "evidence")


def test_a_conclusion_that_never_left_does_not_hide_that_there_is_none(policy: Policy) -> None:
    story = Story(policy).owned().answer().at("2026-12-18T09:00").do(refusal())
    story.do(SignRefusal(SECOND)).at("2026-12-22T09:00")
    assert "decided_for_customer" in story.types()
    story.deliver()
    assert story.case.state == "open"


def test_marking_a_danger_as_such_punishes_nobody(policy: Policy) -> None:
    story = Story(policy).owned().at("2026-11-30T16:00")
    story.do(Recategorise(AGENT, category="AT", text="Khách nói có mùi khét."))
    story.wait(minutes=1)
    assert story.status("CK-02") == "running"
    assert story.due("CK-02") == story.due("CK-18") == local("2026-11-30T16:30")


def test_splitting_goodwill_into_small_gifts_does_not_beat_the_limit(policy: Policy) -> None:
    story = Story(policy)
    for _ in range(5):
        story.do(GrantGoodwill(AGENT, vnd=100_000, text="Xin lỗi khách."))
    story.refuses(GrantGoodwill(AGENT, vnd=1, text="Thêm chút nữa."), "vnd")


def test_turning_the_machines_clock_back_does_not_turn_back_the_case(policy: Policy) -> None:
    story = Story(policy).at("2026-12-02T09:00").answer()
    story.now = local("2026-11-30T09:01")
    story.owned()
    assert story.case.last_at == local("2026-12-02T09:00")
    assert story.status("CK-01") == "missed"


def test_typing_a_phone_call_in_later_does_not_start_the_clock_later(policy: Policy) -> None:
    called = local("2026-11-30T09:00")
    typed = replace(COMPLAINT, channel="phone", entered_by=AGENT, taken_at=called)
    story = Story(policy)
    story.events = list(decide(None, typed, policy, local("2026-12-02T16:00")))
    assert story.case.received_at == called
    assert story.due("CK-03") == DUE
    tomorrow = replace(typed, taken_at=local("2026-12-04T09:00"))
    with pytest.raises(CommandRefused):
        decide(None, tomorrow, policy, local("2026-12-02T16:00"))
    with pytest.raises(CommandRefused):
        decide(None, replace(typed, entered_by=CLERK), policy, local("2026-12-02T16:00"))


def test_switching_the_sweep_off_saves_no_money(policy: Policy) -> None:
    asleep = Story(policy).owned()
    asleep.at("2026-12-28T09:00")
    assert asleep.owed("CK-02") == 100_000  # the answer, and the extra for paying late
    debts = [debt for debt in asleep.case.debts if debt.promise == "CK-02"]
    assert debts[0].pay_by == local("2026-12-08T17:00")


def test_a_worse_new_version_does_not_reach_an_old_case(policy: Policy) -> None:
    old = policy.commitment("CK-03", 1)
    slow = [row.model_copy(update={"value": 30}) for row in old.targets]
    worse = old.model_copy(
        update={"version": 2, "effective_from": date(2026, 12, 1), "targets": tuple(slow)}
    )
    story = Story(replace(policy, versions=(*policy.versions, worse))).owned().answer()
    is_missed_and_owed(story)


def test_a_better_new_version_reaches_an_old_case(policy: Policy) -> None:
    old = policy.commitment("CK-03", 1)
    quick = tuple(row.model_copy(update={"value": 5}) for row in old.targets)
    better = old.model_copy(
        update={"version": 2, "effective_from": date(2026, 12, 1), "targets": quick}
    )
    story = Story(replace(policy, versions=(*policy.versions, better))).owned().answer()
    story.at("2026-12-02T09:00").at("2026-12-02T09:01")
    assert story.types().count("promise_improved") == 1
    assert story.due("CK-03") == local("2026-12-07T17:00")


def test_a_quick_version_that_pays_less_is_not_better(policy: Policy) -> None:
    old = policy.commitment("CK-03", 1)
    mixed = old.model_copy(
        update={
            "version": 2,
            "effective_from": date(2026, 12, 1),
            "targets": tuple(row.model_copy(update={"value": 5}) for row in old.targets),
            "late_payment_add_vnd": 0,
        }
    )
    story = Story(replace(policy, versions=(*policy.versions, mixed))).owned().answer()
    is_missed_and_owed(story)


def test_an_owner_that_is_nobody_keeps_no_promise(policy: Policy) -> None:
    story = Story(policy)
    story.refuses(NameOwner(AGENT, owner=SYSTEM, display_name="Hệ thống"), "owner")
    story.refuses(NameOwner(AGENT, owner=AGENT, display_name=""), "display_name")
    story.at("2026-11-30T14:01")
    assert story.owed("CK-01") == 50_000


def test_a_call_nobody_took_is_no_call_back(policy: Policy) -> None:
    story = Story(policy, category="AT")
    story.do(RecordCallback(AGENT, reached=False, text="Không ai nghe."))
    story.wait(minutes=31)
    assert story.status("CK-18") == "missed"


def test_priority_customers_are_not_sent_to_a_third_party(policy: Policy) -> None:
    story = Story(policy, priority=True).owned()
    story.refuses(OpenSubCase(AGENT, party="dealer", text="Nhờ đại lý."), "party")


def test_internal_work_never_stops_the_customers_clock(policy: Policy) -> None:
    story = Story(policy).owned().answer()
    story.hand_off("ky-thuat")
    story.do(OpenSubCase(AGENT, party="laboratory", text="Gửi giám định ngoài."))
    story.at("2026-12-07T09:00")
    clock = customer_clock(story.case, policy.calendar, story.now)
    assert clock.waited_minutes == 0
    assert clock.counted_minutes == 5 * 8 * 60


def test_a_case_that_has_ended_is_worked_on_by_nobody_until_the_customer_says_so(
    policy: Policy,
) -> None:
    story = Story(policy).answer().propose().confirm()
    story.refuses(SendAnswer(AGENT, text=LONG), "state")
    story.refuses(ProposeResolution(AGENT, outcome="as_asked", text=LONG), "state")
    story.refuses(refusal(), "state")


def test_the_same_sweep_twice_adds_nothing(policy: Policy) -> None:
    story = Story(policy).at("2027-01-20T09:00")
    assert due_work(story.case, policy, story.now) == ()
    assert due_work(story.case, policy, story.now - timedelta(days=3)) == ()
