"""Two cases at the desk: one is split, two are merged; nothing promised is lost in either."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from forms_api.store.tables import outbox
from service_policy.cases import Case
from tests.support.scene import DUE, LATE, Scene
from tests.support.visitor import Visitor

PART = "Thùng còn thiếu nắp nồi: phần giao thiếu này đi riêng."
WHY = "Hai phiếu kể cùng một nồi cơm hỏng."
EMAIL = "mau@khach.example"


@pytest.fixture
def environ(either_database: dict[str, str]) -> dict[str, str]:
    """Run each test on both databases."""
    return either_database


def dues(case: Case) -> dict[str, datetime]:
    """Return the date of each open promise."""
    return {one.commitment_id: one.due_at for one in case.promises if one.is_open}


def letters(scene: Scene, kind: str) -> list[tuple[str, str]]:
    """Return the letters of a kind to the customer: to whom, with what."""
    query = select(outbox).where(outbox.c.kind == kind).order_by(outbox.c.id)
    rows = scene.portal.store.read(lambda connection: list(connection.execute(query)))
    return [(row.case_ref, row.body) for row in rows]


def second(scene: Scene, **changes: Any) -> Scene:
    """File another complaint; the scene goes on with the first."""
    other = replace(scene, reference="", code="")
    return other.file(**changes)


# ---------------------------------------------------------------- splitting


def test_a_part_goes_on_under_its_own_code_that_no_member_of_staff_ever_sees(scene: Scene) -> None:
    scene.file(email=EMAIL).at("2026-12-02T09:00")
    before = dues(scene.case)
    scene.does("hoa", "tach", category="GT", text=PART)
    assert dues(scene.case) == before
    page = scene.page()
    child = replace(scene).holds(page)
    assert child.reference != scene.reference
    assert child.case.received_at == scene.case.received_at
    assert {"CK-01", "CK-02", "CK-03"} <= {one.commitment_id for one in child.case.promises}
    for url in (scene.url(), child.url()):
        seen = scene.staff("hoa").get(url)
        assert seen.status == 200
        assert child.code not in seen.html
        assert scene.code not in seen.html
    assert child.reference in scene.staff("hoa").get(scene.url()).html
    opened = Visitor(scene.app.test_client())
    shown = opened.press(scene.page(opened), f"Mở phiếu {child.reference}")
    assert shown.status == 200
    assert child.reference in shown.title


def test_the_customer_is_told_of_the_part_by_letter(scene: Scene) -> None:
    scene.file(email=EMAIL).does("hoa", "tach", category="GT", text=PART)
    child = replace(scene).holds(scene.page())
    news = [body for reference, body in letters(scene, "news") if reference == scene.reference]
    assert child.reference in news[-1]
    assert PART in news[-1]
    receipts = dict(letters(scene, "receipt"))
    assert child.reference in receipts[child.reference]
    # The code itself is filled in when the letter leaves, and kept nowhere.
    assert child.code not in receipts[child.reference]


def test_splitting_again_by_pressing_twice_makes_one_part(scene: Scene) -> None:
    hoa = scene.staff("hoa")
    page = hoa.get(scene.url("tach"))
    values = {"category": "GT", "text": PART}
    assert hoa.press(page, "Tách một phần", values).status == 303
    assert hoa.press(page, "Tách một phần", values).status == 303
    assert sum(one.type == "case_split" for one in scene.events) == 1


def test_a_part_of_what_is_late_is_late_from_its_first_minute(scene: Scene) -> None:
    scene.at(LATE).does("hoa", "tach", category="CL", text=PART)
    child = replace(scene).holds(scene.page())
    child.sweep()
    child.stands("CK-03", DUE, 100_000)
    scene.stands("CK-03", DUE, 100_000)


def test_only_leads_split_and_merge(scene: Scene) -> None:
    for name in ("lan", "binh", "ke", "minh", "kiem"):
        for slug in ("tach", "gop"):
            assert scene.form(name, slug).status == 403, (name, slug)


# ---------------------------------------------------------------- merging


def test_the_earlier_dates_hold_and_the_other_page_leads_on(scene: Scene) -> None:
    early = scene.at("2026-12-01T15:00")
    late = second(scene.at("2026-12-02T09:00"), email=EMAIL)
    first, kept = dues(early.case), dues(late.case)
    late.does("hoa", "gop", other=early.reference, text=WHY)
    now = dues(late.case)
    for commitment in now:
        known = [each[commitment] for each in (first, kept) if commitment in each]
        assert now[commitment] == min(known), commitment
    assert late.case.received_at == early.case.received_at
    assert early.case.state == "merged"
    visitor = Visitor(scene.app.test_client())
    page = early.page(visitor)
    assert WHY in page.html
    led = visitor.press(page, f"Mở phiếu {late.reference}")
    assert led.status == 200
    assert late.reference in led.title
    late.at(LATE).stands("CK-03", DUE, 100_000)


def test_a_question_nobody_answered_is_not_answered_by_merging(scene: Scene) -> None:
    answered = scene.owned().answer()
    fresh = second(scene.at("2026-11-30T11:00"))
    due = dues(fresh.case)["CK-02"]
    answered.does("hoa", "gop", other=fresh.reference, text=WHY)
    open_answers = [
        one for one in answered.case.promises if one.commitment_id == "CK-02" and one.is_open
    ]
    assert [one.due_at for one in open_answers] == [due]
    answered.at("2026-12-01T14:01")
    assert answered.case.open_vnd == 50_000


def test_what_was_owed_in_the_other_case_is_paid_there(scene: Scene) -> None:
    other = scene.at("2026-12-01T09:01")
    assert other.case.open_vnd > 0
    owed = other.case.open_vnd
    kept = second(scene)
    kept.does("hoa", "gop", other=other.reference, text=WHY)
    assert other.case.open_vnd == owed
    paid = {"vnd": str(owed), "method": "transfer", "evidence": "FT26120100001"}
    other.does("ke", "tra-tien", **paid)
    assert other.case.open_vnd == 0


def test_both_letters_say_where_it_goes_on(scene: Scene) -> None:
    kept, other = scene.file(email=EMAIL), second(scene, email=EMAIL)
    kept.does("hoa", "gop", other=other.reference, text=WHY)
    told = dict(letters(scene, "news"))
    assert other.reference in told[kept.reference]
    assert kept.reference in told[other.reference]
    for body in told.values():
        assert kept.code not in body
        assert other.code not in body


@pytest.mark.parametrize(
    "changes",
    [{"phone": "0987 654 321"}, {"segment": "dealer"}, {"category": "AT"}],
    ids=["another customer", "another segment", "a danger"],
)
def test_what_does_not_belong_together_stays_apart(scene: Scene, changes: dict[str, str]) -> None:
    other = second(scene, **changes)
    scene.refuses("hoa", "gop", "other", other=other.reference, text=WHY)
    assert other.case.state == "open"


def test_a_case_that_waits_for_somebody_is_not_merged_away(scene: Scene) -> None:
    other = second(scene)
    other.answer().propose()
    scene.refuses("hoa", "gop", "other", other=other.reference, text=WHY)
    for wrong in (scene.reference, "KN-26-2222-2222", "", "x"):
        scene.refuses("hoa", "gop", "other", other=wrong, text=WHY)


def test_whoever_may_not_read_the_other_case_learns_nothing_of_it(scene: Scene) -> None:
    other = second(scene, category="HD", phone="0987 654 321")
    mine = scene.refuses("hoa", "gop", "other", other=other.reference, text=WHY)
    nobody = scene.refuses("hoa", "gop", "other", other="KN-26-2222-2222", text=WHY)
    assert mine.errors["other"] == nobody.errors["other"]
