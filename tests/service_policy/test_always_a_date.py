"""No case of a kind with promises is ever without a date, whatever the day or the version."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_api.kinds import KINDS
from service_policy.actors import CUSTOMER, Actor
from service_policy.cases import CommandRefused, FileCase, decide, fold
from service_policy.cases.resolution.proposing import ConfirmResolution
from service_policy.cases.split_merge import SplitCase, split
from service_policy.content import read
from service_policy.promises.commitment import Commitment
from service_policy.promises.policy import Policy
from tests.service_policy.conftest import CONTENT, TODAY, local
from tests.service_policy.story import COMPLAINT, LEAD, LONG, MONDAY, Story

POLICY = read(CONTENT, TODAY).policy
CLERK_AT_THE_PHONE = Actor(id="u2", role="agent", department="cskh")
SEGMENTS = st.sampled_from(["household", "dealer", "project"])


def with_versions(change: Callable[[Commitment], Commitment | None]) -> Policy:
    changed = (change(one) for one in POLICY.versions)
    return replace(POLICY, versions=tuple(one for one in changed if one is not None))


def starting(day: date) -> Policy:
    return with_versions(lambda one: one.model_copy(update={"effective_from": day}))


def withdrawn(day: date) -> Policy:
    return with_versions(lambda one: one.model_copy(update={"effective_to": day}))


def in_pieces() -> Policy:
    """A first version until the end of August, the next one from December on."""
    old = withdrawn(date(2026, 8, 31)).versions
    new = tuple(
        one.model_copy(update={"version": 2, "effective_from": date(2026, 12, 1)})
        for one in POLICY.versions
    )
    return replace(POLICY, versions=(*old, *new))


POLICIES = {
    "as published": POLICY,
    "from tomorrow on": starting(date(2026, 12, 1)),
    "from next year on": starting(date(2027, 1, 1)),
    "withdrawn": withdrawn(date(2026, 10, 31)),
    "with a gap": in_pieces(),
}


def filings() -> st.SearchStrategy[FileCase]:
    complaints: st.SearchStrategy[Any] = st.builds(
        lambda category, priority: replace(COMPLAINT, category=category, priority=priority),
        st.sampled_from([one.id for one in POLICY.categories]),
        st.booleans(),
    )
    promised = [kind for kind in KINDS if kind.routed and POLICY.is_promised(kind.id)]
    routed = [(kind, topic) for kind in promised for topic in kind.topics or (None,)]
    others = st.builds(
        lambda about, segment, groups: FileCase(
            about[0].id, segment, topic=about[1], groups=frozenset(groups)
        ),
        st.sampled_from(routed),
        SEGMENTS,
        st.sampled_from([(), POLICY.matrix.groups[:1], POLICY.matrix.groups]),
    )
    return st.one_of(complaints, others)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    command=filings(),
    segment=SEGMENTS,
    policy=st.sampled_from(sorted(POLICIES)),
    back=st.timedeltas(timedelta(), timedelta(days=400)),
)
def test_every_case_that_is_received_has_a_date(
    command: Any, segment: Any, policy: str, back: timedelta
) -> None:
    told = replace(
        command,
        segment=segment,
        channel="phone",
        entered_by=CLERK_AT_THE_PHONE,
        taken_at=MONDAY - back,
    )
    case = fold(decide(None, told, POLICIES[policy], MONDAY))
    assert case.promises
    assert all(one.due_at > case.received_at for one in case.promises)


@pytest.mark.parametrize("day", ["2026-06-30T17:00", "2026-01-02T09:00", "2025-07-01T09:00"])
def test_what_was_told_before_the_first_version_has_the_first_version(day: str) -> None:
    told = replace(COMPLAINT, channel="phone", entered_by=CLERK_AT_THE_PHONE, taken_at=local(day))
    case = fold(decide(None, told, POLICY, MONDAY))
    assert [one.commitment_id for one in case.promises] == ["CK-01", "CK-02", "CK-03"]
    assert {one.version for one in case.promises} == {1}
    assert case.received_at == local(day)


def test_between_two_versions_the_next_one_holds_and_after_the_last_the_last() -> None:
    gap = fold(decide(None, COMPLAINT, POLICIES["with a gap"], MONDAY))
    assert {one.version for one in gap.promises} == {2}
    after = fold(decide(None, COMPLAINT, POLICIES["withdrawn"], MONDAY))
    assert [one.commitment_id for one in after.promises] == ["CK-01", "CK-02", "CK-03"]


@pytest.mark.parametrize("segment", ["household", "dealer"])
def test_where_nothing_is_promised_to_anybody_like_this_it_is_refused(segment: Any) -> None:
    projects = with_versions(
        lambda one: one.model_copy(
            update={"scope": one.scope.model_copy(update={"segments": ("project",)})}
        )
    )
    with pytest.raises(CommandRefused, match="không phiếu nào") as refused:
        decide(None, replace(COMPLAINT, segment=segment), projects, MONDAY)
    assert refused.value.field == "segment"
    assert decide(None, replace(COMPLAINT, segment="project"), projects, MONDAY)


@pytest.mark.parametrize("days", [1, 30, 4000])
def test_no_clock_starts_in_the_future(days: int) -> None:
    told = replace(
        COMPLAINT,
        channel="phone",
        entered_by=CLERK_AT_THE_PHONE,
        taken_at=MONDAY + timedelta(days=days),
    )
    with pytest.raises(CommandRefused) as refused:
        decide(None, told, POLICY, MONDAY)
    assert refused.value.field == "taken_at"


@pytest.mark.parametrize("name", POLICIES)
def test_a_part_that_is_split_off_and_another_category_keep_dates(name: str) -> None:
    policy = POLICIES[name]
    story = Story(policy)
    command = SplitCase(LEAD, "HD", LONG)
    names = {"reference": "KN-1", "new_reference": "KN-2"}
    _, theirs = split(story.case, command, policy, MONDAY, **names)
    assert fold(theirs).promises


def test_a_case_of_a_day_before_the_promises_can_be_refused_nothing_and_reviewed() -> None:
    """What was not published yet refuses nothing; the ways of the customer are all there."""
    policy = POLICIES["from tomorrow on"]
    story = Story(policy).owned().answer().propose()
    assert story.do(ConfirmResolution(CUSTOMER)).case.state == "closed"
    assert policy.promised_on(date(2020, 1, 1), lambda one: bool(one.ruled("review"))) is not None
    assert policy.promised_on(date(2020, 1, 1), lambda one: one.id == "CK-99") is None
    assert policy.commitments_near(date(2020, 1, 1)) != ()


def test_a_policy_without_any_promise_for_a_kind_takes_the_case_as_before() -> None:
    nothing = with_versions(lambda one: one.model_copy(update={"applies_to": ()}))
    assert (
        fold(decide(None, COMPLAINT, nothing, datetime(2026, 11, 30, 2, tzinfo=UTC))).promises == ()
    )
