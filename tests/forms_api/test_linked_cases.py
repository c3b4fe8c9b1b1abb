"""Splitting and merging as commands: all of it or nothing, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import select

from forms_api import fsck, kinds, linked_cases, service
from forms_api.errors import CaseMoved, NotFound, ValidationFailed
from forms_api.loading import Loaded, load
from forms_api.mail import mailer_for
from forms_api.outbox import send_outbox
from forms_api.portal import Portal
from forms_api.store.tables import case_texts, outbox
from forms_api.sweeping import sweep
from service_policy.actors import Actor
from service_policy.cases.split_merge import MergeCases, SplitCase
from tests.support.mailserver import MailServer
from tests.support.submissions import COMPLAINT
from tests.support.together import together

LEAD = Actor(id="NV-1", role="lead", department="kho-van")
PART = SplitCase(LEAD, category="GT", text="Thùng còn thiếu nắp nồi, đi riêng.")


def file_one(portal: Portal, now: datetime) -> str:
    complaint = kinds.of("complaint").read(COMPLAINT, portal.policy, now)
    return service.file_case(portal, complaint, None, now).reference


def loaded(portal: Portal, reference: str) -> Loaded:
    return portal.store.read(lambda connection: load(connection, reference))


def parts(portal: Portal, reference: str) -> list[str]:
    return [one.other for one in loaded(portal, reference).events if one.type == "case_split"]


def into(portal: Portal, kept: str, other: str, now: datetime) -> Callable[[], None]:
    command = MergeCases(LEAD, other=other, text="Cùng một khách, cùng một việc.")
    return partial(linked_cases.merge_cases, portal, kept, command, now)


def test_a_part_is_a_whole_case_of_the_same_customer(portal, now) -> None:
    reference = file_one(portal, now)
    linked_cases.split_case(portal, reference, PART, now)
    part = loaded(portal, parts(portal, reference)[0])
    parent = loaded(portal, reference).filed
    assert part.filed["phone"] == parent["phone"]
    assert part.filed["description"] == PART.text
    assert part.case.received_at == now
    assert fsck.faults(portal.store) == []
    query = select(case_texts.c.case_ref).where(case_texts.c.folded.contains("nap noi"))
    found = portal.store.read(lambda connection: set(connection.scalars(query)))
    assert part.reference in found


def test_the_code_of_a_part_leaves_by_mail_alone(
    portal: Portal, now: datetime, mail_server: MailServer
) -> None:
    reference = file_one(portal, now)
    linked_cases.split_case(portal, reference, PART, now)
    part = parts(portal, reference)[0]
    settings = replace(portal.settings, smtp_url=mail_server.url)
    send_outbox(portal, mailer_for(settings, portal.policy.company), now)
    receipts = [one.text for one in mail_server.delivered if f"Mã phiếu: {part}" in one.text]
    code = receipts[0].partition("Mã bí mật: ")[2].split()[0]
    assert service.follow_case(portal, part, code, now).reference == part
    with pytest.raises(NotFound):
        service.follow_case(portal, reference, code, now)


def test_many_at_once_make_as_many_parts_and_lose_nothing(portal, now) -> None:
    reference = file_one(portal, now)
    together([partial(linked_cases.split_case, portal, reference, PART, now)] * 4)
    made = parts(portal, reference)
    assert len(set(made)) == 4
    assert all(loaded(portal, one).case.state == "open" for one in made)
    assert fsck.faults(portal.store) == []


def test_two_cases_merged_into_each_other_at_once_leave_one_open(portal, now) -> None:
    first, second = file_one(portal, now), file_one(portal, now)

    def tried(merge: Callable[[], None]) -> bool:
        try:
            merge()
        except ValidationFailed:
            return False
        return True

    moves = [into(portal, first, second, now), into(portal, second, first, now)]
    assert sorted(together([partial(tried, one) for one in moves])) == [False, True]
    states = sorted(loaded(portal, one).case.state for one in (first, second))
    assert states == ["merged", "open"]
    assert fsck.faults(portal.store) == []


def test_what_was_due_is_written_with_the_merge_in_both_cases(portal, now) -> None:
    first, second = file_one(portal, now), file_one(portal, now)
    late = now.replace(year=now.year + 1)
    into(portal, first, second, late)()
    for reference in (first, second):
        case = loaded(portal, reference).case
        assert any(one.missed_at is not None for one in case.promises)
        assert case.open_vnd > 0
    sweep(portal, late)
    assert fsck.faults(portal.store) == []


def test_nothing_is_written_when_the_rules_or_an_old_page_say_no(portal, now) -> None:
    reference = file_one(portal, now)
    waiting = portal.store.read(lambda c: len(list(c.execute(select(outbox.c.id)))))
    agent = Actor(id="NV-2", role="agent", department="kho-van")
    with pytest.raises(ValidationFailed):
        linked_cases.split_case(portal, reference, SplitCase(agent, "GT", PART.text), now)
    with pytest.raises(ValidationFailed):
        into(portal, reference, "KN-26-2222-2222", now)()
    linked_cases.split_case(portal, reference, PART, now)
    with pytest.raises(CaseMoved):
        linked_cases.split_case(portal, reference, PART, now, expected_version=1)
    assert len(parts(portal, reference)) == 1
    letters = portal.store.read(lambda c: len(list(c.execute(select(outbox.c.id)))))
    assert letters > waiting
