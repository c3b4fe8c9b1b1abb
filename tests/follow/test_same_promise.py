"""The same promise reads the same on the case page, over the API and on the receipt."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from forms_api.sweeping import sweep
from service_policy.cases import Evidence
from service_policy.cases.messages.pauses import AskCustomer
from service_policy.cases.money.payments import RecordPayment
from service_policy.cases.refusal.review import DecideReview
from tests.support.customer import AGENT, CLERK, REVIEWER, SHOWN, TEXT, Customer, photo
from tests.support.html import Element
from tests.support.submissions import COMPLAINT
from theme.filters import datetime_vi, vnd
from theme.words import PROMISE_STATES

ASK = AskCustomer(AGENT, thing="photo", text="Anh/chị gửi giúp ảnh mặt sau của thùng hàng.")
PROOF = (Evidence(id="bc-9", readable_by_customer=True),)


def told(client: FlaskClient, customer: Customer) -> list[dict[str, Any]]:
    """Return what the API tells of the promises."""
    headers = {"Authorization": f"Bearer {customer.code}"}
    promises: list[dict[str, Any]] = client.get("/api/v1/case", headers=headers).get_json()[
        "promises"
    ]
    return promises


def agree(client: FlaskClient, customer: Customer, **statuses: str) -> dict[str, dict[str, Any]]:
    """Hold the page to the API, promise by promise; ``CK_02="missed"`` is what both must say."""
    page, found = customer.open(), {one["id"]: one for one in told(client, customer)}
    shown = [one for one in page.document.all("div") if "dated-promise" in one.get("class").split()]
    assert len(shown) == len(found)
    for id, one in found.items():
        (read,) = (box for box in shown if f"{id}, bản {one['version']}" in box.text)
        _says_the_same(read, one)
    assert {name: found[name.replace("_", "-")]["status"] for name in statuses} == statuses
    return found


def _says_the_same(read: Element, one: dict[str, Any]) -> None:
    words = {PROMISE_STATES[one["status"]]}
    if one["status"] == "paused":
        words.add(PROMISE_STATES["released"])  # the API has no word for a case that was ended
    assert any(word in read.text for word in words), read.text
    assert _plain(datetime_vi(datetime.fromisoformat(one["due_at"]))) in read.text
    owed = _plain(f"Chúng tôi nợ Quý khách {vnd(one['owed_vnd'])}")
    assert (owed in read.text) is bool(one["owed_vnd"]), read.text
    assert ("đã trả đủ" in read.text) is (one["paid_at"] is not None)
    if one["paid_at"] is not None:
        paid = datetime_vi(datetime.fromisoformat(one["paid_at"]))
        assert _plain(f"đã trả đủ {paid}") in read.text


def _plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("swept", [True, False])
def test_a_miss(customer, client, clock, portal, swept) -> None:
    customer.owned()
    clock.move(days=2)
    if swept:
        sweep(portal, clock())
    found = agree(client, customer, CK_01="kept", CK_02="missed", CK_03="running")
    assert (found["CK-02"]["owed_vnd"], found["CK-02"]["paid_at"]) == (50_000, None)


def test_a_pause(customer, client, clock) -> None:
    before = {one["id"]: one["due_at"] for one in told(client, customer)}
    customer.owned()
    customer.staff(ASK)
    customer.open()
    clock.move(hours=1)
    found = agree(client, customer, CK_02="paused", CK_03="paused")
    assert found["CK-03"]["due_at"] > before["CK-03"]
    assert _plain(datetime_vi(datetime.fromisoformat(before["CK-03"]))) in _plain(
        customer.open().document.one("main").text
    )
    customer.press(customer.open(), "Gửi trả lời", text="Ảnh ở thư tôi gửi sáng nay.")
    again = agree(client, customer, CK_02="running", CK_03="running")
    assert before["CK-03"] <= again["CK-03"]["due_at"] < found["CK-03"]["due_at"]


def test_what_was_paid(customer, client, clock, portal) -> None:
    clock.move(days=2)
    sweep(portal, clock())
    owed = customer.loaded.case.open_vnd
    half = RecordPayment(CLERK, vnd=owed // 2, method="transfer", evidence=PROOF)
    customer.staff(half)
    agree(client, customer, CK_02="missed")
    customer.staff(half)
    found = agree(client, customer, CK_02="missed")
    assert found["CK-02"]["paid_at"] == "2026-11-25T09:00:00+07:00"


def test_an_appeal_and_its_own_promise(customer, client, clock) -> None:
    customer.refused()
    customer.press(customer.open(), "Yêu cầu xem xét lại", text="Hôm đó không có bão.")
    agree(client, customer, CK_16="running")
    clock.move(days=1)
    kept = DecideReview(REVIEWER, upheld=True, evidence=(SHOWN,), text=TEXT)
    customer.staff(kept, files=photo())
    agree(client, customer, CK_16="kept")


def test_a_case_that_was_withdrawn(customer, client) -> None:
    sure = customer.press(customer.open(), "Rút phiếu…")
    customer.press(sure, "Có, rút phiếu")
    agree(client, customer, CK_02="paused", CK_03="paused")


def test_the_receipt_says_later_what_it_said_at_first(customer, client, clock, portal) -> None:
    at_first = told(client, customer)
    receipt = customer.press(customer.open(), "Xem lại biên nhận").document.one("main").text
    for one in at_first:
        assert _plain(datetime_vi(datetime.fromisoformat(one["due_at"]))) in receipt
    customer.staff(ASK)
    customer.open()
    clock.move(days=9)
    sweep(portal, clock())
    customer.refused()
    customer.press(customer.open(), "Yêu cầu xem xét lại", text="Hôm đó không có bão.")
    assert len(told(client, customer)) > len(at_first)
    again = customer.press(customer.open(), "Xem lại biên nhận").document.one("main").text
    assert again == receipt


def test_a_repeated_key_is_answered_alike_whatever_happened_since(customer, client, clock) -> None:
    def post() -> tuple[dict[str, Any], str]:
        headers = {"Idempotency-Key": "the-same-key-again-2026"}
        answer = client.post("/api/v1/complaints", json=COMPLAINT, headers=headers)
        return answer.get_json(), answer.text

    answer, bytes_before = post()
    filed = replace(customer, reference=answer["reference"], code=answer["code"])
    filed.staff(ASK)
    filed.open()
    clock.move(hours=5)
    filed.refused()
    filed.press(filed.open(), "Yêu cầu xem xét lại", text="Hôm đó không có bão.")
    assert post()[1] == bytes_before
