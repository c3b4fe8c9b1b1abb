"""Merging: no promise is lost, nothing lapsed comes back, dates only become earlier."""

from datetime import datetime

import pytest

from service_policy.actors import CUSTOMER
from service_policy.cases import CommandRefused
from service_policy.cases.money.exemptions import ClaimExemption, SignExemption
from service_policy.cases.refusal.review import Appeal, DecideReview
from service_policy.cases.resolution.reopening import Reopen
from service_policy.cases.split_merge import MergeCases, merge
from service_policy.promises.policy import Policy
from tests.service_policy.conftest import local
from tests.service_policy.story import LEAD, LONG, PAPER, PHOTO, REVIEWER, SECOND, Story, refusal

BOTH = MergeCases(LEAD, other="KN-2", text="Cùng một khách, cùng một việc.")


def together(kept: Story, other: Story) -> Story:
    """Merge ``other`` into ``kept`` at the later of their moments."""
    now = max(kept.now, other.now)
    mine, theirs = merge(
        kept.at(now).case, other.at(now).case, BOTH, kept.policy, now, kept_reference="KN-1"
    )
    kept.events += mine
    other.events += theirs
    return kept.at(now)


def open_dates(story: Story, commitment: str) -> list[datetime]:
    return [
        one.due_at for one in story.case.promises if one.commitment_id == commitment and one.is_open
    ]


def test_an_unanswered_question_keeps_its_own_promise(policy: Policy) -> None:
    kept = Story(policy).owned().answer()
    other = Story(policy, now=local("2026-11-30T11:00"))
    due = other.due("CK-02")
    together(kept, other)
    assert open_dates(kept, "CK-02") == [due]
    assert kept.case.promise("CK-02.2") is not None


def test_an_answer_from_before_does_not_answer_what_was_merged_in(policy: Policy) -> None:
    kept = Story(policy).owned().answer()
    together(kept, Story(policy, now=local("2026-11-30T11:00")))
    kept.ask().answer()
    promise = kept.case.promise("CK-02.2")
    assert promise is not None
    assert promise.ended_at == kept.now
    first = kept.case.promise("CK-02")
    assert first is not None
    assert first.ended_at == local("2026-11-30T09:00")


def test_a_right_to_refuse_that_had_lapsed_does_not_come_back(policy: Policy) -> None:
    late = Story(policy).at("2026-12-28T09:00")
    assert late.case.in_favour_at is not None
    kept = together(Story(policy, now=local("2026-12-28T08:00")), late)
    kept.owned().refuses(refusal(), "state")


def test_the_longest_time_counts_from_the_earlier_start(policy: Policy) -> None:
    early = Story(policy).at("2026-12-07T09:00")
    kept = together(Story(policy, now=local("2026-12-07T08:00")), early)
    kept.at("2026-12-21T17:01")
    assert kept.case.in_favour_at is not None


def test_a_pause_over_there_gives_its_time_back_first(policy: Policy) -> None:
    other = Story(policy).answer().at("2026-12-03T08:00").ask()
    other.at("2026-12-03T10:00")
    kept = together(Story(policy, now=local("2026-12-03T09:00")), other)
    assert open_dates(kept, "CK-03") == [local("2026-12-09T17:00")]


def test_a_promise_taken_over_is_not_moved_by_a_closing_before_it_came(policy: Policy) -> None:
    kept = Story(policy).propose().confirm().at("2026-12-02T09:00").do(Reopen(CUSTOMER))
    other = Story(policy, now=local("2026-12-02T08:00"))
    due = other.due("CK-02")
    together(kept, other).wait(minutes=1).ask()
    pause = kept.case.pauses[-1]
    calendar = policy.calendar
    waited = calendar.working_minutes_between(pause.started_at, pause.end)
    assert kept.due("CK-02.2") == calendar.add_working_minutes(due, waited)


def test_a_pause_that_runs_while_cases_are_merged_moves_no_stricter_date(policy: Policy) -> None:
    kept = Story(policy).owned().ask()
    other = Story(policy, now=local("2026-11-30T09:00"))
    due = other.due("CK-02")
    together(kept, other)
    assert kept.due("CK-02") == due
    assert kept.at("2026-12-18T09:00").due("CK-02") == due


def test_what_waits_for_a_second_person_or_a_review_is_finished_first(policy: Policy) -> None:
    kept = Story(policy)
    signing = Story(policy).owned().do(refusal())
    claiming = Story(policy).at("2026-12-01T09:01")
    claim = ClaimExemption(LEAD, "CK-01", "thien-tai", PHOTO, LONG, files=PAPER)
    claiming.do(claim)
    reviewed = Story(policy).at("2026-12-01T09:01").do(claim)
    reviewed.do(SignExemption(SECOND, promise="CK-01"))
    reviewed.do(Appeal(CUSTOMER, promise="CK-01"))
    for other in (signing, claiming, reviewed):
        now = other.now
        with pytest.raises(CommandRefused) as refused:
            merge(kept.case, other.case, BOTH, policy, now, kept_reference="KN-1")
        assert refused.value.field == "other"
    reviewed.do(DecideReview(REVIEWER, upheld=True, evidence=PHOTO, text=LONG, files=PAPER))
    together(kept, reviewed)
    assert reviewed.case.state == "merged"
