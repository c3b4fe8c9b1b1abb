"""Reports of progress: when the next one is due, when one was missed; no deadline moves."""

from service_policy.actors import CUSTOMER
from service_policy.cases.holding.lateness import next_report
from service_policy.cases.messages.answers import SendUpdate
from service_policy.cases.resolution.proposing import DisputeResolution
from service_policy.cases.resolution.reopening import Reopen, Withdraw
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.policy import Policy
from tests.service_policy.conftest import local
from tests.service_policy.story import AGENT, LONG, Story


def due(story: Story) -> str:
    """Return when the next report is due, in Vietnam's time."""
    report = next_report(story.case, story.policy)
    assert report is not None
    assert f"{report.due_at.astimezone(VIETNAM):%H:%M}" == "17:00"
    return f"{report.due_at.astimezone(VIETNAM):%Y-%m-%d}"


def count(story: Story, kind: str) -> int:
    return story.types().count(kind)


def test_it_counts_from_the_start_and_then_from_the_last_message(policy: Policy) -> None:
    story = Story(policy)
    assert due(story) == "2026-12-03"
    story.at("2026-12-02T09:00").do(SendUpdate(AGENT, text=LONG))
    assert due(story) == "2026-12-07"
    story.at("2026-12-04T09:00").ask()
    assert due(story) == "2026-12-09"


def test_missed_ones_are_written_once_each_whether_swept_often_or_late(policy: Policy) -> None:
    often, rarely = Story(policy), Story(policy)
    for day in range(1, 13):
        often.at(f"2026-12-{day:02}T18:00").at(f"2026-12-{day:02}T18:30")
    rarely.at("2026-12-12T18:30")
    assert count(often, "progress_missed") == count(rarely, "progress_missed") == 3
    assert often.case.progress_missed == rarely.case.progress_missed
    assert often.due("CK-03") == rarely.due("CK-03") == local("2026-12-09T17:00")


def test_the_reminder_comes_before_the_date_and_once(policy: Policy) -> None:
    story = Story(policy).at("2026-12-03T14:59")
    assert count(story, "progress_due") == 0
    story.at("2026-12-03T15:01").at("2026-12-03T16:00")
    assert count(story, "progress_due") == 1
    story.do(SendUpdate(AGENT, text=LONG)).at("2026-12-08T15:30")
    assert count(story, "progress_due") == 2
    assert count(story, "progress_missed") == 0


def test_a_conclusion_in_the_customers_hands_needs_no_report(policy: Policy) -> None:
    story = Story(policy).answer().at("2026-12-02T09:00").propose()
    assert next_report(story.case, policy) is None
    story.at("2026-12-07T09:00").do(DisputeResolution(CUSTOMER))
    assert due(story) == "2026-12-10"
    assert count(story, "progress_missed") == 0


def test_time_in_which_the_case_was_closed_needs_no_report(policy: Policy) -> None:
    story = Story(policy).answer().do(Withdraw(CUSTOMER)).at("2026-12-14T09:00")
    assert next_report(story.case, policy) is None
    story.do(Reopen(CUSTOMER))
    assert due(story) == "2026-12-17"
    assert count(story, "progress_missed") == 0


def test_what_promises_no_reports_owes_none(policy: Policy) -> None:
    story = Story(policy)
    progress = {one.id for one in policy.versions if one.ruled("progress") is not None}
    assert progress == {"CK-03"}
    report = next_report(story.case, policy)
    assert report is not None
    assert report.promise == "CK-03"
