"""Second readers and accountants read what waits for them, for as long as it waits."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from tests.support import pictures
from tests.support.scene import LATE, PROOF, TEXT, Scene
from tests.support.visitor import Visitor

WORDS = "Nồi cơm kêu to từ hôm qua"
PHONE = "912345678"


def refused(scene: Scene) -> Scene:
    form = scene.owned().form("hoa", "tu-choi")
    clause = next(
        one.get("value")
        for one in form.document.all("option")
        if one.get("value").startswith(("BHP", "CK"))
    )
    scene.staff("binh")
    return scene.does("hoa", "tu-choi", clause=clause, text=TEXT, reader="NV-binh", **PROOF)


def signed(scene: Scene) -> Scene:
    return refused(scene).does("binh", "ky-tu-choi")


def appealed(scene: Scene) -> Scene:
    return signed(scene).delivered().customer("Yêu cầu xem xét lại", "Xin xem lại từ đầu.")


def owing(scene: Scene) -> Scene:
    return scene.at(LATE)


def paid(scene: Scene) -> Scene:
    owed = str(owing(scene.owned().answer()).case.open_vnd)
    scene.does("ke", "tra-tien", vnd=owed, method="transfer", evidence="FT26120100001")
    return scene


def untouched(scene: Scene) -> Scene:
    return scene


STATES: dict[str, tuple[Callable[[Scene], Scene], set[str]]] = {
    "new": (untouched, set()),
    "a refusal waits": (refused, {"binh"}),
    "the refusal is signed": (signed, set()),
    "a review waits": (appealed, {"binh"}),
    "money is owed": (owing, {"ke"}),
    "all is paid": (paid, set()),
}
"""By state: how it comes about, and who of the two it waits for."""


@pytest.fixture(params=STATES)
def state(request: pytest.FixtureRequest) -> tuple[Callable[[Scene], Scene], set[str]]:
    return STATES[request.param]


def sees(scene: Scene, who: str, file: str) -> dict[str, bool]:
    """Say on which routes somebody sees who the customer is or what was written."""
    visitor = scene.staff(who)
    page = visitor.get(scene.url())
    assert page.status == 200
    found = {
        "page": WORDS in page.html or PHONE in page.html.replace("\u00a0", "").replace(" ", ""),
        "file": visitor.client.get(file).status_code == 200,
        "search": searched(visitor, scene),
    }
    if who == "ke":
        found["export"] = exported(visitor)
    queue = visitor.get("/noi-bo/?xem=giu&phong=tat-ca").html
    assert WORDS not in queue
    assert "Nguyễn Thị Mẫu" not in queue
    return found


def searched(visitor: Visitor, scene: Scene) -> bool:
    page = visitor.get("/noi-bo/tim/")
    found = visitor.press(page, page.forms[-1].buttons[0][0], {"q": "0912345678"})
    return scene.reference in found.html


def exported(visitor: Visitor) -> bool:
    token = visitor.get("/noi-bo/xuat/").forms[0].fields["csrf_token"]
    data = visitor.client.post("/noi-bo/xuat/csv/", data={"csrf_token": token}).data
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return WORDS in row["Nội dung"] or PHONE in row["Điện thoại"] or "Mẫu" in row["Họ tên"]


def test_each_role_reads_a_case_only_while_it_waits_for_them(
    scene: Scene, state: tuple[Callable[[Scene], Scene], set[str]]
) -> None:
    visitor = Visitor(scene.app.test_client())
    values: dict[str, Any] = {"bo-sung-files": [("ảnh.png", pictures.PNG)], "bo-sung-text": ""}
    assert visitor.press(scene.page(visitor), "Gửi thông tin", values).status == 200
    link = next(
        one.get("href")
        for one in scene.staff("lan").get(scene.url()).document.all("a")
        if "/tep/" in one.get("href")
    )
    become, waiting = state
    become(scene)
    for who in ("binh", "ke", "lan"):
        expected = who == "lan" or who in waiting
        found = sees(scene, who, link)
        assert set(found.values()) == {expected}, (who, found)
    for who in ("minh", "kiem"):
        assert WORDS not in scene.staff(who).get(scene.url()).html
        assert scene.staff(who).client.get(link).status_code == 403


def test_whom_nothing_waits_for_can_open_no_form_of_it(scene: Scene) -> None:
    for who, slug in (("binh", "ky-tu-choi"), ("binh", "bo-tu-choi"), ("ke", "tra-tien")):
        assert scene.staff(who).get(scene.url(slug)).status in (403, 404), slug
