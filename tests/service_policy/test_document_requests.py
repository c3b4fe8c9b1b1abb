"""Asking for documents: what is promised, which copy holds, what counts as sent."""

from typing import Any

import pytest

from forms_api import kinds
from service_policy.actors import SYSTEM, Actor
from service_policy.cases import CommandRefused, FileCase, act, decide, fold
from service_policy.cases.core.facts import AskedDocument, SentCopy
from service_policy.cases.documents import DocumentsWanted, RecordDocumentsSent
from service_policy.cases.sweep import due_work
from service_policy.promises.policy import Policy
from tests.service_policy.conftest import local
from tests.service_policy.story import MONDAY

AGENT = Actor(id="NV-1", role="agent", department="marketing")
ASKED = {
    "document_ids": ["BG-2026.11"],
    "purpose": "buy",
    "send_by": "email",
    "segment": "household",
    "name": "Nguyễn Thị Mẫu",
    "email": "mau@khach.example",
    "address": "12 phố Mẫu",
    "fax": "028 3825 1234",
    "shop": "Cửa hàng Mẫu",
}


def filed(policy: Policy, at: Any = MONDAY, **changes: Any) -> Any:
    command = kinds.of("document_request").read({**ASKED, **changes}, policy, at, json=True)
    return fold(decide(None, command, policy, at))


def dues(case: Any) -> dict[str, Any]:
    return {one.commitment_id: one.due_at for one in case.promises}


def sent(case: Any, policy: Policy, *copies: SentCopy, by: Actor = AGENT, **more: Any) -> Any:
    command = RecordDocumentsSent(by, copies=copies, way="post", **more)
    due, new = act(case, command, policy, local("2026-11-30T10:00"))
    return fold((*due, *new), case)


@pytest.mark.parametrize(
    ("way", "due"),
    [
        ("email", "2026-11-30T11:00"),
        ("fax", "2026-11-30T11:00"),
        ("post", "2026-12-03T17:00"),
        ("pick_up", "2026-12-03T17:00"),
    ],
)
def test_the_right_copy_is_promised_in_hours_and_a_printed_one_in_days(
    policy: Policy, way: str, due: str
) -> None:
    case = filed(policy, send_by=way)
    assert case.owner_department == "marketing"
    assert dues(case) == {"CK-01": local("2026-11-30T14:00"), "CK-14": local(due)}
    assert case.promise("CK-14").if_missed_vnd == 50_000


@pytest.mark.parametrize(
    ("segment", "codes", "due"),
    [
        ("dealer", ("NC-18C", "CN-BT8"), "2026-11-30T14:00"),
        ("dealer", ("hàng khác",), "2026-11-30T14:00"),
        ("dealer", ("CN-BT8",), None),
        ("project", ("CN-BT8",), "2026-12-02T17:00"),
        ("project", ("hàng khác",), "2026-12-02T17:00"),
        ("household", ("NC-18C",), None),
    ],
)
def test_a_quote_is_promised_where_the_target_matrix_has_one(
    policy: Policy, segment: Any, codes: tuple[str, ...], due: str | None
) -> None:
    lines = [{"product_code": code, "quantity": 20} for code in codes]
    case = filed(policy, purpose="quote", segment=segment, quote_lines=lines)
    assert case.owner_department == "kinh-doanh"
    assert dues(case).get("CK-13") == (None if due is None else local(due))
    quote = case.promise("CK-13")
    assert quote is None or (quote.stops_on, quote.measure, quote.if_missed) == (
        "answered",
        "Trả lời yêu cầu báo giá.",
        "",
    )


def test_whoever_holds_an_old_version_is_told_of_the_copy_that_holds(policy: Policy) -> None:
    (asked,) = filed(policy, version_shown=1).documents_asked
    assert asked == AskedDocument(
        id="BG-2026.11", version=1, current_id="BG-2026.11", current_version=2
    )
    (asked,) = filed(policy, document_ids=["bg-2026.05"]).documents_asked
    assert (asked.id, asked.current_id, asked.current_version) == ("BG-2026.05", "BG-2026.11", 2)


def test_the_day_decides_which_copy_holds(policy: Policy) -> None:
    (asked,) = filed(policy, local("2027-01-01T00:00")).documents_asked
    assert (asked.current_id, asked.current_version) == ("BG-2027.01", 1)
    (asked,) = filed(policy, local("2029-01-01T00:00")).documents_asked
    assert asked.current_id is None


def test_an_unknown_document_is_refused(policy: Policy) -> None:
    wanted = DocumentsWanted(("BG-2026.11", "BG-1999"), "email")
    command = FileCase("document_request", "household", topic="buy", documents=wanted)
    with pytest.raises(CommandRefused, match="BG-1999"):
        decide(None, command, policy, MONDAY)


def test_the_promise_ends_when_every_document_was_sent(policy: Policy) -> None:
    case = filed(policy, send_by="post", document_ids=["BG-2026.11", "BHP-01"])
    price = SentCopy(asked="BG-2026.11", id="BG-2026.11", version=2, format="print")
    case = sent(case, policy, price)
    assert [one.id for one in case.documents_missing] == ["BHP-01"]
    assert case.promise("CK-14").is_open
    number = policy.register.of("BHP-01")[0].version
    case = sent(case, policy, SentCopy(asked="BHP-01", id="BHP-01", version=number, format="print"))
    assert case.promise("CK-14").ended_at == local("2026-11-30T10:00")
    assert case.promise("CK-01").is_open


def test_a_sent_document_is_no_quote(policy: Policy) -> None:
    lines = [{"product_code": "NC-18C", "quantity": 20}]
    case = filed(policy, purpose="quote", segment="dealer", quote_lines=lines)
    case = sent(
        case, policy, SentCopy(asked="BG-2026.11", id="BG-2026.11", version=2, format="pdf")
    )
    assert not case.promise("CK-14").is_open
    assert case.promise("CK-13").is_open


def test_a_letter_is_recorded_once_and_by_the_machine_alone(policy: Policy) -> None:
    copy = SentCopy(asked="BG-2026.11", id="BG-2026.11", version=2, format="pdf")
    case = sent(filed(policy), policy, copy, by=SYSTEM, letter=4)
    for by, letter in ((SYSTEM, 4), (SYSTEM, None), (AGENT, 5)):
        with pytest.raises(CommandRefused):
            sent(case, policy, copy, by=by, letter=letter)


@pytest.mark.parametrize(
    "copy",
    [
        SentCopy(asked="BG-PDV", id="BG-PDV", version=1, format="pdf"),
        SentCopy(asked="BG-2026.11", id="BG-2026.11", version=9, format="pdf"),
    ],
)
def test_nobody_records_what_was_not_asked_for_or_never_issued(
    policy: Policy, copy: SentCopy
) -> None:
    with pytest.raises(CommandRefused):
        sent(filed(policy), policy, copy)


def test_some_days_later_its_reader_is_asked_once_whether_it_is_clear(policy: Policy) -> None:
    copy = SentCopy(asked="BG-2026.11", id="BG-2026.11", version=2, format="pdf")
    case = sent(filed(policy), policy, copy)
    early = due_work(case, policy, local("2026-12-03T16:00"))
    assert "understood_asked" not in [one.type for one in early]
    asked = due_work(case, policy, local("2026-12-03T17:00"))
    assert [one.copies for one in asked if one.type == "understood_asked"] == [(copy,)]
    after = fold(asked, case)
    later = due_work(after, policy, local("2027-12-03T17:00"))
    assert "understood_asked" not in [one.type for one in later]
