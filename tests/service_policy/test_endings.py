"""How a case may end: silence, explanations, other remedies, refusals and who decides them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from service_policy.actors import CUSTOMER, SYSTEM, Actor
from service_policy.cases import CaseCommand, Evidence
from service_policy.cases.holding.hand_off import HandOff
from service_policy.cases.holding.work import CloseSubCase, OpenSubCase
from service_policy.cases.messages.answers import ContestAnswer, SendUpdate
from service_policy.cases.messages.contact import AddInformation, RecordContact
from service_policy.cases.messages.delivery import RecordDelivery
from service_policy.cases.messages.letters import RecordBounce
from service_policy.cases.messages.pauses import AskCustomer, ContestPause
from service_policy.cases.money.exemptions import ClaimExemption, SignExemption
from service_policy.cases.money.payments import RecordFact
from service_policy.cases.refusal.refusing import SignRefusal, applicable
from service_policy.cases.refusal.review import Appeal, DecideReview
from service_policy.cases.resolution.proposing import DisputeResolution, ProposeResolution
from service_policy.promises.policy import Policy
from tests.service_policy.story import (
    AGENT,
    CLERK,
    IDENTIFIED,
    LEAD,
    LONG,
    PAPER,
    PHOTO,
    REVIEWER,
    SECOND,
    TYPED,
    Story,
    refusal,
)

Says = Callable[[Story], CaseCommand]
WAYS: dict[str, Says] = {
    "writes on the page": lambda _: AddInformation(CUSTOMER, text="Vẫn hỏng."),
    "says thank you": lambda _: AddInformation(CUSTOMER, text="Cảm ơn."),
    "sends a photo": lambda _: AddInformation(CUSTOMER, text="", files=PAPER),
    "calls": lambda _: RecordContact(AGENT, way="phone", text="Khách gọi: vẫn kêu."),
    "comes to the counter": lambda _: RecordContact(CLERK, way="counter", text="Khách đến hỏi."),
    "writes a letter": lambda _: RecordContact(
        SECOND, way="mail", text="Thư tay, tệp kèm.", files=PAPER
    ),
    "contests an answer": lambda story: ContestAnswer(
        CUSTOMER, message=story.case.messages[0].number
    ),
    "asks for somebody else": lambda _: HandOff(
        AGENT, "cskh", "customer_request", "Khách xin đổi người.", evidence="cuộc gọi"
    ),
    "disputes": lambda _: DisputeResolution(CUSTOMER),
    "is heard on another part": lambda _: RecordContact(
        SYSTEM, way="case", text="", elsewhere="KN-26-7F3K-9Q2M"
    ),
}


@pytest.mark.parametrize("how", WAYS)
def test_any_word_after_a_proposal_ends_the_silence(policy: Policy, how: str) -> None:
    story = Story(policy).owned().answer().propose().wait(days=1)
    story.do(WAYS[how](story))
    assert story.case.state == "open"
    assert story.wait(days=10).case.state == "open"
    assert not [one for one in story.events if one.type == "resolution_confirmed"]
    assert story.status("CK-03") == "missed"


@pytest.mark.parametrize("how", WAYS)
def test_a_word_that_crossed_the_proposal_counts_as_well(policy: Policy, how: str) -> None:
    story = Story(policy).owned().answer()
    story.do(ProposeResolution(AGENT, outcome="as_asked", text=LONG))
    story.do(WAYS[how](story)).wait(hours=1)
    number = story.case.messages[-1].number
    story.do(RecordDelivery(SYSTEM, message=number, means="mail_accepted"))
    assert story.wait(days=20).case.state == "open"


def test_after_a_word_the_customers_yes_is_still_an_end(policy: Policy) -> None:
    story = Story(policy).owned().answer().propose().wait(days=1)
    story.do(AddInformation(CUSTOMER, text="Cảm ơn, tôi xem đã.")).wait(days=1)
    assert story.confirm().case.state == "closed"
    assert story.status("CK-03") == "kept"


def test_a_second_proposal_may_end_in_silence_but_is_no_kept_promise(policy: Policy) -> None:
    story = Story(policy).owned().answer().propose().wait(days=1)
    story.do(AddInformation(CUSTOMER, text="Vẫn hỏng.")).wait(hours=1)
    story.propose()
    swept_late = Story(policy)
    swept_late.events, swept_late.now = list(story.events), story.now
    for _ in range(40):
        story.wait(hours=8)
    assert story.case.state == swept_late.wait(days=20).case.state == "closed"
    assert story.status("CK-03") == swept_late.status("CK-03") == "released"


def test_silence_keeps_only_what_was_told_in_time(policy: Policy) -> None:
    story = Story(policy).owned().answer().propose()
    story.do(ContestAnswer(CUSTOMER, message=story.case.messages[0].number))
    assert story.case.state == "open"
    late = Story(policy).owned().answer().at("2026-12-11T10:00").propose().wait(days=12)
    assert (late.case.state, late.status("CK-03")) == ("closed", "missed")


def test_a_call_about_a_closed_case_opens_it_again(policy: Policy) -> None:
    story = Story(policy).owned().answer().propose().wait(days=9)
    assert story.case.state == "closed"
    asks = RecordContact(AGENT, way="phone", text="Khách hỏi giờ mở cửa.")
    assert story.do(asks).case.state == "closed"
    disputes = replace(asks, text="Khách nói vẫn hỏng.", disputes=True)
    assert story.do(disputes).case.state == "open"
    story.wait(days=1).propose().wait(days=30)
    assert story.case.state == "closed"
    assert story.status("CK-03") != "kept"


def test_a_recorded_call_ends_a_wait_for_the_customer(policy: Policy) -> None:
    story = Story(policy).owned().ask().wait(hours=2)
    assert story.case.pause(story.now) is not None
    story.do(RecordContact(AGENT, way="zalo", text="Khách gửi ảnh qua Zalo."))
    assert story.case.pause(story.now) is None


@pytest.mark.parametrize(
    "who",
    [
        CUSTOMER,
        Actor(id="u7", role="editor", department="marketing"),
        Actor(id="u8", role="auditor", department="ban-giam-doc"),
    ],
)
def test_only_people_who_work_on_cases_record_a_contact(policy: Policy, who: Actor) -> None:
    story = Story(policy).owned()
    story.refuses(RecordContact(who, way="phone", text="Khách gọi."), "actor")
    story.refuses(RecordContact(AGENT, way="phone", text=" "), "text")
    elsewhere = RecordContact(AGENT, way="case", text="Khách gọi.", elsewhere="KN-1")
    story.refuses(elsewhere, "actor")


# ---------------------------------------------------------------- not us, in other words


@pytest.mark.parametrize("wanted", ["replace", "refund", "repair", "apologise", "compensate", None])
def test_an_explanation_is_no_end_against_a_wanted_remedy(policy: Policy, wanted: Any) -> None:
    story = Story(policy, remedy_wanted=wanted).owned().answer()
    story.refuses(ProposeResolution(AGENT, outcome="explained", text=LONG), "outcome")


@pytest.mark.parametrize("wanted", ["explain", "feedback_only"])
def test_an_explanation_is_enough_for_who_asked_for_one(policy: Policy, wanted: Any) -> None:
    story = Story(policy, remedy_wanted=wanted).owned().answer()
    story.do(OpenSubCase(AGENT, party="dealer", text="Hỏi đại lý."))
    explained = ProposeResolution(AGENT, outcome="explained", text=LONG)
    story.refuses(explained, "outcome")
    story.do(CloseSubCase(AGENT, number=1, text="Đã hỏi xong."))
    story.do(explained).deliver().confirm()
    assert story.case.outcome == "explained"


def test_another_remedy_is_named_and_silence_is_no_consent_to_it(policy: Policy) -> None:
    story = Story(policy, remedy_wanted="replace").owned().answer()
    other = ProposeResolution(AGENT, outcome="other_remedy", text=LONG)
    story.refuses(other, "remedy")
    story.refuses(replace(other, remedy="replace"), "outcome")
    story.do(replace(other, remedy="repair")).deliver().wait(days=9)
    assert (story.case.state, story.status("CK-03")) == ("closed", "released")


# ---------------------------------------------------------------- refusing


@pytest.mark.parametrize("clause", ["CK-02.thieu-thong-tin", "CK-03.thien-tai", "CK-06.het-han"])
def test_an_exemption_refuses_nothing(policy: Policy, clause: str) -> None:
    story = Story(policy).owned().answer()
    assert clause not in {one.id for one in applicable(story.case, policy)}
    story.refuses(refusal(clause=clause), "clause")


@pytest.mark.parametrize("category", ["GT", "HD", "NV", "CN"])
def test_what_has_no_published_conditions_cannot_be_refused(policy: Policy, category: str) -> None:
    story = Story(policy, category=category).owned()
    if policy.category(category).discloses:
        story.do(IDENTIFIED)
    story.answer()
    assert applicable(story.case, policy) == ()
    story.refuses(refusal(), "clause")


def test_each_complaint_is_refused_under_its_own_conditions(policy: Policy) -> None:
    quality, broken = Story(policy), Story(policy, category="HH").owned()
    assert "doi-tra.da-dung" not in {one.id for one in applicable(quality.case, policy)}
    broken.do(refusal(clause="doi-tra.da-dung"))
    assert broken.case.refusal is not None


@pytest.mark.parametrize(
    "evidence",
    [
        TYPED,
        (Evidence(id="x", readable_by_customer=True, kind="event", number=1),),
        (Evidence(id="x", readable_by_customer=True, kind="event", number=99),),
        (Evidence(id="x", readable_by_customer=True, kind="event"),),
    ],
)
def test_a_typed_line_proves_nothing(policy: Policy, evidence: tuple[Evidence, ...]) -> None:
    story = Story(policy).owned().answer()
    story.refuses(refusal(evidence=evidence, files=()))
    story.refuses(refusal(evidence=PHOTO, files=()), "evidence")
    fact = RecordFact(AGENT, name="price_vnd", value=1_000, evidence=evidence)
    story.refuses(fact)


def test_an_event_of_the_case_proves_if_staff_did_not_type_it(policy: Policy) -> None:
    story = Story(policy).owned().answer()
    typed = RecordContact(AGENT, way="phone", text="Khách gọi: máy rơi.")
    number = story.do(typed).case.seq
    proof = Evidence(id="sk", readable_by_customer=True, kind="event", number=number)
    story.refuses(refusal(evidence=(proof,), files=()), "event")
    number = story.do(AddInformation(CUSTOMER, text="Máy rơi hôm qua.")).case.seq
    proof = proof.model_copy(update={"number": number})
    story.do(refusal(evidence=(proof,), files=()))
    assert story.case.refusal is not None


def test_who_refuses_signs_and_reviews_is_who_the_pages_name(policy: Policy) -> None:
    story = Story(policy).owned().answer()
    story.refuses(refusal(actor=AGENT), "actor")
    story.do(refusal())
    lead_elsewhere = Actor(id="u9", role="lead", department="cskh")
    reader_elsewhere = Actor(id="u10", role="second_reader", department="qa")
    for wrong in (lead_elsewhere, reader_elsewhere, REVIEWER):
        story.refuses(SignRefusal(wrong), "actor")
    story.do(SignRefusal(SECOND)).deliver()
    story.do(Appeal(CUSTOMER, text="Không đúng."))
    keep = DecideReview(REVIEWER, upheld=True, evidence=PHOTO, text=LONG, files=PAPER)
    for wrong in (lead_elsewhere, reader_elsewhere):
        story.refuses(replace(keep, actor=wrong), "actor")
    story.refuses(replace(keep, evidence=TYPED, files=()), "evidence")
    story.do(keep).deliver()
    assert (story.case.state, story.status("CK-03")) == ("closed", "released")


def test_a_word_takes_a_refusal_down_and_leaves_the_appeal(policy: Policy) -> None:
    story = Story(policy).answer().refuse().wait(days=1)
    story.do(AddInformation(CUSTOMER, text="Tôi không làm rơi máy."))
    assert story.case.state == "open"
    appealed = Story(policy)
    appealed.events, appealed.now = list(story.events), story.now
    appealed.do(Appeal(CUSTOMER))
    assert appealed.case.state == "review"
    assert story.wait(days=60).case.state == "open"
    assert story.case.in_favour_at is not None


# ---------------------------------------------------------------- exemptions


def exempted(promise: str, exemption: str) -> ClaimExemption:
    return ClaimExemption(LEAD, promise, exemption, PHOTO, LONG, files=PAPER)


def test_missing_information_excuses_only_where_it_was_asked_for_and_missing(
    policy: Policy,
) -> None:
    never = Story(policy).owned().at("2026-12-01T09:01")
    never.refuses(exempted("CK-02", "thieu-thong-tin"), "exemption")
    unsent = Story(policy).owned()
    unsent.do(AskCustomer(AGENT, thing="photo", text="Xin gửi ảnh tem sau máy."))
    unsent.at("2026-12-01T09:01").refuses(exempted("CK-02", "thieu-thong-tin"), "exemption")
    answered = Story(policy).owned().ask().wait(minutes=30)
    answered.do(AddInformation(CUSTOMER, text="Đây.")).at("2026-12-04T09:01")
    answered.refuses(exempted("CK-02", "thieu-thong-tin"), "exemption")
    contested = Story(policy).owned().ask()
    contested.do(ContestPause(CUSTOMER, message=contested.case.pauses[0].number))
    contested.at("2026-12-04T09:01").refuses(exempted("CK-02", "thieu-thong-tin"), "exemption")
    asked = Story(policy).owned().ask().at("2026-12-08T09:01")
    asked.do(exempted("CK-02", "thieu-thong-tin"))
    assert asked.case.claims


def test_a_wish_of_the_customer_must_have_been_heard_in_time(policy: Policy) -> None:
    silent = Story(policy).owned().answer().at("2026-12-09T17:01")
    silent.refuses(exempted("CK-03", "khach-doi-hen"), "exemption")
    silent.do(AddInformation(CUSTOMER, text="Giờ tôi mới bận."))
    silent.refuses(exempted("CK-03", "khach-doi-hen"), "exemption")
    heard = Story(policy).owned().answer()
    heard.do(AddInformation(CUSTOMER, text="Xin dời sang tuần sau."))
    heard.at("2026-12-09T17:01").do(exempted("CK-03", "khach-doi-hen"))
    assert heard.case.claims


def test_what_happened_outside_needs_a_file(policy: Policy) -> None:
    story = Story(policy).owned().answer()
    number = story.do(AddInformation(CUSTOMER, text="Hôm nay bão to.")).case.seq
    proof = Evidence(id="sk", readable_by_customer=True, kind="event", number=number)
    story.at("2026-12-09T17:01")
    claim = exempted("CK-03", "thien-tai")
    story.refuses(replace(claim, evidence=(proof,), files=()), "files")
    story.do(claim)
    story.do(SignExemption(SECOND, promise="CK-03"))
    assert story.status("CK-03") == "missed"


def test_a_bounced_letter_is_what_nobody_could_be_reached_means(policy: Policy) -> None:
    story = Story(policy)
    story.do(SendUpdate(AGENT, text="Chúng tôi đang tìm người phụ trách.")).deliver()
    reached = Story(policy).at("2026-12-01T09:01")
    reached.refuses(exempted("CK-01", "sai-lien-he"), "exemption")
    number = story.case.messages[-1].number
    story.do(RecordBounce(SYSTEM, message=number)).at("2026-12-01T09:01")
    story.do(exempted("CK-01", "sai-lien-he"))
    assert story.case.claims
