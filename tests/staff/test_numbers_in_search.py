"""The desk finds a case by its numbers, however they were written and whatever is remembered."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from forms_api import contacts
from forms_api.store.tables import case_texts
from tests.staff.conftest import LogIn
from tests.support.scene import COMPLAINT, Scene
from tests.support.submissions import INQUIRY
from tests.support.visitor import Visitor

TEXT = "Gọi (028) 3825 1234 không ai nghe; Zalo 84903111222, hóa đơn 00001234, đơn DH-2026-0042."


def found(visitor: Visitor, question: str) -> set[str]:
    """Return the references on the page of a search."""
    seen = visitor.press(visitor.get("/noi-bo/tim/"), "Tìm", {"q": question})
    assert seen.status == 200
    return {one.text for one in seen.document.all("a") if "/noi-bo/ho-so/" in one.get("href")}


@pytest.fixture
def environ(either_database: dict[str, str]) -> dict[str, str]:
    """Run on each kind of database."""
    return either_database


@pytest.fixture
def told(app: Flask, scene: Scene) -> str:
    """File a complaint whose text is full of numbers; return its reference."""
    scene.file(
        **{**COMPLAINT, "description": TEXT, "serial": "SN 77–88/9A", "phone": "+84 912 345 678"}
    )
    return scene.reference


QUESTIONS = [
    "02838251234",
    "(028) 3825 1234",
    "028-3825-1234",
    "+84 28 3825 1234",
    "842838251234",
    "38251234",
    "84903111222",
    "0903111222",
    "0903 111 222",
    "+84 903 111 222",
    "0903–111–222",
    "\u202a0903 111 222\u202c",
    "1222",
    "00001234",
    "1234",
    "DH-2026-0042",
    "DH20260042",
    "dh 2026 0042",
    "DH–2026–0042",
    "0042",
    "SN77889A",
    "SN 77-88/9A",
    "0912345678",
    "84912345678",
    "5678",
    "345678",
    "zalo 0903111222",
]


OTHERS = ["02838251235", "0903111223", "9999", "DH20260043", "222", "SN7788B", "825"]


def test_a_number_is_found_however_it_was_written(scene: Scene, told: str) -> None:
    visitor = scene.staff("hoa")
    assert [one for one in QUESTIONS if told not in found(visitor, one)] == []


def test_another_number_finds_nothing(scene: Scene, told: str) -> None:
    visitor = scene.staff("hoa")
    assert [one for one in OTHERS if told in found(visitor, one)] == []


def test_an_invoice_is_found_with_and_without_the_zeros_before_its_number(
    app: Flask, log_in: LogIn
) -> None:
    body: dict[str, Any] = {**INQUIRY, "invoice_no": "00009876", "details": "Số máy 0283 825 5555."}
    answer = app.test_client().post("/api/v1/invoice-inquiries", json=body)
    reference = json.loads(answer.data)["reference"]
    visitor = log_in("ke", role="lead", department="ke-toan")
    for question in ("9876", "00009876", "0009876", "1C26TNK 9876", "02838255555"):
        assert reference in found(visitor, question), question


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Gọi 0903\u2009111\u2009222 nhé, máy hỏng.", ["0903111222", "1222"]),
        ("Gọi 0903\u202f111\u2007222 nhé, máy hỏng.", ["84903111222", "1222"]),
        ("Gọi 0903     111     222, máy vẫn hỏng.", ["0903 111 222", "1222"]),
        ("Gọi 0903·111·222 hay 0903~111~333 nhé.", ["0903111222", "1333"]),
        ("Gọi 0903\u2043111\u2796222 nhé, máy hỏng.", ["0903111222", "1222"]),
        ("Gọi \u0660\u0669\u0660\u0663111222 nhé, máy hỏng.", ["0903111222", "1222"]),
        ("Gọi \U0001d7ce\U0001d7d7\U0001d7ce\U0001d7d1111222 nhé, máy hỏng.", ["0903 111 222"]),
        ("Đã trả 12,500,000 rồi mà chưa có máy.", ["12500000", "12.500.000", "0000"]),
        ("Số máy SN00012345x kêu rất to từ hôm qua.", ["00012345", "12345", "2345"]),
    ],
)
def test_digits_are_found_in_any_dress(scene: Scene, text: str, questions: list[str]) -> None:
    scene.file(description=text, phone="0987 654 321")
    visitor = scene.staff("hoa")
    assert [one for one in questions if scene.reference not in found(visitor, one)] == []


def test_figures_that_stand_apart_are_no_number_together(scene: Scene) -> None:
    text = "Máy báo lỗi 1234, 5678 rồi lỗi 4321 trên màn hình, tắt đi bật lại vẫn y như vậy."
    scene.file(description=text, phone="0987 654 321")
    visitor = scene.staff("hoa")
    for question, is_there in (("1234", True), ("5678", True), ("4321", True), ("12345678", False)):
        assert (scene.reference in found(visitor, question)) is is_there, question


def test_a_number_is_found_as_the_desk_itself_shows_it(app: Flask, scene: Scene) -> None:
    scene.file(phone="028 3825 1234 máy lẻ 12")
    shown = scene.staff("hoa").get(scene.url()).html.replace("\u00a0", " ")
    assert "028 3825 1234, máy lẻ 12" in shown
    for question in ("028 3825 1234, máy lẻ 12", "842838251234", "38251234", "1234"):
        assert scene.reference in found(scene.staff("hoa"), question), question
    body = {**INQUIRY, "total_vnd": 12_345_678, "invoice_series": "1C26TNK"}
    reference = app.test_client().post("/api/v1/invoice-inquiries", json=body).json["reference"]
    for question in ("12345678", "12.345.678 đ", "5678", "C26TNK", "c26tnk 1234"):
        assert reference in found(scene.staff("son"), question), question


def test_what_was_written_before_is_found_after_reindexing(
    app: Flask, scene: Scene, told: str
) -> None:
    old = update(case_texts).values(folded=" goi zalo hoa don ")
    scene.portal.store.write(lambda connection: connection.execute(old))
    visitor = scene.staff("hoa")
    assert told not in found(visitor, "02838251234")
    done = app.test_cli_runner().invoke(args=["reindex"])
    assert done.exit_code == 0, done.output
    assert told in found(visitor, "02838251234")


def test_one_customer_is_one_whatever_the_capitals_of_the_address(scene: Scene) -> None:
    scene.file(email="Mau.Nguyen@Khach.example", phone=None)
    other = scene.reference
    scene.file(email="mau.nguyen@khach.EXAMPLE", phone=None)
    scene.owned()
    why = "Khách gửi hai lần về cùng một việc."
    seen = scene.tries("hoa", "gop", other=other, text=why)
    assert seen.status == 303, seen.errors


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        ({"email": "A@b.vn"}, {"email": "a@B.VN"}, True),
        ({"phone": "+842838251234;ext=12"}, {"phone": "+842838251234"}, True),
        ({"email": None}, {"email": None}, False),
        ({"email": "a@b.vn", "phone": "+84903111222"}, {"phone": "+84903111222"}, True),
        ({"email": "a@b.vn"}, {"email": "c@b.vn"}, False),
    ],
)
def test_whoever_leaves_the_same_number_or_address_is_the_same(
    mine: dict[str, Any], theirs: dict[str, Any], same: bool
) -> None:
    assert contacts.in_common({1: mine}, {1: theirs}) is same
