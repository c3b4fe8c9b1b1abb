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
