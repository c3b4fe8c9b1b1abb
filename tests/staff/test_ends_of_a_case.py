"""How a case may end, tried through the desk's forms, the customer's page and the clock."""

from dataclasses import replace
from typing import Any

import pytest

from service_policy.cases.refusal.refusing import applicable
from tests.support.scene import LATE, PROOF, TEXT, Scene

CONTACT = {"way": "phone", "text": "Khách gọi, nói máy vẫn kêu."}


def refusal(scene: Scene, **changes: Any) -> dict[str, Any]:
    scene.staff("binh")
    clause = applicable(scene.case, scene.portal.policy)[0].id
    return {"clause": clause, "text": TEXT, "reader": "NV-binh", **PROOF, **changes}


# ---------------------------------------------------------------- silence


@pytest.mark.parametrize(
    "words", ["Vẫn hỏng.", "Cảm ơn, nhưng máy lại kêu.", "Tôi chưa nhận được máy."]
)
def test_what_the_customer_sends_after_the_proposal_keeps_the_case_open(
    scene: Scene, words: str
) -> None:
    scene.owned().answer().propose().at("2026-12-02T09:00").customer("Gửi thông tin", words)
    assert scene.state() == "open"
    scene.at("2026-12-20T09:00")
    assert scene.state() == "open"
    assert scene.told("CK-03")["status"] == "missed"


@pytest.mark.parametrize("who", ["lan", "hoa"])
def test_whoever_takes_the_call_can_write_it_down(scene: Scene, who: str) -> None:
    scene.owned().answer().propose().at("2026-12-02T09:00")
    scene.does(who, "khach-lien-he", **CONTACT)
    scene.at("2026-12-20T09:00")
    assert scene.state() == "open"
    assert "Khách gọi, nói máy vẫn kêu." in scene.page().html
    assert "gọi điện" in scene.page().html


def test_a_letter_with_a_photo_counts_and_a_call_needs_words(scene: Scene) -> None:
    scene.owned().answer().propose().at("2026-12-02T09:00")
    scene.refuses("lan", "khach-lien-he", "text", **{**CONTACT, "text": " "})
    scene.refuses("lan", "khach-lien-he", "way", **{**CONTACT, "way": ""})
    scene.does("lan", "khach-lien-he", **{**CONTACT, "way": "mail", "files": PROOF["files"]})
    scene.at("2026-12-20T09:00")
    assert scene.state() == "open"


def test_a_call_after_the_end_opens_the_case_again(scene: Scene) -> None:
    scene.owned().answer().propose().at("2026-12-10T09:00")
    assert scene.state() == "closed"
    scene.does("lan", "khach-lien-he", **CONTACT)
    assert scene.state() == "closed"
    scene.does("lan", "khach-lien-he", **CONTACT, disputes="true")
    assert scene.state() == "open"


def test_real_silence_closes_and_keeps_what_was_told_in_time(scene: Scene) -> None:
    scene.owned().answer().propose().at("2026-12-10T09:00")
    assert scene.state() == "closed"
    assert scene.told("CK-03")["status"] == "kept"


@pytest.mark.parametrize("spoken_on", ["the page", "the phone"])
def test_a_word_on_one_part_of_a_divided_matter_is_heard_on_the_other(
    scene: Scene, spoken_on: str
) -> None:
    scene.owned().answer()
    scene.does("hoa", "tach", category="CL", text="Khách còn hỏi về bảo hành của máy này.")
    part = replace(scene).holds(scene.page())
    scene.propose().at("2026-12-02T09:00")
    if spoken_on == "the page":
        part.customer("Gửi thông tin", "Máy vẫn hỏng.")
    else:
        part.does("hoa", "khach-lien-he", **CONTACT)
    assert scene.events[-1].type == "contact_recorded"
    scene.at("2026-12-20T09:00")
    assert scene.state() == "open"
    assert f"viết ở hồ sơ liên quan ({part.reference})" in scene.page().html


# ---------------------------------------------------------------- not us, in other words


@pytest.mark.parametrize("wanted", ["replace", "refund", "repair"])
def test_an_explanation_against_a_wanted_remedy_goes_the_way_of_a_refusal(
    scene: Scene, wanted: str
) -> None:
    scene.file(remedy_wanted=wanted).owned()
    seen = scene.refuses("lan", "de-nghi", "outcome", outcome="explained", text=TEXT)
    assert "là từ chối" in seen.errors["outcome"]
    assert TEXT in seen.html
    scene.refuses("lan", "de-nghi", "remedy", outcome="other_remedy", text=TEXT)
    scene.does("lan", "de-nghi", outcome="other_remedy", remedy="redo", text=TEXT)


@pytest.mark.parametrize("wanted", ["explain", "feedback_only"])
def test_an_explanation_that_was_asked_for_is_an_end(scene: Scene, wanted: str) -> None:
    scene.file(remedy_wanted=wanted).owned()
    scene.does("lan", "de-nghi", outcome="explained", text=TEXT).delivered()
    assert scene.state() == "proposed"


def test_no_remedy_named_is_no_wish_for_an_explanation(scene: Scene) -> None:
    scene.owned().refuses("lan", "de-nghi", "outcome", outcome="explained", text=TEXT)


# ---------------------------------------------------------------- refusing


@pytest.mark.parametrize("exemption", ["CK-02.thieu-thong-tin", "CK-03.thien-tai", "CK-06.het-han"])
def test_nobody_refuses_with_an_exemption(scene: Scene, exemption: str) -> None:
    scene.owned().answer()
    for who in ("lan", "hoa"):
        seen = scene.refuses("hoa", "tu-choi", "clause", **refusal(scene, clause=exemption))
        assert TEXT in seen.html, who


def test_a_refusal_is_decided_signed_and_reviewed_by_whom_the_pages_name(scene: Scene) -> None:
    scene.owned().answer()
    seen = scene.refuses("lan", "tu-choi", **refusal(scene))
    assert "Chỉ trưởng phòng được quyết từ chối" in seen.html
    seen = scene.refuses("hoa", "tu-choi", "reader", **refusal(scene, reader="NV-giam"))
    scene.does("hoa", "tu-choi", **refusal(scene))
    seen = scene.refuses("giam", "ky-tu-choi")
    assert "Chỉ người đọc lại của Pháp chế được ký lời từ chối" in seen.html
    scene.does("binh", "ky-tu-choi").delivered()
    scene.customer("Yêu cầu xem xét lại", "Máy không hề rơi.")
    seen = scene.refuses("hoa", "xem-xet-lai", upheld="yes", text=TEXT, **PROOF)
    assert "người chưa tham gia" in seen.html
    scene.does("giam", "xem-xet-lai", upheld="yes", text=TEXT, **PROOF)


def test_a_typed_line_refuses_nothing_and_an_event_of_the_case_may(scene: Scene) -> None:
    scene.owned().answer().customer("Gửi thông tin", "Máy rơi từ trên bàn xuống.")
    number = str(scene.case.seq)
    typed = refusal(scene, files=[])
    seen = scene.refuses("hoa", "tu-choi", "evidence", **typed)
    assert "chưa phải bằng chứng" in seen.errors["evidence"]
    scene.refuses("hoa", "tu-choi", "event", **{**typed, "event": "1"})
    scene.does("hoa", "tu-choi", **{**typed, "event": number})


# ---------------------------------------------------------------- exemptions


def test_money_is_not_kept_for_a_question_that_was_never_asked(scene: Scene) -> None:
    scene.owned().answer().at(LATE)
    claim = {**PROOF, "exemption": "CK-03/thieu-thong-tin", "text": TEXT}
    seen = scene.refuses("hoa", "mien-bu", "exemption", **claim)
    assert "không có câu hỏi nào" in seen.errors["exemption"]
    claim = {**claim, "exemption": "CK-03/khach-doi-hen"}
    scene.refuses("hoa", "mien-bu", "exemption", **claim)
    claim = {**claim, "exemption": "CK-03/thien-tai"}
    scene.refuses("hoa", "mien-bu", "files", **{**claim, "files": []})
    scene.does("hoa", "mien-bu", **claim)


def test_a_price_is_not_typed_in_without_a_paper(scene: Scene) -> None:
    price = {"name": "price_vnd", "value": "120.000", **PROOF}
    scene.refuses("lan", "so-lieu", "evidence", **{**price, "files": []})
    scene.does("lan", "so-lieu", **price)
