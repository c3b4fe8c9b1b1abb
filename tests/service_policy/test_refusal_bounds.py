"""Refusing, signing, appealing and reviewing: each condition alone, each limit from both sides.

``decide`` is asked directly where the moment matters: the sweep, which runs before every command,
would write down what has lapsed and so hide that the rule itself holds the limit.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from service_policy.actors import CUSTOMER, Actor
from service_policy.cases import CaseCommand, CommandRefused, Event, Evidence, decide, fold
from service_policy.cases.core.command import need
from service_policy.cases.core.promises import pinned_term
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.money.exemptions import ClaimExemption, SignExemption
from service_policy.cases.refusal.refusing import RejectRefusal, SignRefusal
from service_policy.cases.refusal.review import Appeal, DecideReview
from service_policy.cases.resolution.reopening import Reopen, Withdraw
from service_policy.promises.clock import due_at
from service_policy.promises.compensation import at_the_miss
from service_policy.promises.policy import Policy
from tests.service_policy.story import (
    AGENT,
    LEAD,
    LONG,
    PAPER,
    PHOTO,
    REVIEWER,
    SECOND,
    SECRET,
    Story,
    is_a_sentence,
    refusal,
)

SECOND_LATER = timedelta(seconds=1)
ENOUGH = "x" * 30
"""A conclusion of the least length."""
NO_EVENT = (Evidence(id="sk", readable_by_customer=True, kind="event", number=999),)
KEEP = DecideReview(REVIEWER, upheld=True, evidence=PHOTO, text=LONG, files=PAPER)
LIFT = DecideReview(REVIEWER, upheld=False, evidence=(), text=LONG)


def decided(story: Story, command: CaseCommand) -> tuple[Event, ...]:
    """What a command causes at this moment, no sweep before it."""
    return decide(story.case, command, story.policy, story.now)


def refuses(story: Story, command: CaseCommand, field: str) -> None:
    with pytest.raises(CommandRefused) as refused:
        decided(story, command)
    assert refused.value.field == field
    assert is_a_sentence(refused.value.message), refused.value.message


def told(event: Event) -> dict[str, Any]:
    return event.model_dump(exclude={"files", "type"})


def ready(policy: Policy, **changes: Any) -> Story:
    """An open case with an owner, in which a refusal may be proposed."""
    return Story(policy, **changes).owned().answer()


def proposed(policy: Policy) -> Story:
    return ready(policy).do(refusal())


def refused(policy: Policy) -> Story:
    return ready(policy).refuse()


# ---------------------------------------------------------------- the one way of saying no


def test_a_need_that_holds_says_nothing_and_one_that_does_not_says_field_and_message() -> None:
    need(True, "text", "Viết nội dung.")
    need("there", "text", "Viết nội dung.")
    with pytest.raises(CommandRefused) as raised:
        need(0, "text", "Viết nội dung.")
    assert (raised.value.field, raised.value.message) == ("text", "Viết nội dung.")
    assert str(raised.value) == "Viết nội dung."


# ---------------------------------------------------------------- proposing


def test_a_proposed_refusal_holds_clause_version_evidence_and_the_time_to_sign(
    policy: Policy,
) -> None:
    story = ready(policy)
    (event,) = decided(story, refusal(text=ENOUGH))
    clause = next(one for one in policy.clauses if one.id == refusal().clause)
    assert event.type == "refusal_proposed"
    assert told(event) == {
        "at": story.now,
        "by": LEAD.model_dump(),
        "clause": clause.id,
        "clause_version": clause.version,
        "evidence": ("tep-1",),
        "sign_by": due_at(policy.company.handling.sign_within, story.now, policy.calendar),
    }


def _danger(policy: Policy) -> str:
    return next(one.id for one in policy.categories if one.danger)


def _in_favour(policy: Policy) -> Story:
    story = ready(policy)
    while story.case.in_favour_at is None:
        story.wait(days=1)
    return story


NOT_NOW: dict[str, tuple[Callable[[Policy], Story], str]] = {
    "the case was withdrawn": (lambda p: ready(p).do(Withdraw(CUSTOMER)), "state"),
    "a resolution waits for the customer": (lambda p: ready(p).propose(), "state"),
    "a refusal was told": (refused, "state"),
    "nobody answers for the case": (lambda p: Story(p).answer(), "owner"),
    "another refusal waits for its signature": (proposed, "state"),
    "it is about danger": (lambda p: ready(p, category=_danger(p)), "state"),
    "the customer is right by lapse of time": (_in_favour, "state"),
}


@pytest.mark.parametrize("why", NOT_NOW)
def test_no_refusal_is_proposed_when(policy: Policy, why: str) -> None:
    build, field = NOT_NOW[why]
    refuses(build(policy), refusal(), field)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"clause": "none-such"}, "clause"),
        ({"clause": ""}, "clause"),
        ({"evidence": ()}, "evidence"),
        ({"evidence": SECRET}, "evidence"),
        ({"files": ()}, "evidence"),
        ({"evidence": NO_EVENT}, "event"),
        ({"text": ENOUGH[1:]}, "text"),
        ({"text": f" {ENOUGH[1:]} "}, "text"),
        ({"actor": LEAD.model_copy(update={"role": "agent"})}, "actor"),
    ],
)
def test_a_refusal_needs_each_of_its_parts(
    policy: Policy, change: dict[str, Any], field: str
) -> None:
    refuses(ready(policy), refusal(**change), field)


def test_who_may_refuse_is_told_by_the_title_that_the_pages_give(policy: Policy) -> None:
    with pytest.raises(CommandRefused) as raised:
        decided(ready(policy), refusal(actor=AGENT))
    title = policy.company.decisions.refuse.title
    assert raised.value.message == f"Chỉ {title} được quyết từ chối."


# ---------------------------------------------------------------- signing


def test_a_signed_refusal_carries_both_persons_and_the_last_day_of_the_appeal(
    policy: Policy,
) -> None:
    story = proposed(policy)
    waiting = story.case.refusal
    assert waiting is not None
    (event,) = decided(story.wait(minutes=30), SignRefusal(SECOND))
    assert event.type == "refusal_issued"
    assert told(event) == {
        "at": story.now,
        "by": SECOND.model_dump(),
        "proposed_by": LEAD.id,
        "message": waiting.number,
        "clause": waiting.clause,
        "clause_version": waiting.clause_version,
        "evidence": waiting.evidence,
        "appeal_by": due_at(policy.company.handling.appeal_within, story.now, policy.calendar),
    }


def test_a_signature_counts_to_the_last_moment_of_its_time_and_not_a_second_longer(
    policy: Policy,
) -> None:
    story = proposed(policy)
    waiting = story.case.refusal
    assert waiting is not None
    story.now = waiting.sign_by
    assert decided(story, SignRefusal(SECOND))[0].type == "refusal_issued"
    story.now += SECOND_LATER
    refuses(story, SignRefusal(SECOND), "state")


def test_the_sweep_lets_a_refusal_lapse_only_when_its_last_moment_is_over(policy: Policy) -> None:
    story = proposed(policy)
    waiting = story.case.refusal
    assert waiting is not None
    assert story.at(waiting.sign_by).case.refusal == waiting
    assert story.at(waiting.sign_by + SECOND_LATER).case.refusal is None


@pytest.mark.parametrize(
    "signer",
    [
        SECOND.model_copy(update={"id": LEAD.id}),
        SECOND.model_copy(update={"department": "qa"}),
        LEAD.model_copy(update={"id": "u30"}),
        REVIEWER,
    ],
)
def test_only_another_person_whom_the_pages_name_signs(policy: Policy, signer: Actor) -> None:
    refuses(proposed(policy), SignRefusal(signer), "actor")


def test_who_signs_is_told_by_the_title_that_the_pages_give(policy: Policy) -> None:
    with pytest.raises(CommandRefused) as raised:
        decided(proposed(policy), SignRefusal(REVIEWER))
    title = policy.company.decisions.sign.title
    assert raised.value.message == f"Chỉ {title} được ký lời từ chối."


def test_nothing_is_signed_or_sent_back_where_nothing_waits(policy: Policy) -> None:
    story = ready(policy)
    refuses(story, SignRefusal(SECOND), "state")
    refuses(story, RejectRefusal(SECOND, text="Ảnh mờ."), "state")
    story.do(refusal()).do(Withdraw(CUSTOMER))
    refuses(story, SignRefusal(SECOND), "state")


def test_not_signing_needs_a_word_of_five_letters(policy: Policy) -> None:
    story = proposed(policy)
    refuses(story, RejectRefusal(SECOND, text="Mờ ."), "text")
    (event,) = decided(story, RejectRefusal(SECOND, text="Mờ ạ."))
    assert event.type == "refusal_rejected"
    assert told(event) == {"at": story.now, "by": SECOND.model_dump()}


# ---------------------------------------------------------------- appealing


@pytest.mark.parametrize("priority", [False, True])
def test_an_appeal_makes_a_promise_of_its_own_with_the_published_date(
    policy: Policy, priority: bool
) -> None:
    story = ready(policy, priority=priority).refuse().wait(hours=3)
    commitment, within = pinned_term(story.case, policy, "review")
    assert commitment is not None
    assert within is not None
    asked, promised = decided(story, Appeal(CUSTOMER, text="Không đúng."))
    due = due_at(within, story.now, policy.calendar)
    assert asked.type == "appeal_made"
    assert told(asked) == {
        "at": story.now,
        "by": CUSTOMER.model_dump(),
        "subject": "refusal",
        "promise": "",
        "review_by": due,
    }
    assert promised.type == "promise_made"
    rule = commitment.rule(story.case.segment)
    assert rule is not None
    multiple = policy.priority_multiple(story.case.segment, story.case.pinned_on)
    assert multiple > 1
    assert told(promised) == {
        "at": story.now,
        "commitment_id": commitment.id,
        "version": commitment.version,
        "title": commitment.title,
        "measure": commitment.measure,
        "due_at": due,
        "if_missed_vnd": at_the_miss(rule, multiple=multiple if priority else 1),
        "if_missed": rule.describe(),
        "started_at": None,
        "stops_on": "reviewed",
        "unit": within.unit,
    }


def test_what_was_refused_and_objected_to_may_be_reviewed_still(policy: Policy) -> None:
    story = refused(policy).wait(hours=1)
    story.do(AddInformation(CUSTOMER, text="Tôi không làm rơi máy."))
    assert story.case.state == "open"
    assert decided(story, Appeal(CUSTOMER))[0].type == "appeal_made"


def test_an_objection_to_a_resolution_is_no_refusal_to_review(policy: Policy) -> None:
    story = ready(policy).propose().wait(hours=1)
    story.do(AddInformation(CUSTOMER, text="Vẫn kêu."))
    assert story.case.objected is not None
    refuses(story, Appeal(CUSTOMER), "state")


def test_a_case_without_a_refusal_has_nothing_to_review(policy: Policy) -> None:
    refuses(ready(policy), Appeal(CUSTOMER), "state")
    refuses(ready(policy).propose().confirm(), Appeal(CUSTOMER), "state")


def test_a_refusal_that_closed_the_case_may_be_reviewed_as_long_as_it_may_be_reopened(
    policy: Policy,
) -> None:
    story = refused(policy).confirm()
    assert (story.case.state, story.case.outcome) == ("closed", "refused")
    closed_at = story.case.closed[-1].start
    story.now = due_at(policy.company.handling.reopen_within, closed_at, policy.calendar)
    assert decided(story, Appeal(CUSTOMER))[0].type == "appeal_made"
    story.now += SECOND_LATER
    refuses(story, Appeal(CUSTOMER), "state")


def test_the_last_closing_counts_for_the_time_to_appeal(policy: Policy) -> None:
    story = ready(policy).propose().confirm().wait(days=20).do(Reopen(CUSTOMER))
    story.refuse().confirm()
    first, last = story.case.closed
    limit = policy.company.handling.reopen_within
    story.now = due_at(limit, last.start, policy.calendar)
    assert story.now > due_at(limit, first.start, policy.calendar)
    assert decided(story, Appeal(CUSTOMER))[0].type == "appeal_made"


def test_a_review_that_runs_is_not_asked_for_again(policy: Policy) -> None:
    refuses(refused(policy).do(Appeal(CUSTOMER)), Appeal(CUSTOMER), "state")


def test_what_was_reviewed_once_is_not_reviewed_again(policy: Policy) -> None:
    kept = refused(policy).do(Appeal(CUSTOMER)).do(KEEP)
    assert kept.case.state == "review"  # until the decision is delivered
    refuses(kept, Appeal(CUSTOMER), "state")
    refuses(kept.deliver(), Appeal(CUSTOMER), "state")


def test_without_a_published_time_for_reviews_none_is_promised(policy: Policy) -> None:
    story = refused(policy)
    silent = tuple(one for one in policy.versions if one.ruled("review") is None)
    assert len(silent) < len(policy.versions)
    story.policy = replace(policy, versions=silent)
    refuses(story, Appeal(CUSTOMER), "state")


# ---------------------------------------------------------------- appealing against an exemption


def excused(policy: Policy) -> tuple[Story, str]:
    """A case with a missed promise whose compensation was excused and signed; and its key."""
    story = Story(policy).owned()
    promise = next(one for one in story.case.promises if one.stops_on == "answered")
    story.at(promise.due_at + SECOND_LATER)
    outside = next(
        one.id
        for one in policy.commitment(promise.commitment_id, promise.version).exemptions
        if one.needs == "public_notice"
    )
    story.do(ClaimExemption(LEAD, promise.key, outside, PHOTO, LONG, files=PAPER))
    return story, promise.key


def test_an_excused_promise_is_reviewed_under_its_own_name(policy: Policy) -> None:
    story, key = excused(policy)
    appeal = Appeal(CUSTOMER, promise=key)
    refuses(story, appeal, "promise")  # claimed, not signed yet
    story.do(SignExemption(SECOND, promise=key))
    refuses(story, Appeal(CUSTOMER, promise="none-such"), "promise")
    other = next(one.key for one in story.case.promises if one.exempt == "no")
    refuses(story, Appeal(CUSTOMER, promise=other), "promise")
    refuses(story, Appeal(CUSTOMER), "state")  # nothing was refused
    asked = decided(story, appeal)[0]
    assert told(asked)["subject"] == f"exemption:{key}"
    assert told(asked)["promise"] == key
    story.do(appeal).do(KEEP)
    assert story.case.reviewed == (f"exemption:{key}",)
    refuses(story, appeal, "state")


def test_an_exemption_is_signed_to_the_last_moment_and_not_a_second_longer(
    policy: Policy,
) -> None:
    story, key = excused(policy)
    (claim,) = story.case.claims
    sign_by = claim.sign_by
    assert sign_by == due_at(policy.company.handling.sign_within, story.now, policy.calendar)
    story.now = sign_by
    signed = SignExemption(SECOND, promise=key)
    assert [one.type for one in decided(story, signed)] == ["exemption_granted"]
    assert story.at(sign_by).case.claims
    story.now += SECOND_LATER
    refuses(story, signed, "promise")
    not_signed = replace(signed, granted=False)
    assert [one.type for one in decided(story, not_signed)] == ["exemption_lapsed"]
    assert not story.at(story.now).case.claims


# ---------------------------------------------------------------- deciding the review


def test_the_decision_says_what_was_reviewed_how_it_came_out_and_on_what(policy: Policy) -> None:
    story = refused(policy).do(Appeal(CUSTOMER)).wait(hours=2)
    (event,) = decided(story, replace(KEEP, text=ENOUGH))
    assert event.type == "review_decided"
    assert told(event) == {
        "at": story.now,
        "by": REVIEWER.model_dump(),
        "message": story.case.seq + 1,
        "subject": "refusal",
        "upheld": True,
        "evidence": ("tep-1",),
    }
    (lifted,) = decided(story, LIFT)
    assert (told(lifted)["upheld"], told(lifted)["evidence"]) == (False, ())
    assert [one.number for one in fold([*story.events, lifted]).messages][-1] == story.case.seq + 1


NO_DECISION: dict[str, tuple[DecideReview, str]] = {
    "by who proposed it": (
        replace(KEEP, actor=REVIEWER.model_copy(update={"id": LEAD.id})),
        "actor",
    ),
    "by who signed it": (
        replace(KEEP, actor=REVIEWER.model_copy(update={"id": SECOND.id})),
        "actor",
    ),
    "by another department": (
        replace(KEEP, actor=REVIEWER.model_copy(update={"department": "qa"})),
        "actor",
    ),
    "in too few words": (replace(LIFT, text=ENOUGH[1:]), "text"),
    "a no without evidence": (replace(KEEP, evidence=()), "evidence"),
    "a no on what the customer cannot read": (replace(KEEP, evidence=SECRET), "evidence"),
    "a no on an event that is not there": (
        replace(KEEP, evidence=NO_EVENT),
        "event",
    ),
}


@pytest.mark.parametrize("how", NO_DECISION)
def test_a_review_is_not_decided(policy: Policy, how: str) -> None:
    command, field = NO_DECISION[how]
    refuses(refused(policy).do(Appeal(CUSTOMER)), command, field)


def test_who_reviews_is_told_by_the_title_that_the_pages_give(policy: Policy) -> None:
    stranger = REVIEWER.model_copy(update={"department": "qa"})
    with pytest.raises(CommandRefused) as raised:
        decided(refused(policy).do(Appeal(CUSTOMER)), replace(KEEP, actor=stranger))
    title = policy.company.decisions.review.title
    assert raised.value.message == f"Chỉ {title} được quyết định xem xét lại."


def test_no_review_is_decided_that_nobody_asked_for(policy: Policy) -> None:
    refuses(refused(policy), KEEP, "state")
    refuses(ready(policy), LIFT, "state")
