"""Cases are folds of events, and commands are decided by the published rules."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_policy.cases import (
    Case,
    CommandRefused,
    FileCase,
    NotAHistory,
    as_of,
    decide,
    evolve,
    fold,
    read_event,
)
from service_policy.promises.policy import Policy
from tests.service_policy.conftest import local

NOW = local("2026-11-20T17:01")
COMPLAINT = FileCase("complaint", "household", category="CL")
INQUIRY = FileCase("invoice_inquiry", "dealer", topic="delivery_status")


def filed(policy: Policy, **changes: object) -> Case:
    return fold(decide(None, replace(COMPLAINT, **changes), policy, NOW))  # type: ignore[arg-type]


def owed(case: Case, policy: Policy, now: datetime) -> dict[str, int]:
    """What each promise costs at ``now``, without the extra for paying late."""
    then = as_of(case, policy, now)
    return {
        promise.key: sum(
            debt.vnd
            for debt in then.debts
            if debt.promise == promise.key and debt.reason == "missed"
        )
        for promise in then.promises
    }


def test_a_complaint_becomes_a_case_with_an_owner_and_dated_promises(policy: Policy) -> None:
    case = filed(policy)
    assert (case.kind, case.state, case.seq) == ("complaint", "open", 4)
    assert case.owner_role == "Trưởng phòng Bảo đảm chất lượng"
    assert case.holder_since == case.received_at == NOW
    assert case.fingerprint == policy.fingerprint
    assert [one.commitment_id for one in case.promises] == ["CK-01", "CK-02", "CK-03"]


def test_a_delivery_question_belongs_to_the_warehouse_and_a_balance_to_accounting(
    policy: Policy,
) -> None:
    assert fold(decide(None, INQUIRY, policy, NOW)).owner_department == "kho-van"
    balance = replace(INQUIRY, topic="balance")
    assert fold(decide(None, balance, policy, NOW)).owner_department == "ke-toan"


def test_events_hold_nothing_personal(policy: Policy) -> None:
    private = {"name": "Nguyễn Thị Mẫu", "phone": "+84912345678", "description": "Nồi kêu to"}
    for command in (COMPLAINT, INQUIRY):
        events = decide(None, replace(command, private=private), policy, NOW)
        text = "".join(event.model_dump_json() for event in events)
        for personal in ("Mẫu", "912345678", "kêu to"):
            assert personal not in text
        assert "Mẫu" not in repr(replace(command, private=private))


def test_events_survive_being_written_and_read(policy: Policy) -> None:
    events = decide(None, COMPLAINT, policy, NOW)
    read = tuple(read_event(json.loads(event.model_dump_json())) for event in events)
    assert read == events
    assert fold(read) == fold(events)


def test_a_category_that_is_not_published_is_refused(policy: Policy) -> None:
    with pytest.raises(CommandRefused) as refused:
        filed(policy, category="ZZ")
    assert refused.value.field == "category"


def test_a_case_cannot_be_received_twice(policy: Policy) -> None:
    case = filed(policy)
    with pytest.raises(CommandRefused):
        decide(case, COMPLAINT, policy, NOW)
    with pytest.raises(NotAHistory):
        evolve(case, decide(None, COMPLAINT, policy, NOW)[0])
    with pytest.raises(NotAHistory):
        fold(decide(None, COMPLAINT, policy, NOW)[1:])
    with pytest.raises(NotAHistory):
        fold(())


def test_a_promise_is_missed_the_moment_after_its_deadline_and_money_is_owed(
    policy: Policy,
) -> None:
    case = filed(policy)
    answer = case.promises[1]
    assert answer.status(answer.due_at) == "running"
    assert owed(case, policy, answer.due_at)["CK-02"] == 0
    late = answer.due_at + timedelta(seconds=1)
    assert answer.status(late) == "missed"
    assert owed(case, policy, late)["CK-02"] == 50_000


def test_what_is_owed_for_a_late_resolution_grows_by_the_day_to_its_cap(policy: Policy) -> None:
    case = filed(policy)
    resolution = case.promises[2]
    assert resolution.due_at == local("2026-12-03T17:00")
    found = [
        owed(case, policy, local(moment))["CK-03"]
        for moment in (
            "2026-12-03T17:01",
            "2026-12-04T08:00",
            "2026-12-09T10:00",
            "2027-12-01T10:00",
        )
    ]
    assert found == [100_000, 120_000, 180_000, 1_000_000]


def test_a_priority_case_is_owed_double(policy: Policy) -> None:
    case = filed(policy, priority=True)
    late = case.promises[1].due_at + timedelta(minutes=1)
    money = owed(case, policy, late)
    assert money["CK-01"] == 100_000
    assert money["CK-02"] + money["CK-17"] == 100_000


@given(
    moment=st.datetimes(datetime(2026, 7, 2), datetime(2029, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    waits=st.lists(st.timedeltas(timedelta(), timedelta(days=40)), min_size=2, max_size=6),
    category=st.sampled_from("AT BH TC GT HH HD CN GI NV CL DT TT DL KH".split()),
    priority=st.booleans(),
)
def test_what_is_owed_never_goes_down(
    policy: Policy, moment: datetime, waits: list[timedelta], category: str, priority: bool
) -> None:
    command = replace(COMPLAINT, category=category, priority=priority)
    case = fold(decide(None, command, policy, moment))
    found = [owed(case, policy, moment + wait) for wait in sorted(waits)]
    for promise in case.promises:
        amounts = [money[promise.key] for money in found]
        assert amounts == sorted(amounts)
        assert amounts[0] >= 0
