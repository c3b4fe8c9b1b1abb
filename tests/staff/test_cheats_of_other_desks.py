"""The five ways in which other help desks let staff stop a customer's clock, tried on this one.

Everything goes through the API, the customer's page and the desk's own forms, on both databases.
After each attempt the deadline, the missed promise and the money stand as published.
"""

import pytest

from tests.support.scene import DUE, TEXT, Scene


@pytest.fixture
def environ(either_database: dict[str, str]) -> dict[str, str]:
    """Run each test on both databases."""
    return either_database


def test_a_false_resolved_does_not_move_the_deadline(scene: Scene) -> None:
    scene.answer().at("2026-12-04T16:00").propose()
    assert scene.state() == "proposed"
    scene.at("2026-12-07T09:00").customer("Không đồng ý")
    assert scene.state() == "open"
    scene.at("2026-12-09T17:01").stands("CK-03", DUE, 100_000)


def test_nothing_but_a_message_that_arrived_counts_as_an_answer(scene: Scene) -> None:
    scene.owned()
    for empty in ("", "   ", "Đã ghi nhận.", "\u200b" * 30):
        scene.refuses("lan", "tra-loi", "text", text=empty)
    scene.does("lan", "bao-tien-do", text="Đã ghi nhận yêu cầu của Quý khách.").delivered()
    scene.does("lan", "tra-loi", text=TEXT)  # written, and never sent
    scene.at("2026-12-01T09:01").stands("CK-02", "2026-12-01T09:00", 50_000)


def test_the_first_closing_does_not_cancel_the_deadline(scene: Scene) -> None:
    scene.answer().propose().at("2026-12-08T08:00")
    assert scene.state() == "closed"  # by silence
    scene.at("2026-12-08T09:00").customer("Mở lại phiếu")
    scene.at("2026-12-09T17:01")
    found = scene.told("CK-03")
    assert (found["status"], found["owed_vnd"]) == ("missed", 100_000)
    assert found["due_at"] <= f"{DUE}:00+07:00"


def test_no_address_and_no_field_resets_deletes_or_backdates(scene: Scene) -> None:
    scene.answer()
    lead = scene.staff("hoa")
    for word in ("xoa", "sua", "dat-lai", "lui-han", "tam-dung", "dong", "reset", "delete"):
        for url in (scene.url(word), f"{scene.url()}?{word}=1"):
            assert lead.client.post(url, data={"due_at": "2027-01-01"}).status_code in (404, 405)
    for method in ("PUT", "PATCH", "DELETE"):
        for url in (scene.url(), scene.url("tra-loi"), "/api/v1/case", "/api/v1/complaints"):
            assert lead.client.open(url, method=method).status_code in (404, 405), (method, url)
    smuggled = dict.fromkeys(
        ("at", "due_at", "now", "received_at", "since"), "2027-01-04T09:00:00+07:00"
    )
    scene.does("lan", "bao-tien-do", text=TEXT, state="closed", status="kept", **smuggled)
    assert scene.case.last_at == scene.clock.moment
    assert scene.state() == "open"
    scene.at("2026-12-09T17:01").stands("CK-03", DUE, 100_000)


def test_not_our_responsibility_is_no_end(scene: Scene) -> None:
    scene.owned().answer()
    for word in ("refused", "not_ours", "third_party", "closed", "merged", "withdrawn"):
        scene.refuses("lan", "de-nghi", "outcome", outcome=word, text=TEXT)
    scene.does("lan", "nho-ben-thu-ba", party="carrier", text="Hãng xe làm móp thùng.")
    assert scene.state() == "open"
    scene.does("lan", "ben-thu-ba-xong", number="1", text="Hãng xe nhận lỗi.")
    assert scene.state() == "open"
    scene.at("2026-12-09T17:01").stands("CK-03", DUE, 100_000)
