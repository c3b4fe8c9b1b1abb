"""Money that staff type is said back in digits and in words, and counts once it is confirmed."""

import pytest

from tests.support.scene import PROOF, TITLES, Scene
from tests.support.visitor import Seen

ASKED = "Chưa ghi nhận: xem lại số tiền"
PRICE = {"name": "price_vnd", **PROOF}
WHY = "Khách phải đi lại hai lần."


def first_try(scene: Scene, who: str, slug: str, **typed: str) -> Seen:
    """Send the form of an action once, from a fresh page."""
    visitor = scene.staff(who)
    return visitor.press(visitor.get(scene.url(slug)), TITLES[slug], typed)


@pytest.mark.parametrize(
    ("slug", "field", "more"),
    [("tu-quyet", "vnd", {"text": WHY}), ("so-lieu", "value", PRICE)],
)
@pytest.mark.parametrize(
    ("typed", "digits", "words"),
    [
        ("250k", "250.000 đ", "Hai trăm năm mươi nghìn đồng"),
        ("1,25tr", "1.250.000 đ", "Một triệu hai trăm năm mươi nghìn đồng"),
        ("1.250k", "1.250.000 đ", "Một triệu hai trăm năm mươi nghìn đồng"),
    ],
)
def test_an_amount_is_said_back_before_it_counts(
    scene: Scene, slug: str, field: str, more: dict[str, str], typed: str, digits: str, words: str
) -> None:
    before = scene.case.seq
    visitor = scene.staff("hoa")
    sent = {field: typed, **more}
    seen = visitor.press(visitor.get(scene.url(slug)), TITLES[slug], sent)
    assert seen.status == 200
    assert ASKED in seen.html
    assert digits in seen.document.one("main").text.replace("\u00a0", " ")
    assert words in seen.html
    assert scene.case.seq == before
    kept = next(one.fields for one in seen.forms if field in one.fields)
    typed_words = {name: text for name, text in sent.items() if name != "files"}
    assert {name: kept.get(name) for name in typed_words} == typed_words
    # A browser keeps no files; the page says so, and they are chosen again.
    again = {name: files for name, files in sent.items() if name == "files"}
    assert ("files" in seen.errors) == bool(again)
    assert visitor.press(seen, TITLES[slug], again).status == 303
    assert scene.case.seq == before + 1


def test_an_advance_and_a_payment_are_said_back_too(scene: Scene) -> None:
    scene.at("2026-11-30T09:00").file(category="AT").at("2026-12-03T09:00")
    assert ASKED in first_try(scene, "giam", "tam-ung", vnd="2tr", text=WHY).html
    paid = {"vnd": "1.000", "method": "transfer", "evidence": "FT1"}
    assert scene.case.open_vnd > 0
    seen = first_try(scene, "ke", "tra-tien", **paid)
    assert "Một nghìn đồng" in seen.html
    scene.does("ke", "tra-tien", **paid)


def test_whoever_changes_the_amount_is_asked_again(scene: Scene) -> None:
    visitor = scene.staff("hoa")
    seen = visitor.press(
        visitor.get(scene.url("tu-quyet")), TITLES["tu-quyet"], {"vnd": "100k", "text": WHY}
    )
    again = visitor.press(seen, TITLES["tu-quyet"], {"vnd": "1tr"})
    assert again.status == 200
    assert "Một triệu đồng" in again.html
    assert visitor.press(again, TITLES["tu-quyet"]).status == 303
    assert scene.case.open_vnd == 1_000_000


@pytest.mark.parametrize("forged", ["vnd=1", "yes", "1000000", "vnd=" + "9" * 5_000])
def test_a_yes_to_another_amount_is_no_yes(scene: Scene, forged: str) -> None:
    seen = first_try(scene, "hoa", "tu-quyet", vnd="1tr", text=WHY, confirmed=forged)
    assert ASKED in seen.html
    assert scene.case.open_vnd == 0


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1,250 triệu", "đọc được hai cách"),
        ("9" * 30, "quá lớn"),
        ("9" * 5_000, "không quá"),
        ("-5", "Nhập số tiền"),
    ],
)
def test_a_doubtful_or_impossible_amount_is_a_fault_of_its_field(
    scene: Scene, typed: str, reason: str
) -> None:
    seen = first_try(scene, "hoa", "tu-quyet", vnd=typed, text=WHY)
    assert seen.status == 422
    assert reason in seen.errors["vnd"]
    kept = next(one.fields for one in seen.forms if "vnd" in one.fields)
    assert (kept["vnd"], kept["text"]) == (typed, WHY)


def test_what_the_rules_refuse_is_refused_before_anybody_confirms_it(scene: Scene) -> None:
    seen = first_try(scene, "lan", "tu-quyet", vnd="50tr", text=WHY)
    assert seen.status == 422
    assert "vnd" in seen.errors


def test_months_are_no_money_and_have_a_bound(scene: Scene) -> None:
    used = {"name": "months_used", **PROOF}
    assert first_try(scene, "hoa", "so-lieu", value="12", **used).status == 303
    seen = first_try(scene, "hoa", "so-lieu", value="12.000", **{**used, "name": "warranty_months"})
    assert "quá lớn" in seen.errors["value"]
