"""Only what the customer has in hand stops a clock, and waiting for the customer is capped."""

from datetime import timedelta

from service_policy.actors import CUSTOMER, SYSTEM
from service_policy.cases.holding.clocks import customer_clock
from service_policy.cases.holding.hand_off import NameOwner
from service_policy.cases.holding.work import RecordCallback
from service_policy.cases.messages.answers import ContestAnswer, SendAnswer
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.messages.delivery import RecordDelivery
from service_policy.cases.messages.letters import RecordBounce
from service_policy.cases.messages.pauses import AskCustomer, ContestPause
from service_policy.promises.policy import Policy
from tests.service_policy.conftest import local
from tests.service_policy.story import AGENT, LONG, OTHER, Story


def test_naming_a_person_of_the_owning_department_keeps_the_first_promise(policy: Policy) -> None:
    story = Story(policy).at("2026-11-30T10:00").owned()
    assert story.status("CK-01") == "kept"
    outsider = NameOwner(AGENT, owner=OTHER, display_name="Chị Mẫu")
    story.refuses(outsider, "owner")
    machine = NameOwner(AGENT, owner=SYSTEM, display_name="Hệ thống")
    story.refuses(machine, "owner")


def test_an_answer_counts_when_it_is_delivered_and_not_when_it_is_sent(policy: Policy) -> None:
    story = Story(policy).at("2026-11-30T10:00").do(SendAnswer(AGENT, text=LONG))
    assert story.status("CK-02") == "running"
    story.at("2026-11-30T11:00").deliver()
    assert story.status("CK-02") == "kept"
    promise = story.case.promise("CK-02")
    assert promise is not None
    assert promise.ended_at == local("2026-11-30T11:00")


def test_a_message_that_comes_back_was_no_answer(policy: Policy) -> None:
    story = Story(policy).answer()
    number = story.case.messages[-1].number
    story.do(RecordBounce(SYSTEM, message=number))
    assert story.status("CK-02") == "running"
    story.deliver()
    assert story.status("CK-02") == "kept"


def test_a_person_may_record_a_call_and_only_the_machine_a_letter(policy: Policy) -> None:
    story = Story(policy).do(SendAnswer(AGENT, text=LONG))
    number = story.case.messages[-1].number
    story.refuses(RecordDelivery(AGENT, message=number, means="mail_accepted"), "means")
    story.refuses(RecordDelivery(SYSTEM, message=number, means="told_by_phone"), "means")
    story.refuses(RecordDelivery(SYSTEM, message=99, means="mail_accepted"), "message")
    story.do(RecordDelivery(AGENT, message=number, means="told_by_phone"))
    assert story.status("CK-02") == "kept"
    again = RecordDelivery(AGENT, message=number, means="told_by_phone")
    story.refuses(again, "message")


def test_a_question_pauses_from_its_delivery_until_the_customer_replies(policy: Policy) -> None:
    story = Story(policy).at("2026-12-01T09:00")
    asked = AskCustomer(AGENT, thing="photo", text="Xin gửi ảnh tem sau máy.")
    story.do(asked)
    assert story.status("CK-03") == "running"
    story.at("2026-12-01T10:00").deliver()
    assert story.status("CK-03") == "paused"
    assert story.case.state_at(story.now) == "waiting"
    assert story.due("CK-03") == local("2026-12-14T17:00")
    story.at("2026-12-02T10:00").do(AddInformation(CUSTOMER, text="Ảnh đây."))
    assert story.status("CK-03") == "running"
    assert story.due("CK-03") == local("2026-12-10T17:00")
    assert story.due("CK-02") == local("2026-12-01T09:00")


def test_a_reply_after_an_hour_moves_a_deadline_in_days_not_at_all(policy: Policy) -> None:
    story = Story(policy).at("2026-12-01T09:00").ask()
    story.at("2026-12-01T10:00").do(AddInformation(CUSTOMER, text="Đây ạ."))
    assert story.due("CK-03") == local("2026-12-09T17:00")


def test_a_reply_after_an_hour_moves_a_deadline_in_hours_by_an_hour(policy: Policy) -> None:
    story = Story(policy).at("2026-11-30T10:00").ask()
    story.at("2026-11-30T11:00").do(AddInformation(CUSTOMER, text="Đây ạ."))
    assert story.due("CK-02") == local("2026-12-01T10:00")
    assert story.due("CK-03") == local("2026-12-09T17:00")
    assert story.due("CK-01") == local("2026-11-30T14:00")


def test_a_pause_ends_by_itself_whether_or_not_the_sweep_runs(policy: Policy) -> None:
    story = Story(policy).answer().at("2026-12-01T10:00").ask()
    until = story.case.pauses[0].until
    assert until == local("2026-12-04T17:00")
    story.now = local("2026-12-07T08:00")
    assert story.status("CK-03") == "running"
    due = story.due("CK-03")
    story.at("2026-12-22T08:00")
    assert story.types().count("pause_ended") == 1
    assert story.status("CK-03") == "missed"
    promise = story.case.promise("CK-03")
    assert promise is not None
    assert promise.due_at == due


def test_all_pauses_of_a_case_together_are_capped(policy: Policy) -> None:
    story = Story(policy).answer()
    before = story.due("CK-03")
    story.at("2026-12-01T08:00").ask("photo").at("2026-12-04T18:00")
    story.ask("serial").at("2026-12-11T08:00").ask("invoice").at("2026-12-12T08:00")
    assert len(story.case.pauses) == 2
    limit = policy.company.handling.pause_total.value
    calendar = policy.calendar
    latest = calendar.close_after_working_days(before, limit)
    assert story.due("CK-03") <= latest


def test_contesting_a_pause_gives_back_all_its_time(policy: Policy) -> None:
    story = Story(policy).answer().at("2026-12-01T08:00")
    before = story.due("CK-03")
    story.ask().at("2026-12-03T08:00")
    number = story.case.pauses[0].number
    waited = customer_clock(story.case, policy.calendar, story.now)
    story.do(ContestPause(CUSTOMER, message=number))
    assert story.due("CK-03") == before
    counted = customer_clock(story.case, policy.calendar, story.now)
    assert counted.waited_minutes == 0
    assert counted.counted_minutes == waited.counted_minutes + waited.waited_minutes
    story.refuses(ContestPause(CUSTOMER, message=number), "message")


def test_a_customer_says_that_an_answer_is_none_and_the_time_never_stopped(policy: Policy) -> None:
    story = Story(policy).at("2026-11-30T10:00").answer().at("2026-12-03T10:00")
    assert story.status("CK-02") == "kept"
    (number,) = (one.number for one in story.case.messages if one.purpose == "answer")
    story.do(ContestAnswer(CUSTOMER, message=number)).wait(minutes=1)
    assert story.status("CK-02") == "missed"
    assert story.owed("CK-02") == 50_000


def test_a_second_answer_counts_from_its_own_delivery(policy: Policy) -> None:
    story = Story(policy).at("2026-11-30T10:00").answer().at("2026-11-30T15:00").answer()
    first = story.case.messages[0].number
    story.do(ContestAnswer(CUSTOMER, message=first))
    promise = story.case.promise("CK-02")
    assert promise is not None
    assert promise.ended_at == local("2026-11-30T15:00")


def test_a_safety_case_is_called_back_by_a_conversation_and_never_paused(policy: Policy) -> None:
    story = Story(policy, category="AT").at("2026-11-30T09:05").ask()
    assert story.case.pauses == ()
    story.do(RecordCallback(AGENT, reached=False, text="Không ai nghe máy."))
    assert story.status("CK-18") == "running"
    story.at("2026-11-30T09:20").do(RecordCallback(AGENT, reached=True, text="Đã dặn ngắt điện."))
    assert story.status("CK-18") == "kept"


def test_thirty_minutes_run_through_the_night(policy: Policy) -> None:
    story = Story(policy, now=local("2026-12-05T23:50"), category="AT")
    assert story.due("CK-18") == local("2026-12-06T00:20")
    story.at("2026-12-06T00:21")
    assert story.status("CK-18") == "missed"


def test_reminders_come_once_and_before_the_deadline(policy: Policy) -> None:
    story = Story(policy).at("2026-11-30T10:30")
    assert "reminded" not in story.types()
    story.at("2026-11-30T11:30").at("2026-11-30T11:31")
    assert story.types().count("reminded") == 1


def test_a_paused_clock_stands_still_to_the_second(policy: Policy) -> None:
    story = Story(policy).wait(minutes=57, seconds=30).ask()
    for seconds in (0, 45, 65):
        moment = story.now + timedelta(seconds=seconds)
        assert customer_clock(story.case, policy.calendar, moment).counted_minutes == 57
