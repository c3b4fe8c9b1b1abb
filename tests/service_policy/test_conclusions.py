"""The company proposes, the customer disposes: resolutions, refusals, reviews, reopening."""

import pytest

from service_policy.actors import CUSTOMER
from service_policy.cases import CommandRefused, decide, fold
from service_policy.cases.core.parts import STATE_WORDS
from service_policy.cases.holding.clocks import customer_clock
from service_policy.cases.holding.work import Recategorise, RecordCallback
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.refusal.refusing import RejectRefusal, SignRefusal
from service_policy.cases.refusal.review import Appeal, DecideReview
from service_policy.cases.resolution.proposing import DisputeResolution, ProposeResolution
from service_policy.cases.resolution.reopening import AnswerFollowUp, Reopen, Withdraw
from service_policy.cases.split_merge import MergeCases, SplitCase, merge, split
from service_policy.promises.policy import Policy
from tests.service_policy.conftest import local
from tests.service_policy.story import (
    AGENT,
    COMPLAINT,
    LEAD,
    LONG,
    PAPER,
    PHOTO,
    REVIEWER,
    SECOND,
    SECRET,
    Story,
    refusal,
)


def test_a_resolution_is_a_proposal_until_the_customer_confirms(policy: Policy) -> None:
    story = Story(policy).answer().at("2026-12-02T10:00").propose()
    assert story.case.state == "proposed"
    assert story.status("CK-03") == "running"
    story.at("2026-12-03T10:00").confirm()
    assert story.case.state == "closed"
    promise = story.case.promise("CK-03")
    assert promise is not None
    assert promise.ended_at == local("2026-12-02T10:00")
    assert story.case.outcome == "as_asked"


def test_silence_closes_only_after_a_delivered_notice_and_its_window(policy: Policy) -> None:
    story = Story(policy, remedy_wanted="explain").owned().answer()
    story.do(ProposeResolution(AGENT, outcome="explained", text=LONG))
    assert story.at("2026-12-08T10:00").case.state == "open"
    story.deliver()
    story.at("2026-12-15T16:59")
    assert story.case.state == "proposed"
    story.at("2026-12-15T17:01")
    assert story.case.state == "closed"
    assert story.status("CK-03") == "kept"


def test_a_late_resolution_is_late_even_when_the_customer_agrees(policy: Policy) -> None:
    story = Story(policy).answer().at("2026-12-11T10:00").propose().confirm().wait(hours=1)
    assert story.status("CK-03") == "missed"
    assert story.owed("CK-03") == 140_000
    assert story.wait(days=30).owed("CK-03") == 140_000 + 50_000  # not paid in time


def test_a_dispute_restores_all_the_time(policy: Policy) -> None:
    story = Story(policy).answer().at("2026-12-02T10:00").propose().at("2026-12-08T10:00")
    before = story.due("CK-03")
    story.do(DisputeResolution(CUSTOMER, text="Vẫn kêu."))
    assert story.case.state == "open"
    assert story.due("CK-03") == before == local("2026-12-09T17:00")
    story.at("2026-12-09T17:01")
    assert story.status("CK-03") == "missed"
    clock = customer_clock(story.case, policy.calendar, story.now)
    assert clock.counted_minutes == policy.calendar.working_minutes_between(
        story.case.received_at, story.now
    )


def test_reopening_takes_out_the_closed_days_and_nothing_else(policy: Policy) -> None:
    story = Story(policy).answer().at("2026-12-02T10:00").propose().confirm()
    story.at("2026-12-09T10:00").do(Reopen(CUSTOMER, text="Lại kêu."))
    assert story.case.state == "open"
    assert story.due("CK-03") == local("2026-12-16T17:00")
    story.at("2027-02-01T10:00").refuses(Reopen(CUSTOMER), "state")


def test_waiting_in_silence_does_not_buy_the_company_time(policy: Policy) -> None:
    story = Story(policy).answer().at("2026-12-02T10:00").propose().at("2026-12-14T08:00")
    assert story.case.state == "closed"
    story.at("2026-12-21T10:00").do(Reopen(CUSTOMER)).wait(minutes=1)
    assert story.status("CK-03") == "missed"


def test_a_case_may_be_reopened_for_thirty_days_only(policy: Policy) -> None:
    story = Story(policy).answer().propose().confirm().at("2027-01-20T10:00")
    story.refuses(Reopen(CUSTOMER), "state")


def test_seven_days_after_closing_the_customer_is_asked_once(policy: Policy) -> None:
    story = Story(policy).answer().propose().confirm().at("2026-12-06T10:00")
    assert "follow_up_asked" not in story.types()
    story.at("2026-12-07T17:00").at("2026-12-20T10:00")
    assert story.types().count("follow_up_asked") == 1
    story.do(AnswerFollowUp(CUSTOMER, fixed=False))
    assert story.case.state == "open"


def test_a_safety_case_is_never_closed_by_silence_nor_refused(policy: Policy) -> None:
    story = Story(policy, category="AT").owned()
    story.refuses(ProposeResolution(AGENT, outcome="as_asked", text=LONG), "state")
    story.refuses(refusal(), "state")
    story.do(RecordCallback(AGENT, reached=True, text="Đã dặn ngắt điện."))
    story.propose().at("2027-01-20T10:00")
    assert story.case.state == "proposed"


def test_a_refusal_needs_clause_evidence_text_and_a_second_person(policy: Policy) -> None:
    story = Story(policy).answer().owned()
    story.refuses(refusal(clause="BHP-03.99"), "clause")
    story.refuses(refusal(clause=""), "clause")
    story.refuses(refusal(evidence=()), "evidence")
    story.refuses(refusal(evidence=SECRET), "evidence")
    story.refuses(refusal(text="Do khách dùng sai."), "text")
    story.do(refusal())
    assert story.case.state == "open"
    assert story.case.messages[-1].purpose == "answer"
    own_signature = SignRefusal(SECOND.model_copy(update={"id": LEAD.id}))
    story.refuses(own_signature, "actor")
    story.refuses(SignRefusal(AGENT), "actor")
    story.do(SignRefusal(SECOND)).deliver()
    assert story.case.state == "refused"
    issued = next(event for event in story.events if event.type == "refusal_issued")
    assert issued.clause_version == "2026-07-01"
    assert issued.appeal_by > story.now


def test_a_refusal_nobody_signs_in_time_is_none(policy: Policy) -> None:
    story = Story(policy).answer().owned().do(refusal())
    story.now = local("2026-12-01T17:01")
    story.refuses(SignRefusal(SECOND), "state")
    story.at("2026-12-01T17:02")
    assert story.types()[-1] == "refusal_lapsed"
    story.do(refusal()).do(RejectRefusal(SECOND, text="Ảnh không rõ."))
    assert story.case.refusal is None


def test_a_clause_published_after_the_case_does_not_count(policy: Policy) -> None:
    from dataclasses import replace
    from datetime import date

    later = tuple(
        clause.model_copy(update={"effective_from": date(2026, 12, 1)}) for clause in policy.clauses
    )
    story = Story(replace(policy, clauses=later)).owned()
    story.at("2026-12-02T09:00").refuses(refusal(), "clause")


def test_a_review_is_decided_by_somebody_who_had_no_part_in_it(policy: Policy) -> None:
    story = Story(policy).answer().refuse().do(Appeal(CUSTOMER))
    assert story.case.state == "review"
    assert story.due("CK-16") == local("2026-12-07T17:00")
    keep = DecideReview(SECOND, upheld=True, evidence=PHOTO, text=LONG, files=PAPER)
    story.refuses(keep, "actor")
    without = DecideReview(REVIEWER, upheld=True, evidence=(), text=LONG)
    story.refuses(without, "evidence")
    story.do(DecideReview(REVIEWER, upheld=True, evidence=PHOTO, text=LONG, files=PAPER)).deliver()
    assert story.case.state == "closed"
    assert story.case.outcome == "refused"
    assert story.status("CK-16") == "kept"
    story.refuses(Appeal(CUSTOMER), "state")


def test_an_overturned_refusal_counts_as_never_having_been_there(policy: Policy) -> None:
    story = Story(policy).answer().at("2026-12-03T09:00").refuse().at("2026-12-08T09:00")
    story.do(Appeal(CUSTOMER)).at("2026-12-11T09:00")
    assert story.status("CK-03") == "running"
    story.do(DecideReview(REVIEWER, upheld=False, evidence=(), text=LONG))
    story.wait(minutes=1)
    assert story.case.state == "open"
    assert story.status("CK-03") == "missed"
    assert story.owed("CK-03") == 140_000


def test_a_late_review_is_a_missed_promise_of_its_own(policy: Policy) -> None:
    story = Story(policy).answer().refuse().do(Appeal(CUSTOMER)).at("2026-12-08T08:00")
    assert story.status("CK-16") == "missed"
    assert story.owed("CK-16") == 200_000


def test_a_case_without_conclusion_is_decided_for_the_customer(policy: Policy) -> None:
    story = Story(policy).answer().owned().at("2026-12-21T17:01")
    assert "decided_for_customer" in story.types()
    story.refuses(refusal(), "state")
    story.propose().confirm()
    assert story.case.state == "closed"


def test_withdrawing_ends_the_clocks_and_not_the_debts(policy: Policy) -> None:
    story = Story(policy).at("2026-12-02T09:00").do(Withdraw(CUSTOMER))
    assert story.case.state == "withdrawn"
    assert story.owed("CK-02") == 50_000
    assert story.status("CK-03") == "released"
    story.at("2026-12-03T09:00").pay(100_000)
    assert story.case.open_vnd == 0


def test_a_split_case_keeps_the_start_and_its_parent_everything(policy: Policy) -> None:
    story = Story(policy).answer().at("2026-12-03T09:00")
    old, new = split(
        story.case,
        SplitCase(LEAD, category="GT", text="Giao thiếu nắp nồi là việc riêng."),
        policy,
        story.now,
        reference="KN-1",
        new_reference="KN-2",
    )
    child = fold(new)
    assert [event.type for event in old] == ["case_split"]
    assert child.received_at == story.case.received_at
    dues = {one.commitment_id: one.due_at for one in child.promises}
    assert dues["CK-03"] == local("2026-12-03T17:00")
    assert dues["CK-02"] < story.now


def test_merging_keeps_the_earliest_start_and_dates(policy: Policy) -> None:
    late = Story(policy, now=local("2026-12-03T09:00"))
    early = Story(policy).at("2026-12-03T10:00")
    mine, theirs = merge(
        late.case,
        early.case,
        MergeCases(LEAD, other="KN-1", text="Cùng một nồi cơm, cùng một lỗi."),
        policy,
        local("2026-12-03T10:00"),
        kept_reference="KN-2",
    )
    late.events += mine
    early.events += theirs
    late.at("2026-12-03T10:01")
    early.at("2026-12-03T10:01")
    assert late.case.received_at == early.case.received_at == local("2026-11-30T09:00")
    assert late.due("CK-03") == local("2026-12-09T17:00")
    assert late.status("CK-02") == "missed"
    assert early.case.state == "merged"
    assert early.owed("CK-02") == 50_000
    late.ask().at("2026-12-03T15:00").do(AddInformation(CUSTOMER, text="Đây."))
    assert late.due("CK-03") == local("2026-12-09T17:00")


def test_cases_that_are_not_alike_are_not_merged(policy: Policy) -> None:
    first = fold(decide(None, COMPLAINT, policy, local("2026-11-30T09:00")))
    other = Story(policy, segment="dealer").case
    with pytest.raises(CommandRefused):
        merge(
            first,
            other,
            MergeCases(LEAD, other="b", text="Gộp lại cho gọn."),
            policy,
            local("2026-12-01T09:00"),
            kept_reference="a",
        )


def test_another_category_brings_a_date_forward_and_never_back(policy: Policy) -> None:
    story = Story(policy).at("2026-11-30T10:00")
    story.do(Recategorise(AGENT, category="GT", text="Thật ra là giao thiếu."))
    assert story.due("CK-03") == local("2026-12-03T17:00")
    assert story.due("CK-02") == local("2026-11-30T15:00")
    story.do(Recategorise(AGENT, category="CL", text="Trả về loại cũ."))
    assert story.due("CK-03") == local("2026-12-03T17:00")
    story.do(Recategorise(AGENT, category="AT", text="Có mùi khét, nguy hiểm."))
    assert story.due("CK-18") == local("2026-11-30T10:30")
    story.refuses(Recategorise(AGENT, category="CL", text="Hết nguy hiểm."), "category")


def test_a_pause_after_another_category_starts_from_the_stricter_date(policy: Policy) -> None:
    story = Story(policy).answer().at("2026-12-01T08:00")
    story.do(Recategorise(AGENT, category="GT", text="Thật ra là giao thiếu."))
    story.ask().at("2026-12-02T08:00").do(AddInformation(CUSTOMER, text="Đây."))
    assert story.due("CK-03") == local("2026-12-07T17:00")


def test_every_state_has_words() -> None:
    assert set(STATE_WORDS) >= {"open", "waiting", "proposed", "refused", "review", "closed"}
    assert not any("bên thứ ba" in words for words in STATE_WORDS.values())
