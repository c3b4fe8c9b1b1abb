"""Every kind of case lives the same life, and what was stored long ago still folds."""

import json
from collections import Counter
from importlib import import_module
from typing import Any

import pytest
from pydantic import ValidationError

from forms_api.kinds import DECLARED
from forms_api.store import migrate
from service_policy.actors import CUSTOMER
from service_policy.cases import Case, fold, read_event
from service_policy.cases.core.event import Deed, event_types
from service_policy.cases.core.identification import needs_identification
from service_policy.cases.core.promises import PromiseMade
from service_policy.cases.filing.received import FileCase, Received
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.refusal.review import Appeal
from service_policy.promises.policy import Policy
from tests.service_policy.conftest import local
from tests.service_policy.story import IDENTIFIED, MONDAY, Story

BY_ID = import_module("forms_api.store.migrations.versions.0010_departments_by_id")

STORED = """
[{"type": "received", "at": "2026-11-30T02:00:00Z", "kind": "complaint", "segment": "household",
  "channel": "web", "category": "CL", "topic": null, "priority": false,
  "owner_department": "Bảo đảm chất lượng", "owner_role": "Trưởng phòng Bảo đảm chất lượng",
  "fingerprint": "0123456789ab"},
 {"type": "promise_made", "at": "2026-11-30T02:00:00Z", "commitment_id": "CK-01", "version": 1,
  "title": "Xác nhận đã nhận", "measure": "Số phút.", "due_at": "2026-11-30T07:00:00Z",
  "if_missed_vnd": 50000, "if_missed": "50.000 đ"},
 {"type": "promise_made", "at": "2026-11-30T02:00:00Z", "commitment_id": "CK-02", "version": 1,
  "title": "Trả lời lần đầu có nội dung", "measure": "Số giờ.", "due_at": "2026-12-01T02:00:00Z",
  "if_missed_vnd": 50000, "if_missed": "50.000 đ"},
 {"type": "promise_made", "at": "2026-11-30T02:00:00Z", "commitment_id": "CK-03", "version": 1,
  "title": "Giải quyết khiếu nại đúng hạn", "measure": "Số ngày.",
  "due_at": "2026-12-09T10:00:00Z", "if_missed_vnd": 100000, "if_missed": "100.000 đ"}]
"""
"""Events as the first release of the forms wrote them."""


def stored_story(policy: Policy) -> Story:
    story = Story(policy)
    story.events = [read_event(payload) for payload in carried_over(json.loads(STORED), policy)]
    return story


def carried_over(stored: list[dict[str, Any]], policy: Policy) -> list[dict[str, Any]]:
    """Return stored events as the migrations leave them."""
    content = migrate.content_of(policy)
    return [BY_ID.rewritten(one, content, Counter()) for one in stored]


def test_events_of_the_first_release_still_fold(policy: Policy) -> None:
    case = stored_story(policy).case
    assert [one.key for one in case.promises] == ["CK-01", "CK-02", "CK-03"]
    assert [one.stops_on for one in case.promises] == ["owner_assigned", "answered", "resolved"]
    assert case.received_at == MONDAY


def test_an_old_case_lives_the_same_life_as_a_new_one(policy: Policy) -> None:
    old, new = stored_story(policy), Story(policy)
    for story in (old, new):
        story.at("2026-11-30T10:00").owned().answer().at("2026-12-01T08:00").ask()
        story.at("2026-12-10T09:00").propose().at("2026-12-21T09:00")
    assert old.types() == new.types()
    for key in ("CK-01", "CK-02", "CK-03"):
        assert old.due(key) == new.due(key)
        assert old.owed(key) == new.owed(key)


def test_new_fields_of_the_first_events_are_optional() -> None:
    required = {name for name, field in Received.model_fields.items() if field.is_required()}
    assert "since" not in required
    assert {"entered_by", "danger"}.isdisjoint(required)
    made = {name for name, field in PromiseMade.model_fields.items() if field.is_required()}
    assert made.isdisjoint({"started_at", "unit"})


@pytest.mark.parametrize("kind", DECLARED.kinds)
def test_every_kind_is_received_answered_and_closed(policy: Policy, kind: Any) -> None:
    story = Story(policy)
    category = "CL" if kind == "complaint" else None
    filed = FileCase(kind, "household", category=category, channel="phone")
    story.events = list(filed.decide(policy, MONDAY))
    case: Case = story.case
    assert case.kind == kind
    # A kind of which no promise speaks yet has none.
    promised = [one.commitment_id for one in case.promises]
    assert promised[:1] == (["CK-01"] if policy.is_promised(kind) else [])
    if needs_identification(case, policy):
        story.do(IDENTIFIED)
    story.owned().answer().propose().confirm().at("2026-12-20T09:00")
    assert story.case.state == "closed"
    assert all(story.status(one.key) == "kept" for one in story.case.promises)


def test_every_event_has_a_type_and_words_of_its_own() -> None:
    kinds = {model.model_fields["type"].default: model for model in event_types()}
    assert len(kinds) == len(event_types()) == 67
    titles = [model.TITLE for model in kinds.values()]
    assert len(set(titles)) == len(titles)


def test_what_is_stored_begins_with_its_type_its_time_and_who_did_it() -> None:
    for kind in event_types():
        first = ("type", "at", "by") if issubclass(kind, Deed) else ("type", "at")
        assert tuple(kind.model_fields)[: len(first)] == first, kind


def test_a_stored_event_that_nobody_declares_is_refused() -> None:
    with pytest.raises(ValidationError):
        read_event({"type": "never_heard_of", "at": "2026-11-30T02:00:00Z"})


def test_a_case_told_by_phone_starts_when_it_was_told(policy: Policy) -> None:
    events = FileCase(
        "complaint", "household", category="CL", channel="phone", taken_at=MONDAY
    ).decide(policy, local("2026-11-30T16:00"))
    assert fold(events).promises[2].due_at == Story(policy).due("CK-03")


YESTERDAY = """
[{"type": "owner_named", "at": "2026-11-30T02:10:00Z",
  "by": {"id": "u1", "role": "agent", "department": "qa"},
  "owner": {"id": "u1", "role": "agent", "department": "qa"}},
 {"type": "answer_sent", "at": "2026-11-30T03:00:00Z",
  "by": {"id": "u1", "role": "agent", "department": "qa"}, "message": 6, "files": []},
 {"type": "delivered", "at": "2026-11-30T03:01:00Z",
  "by": {"id": "system", "role": "system", "department": null},
  "message": 6, "means": "mail_accepted"},
 {"type": "answered", "at": "2026-11-30T03:01:00Z", "message": 6},
 {"type": "fact_recorded", "at": "2026-11-30T03:02:00Z",
  "by": {"id": "u1", "role": "agent", "department": "qa"},
  "name": "price_vnd", "value": 590000, "evidence": ["bc-1"]},
 {"type": "resolution_proposed", "at": "2026-12-01T02:00:00Z",
  "by": {"id": "u1", "role": "agent", "department": "qa"},
  "message": 10, "outcome": "explained", "files": []},
 {"type": "delivered", "at": "2026-12-01T02:01:00Z",
  "by": {"id": "system", "role": "system", "department": null},
  "message": 10, "means": "mail_accepted"},
 {"type": "resolution_noticed", "at": "2026-12-01T02:01:00Z", "message": 10,
  "confirm_by": "2026-12-08T10:00:00Z"}]
"""
"""A proposal that waits for the customer, as yesterday's release wrote it."""
SILENCE = {
    "type": "resolution_confirmed",
    "at": "2026-12-08T10:01:00Z",
    "by": {"id": "system", "role": "system", "department": None},
    "how": "silence",
}


def waiting(policy: Policy) -> Story:
    story = stored_story(policy)
    story.events += [read_event(payload) for payload in json.loads(YESTERDAY)]
    story.now = local("2026-12-01T09:05")
    return story


def test_what_silence_closed_under_the_rules_of_its_day_stays_as_it_was(policy: Policy) -> None:
    word = {"type": "information_added", "at": "2026-12-02T02:00:00Z", "files": []}
    word |= {"by": {"id": "customer", "role": "customer", "department": None}}
    for spoken in ((), (word,)):
        story = waiting(policy)
        story.events += [read_event(payload) for payload in (*spoken, SILENCE)]
        story.now = local("2026-12-20T09:00")
        assert (story.case.state, story.case.outcome) == ("closed", "explained")
        assert {one.ended_at is not None for one in story.case.promises} == {True}


def test_what_waits_since_yesterday_goes_on_under_the_rules_of_today(policy: Policy) -> None:
    silent = waiting(policy).at("2026-12-08T17:01")
    assert (silent.case.state, silent.status("CK-03")) == ("closed", "kept")
    spoken = waiting(policy)
    spoken.do(AddInformation(CUSTOMER, text="Vẫn kêu.")).at("2026-12-20T09:00")
    assert spoken.case.state == "open"
    assert spoken.case.remedy_wanted is None


def test_a_refusal_of_yesterday_under_an_exemption_is_still_told_and_appealed(
    policy: Policy,
) -> None:
    staff = {"id": "u1", "role": "agent", "department": "qa"}
    second = {"id": "u4", "role": "second_reader", "department": "phap-che"}
    old: list[dict[str, Any]] = [
        {"type": "refusal_proposed", "at": "2026-12-01T02:00:00Z", "by": staff,
         "clause": "CK-03.thien-tai", "clause_version": "1", "evidence": ["bc-1"],
         "sign_by": "2026-12-02T10:00:00Z"},
        {"type": "refusal_issued", "at": "2026-12-01T03:00:00Z", "by": second,
         "proposed_by": "u1", "message": 6, "clause": "CK-03.thien-tai", "clause_version": "1",
         "evidence": ["bc-1"], "appeal_by": "2026-12-15T10:00:00Z"},
    ]  # fmt: skip
    story = stored_story(policy)
    story.events += [read_event(payload) for payload in old]
    story.now = local("2026-12-01T10:30")
    assert policy.clause("CK-03.thien-tai", story.case.pinned_on) is not None
    story.deliver().do(Appeal(CUSTOMER))
    assert story.case.state == "review"
