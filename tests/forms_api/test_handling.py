"""Commands about running cases and the sweep, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from forms_api import fsck, handling, kinds, service
from forms_api.errors import CaseMoved, NotFound, ValidationFailed
from forms_api.loading import Loaded, load
from forms_api.mail import mailer_for
from forms_api.outbox import send_outbox
from forms_api.portal import Portal
from forms_api.store import case_texts
from forms_api.store.tables import cases, outbox, private
from forms_api.sweeping import sweep
from service_policy.actors import CUSTOMER, Actor
from service_policy.cases.core.facts import Evidence
from service_policy.cases.holding.hand_off import NameOwner
from service_policy.cases.messages.answers import SendAnswer, SendUpdate
from service_policy.cases.money.payments import RecordPayment
from service_policy.cases.resolution.proposing import DisputeResolution, ProposeResolution
from tests.support.mailserver import MailServer
from tests.support.submissions import COMPLAINT

AGENT = Actor(id="NV-1", role="agent", department="kho-van")
CLERK = Actor(id="NV-2", role="accountant", department="ke-toan")
TEXT = "Chúng tôi đã kiểm tra: xe giao chậm vì hỏng, mai giao bù và trả tiền bù."


@pytest.fixture
def reference(portal: Portal, now: datetime) -> str:
    return file_one(portal, now)


def file_one(portal: Portal, now: datetime) -> str:
    complaint = kinds.of("complaint").read(COMPLAINT, portal.policy, now)
    return service.file_case(portal, complaint, None, now).reference


def loaded(portal: Portal, reference: str) -> Loaded:
    return portal.store.read(lambda connection: load(connection, reference))


def answer(portal: Portal, reference: str, now: datetime, **more) -> None:
    handling.execute(portal, reference, SendAnswer(AGENT, text=TEXT), now, **more)


def letters(portal: Portal, reference: str) -> list[tuple[str, str, str]]:
    query = (
        select(outbox.c.kind, outbox.c.recipient, outbox.c.subject)
        .where(outbox.c.case_ref == reference)
        .order_by(outbox.c.id)
    )
    return [tuple(row) for row in portal.store.read(lambda c: list(c.execute(query)))]


def test_a_command_becomes_events_private_text_letter_and_projection_at_once(
    portal, reference, now
) -> None:
    answer(portal, reference, now)
    found = loaded(portal, reference)
    assert found.events[-1].type == "answer_sent"
    assert found.private[len(found.events)] == {"text": TEXT}
    assert letters(portal, reference)[-1] == (
        "message", "mau@khach.example", f"[{reference}] Trả lời của chúng tôi",
    )  # fmt: skip
    row = portal.store.read(lambda c: c.execute(select(cases)).one())
    assert row.last_seq == len(found.events)
    assert fsck.faults(portal.store) == []


def test_what_the_rules_refuse_is_recorded_nowhere(portal, reference, now) -> None:
    before = loaded(portal, reference)
    with pytest.raises(ValidationFailed) as failure:
        handling.execute(portal, reference, SendAnswer(AGENT, text="Đã ghi nhận."), now)
    assert failure.value.errors[0].field == "text"
    assert loaded(portal, reference) == before


def test_a_case_that_is_not_there_is_not_found(portal, now) -> None:
    with pytest.raises(NotFound):
        answer(portal, "KN-26-2222-2222", now)


def test_a_page_that_is_out_of_date_changes_nothing(portal, reference, now) -> None:
    seen = len(loaded(portal, reference).events)
    answer(portal, reference, now, expected_version=seen)
    with pytest.raises(CaseMoved):
        answer(portal, reference, now, expected_version=seen)
    assert [one.type for one in loaded(portal, reference).events].count("answer_sent") == 1


def test_what_the_sweep_wrote_meanwhile_does_not_disturb_a_page(portal, reference, now) -> None:
    seen = len(loaded(portal, reference).events)
    sweep(portal, now + timedelta(days=30))
    assert len(loaded(portal, reference).events) > seen
    answer(portal, reference, now + timedelta(days=30), expected_version=seen)


def test_a_miss_is_written_before_the_answer_that_comes_late(portal, reference, now) -> None:
    answer(portal, reference, now + timedelta(days=5))
    types = [one.type for one in loaded(portal, reference).events]
    assert types.index("promise_missed") < types.index("answer_sent")
    assert "compensation_owed" in types


def test_many_commands_at_once_all_get_their_own_number(portal, reference, now) -> None:
    def tell(number: int) -> None:
        command = SendUpdate(AGENT, text=f"Tiến độ lần {number}: đang chờ xe về kho.")
        handling.execute(portal, reference, command, now)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(tell, range(6)))
    found = loaded(portal, reference)
    assert [one.type for one in found.events].count("update_sent") == 6
    assert len({found.private[one.number]["text"] for one in found.case.messages}) == 6
    assert fsck.faults(portal.store) == []


def test_only_what_the_mail_server_took_counts_as_delivered(
    portal: Portal, reference: str, now: datetime, mail_server: MailServer
) -> None:
    settings = replace(portal.settings, smtp_url=mail_server.url)
    mailer = mailer_for(settings, portal.policy.company)
    answer(portal, reference, now)
    assert loaded(portal, reference).case.messages[-1].delivered_at is None
    mail_server.mode = "greylist"
    send_outbox(portal, mailer, now)
    assert loaded(portal, reference).case.messages[-1].delivered_at is None
    mail_server.mode = "ok"
    later = now + timedelta(minutes=10)
    send_outbox(portal, mailer, later)
    case = loaded(portal, reference).case
    assert case.messages[-1].delivered_at == later
    assert any(TEXT in one.text for one in mail_server.delivered)
    assert [one.type for one in loaded(portal, reference).events][-2:] == ["delivered", "answered"]


def test_the_sweep_may_run_as_often_as_it_likes(portal, reference, now) -> None:
    file_one(portal, now)
    late = now + timedelta(days=20)
    first = sweep(portal, late)
    assert (first.cases, first.changed) == (2, 2)
    assert first.events > 4
    assert sweep(portal, late) == sweep(portal, late)
    again = sweep(portal, late + timedelta(minutes=11))
    assert (again.cases, again.events) == (2, 0)
    assert fsck.faults(portal.store) == []
    told = [subject for _, _, subject in letters(portal, reference) if "nơi nhận tiền" in subject]
    assert len(told) == 1


def test_several_sweepers_write_each_miss_once(portal, now) -> None:
    references = [file_one(portal, now) for _ in range(12)]
    late = now + timedelta(days=20)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: sweep(portal, late), range(4)))
    for reference in references:
        found = loaded(portal, reference)
        missed = [one.promise for one in found.events if one.type == "promise_missed"]
        assert missed
        assert len(missed) == len(set(missed))
    assert fsck.faults(portal.store) == []


def test_a_case_filed_before_the_columns_were_there_is_listed_after_a_sweep(
    portal, reference, now
) -> None:
    portal.store.write(lambda c: c.execute(cases.update().values(holder_department="")))
    assert fsck.faults(portal.store)
    sweep(portal, now)
    assert fsck.faults(portal.store) == []


def test_a_late_payment_is_recorded_and_costs_extra(portal, reference, now) -> None:
    sweep(portal, now + timedelta(days=4))
    late = now + timedelta(days=40)
    sweep(portal, late)
    case = loaded(portal, reference).case
    assert any(one.reason == "late_payment" for one in case.debts)
    paid = RecordPayment(
        CLERK, vnd=case.open_vnd, method="transfer", evidence=(Evidence(id="bc-1"),)
    )
    handling.execute(
        portal,
        reference,
        paid,
        late,
        private={"evidence": {"bc-1": {"what": "FT2611", "readable": False}}},
    )
    assert loaded(portal, reference).case.open_vnd == 0
    row = portal.store.read(lambda c: c.execute(select(cases)).one())
    assert (row.open_vnd, row.pay_by) == (0, None)


def test_the_customer_disputes_and_the_department_hears_of_it(portal, reference, now) -> None:
    owner = Actor(id="NV-1", role="agent", department="kho-van")
    handling.execute(portal, reference, NameOwner(AGENT, owner=owner, display_name="Chị Lan"), now)
    proposal = ProposeResolution(AGENT, outcome="as_asked", text=TEXT)
    handling.execute(portal, reference, proposal, now)
    number = loaded(portal, reference).case.messages[-1].number
    handling.delivered(portal, reference, number, "page_opened", now)
    handling.delivered(portal, reference, number, "page_opened", now)
    assert loaded(portal, reference).case.state == "proposed"
    handling.execute(portal, reference, DisputeResolution(CUSTOMER), now)
    assert loaded(portal, reference).case.state == "open"
    kind, recipient, subject = letters(portal, reference)[-1]
    assert (kind, recipient) == ("notice", "khovan@nhakhe.example")
    assert "không đồng ý" in subject


def test_cases_are_found_by_what_people_remember_and_not_after_erasure(portal, now) -> None:
    reference = file_one(portal, now)

    def find(question: str) -> list[str]:
        return portal.store.read(lambda c: case_texts.find(c, question, 10))

    for question in (
        reference, reference.lower(), "nguyen thi mau", "Nguyễn Mẫu", "0912345678", "0912 345 678",
        "+84 912 345 678", "mau@khach.example", "DH-2026-0042", "giao trễ",
    ):  # fmt: skip
        assert find(question) == [reference], question
    for question in ("", "%", "_", "không có gì như vậy", "0912345679", "' OR 1=1 --"):
        assert find(question) == [], question
    assert portal.store.write(case_texts.rebuild) == 1
    assert find("0912345678") == [reference]
    portal.store.write(lambda c: c.execute(case_texts.case_texts.delete()))
    assert portal.store.read(lambda c: c.execute(select(private)).first())
    assert find("0912345678") == []


def test_a_case_that_cannot_be_judged_keeps_no_other_from_its_miss(portal, reference, now) -> None:
    newer = tuple(one.model_copy(update={"version": 9}) for one in portal.policy.versions)
    strange = file_one(replace(portal, policy=replace(portal.policy, versions=newer)), now)
    with pytest.raises(KeyError, match="version 9"):
        sweep(portal, now + timedelta(days=30))
    assert "promise_missed" in {one.type for one in loaded(portal, reference).events}
    assert "promise_missed" not in {one.type for one in loaded(portal, strange).events}
