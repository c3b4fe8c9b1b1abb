"""The published worked examples: to the đồng on the page, over the API and at the desk alike."""

from datetime import timedelta

import pytest

from forms_api.portal import Portal
from service_policy.content import Library
from tests.support.scene import PROOF, Scene, local
from tests.support.site import BuiltSite
from theme.filters import vnd

PUBLISHED = [
    ("CK-04", 144_000),
    ("CK-04", 120_000),
    ("CK-04", 2_247_000),
    ("CK-03", 180_000),
    ("CK-09", 840_000),
    ("CK-09", 12_600_000),
    ("CK-09", 33_600_000),
    ("CK-13", 120_000),
    ("CK-13", 50_000),
    ("CK-15", 7_490_000),
    ("CK-15", 3_210_000),
    ("CK-15", 1_498_000),
    ("CK-17", 100_000),
]
"""The domain's table: a commitment and what its example comes to, in đồng."""


@pytest.mark.parametrize(("commitment", "amount"), PUBLISHED)
def test_the_built_page_says_the_amount_and_how_it_comes_about(
    built_site: BuiltSite, commitment: str, amount: int
) -> None:
    page = built_site.pages[f"/cam-ket/{commitment.lower()}/"]
    said = [one.text for one in page.elements if "example" in one.get("class").split()]
    assert any(vnd(amount) in one.replace(" đ", "\u00a0đ") for one in said), said


def test_every_example_of_every_page_is_what_the_rules_come_to(
    built_site: BuiltSite, library: Library
) -> None:
    for commitment in library.commitments:
        page = built_site.pages[commitment.url]
        said = [one.text for one in page.elements if "example__sum" in one.get("class").split()]
        expected = [vnd(one.expect_vnd) for one in commitment.examples]
        assert len(said) == len(expected), commitment.id
        for words, amount in zip(said, expected, strict=True):
            assert amount.replace("\u00a0", " ") in words.replace("\u00a0", " "), commitment.id


def test_four_working_days_late_with_a_resolution(scene: Scene) -> None:
    scene.owned().answer().at("2026-12-09T17:01").stands("CK-03", "2026-12-09T17:00", 100_000)
    scene.at("2026-12-15T16:59")  # the fourth working day after the date
    scene.stands("CK-03", "2026-12-09T17:00", 180_000)


def test_a_priority_customer_whose_first_answer_is_late(scene: Scene) -> None:
    scene.file(priority=True).at("2026-12-01T09:01")
    told = {one: scene.told(one)["owed_vnd"] for one in ("CK-02", "CK-17")}
    assert sum(told.values()) == 100_000, told
    for page in (scene.page(), scene.staff("lan").get(scene.url())):
        assert vnd(100_000) in page.html


def test_a_payment_later_than_five_working_days(scene: Scene) -> None:
    scene.at("2026-12-01T09:01").owned().answer()
    assert scene.told("CK-02")["owed_vnd"] == 50_000
    scene.at("2026-12-08T17:00")
    assert scene.told("CK-02")["owed_vnd"] == 50_000
    scene.at("2026-12-08T17:01")
    assert scene.told("CK-02")["owed_vnd"] == 100_000
    for page in (scene.page(), scene.staff("lan").get(scene.url())):
        assert "thêm một lần" in page.html


def test_the_receipt_and_the_api_promise_what_the_case_pays(scene: Scene, portal: Portal) -> None:
    for one in scene.case.promises:
        rule = portal.policy.commitment(one.commitment_id, 1).rule("household")
        assert rule is not None
        if one.if_missed_vnd is None:
            continue
        late = one.due_at + timedelta(minutes=1)
        scene.clock.moment = max(late, local("2026-11-30T09:00"))
        scene.sweep()
        assert scene.told(one.commitment_id)["owed_vnd"] >= one.if_missed_vnd, one.key


def test_a_price_typed_in_at_the_desk_caps_what_is_owed_together(scene: Scene) -> None:
    price = {**PROOF, "name": "price_vnd", "evidence": "Hóa đơn số 12"}
    scene.does("lan", "so-lieu", **price, value="120.000")
    scene.at("2026-12-15T16:59")
    owed = {one["id"]: one["owed_vnd"] for one in _promises(scene)}
    missed = [one.vnd for one in scene.case.debts if one.reason == "missed"]
    assert sum(missed) == 120_000, owed


def _promises(scene: Scene) -> list[dict[str, object]]:
    headers = {"Authorization": f"Bearer {scene.code}"}
    found: list[dict[str, object]] = (
        scene.app.test_client().get("/api/v1/case", headers=headers).json["promises"]
    )
    return found
