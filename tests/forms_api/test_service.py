"""Filing and following a case, on both databases."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from forms_api import kinds, references, service
from forms_api.codes import Codes
from forms_api.errors import IdempotencyConflict, NotFound, ValidationFailed
from forms_api.fsck import faults
from forms_api.portal import Portal
from forms_api.store.tables import cases, events, idempotency, metadata, outbox, private
from service_policy.cases import FileCase
from tests.support.submissions import COMPLAINT, INQUIRY
from tests.support.together import together


@pytest.fixture
def complaint(policy, now) -> FileCase:
    return kinds.of("complaint").read(COMPLAINT, policy, now)


def count(portal: Portal, table) -> int:
    return portal.store.read(lambda c: c.scalar(select(func.count()).select_from(table)))


def everything_stored(portal: Portal, *, but: set[str]) -> str:
    def dump(connection) -> str:
        return "\n".join(
            str(tuple(row))
            for table in metadata.sorted_tables
            if table.name not in but
            for row in connection.execute(select(table))
        )

    return portal.store.read(dump)


def test_a_receipt_says_what_the_contract_says(portal, complaint, now) -> None:
    answer = service.file_case(portal, complaint, "key-1", now).as_json()
    assert answer["reference"].startswith("KN-26-")
    assert len(answer["code"].replace("-", "")) == 28
    assert answer["received_at"] == "2026-11-23T09:00:00+07:00"
    assert answer["owner"] == {"role": "Trưởng phòng Kho vận", "department": "Kho vận"}
    assert answer["follow_url"] == "/ho-so/"
    promises = {one["id"]: one for one in answer["promises"]}
    assert promises.keys() >= {"CK-01", "CK-02", "CK-03"}
    assert promises["CK-02"] == {
        "id": "CK-02",
        "version": 1,
        "measure": promises["CK-02"]["measure"],
        "due_at": "2026-11-23T14:00:00+07:00",
        "compensation_if_missed_vnd": 50000,
    }
    assert promises["CK-02"]["measure"]


def test_one_complaint_writes_one_case_and_its_letters(portal, complaint, now) -> None:
    receipt = service.file_case(portal, complaint, "key-1", now)
    assert [count(portal, one) for one in (cases, private, idempotency, outbox)] == [1, 1, 1, 2]
    assert count(portal, events) == 1 + len(receipt.promises)
    assert faults(portal.store) == []


def test_the_same_key_and_body_give_the_same_bytes_and_one_case(portal, complaint, now) -> None:
    first = service.file_case(portal, complaint, "key-1", now)
    again = service.file_case(portal, complaint, "key-1", now + timedelta(days=3))
    assert json.dumps(first.as_json()) == json.dumps(again.as_json())
    assert (first.replayed, again.replayed) == (False, True)
    assert [count(portal, one) for one in (cases, outbox)] == [1, 2]


def test_the_same_body_typed_differently_is_the_same_body(portal, policy, now) -> None:
    first = service.file_case(portal, kinds.of("complaint").read(COMPLAINT, policy, now), "k", now)
    typed = COMPLAINT | {"phone": "+84 912.345.678", "name": "  Nguyễn  Thị Mẫu", "priority": ""}
    again = service.file_case(portal, kinds.of("complaint").read(typed, policy, now), "k", now)
    assert again.reference == first.reference


def test_a_repeated_key_is_answered_even_when_the_rules_have_changed(
    portal, complaint, now
) -> None:
    first = service.file_case(portal, complaint, "key-1", now)
    changed = replace(portal, policy=replace(portal.policy, categories=(), versions=()))
    again = service.file_case(changed, complaint, "key-1", now)
    assert again.as_json() == first.as_json()


def test_the_same_key_with_another_body_is_a_conflict(portal, complaint, policy, now) -> None:
    service.file_case(portal, complaint, "key-1", now)
    told = {"description": "Một câu chuyện hoàn toàn khác, dài hơn hai mươi chữ."}
    other = kinds.of("complaint").read(COMPLAINT | told, policy, now)
    with pytest.raises(IdempotencyConflict):
        service.file_case(portal, other, "key-1", now)
    assert count(portal, cases) == 1


def test_the_same_key_for_another_kind_is_a_conflict(portal, complaint, policy, now) -> None:
    service.file_case(portal, complaint, "key-1", now)
    inquiry = kinds.of("invoice_inquiry").read(INQUIRY, policy, now)
    with pytest.raises(IdempotencyConflict):
        service.file_case(portal, inquiry, "key-1", now)


def test_after_the_secret_changed_a_code_is_not_shown_again(portal, complaint, now) -> None:
    receipt = service.file_case(portal, complaint, "key-1", now)
    moved = replace(portal, codes=Codes("another secret"))
    with pytest.raises(IdempotencyConflict):
        service.file_case(moved, complaint, "key-1", now)
    assert service.follow_case(moved, receipt.reference, receipt.code, now)


def test_without_a_key_two_submissions_are_two_cases(portal, complaint, now) -> None:
    first = service.file_case(portal, complaint, None, now)
    second = service.file_case(portal, complaint, None, now)
    assert first.reference != second.reference
    assert first.code != second.code


def test_one_key_used_by_many_at_once_makes_one_case(portal, complaint, now) -> None:
    receipts = together([lambda: service.file_case(portal, complaint, "same", now)] * 16)
    assert len({json.dumps(one.as_json()) for one in receipts}) == 1
    assert sorted(one.replayed for one in receipts) == [False] + [True] * 15
    assert [count(portal, one) for one in (cases, outbox)] == [1, 2]


def test_many_at_once_each_get_a_case_of_their_own(portal, complaint, now) -> None:
    receipts = together([lambda: service.file_case(portal, complaint, None, now)] * 64)
    assert len({one.reference for one in receipts}) == len({one.code for one in receipts}) == 64
    assert count(portal, cases) == 64
    assert faults(portal.store) == []


def test_an_unknown_category_is_refused_and_nothing_is_stored(portal, complaint, now) -> None:
    with pytest.raises(ValidationFailed) as failure:
        service.file_case(portal, replace(complaint, category="XX"), "key-1", now)
    assert [error.field for error in failure.value.errors] == ["category"]
    assert count(portal, idempotency) == 0


def test_an_invoice_inquiry_goes_to_accounting_or_to_the_warehouse(portal, policy, now) -> None:
    for topic, department in (("balance", "Kế toán"), ("delivery_status", "Kho vận")):
        inquiry = kinds.of("invoice_inquiry").read(INQUIRY | {"topic": topic}, policy, now)
        receipt = service.file_case(portal, inquiry, topic, now)
        assert receipt.reference.startswith("HD-26-")
        assert receipt.owner.department == department
        assert "CK-12" in {one.id for one in receipt.promises}


def test_personal_data_stands_in_private_rows_and_unsent_letters_only(
    portal, complaint, now
) -> None:
    receipt = service.file_case(portal, complaint, "a-key-of-mine", now)
    # "case_texts" are folded copies of private rows, which go when those go.
    stored = everything_stored(portal, but={"private", "case_texts", "outbox"})
    for personal in ("Mẫu", "912345678", "khach.example", "trễ ba ngày", "DH-2026"):
        assert personal not in stored
    whole = everything_stored(portal, but=set())
    assert "a-key-of-mine" not in whole
    assert receipt.code not in whole
    assert receipt.code.replace("-", "") not in whole


def test_subjects_hold_nothing_personal(portal, complaint, now) -> None:
    receipt = service.file_case(portal, complaint, "k", now)
    subjects = portal.store.read(lambda c: list(c.scalars(select(outbox.c.subject))))
    assert all(receipt.reference in subject for subject in subjects)
    assert not any("Thị Mẫu" in subject or "khach" in subject for subject in subjects)


def test_a_case_is_followed_by_reference_and_code(portal, complaint, now) -> None:
    receipt = service.file_case(portal, complaint, "k", now)
    typed_reference = receipt.reference.lower().replace("-", " ")
    typed_code = receipt.code.lower().replace("-", " ")
    view = service.follow_case(portal, typed_reference, typed_code, now).as_json()
    assert view["reference"] == receipt.reference
    assert (view["kind"], view["state"]) == ("complaint", "open")
    assert view["holder"]["since"] == view["received_at"] == "2026-11-23T09:00:00+07:00"
    assert {one["status"] for one in view["promises"]} == {"running"}
    assert {one["owed_vnd"] for one in view["promises"]} == {0}
    assert view["events"][0] == {
        "at": "2026-11-23T09:00:00+07:00",
        "type": "received",
        "by_role": "Hệ thống tiếp nhận (tự động)",
        "text": "Đã nhận khiếu nại.",
    }
    assert "Thứ Hai, 23/11/2026, 14:00" in view["events"][2]["text"]


def test_the_code_alone_finds_the_case(portal, complaint, now) -> None:
    receipt = service.file_case(portal, complaint, "k", now)
    assert service.follow_case(portal, None, receipt.code, now).reference == receipt.reference


def test_a_missed_promise_shows_what_is_owed(portal, complaint, now) -> None:
    receipt = service.file_case(portal, complaint, "k", now)
    later = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    promises = service.follow_case(portal, receipt.reference, receipt.code, later).promises
    states = {one.id: (one.status, one.owed_vnd) for one in promises}
    assert states["CK-02"] == ("missed", 50000)
    assert states["CK-03"] == ("running", 0)


def test_a_priority_customer_is_promised_double_in_figures_and_words(portal, policy, now) -> None:
    urgent = kinds.of("complaint").read(COMPLAINT | {"priority": "on"}, policy, now)
    receipt = service.file_case(portal, urgent, "k", now)
    promises = {one.id: one for one in receipt.promises}
    assert promises["CK-02"].if_missed_vnd == 100_000
    assert promises["CK-02"].if_missed.endswith("gấp 2 lần vì Quý khách được ưu tiên")
    assert promises["CK-17"].if_missed_vnd is None


def test_every_kind_of_miss_looks_and_costs_the_same(portal, complaint, now) -> None:
    mine = service.file_case(portal, complaint, "k", now)
    other = service.file_case(portal, complaint, "k2", now)
    misses = [
        ("KN-26-2222-2222", mine.code),
        (mine.reference, other.code),
        (mine.reference, "2222-" * 6 + "2222"),
        (mine.reference, ""),
        ("not a reference", "not a code"),
        ("", mine.code),
        (mine.reference, "x" * 10_000),
        (mine.reference, "\x00\ud800"),
        (None, "wrong"),
    ]
    outcomes = set()
    for reference, code in misses:
        with pytest.raises(NotFound) as failure:
            service.follow_case(portal, reference, code, now)
        outcomes.add((type(failure.value), failure.value.args, failure.value.__cause__))
    assert outcomes == {(NotFound, (), None)}


def test_a_miss_is_one_look_into_the_store_whatever_its_kind(
    portal, complaint, now, monkeypatch
) -> None:
    from sqlalchemy import Engine, event

    mine = service.file_case(portal, complaint, "k", now)
    other = service.file_case(portal, complaint, "k2", now)
    seen: list[str] = []

    def remember(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", remember)
    try:
        looks = []
        for reference, code in [
            ("KN-26-2222-2222", "2222-" * 6 + "2222"),
            (mine.reference, other.code),
            ("nonsense", "nonsense"),
        ]:
            seen.clear()
            with pytest.raises(NotFound):
                service.follow_case(portal, reference, code, now)
            looks.append([one for one in seen if one.startswith("SELECT idem")])
    finally:
        event.remove(Engine, "before_cursor_execute", remember)
    assert looks[0] == looks[1] == looks[2]
    assert len(looks[0]) == 1


def test_the_holder_can_have_the_receipt_mailed(portal, policy, now) -> None:
    by_phone = kinds.of("complaint").read(COMPLAINT | {"email": ""}, policy, now)
    receipt = service.file_case(portal, by_phone, "k", now)
    assert count(portal, outbox) == 1
    service.email_receipt(portal, receipt.reference, receipt.code, "Con.Trai@gia.example", now)
    recipients = portal.store.read(lambda c: list(c.scalars(select(outbox.c.recipient))))
    assert "Con.Trai@gia.example" in recipients


def test_a_receipt_is_mailed_a_few_times_at_most(portal, complaint, now) -> None:
    receipt = service.file_case(portal, complaint, "k", now)
    ask = (portal, receipt.reference, receipt.code, "a@b.example", now)
    for _ in range(service.MOST_RECEIPTS - 1):
        service.email_receipt(*ask)
    with pytest.raises(ValidationFailed):
        service.email_receipt(*ask)


def test_a_receipt_is_mailed_to_one_address_by_its_holder_only(portal, complaint, now) -> None:
    receipt = service.file_case(portal, complaint, "k", now)
    with pytest.raises(ValidationFailed):
        service.email_receipt(portal, receipt.reference, receipt.code, "a@b.vn, c@d.vn", now)
    with pytest.raises(NotFound):
        service.email_receipt(portal, receipt.reference, "wrong", "a@b.example", now)
    assert count(portal, outbox) == 2


def test_a_taken_reference_is_drawn_again(portal, complaint, now, monkeypatch) -> None:
    first = service.file_case(portal, complaint, "k1", now)
    drawn = iter([first.reference, first.reference, "KN-26-AAAA-2222"])
    monkeypatch.setattr(references, "new_reference", lambda _kind, _now: next(drawn))
    assert service.file_case(portal, complaint, "k2", now).reference == "KN-26-AAAA-2222"


def test_fsck_names_a_projection_that_is_not_what_the_events_say(portal, complaint, now) -> None:
    receipt = service.file_case(portal, complaint, "k", now)
    portal.store.write(lambda c: c.execute(text("UPDATE cases SET state = 'closed'")))
    assert faults(portal.store) == [f"{receipt.reference}: state is closed, its events say open"]


def test_fsck_names_what_is_missing(portal, complaint, now) -> None:
    receipt = service.file_case(portal, complaint, "k", now)
    portal.store.write(lambda c: c.execute(private.delete()))
    portal.store.write(lambda c: c.execute(idempotency.delete()))
    portal.store.write(lambda c: c.execute(cases.delete()))
    assert faults(portal.store) == [
        f"{receipt.reference}: is missing in cases",
        "outbox: 2 letters belong to no case and no check",
    ]
