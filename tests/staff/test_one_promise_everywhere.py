"""Receipt, case page, desk, queue and API show one promise alike, at any instant of its life."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from service_policy.promises.calendar import VIETNAM
from tests.support.application import Clock
from tests.support.html import Element
from tests.support.scene import FIRST_DUE, PROOF, TEXT, Scene, local
from tests.support.visitor import Visitor
from theme.filters import datetime_vi, vnd
from theme.words import PROMISE_STATES

MINUTE = timedelta(minutes=1)


@pytest.fixture
def scene(app: Flask, clock: Clock) -> Scene:
    return Scene(app, clock).at("2026-11-30T09:00").file()


def plain(text: str) -> str:
    return " ".join(text.split())


def promises(scene: Scene) -> list[dict[str, Any]]:
    """Return what the API tells of every promise."""
    headers = {"Authorization": f"Bearer {scene.code}"}
    found: list[dict[str, Any]] = (
        scene.app.test_client().get("/api/v1/case", headers=headers).json["promises"]
    )
    return found


def says(box: Element, one: dict[str, Any], *, desk: bool) -> None:
    """Hold what a page says of a promise to what the API says: state, date, money, payment."""
    words = {PROMISE_STATES[one["status"]]}
    if one["status"] == "paused":
        words.add(PROMISE_STATES["released"])  # The API has no word for a promise let go.
    assert any(word in box.text for word in words), (one, box.text)
    assert plain(datetime_vi(datetime.fromisoformat(one["due_at"]))) in box.text, (one, box.text)
    owed = plain(f"{'Nợ khách' if desk else 'Chúng tôi nợ Quý khách'} {vnd(one['owed_vnd'])}")
    assert (owed in box.text) is bool(one["owed_vnd"]), (one, box.text)
    paid = one["paid_at"] and plain(datetime_vi(datetime.fromisoformat(one["paid_at"])))
    assert (f"đã trả đủ {paid}" in box.text or f"đã trả {paid}" in box.text) is bool(paid)


def distances(text: str) -> list[str]:
    """Return how a page says that a date is near, far or past."""
    starts = ("còn ", "trễ ", "hết hạn ngay khi mở cửa", "vừa trễ, ngoài giờ làm việc")
    return [one for one in starts if one in text]


def agree(scene: Scene, statuses: str = "") -> dict[str, dict[str, Any]]:
    """Compare all faces at this instant; ``CK-02 missed`` is what the API must say of one."""
    found = {one["id"]: one for one in promises(scene)}
    visitor = Visitor(scene.app.test_client())
    page = scene.page(visitor)
    desk = scene.staff("lan").get(scene.url())
    boxes = [one for one in page.document.all("div") if "dated-promise" in one.get("class").split()]
    duties = [one for one in desk.document.all("article") if "duty" in one.get("class").split()]
    assert len(boxes) == len(duties) == len(found)
    for id, one in found.items():
        (box,) = (box for box in boxes if f"{id}, bản {one['version']}" in box.text)
        (duty,) = (duty for duty in duties if duty.text.startswith(id))
        says(box, one, desk=False)
        says(duty, one, desk=True)
        assert distances(box.text) == distances(duty.text), (box.text, duty.text)
    receipt = visitor.press(page, "Xem lại biên nhận").document.one("main").text
    for promise in scene.case.promises:
        if promise.started_at == scene.case.received_at and promise.made_at is None:
            assert plain(datetime_vi(promise.first_due_at or promise.due_at)) in receipt
            assert plain(promise.if_missed) in receipt
    for expected in filter(None, statuses.split(", ")):
        id, status = expected.split()
        assert found[id]["status"] == status, (scene.clock.moment, found[id])
    return found


def in_queue(scene: Scene, found: dict[str, dict[str, Any]]) -> None:
    """Hold the line of the queue to the API: the next date, and whether it has passed."""
    (row,) = (
        one
        for one in scene.staff("lan").get("/noi-bo/").document.all("tr")
        if scene.reference in one.text
    )
    due = scene.case.next_due_at
    assert due is not None
    assert due in {datetime.fromisoformat(one["due_at"]) for one in found.values()}
    assert plain(datetime_vi(due)) in row.text
    assert ("queue__late" in row.get("class")) is (due < scene.clock.moment)


def between(first: str, last: str, seed: int) -> list[str]:
    """Return three instants between two moments, in order, chosen by a seed."""
    start, end = local(first), local(last)
    chance = random.Random(seed)  # noqa: S311 - nothing secret is chosen
    minutes = int((end - start) / MINUTE) - 1
    some = sorted(start + MINUTE * chance.randint(1, minutes) for _ in range(3))
    return [f"{one.astimezone(VIETNAM):%Y-%m-%dT%H:%M}" for one in some]


@pytest.mark.parametrize("seed", [1, 2])
def test_before_at_and_after_a_deadline(scene: Scene, seed: int) -> None:
    for moment in (*between("2026-11-30T09:00", "2026-11-30T13:00", seed), "2026-11-30T14:00"):
        found = agree(scene.at(moment, swept=bool(seed % 2)), "CK-01 running, CK-02 running")
    scene.clock.moment += timedelta(seconds=1)
    agree(scene, "CK-01 missed, CK-02 running")
    scene.owned()
    for moment in (*between("2026-11-30T14:01", FIRST_DUE, seed), FIRST_DUE):
        found = agree(scene.at(moment), "CK-01 missed, CK-02 running")
        in_queue(scene, found)
    for moment in between("2026-12-01T09:00", "2026-12-09T17:00", seed):
        found = agree(scene.at(moment), "CK-02 missed, CK-03 running")
        in_queue(scene, found)
    assert found["CK-02"]["owed_vnd"] == 50_000


@pytest.mark.parametrize("seed", [3, 4])
def test_during_a_pause_and_after_a_promise_was_kept(scene: Scene, seed: int) -> None:
    scene.at("2026-11-30T10:00").owned()
    found = agree(scene, "CK-01 kept, CK-02 running")
    scene.at("2026-11-30T11:00").ask()
    for moment in between("2026-11-30T11:00", "2026-12-01T11:00", seed):
        paused = agree(scene.at(moment), "CK-01 kept, CK-02 paused, CK-03 paused")
    scene.customer("Gửi trả lời", text="Ảnh tem máy tôi vừa gửi qua thư.")
    again = agree(scene, "CK-02 running, CK-03 running")
    assert found["CK-02"]["due_at"] < again["CK-02"]["due_at"] <= paused["CK-02"]["due_at"]
    in_queue(scene, again)
    scene.answer()
    scene.clock.moment += timedelta(days=30)
    scene.sweep()
    late = agree(scene, "CK-01 kept, CK-02 kept, CK-03 missed")
    assert late["CK-03"]["owed_vnd"] > 0


def test_after_a_miss_was_excused_and_after_it_was_paid(scene: Scene) -> None:
    scene.at("2026-11-30T10:00").owned().at("2026-12-15T10:00")
    missed = agree(scene, "CK-02 missed, CK-03 missed")
    scene.does("hoa", "mien-bu", exemption="CK-03/thien-tai", text=TEXT, **PROOF)
    assert agree(scene, "CK-03 missed")["CK-03"]["owed_vnd"] == missed["CK-03"]["owed_vnd"]
    scene.does("binh", "ky-mien-bu", promise="CK-03", granted="yes")
    excused = agree(scene, "CK-03 missed, CK-02 missed")
    assert excused["CK-03"]["owed_vnd"] == 0
    scene.does("ke", "tra-tien", vnd=str(scene.case.open_vnd), method="transfer", **PROOF)
    paid = agree(scene, "CK-02 missed")
    assert paid["CK-02"]["paid_at"] is not None
    assert paid["CK-02"]["owed_vnd"] == missed["CK-02"]["owed_vnd"]
