"""What a refusal, its review and the lapse of time do to a case, and how they are told.

Each event is applied to a case directly; what it does not speak of stays as it is.
"""

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from service_policy.actors import CUSTOMER
from service_policy.cases import Case, CommandRefused, Event, decide
from service_policy.cases.core.command import need_open, need_text
from service_policy.cases.core.event import moment
from service_policy.cases.core.promises import commitment_of
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.money.exemptions import ClaimExemption, SignExemption
from service_policy.cases.refusal.refusing import (
    DecidedForCustomer,
    RefusalIssued,
    RefusalLapsed,
    RefusalProposed,
    RefusalRejected,
    SignRefusal,
    applicable,
    too_long_is_decided,
    unsigned_lapse,
)
from service_policy.cases.refusal.review import Appeal, AppealMade, DecideReview, ReviewDecided
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.clock import due_at
from service_policy.promises.policy import Policy
from tests.service_policy.story import (
    LEAD,
    LONG,
    PAPER,
    PHOTO,
    REVIEWER,
    SECOND,
    Story,
    is_a_sentence,
    refusal,
)

E = TypeVar("E", bound=Event)
A_SECOND = timedelta(seconds=1)
LIFT = DecideReview(REVIEWER, upheld=False, evidence=(), text=LONG)
KEEP = DecideReview(REVIEWER, upheld=True, evidence=PHOTO, text=LONG, files=PAPER)


def ready(policy: Policy, **changes: Any) -> Story:
    return Story(policy, **changes).owned().answer()


def changed(before: Case, after: Case) -> set[str]:
    """The fields of a case that an event changed."""
    names = (one.name for one in fields(Case))
    return {name for name in names if getattr(before, name) != getattr(after, name)}


def only(events: tuple[Event, ...], kind: type[E]) -> E:
    (found,) = (one for one in events if isinstance(one, kind))
    return found


# ---------------------------------------------------------------- refusing


def test_a_proposal_waits_with_all_it_holds_and_its_author_has_concluded(policy: Policy) -> None:
    story = ready(policy)
    before = story.case
    event = only(decide(before, refusal(), policy, story.now), RefusalProposed)
    after = event.apply(before)
    assert changed(before, after) == {"refusal", "concluded_by"}
    waiting = after.refusal
    assert waiting is not None
    assert (waiting.number, waiting.by, waiting.clause) == (before.seq + 1, LEAD.id, event.clause)
    assert (waiting.clause_version, waiting.evidence) == (event.clause_version, event.evidence)
    assert waiting.sign_by == event.sign_by
    assert after.concluded_by == before.concluded_by | {LEAD.id}
    assert event.particulars(policy) == (
        f"theo điều kiện {event.clause}; phải ký trước {moment(event.sign_by)}"
    )


def test_what_nobody_signs_is_gone_and_nothing_else_is(policy: Policy) -> None:
    story = ready(policy).do(refusal())
    for event in (RefusalRejected(at=story.now, by=SECOND), RefusalLapsed(at=story.now)):
        after = event.apply(story.case)
        assert changed(story.case, after) == {"refusal"}
        assert after.refusal is None


def test_a_proposal_lapses_a_second_after_its_last_moment(policy: Policy) -> None:
    story = ready(policy)
    assert list(unsigned_lapse(story.case, policy, story.now)) == []
    story.do(refusal())
    waiting = story.case.refusal
    assert waiting is not None
    assert list(unsigned_lapse(story.case, policy, waiting.sign_by)) == []
    late = waiting.sign_by + A_SECOND
    assert list(unsigned_lapse(story.case, policy, late)) == [RefusalLapsed(at=late)]


def test_a_signed_refusal_is_a_message_and_a_conclusion_of_two(policy: Policy) -> None:
    story = ready(policy).propose().do(AddInformation(CUSTOMER, text="Vẫn kêu."))
    story.do(refusal())
    before = story.case
    assert before.objected is not None
    event = only(decide(before, SignRefusal(SECOND), policy, story.now), RefusalIssued)
    after = event.apply(before)
    assert changed(before, after) >= {"refusal", "proposal", "objected", "messages", "concluded_by"}
    assert (after.refusal, after.objected) == (None, None)
    assert after.proposal is not None
    assert (after.proposal.number, after.proposal.outcome) == (event.message, "refused")
    last = after.messages[-1]
    assert (last.number, last.purpose, last.sent_at) == (event.message, "refusal", story.now)
    assert after.concluded_by == before.concluded_by | {LEAD.id, SECOND.id}
    stranger = event.model_copy(update={"proposed_by": "u77"})
    assert "u77" in stranger.apply(before).concluded_by


def test_a_signed_refusal_tells_its_clause_and_the_last_day_of_the_appeal(policy: Policy) -> None:
    story = ready(policy).do(refusal())
    event = only(decide(story.case, SignRefusal(SECOND), policy, story.now), RefusalIssued)
    assert event.particulars(policy) == (
        f"theo điều kiện {event.clause}; yêu cầu xem xét lại đến {moment(event.appeal_by)}"
    )
    clause = event.published(policy)
    assert clause is not None
    assert (clause.id, clause.version) == (event.clause, event.clause_version)
    # Half past midnight in Vietnam is the day before in UTC.
    night = event.appeal_by.astimezone(VIETNAM).replace(hour=0, minute=30)
    told = event.model_copy(update={"appeal_by": night}).below(policy)
    assert told == (
        f"Điều kiện đã công bố ({clause.id}): {clause.text}\n"
        "Hai người đã đọc và ký kết luận này. Bằng chứng có trên trang theo dõi.\n"
        f"Không đồng ý: bấm “Yêu cầu xem xét lại” ít nhất đến hết ngày {night:%d/%m/%Y}; "
        "người chưa tham gia sẽ xem lại từ đầu."
    )
    unknown = event.model_copy(update={"clause_version": "none-such"})
    assert unknown.published(policy) is None
    assert unknown.below(policy).startswith("Hai người")


# ---------------------------------------------------------------- what may be refused


def test_a_complaint_is_refused_under_the_conditions_that_its_category_names(
    policy: Policy,
) -> None:
    case = ready(policy).case
    category = policy.category(case.category or "")
    assert category is not None
    found = applicable(case, policy)
    assert found
    assert {one.source for one in found} <= set(category.refuse_under)
    assert "exemption" not in {one.of for one in found}
    day = case.pinned_on
    assert all(policy.clause(one.id, day) == one for one in found)
    assert applicable(replace(case, category="none-such"), policy) == ()
    assert applicable(replace(case, category=None), policy) == ()


def test_a_claim_under_the_warranty_is_refused_under_its_exclusions_alone(policy: Policy) -> None:
    case = replace(ready(policy).case, kind="warranty_claim", category=None)
    found = applicable(case, policy)
    assert found
    assert {one.of for one in found} == {"exclusion"}


def test_a_condition_counts_in_the_version_of_the_day_of_the_case(policy: Policy) -> None:
    case = ready(policy).case
    old = next(iter(applicable(case, policy)))
    later = old.model_copy(update={"effective_from": case.pinned_on + timedelta(days=1)})
    others = tuple(one for one in policy.clauses if one.id != old.id)
    assert old.id not in {
        one.id for one in applicable(case, replace(policy, clauses=(*others, later)))
    }
    same_day = old.model_copy(update={"effective_from": case.pinned_on})
    assert same_day in applicable(case, replace(policy, clauses=(*others, same_day)))


def test_what_excuses_money_of_a_promise_refuses_nothing_whatever_names_it(
    policy: Policy,
) -> None:
    case = ready(policy).case
    some = next(iter(applicable(case, policy)))
    excuse = some.model_copy(update={"id": f"{some.source}.98", "of": "exemption"})
    other = some.model_copy(update={"id": f"{some.source}.99"})
    named = replace(policy, clauses=(*policy.clauses, excuse, other))
    assert named.clause(excuse.id, case.pinned_on) == excuse
    found = {one.id for one in applicable(case, named)}
    assert other.id in found
    assert excuse.id not in found


# ---------------------------------------------------------------- the longest time


def longest(story: Story) -> timedelta:
    """The moment after which a case is decided for its customer, as a distance from now."""
    promise = next(one for one in story.case.promises if one.stops_on == "resolved")
    term = commitment_of(promise, story.policy).longest(story.policy.matrix, story.case.segment)
    assert term is not None
    return due_at(term, promise.started_at, story.policy.calendar) - story.now


def test_without_a_conclusion_the_customer_is_right_a_second_after_the_longest_time(
    policy: Policy,
) -> None:
    story = ready(policy)
    last = story.now + longest(story)
    assert list(too_long_is_decided(story.case, policy, last)) == []
    (event,) = too_long_is_decided(story.case, policy, last + A_SECOND)
    resolved = next(one for one in story.case.promises if one.stops_on == "resolved")
    assert event == DecidedForCustomer(at=last + A_SECOND, promise=resolved.key)
    for state in ("waiting", "proposed", "refused", "review", "closed"):
        case = replace(story.case, state=state)
        assert list(too_long_is_decided(case, policy, last + A_SECOND)) == []
    decided = replace(story.case, in_favour_at=last)
    assert list(too_long_is_decided(decided, policy, last + A_SECOND)) == []


def test_time_that_waited_for_the_customer_is_no_part_of_the_longest_time(policy: Policy) -> None:
    story = ready(policy)
    last = story.now + longest(story)
    pause = timedelta(days=2)
    promises = tuple(
        replace(one, first_due_at=one.due_at, due_at=one.due_at + pause)
        for one in story.case.promises
    )
    case = replace(story.case, promises=promises)
    assert list(too_long_is_decided(case, policy, last + pause)) == []
    assert len(list(too_long_is_decided(case, policy, last + pause + A_SECOND))) == 1
    earlier = tuple(
        replace(one, first_due_at=one.due_at, due_at=one.due_at - pause)
        for one in story.case.promises
    )
    sooner = replace(story.case, promises=earlier)  # a stricter date makes it no shorter
    assert list(too_long_is_decided(sooner, policy, last)) == []


def test_the_longest_time_begins_with_the_case_and_not_with_a_later_promise(
    policy: Policy,
) -> None:
    story = ready(policy)
    last = story.now + longest(story)
    late = tuple(
        replace(one, started_at=one.started_at + timedelta(days=5)) for one in story.case.promises
    )
    case = replace(story.case, promises=late)
    assert len(list(too_long_is_decided(case, policy, last + A_SECOND))) == 1
    kept = tuple(replace(one, ended_at=story.now) for one in story.case.promises)
    done = replace(story.case, promises=kept)
    assert list(too_long_is_decided(done, policy, last + A_SECOND)) == []


def test_a_decision_for_the_customer_takes_refusals_back_and_leaves_offers(policy: Policy) -> None:
    event = DecidedForCustomer(at=Story(policy).now, promise="x")
    waiting = ready(policy).do(refusal()).case
    assert event.apply(waiting).refusal is None
    assert event.apply(waiting).in_favour_at == event.at
    told = ready(policy).refuse().case
    assert told.proposal is not None
    both = replace(told, objected=told.proposal)
    assert (event.apply(both).proposal, event.apply(both).objected) == (None, None)
    offered = ready(policy).propose().case
    assert offered.proposal is not None
    two = replace(offered, objected=offered.proposal)
    assert changed(two, event.apply(two)) == {"in_favour_at"}
    news = event.news(None)  # type: ignore[arg-type] - it needs nothing of the telling
    assert is_a_sentence(news)
    assert news == f"{DecidedForCustomer.TITLE}."


# ---------------------------------------------------------------- reviewing


def test_an_appeal_against_a_refusal_opens_the_case_for_review(policy: Policy) -> None:
    story = ready(policy).refuse().confirm().wait(days=1)
    before = story.case
    asked = only(decide(before, Appeal(CUSTOMER), policy, story.now), AppealMade)
    after = asked.apply(before)
    assert after.state == "review"
    assert after.review is not None
    assert (after.review.subject, after.review.promise) == ("refusal", "")
    assert after.review.review_by == asked.review_by
    assert after.closed[-1].end == story.now
    assert asked.particulars(policy) == f"trả lời trước {moment(asked.review_by)}"


def test_an_appeal_takes_up_what_was_objected_to(policy: Policy) -> None:
    story = ready(policy).refuse()
    standing = story.case.proposal
    asked = only(decide(story.case, Appeal(CUSTOMER), policy, story.now), AppealMade)
    assert asked.apply(story.case).proposal == standing
    objected = story.do(AddInformation(CUSTOMER, text="Không phải tôi.")).case
    assert (objected.proposal, objected.objected) == (None, standing)
    after = asked.apply(objected)
    assert (after.proposal, after.objected) == (standing, None)


def excused(policy: Policy) -> tuple[Story, str]:
    story = Story(policy).owned()
    promise = next(one for one in story.case.promises if one.stops_on == "answered")
    story.at(promise.due_at + A_SECOND)
    exemptions = policy.commitment(promise.commitment_id, promise.version).exemptions
    outside = next(one.id for one in exemptions if one.needs == "public_notice")
    story.do(ClaimExemption(LEAD, promise.key, outside, PHOTO, LONG, files=PAPER))
    return story.do(SignExemption(SECOND, promise=promise.key)), promise.key


def test_an_appeal_against_an_exemption_leaves_the_case_as_it_stands(policy: Policy) -> None:
    story, key = excused(policy)
    appeal = Appeal(CUSTOMER, promise=key)
    asked = only(decide(story.case, appeal, policy, story.now), AppealMade)
    after = asked.apply(story.case)
    assert changed(story.case, after) == {"review"}
    assert after.review is not None
    assert (after.review.subject, after.review.promise) == (f"exemption:{key}", key)


def test_a_review_that_keeps_the_no_changes_nothing_but_that_it_was_held(policy: Policy) -> None:
    story = ready(policy).refuse().do(Appeal(CUSTOMER))
    before = story.case
    event = only(decide(before, KEEP, policy, story.now), ReviewDecided)
    after = event.apply(before)
    assert changed(before, after) <= {
        "review",
        "reviewed",
        "messages",
        "concluded_by",
        "progress_missed",
    }
    assert (after.review, after.reviewed) == (None, ("refusal",))
    assert after.concluded_by == before.concluded_by | {REVIEWER.id}
    last = after.messages[-1]
    assert (last.number, last.purpose, last.sent_at) == (event.message, "review", story.now)
    assert event.about() == event.particulars(policy) == "giữ kết luận cũ"


def test_a_review_that_lifts_a_refusal_opens_the_case_as_if_it_had_not_been(
    policy: Policy,
) -> None:
    story = ready(policy).refuse().do(Appeal(CUSTOMER)).wait(hours=1)
    event = only(decide(story.case, LIFT, policy, story.now), ReviewDecided)
    after = event.apply(story.case)
    assert (after.state, after.proposal, after.objected) == ("open", None, None)
    assert after.resumed_at == story.now
    assert event.about() == "bỏ kết luận cũ"


def test_a_review_that_lifts_an_exemption_brings_back_the_money_of_that_promise_alone(
    policy: Policy,
) -> None:
    story, key = excused(policy)
    story.do(Appeal(CUSTOMER, promise=key))
    before = story.case
    assert {one.void for one in before.debts if one.promise == key} == {True}
    elsewhere = replace(before.debts[0], promise="elsewhere", void=True)
    both = replace(before, debts=(*before.debts, elsewhere))
    event = only(decide(both, LIFT, policy, story.now), ReviewDecided)
    after = event.apply(both)
    assert {one.void for one in after.debts if one.promise == key} == {False}
    assert after.debts[-1] == elsewhere
    promise = after.promise(key)
    assert promise is not None
    assert promise.exempt == "overturned"
    assert all(one.exempt != "overturned" for one in after.promises if one.key != key)
    assert after.state == both.state
    assert event.subject == f"exemption:{key}"
    once_more = event.model_copy(update={"subject": "exemption:other"})
    held = replace(both, reviewed=("exemption:old",))
    assert once_more.apply(held).reviewed == ("exemption:old", "exemption:other")


# ---------------------------------------------------------------- what many commands ask


def test_a_text_is_as_long_as_it_must_be_without_the_spaces_around_it() -> None:
    need_text("x" * 20)
    need_text("xin", least=3)
    need_text("e\u0302\u0301" * 2, least=2)
    for text, least in (("x" * 19, 20), (" " * 20, 20), (f" {'x' * 19} ", 20), ("xi", 3)):
        with pytest.raises(CommandRefused) as refused:
            need_text(text, least=least)
        assert refused.value.field == "text"
        assert refused.value.message == f"Viết nội dung, ít nhất {least} ký tự."
    with pytest.raises(CommandRefused) as elsewhere:
        need_text("", "reason")
    assert elsewhere.value.field == "reason"
    with pytest.raises(CommandRefused):
        need_text("e\u0302\u0301", least=2)  # one letter, however it was typed


def test_no_work_is_done_on_a_case_that_has_ended(policy: Policy) -> None:
    story = ready(policy)
    need_open(story.case)
    with pytest.raises(CommandRefused) as refused:
        need_open(story.propose().confirm().case)
    assert refused.value.field == "state"
    assert is_a_sentence(refused.value.message)
