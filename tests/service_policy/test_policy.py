"""Which promises a case carries, by when, and what a miss costs."""

import subprocess
import sys
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_policy.content import Library
from service_policy.promises.commitment import in_force
from service_policy.promises.policy import Policy, Promise, fingerprint_of
from service_policy.segments import SegmentId
from tests.service_policy.conftest import local
from tooling.paths import ROOT

MONDAY = local("2026-11-23T09:00")


def complaint(policy: Policy, category: str = "CL", **more: object) -> dict[str, Promise]:
    promises = policy.promises_for("complaint", "household", MONDAY, category=category, **more)  # type: ignore[arg-type]
    return {promise.commitment.id: promise for promise in promises}


def test_a_complaint_carries_the_three_basic_promises_with_dates(policy: Policy) -> None:
    promises = complaint(policy)
    assert list(promises) == ["CK-01", "CK-02", "CK-03"]
    assert promises["CK-01"].due_at == local("2026-11-23T14:00")
    assert promises["CK-02"].due_at == local("2026-11-25T09:00")
    assert promises["CK-03"].due_at == local("2026-12-03T17:00")
    assert [one.if_missed_vnd for one in promises.values()] == [50_000, 50_000, 100_000]


def test_a_category_shortens_a_deadline(policy: Policy) -> None:
    promises = complaint(policy, "GT")
    assert promises["CK-02"].due_at == local("2026-11-23T14:00")
    assert promises["CK-03"].due_at == local("2026-11-27T17:00")


def test_a_safety_complaint_is_called_back_within_thirty_minutes(policy: Policy) -> None:
    promises = complaint(policy, "AT")
    assert promises["CK-18"].due_at == local("2026-11-23T09:30")
    assert promises["CK-02"].due_at == local("2026-11-23T09:30")


def test_a_priority_customer_gets_one_more_promise_and_double_money(policy: Policy) -> None:
    promises = complaint(policy, priority=True)
    assert list(promises) == ["CK-01", "CK-02", "CK-03", "CK-17"]
    assert promises["CK-02"].if_missed_vnd == 100_000
    assert promises["CK-17"].due_at == local("2026-11-23T14:00")


def test_an_invoice_inquiry_is_answered_within_its_own_promise(policy: Policy) -> None:
    def ids(topic: str) -> list[str]:
        found = policy.promises_for("invoice_inquiry", "dealer", MONDAY, topic=topic)
        return [promise.commitment.id for promise in found]

    assert ids("balance") == ["CK-01", "CK-12"]
    assert ids("wrong_details") == ["CK-01", "CK-11", "CK-12"]


def test_a_case_filed_on_a_holiday_counts_from_the_next_working_day(policy: Policy) -> None:
    promises = policy.promises_for(
        "complaint", "household", local("2027-02-06T10:00"), category="CL"
    )
    assert promises[0].due_at == local("2027-02-11T12:00")


def test_every_category_and_segment_has_its_three_promises(policy: Policy) -> None:
    for category in policy.categories:
        for segment in policy.matrix.segments:
            promises = policy.promises_for("complaint", segment.id, MONDAY, category=category.id)
            assert {"CK-01", "CK-02", "CK-03"} <= {one.commitment.id for one in promises}


@given(
    moment=st.datetimes(datetime(2026, 7, 2), datetime(2030, 1, 1)),  # noqa: DTZ001
    category=st.sampled_from("AT BH TC GT HH HD CN GI NV CL DT TT DL KH".split()),
    segment=st.sampled_from(["household", "dealer", "project"]),
    priority=st.booleans(),
)
def test_no_promise_falls_due_before_the_case_is_filed(
    policy: Policy, moment: datetime, category: str, segment: SegmentId, priority: bool
) -> None:
    filed = local(moment.isoformat())
    for promise in policy.promises_for(
        "complaint",
        segment,
        filed,
        category=category,
        priority=priority,
    ):
        assert promise.due_at >= filed
        assert promise.if_missed_vnd is None or promise.if_missed_vnd > 0


def test_there_are_eighteen_commitments_and_a_day_before_them_none(library: Library) -> None:
    assert [one.number for one in library.commitments] == list(range(1, 19))
    assert in_force(library.policy.versions, date(2026, 6, 30)) == ()


def test_the_newest_version_in_force_is_the_one_that_applies(policy: Policy) -> None:
    first = policy.commitment("CK-02", 1)
    second = first.model_copy(update={"version": 2, "effective_from": date(2027, 1, 1)})
    both = (second, first)
    assert [one.version for one in in_force(both, date(2026, 12, 31))] == [1]
    assert [one.version for one in in_force(both, date(2027, 1, 1))] == [2]


def test_the_fingerprint_changes_with_any_promise(policy: Policy) -> None:
    first = policy.commitment("CK-02", 1)
    changed = first.model_copy(update={"late_payment_add_vnd": 50_001})
    assert fingerprint_of([first]) != fingerprint_of([changed])
    assert fingerprint_of([first]) == fingerprint_of([first.model_copy(update={"path": "x"})])
    assert len(policy.fingerprint) == 12


def test_an_unknown_version_is_an_error(policy: Policy) -> None:
    with pytest.raises(KeyError):
        policy.commitment("CK-02", 99)


def test_the_rules_import_without_flask_pelican_or_sqlalchemy() -> None:
    code = (
        "import sys, service_policy.cases, service_policy.content\n"
        "bad = {'flask', 'pelican', 'sqlalchemy', 'markdown', 'jinja2'} & set(sys.modules)\n"
        "sys.exit(repr(bad) if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True)
    assert done.returncode == 0, done.stderr
