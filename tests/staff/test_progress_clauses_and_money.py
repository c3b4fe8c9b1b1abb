"""What the desk shows: reports of progress that are due, clauses that can apply, growing money."""

import re

import pytest

from forms_api.store.history import load_events
from tests.support.html import Element
from tests.support.scene import LATE, TEXT, Scene

TOLD = "Chúng tôi đã tháo máy, đang chờ kết quả đo của phòng kỹ thuật."
MISSED = "Chúng tôi không báo tiến độ đúng hẹn"


def plain(text: str) -> str:
    """Return a page's text with plain spaces, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " "))


def options(scene: Scene) -> list[Element]:
    """Return the clauses that the form of a refusal offers."""
    page = scene.form("lan", "tu-choi").document
    return [one for one in page.elements if one.tag == "option" and "." in one.get("value")]


# ---------------------------------------------------------------- progress


def test_the_desk_says_by_when_the_customer_must_hear_of_us(scene: Scene) -> None:
    words = "Phải báo tiến độ trước Thứ Năm, 03/12/2026, 17:00"
    for url in ("/noi-bo/", scene.url()):
        assert words in plain(scene.staff("lan").get(url).html), url
    scene.at("2026-12-02T09:00").does("lan", "bao-tien-do", text=TOLD)
    for url in ("/noi-bo/", scene.url()):
        assert "trước Thứ Hai, 07/12/2026, 17:00" in plain(scene.staff("lan").get(url).html), url


def test_a_report_that_did_not_come_is_overdue_in_words_and_in_the_customers_history(
    scene: Scene,
) -> None:
    scene.at("2026-12-04T09:00")
    for url in ("/noi-bo/", scene.url()):
        shown = plain(scene.staff("lan").get(url).html)
        assert "Phải báo tiến độ ngay, đã lỡ hẹn Thứ Năm, 03/12/2026, 17:00" in shown, url
    assert MISSED in scene.page().html
    scene.does("lan", "bao-tien-do", text=TOLD)
    assert "Phải báo tiến độ trước Thứ Tư, 09/12/2026, 17:00" in plain(
        scene.staff("lan").get(scene.url()).html
    )
    assert MISSED in scene.page().html


def test_the_holder_is_reminded_once_a_period_however_often_the_sweep_runs(scene: Scene) -> None:
    def times(kind: str) -> int:
        return sum(one.type == kind for one in scene.events)

    for moment in ("2026-12-03T14:00", "2026-12-03T15:30", "2026-12-03T16:00"):
        scene.at(moment)
        scene.sweep()
    assert (times("progress_due"), times("progress_missed")) == (1, 0)
    for moment in ("2026-12-03T17:01", "2026-12-04T08:00", "2026-12-05T08:00"):
        scene.at(moment)
    assert (times("progress_due"), times("progress_missed")) == (1, 1)
    due = scene.case.promise("CK-03")
    assert due is not None
    assert due.due_at == due.first_due_at


def test_a_case_without_that_promise_asks_for_no_report(scene: Scene) -> None:
    visitor = scene.app.test_client()
    filed = visitor.post(
        "/api/v1/invoice-inquiries",
        json={
            "segment": "household",
            "topic": "resend",
            "name": "Nguyễn Thị Mẫu",
            "phone": "0912 345 678",
        },
    )
    scene.reference, scene.code = filed.json["reference"], filed.json["code"]
    scene.at("2026-12-07T09:00")
    assert "Phải báo tiến độ" not in scene.staff("ke").get(scene.url()).html
    events = scene.portal.store.read(lambda connection: load_events(connection, scene.reference))
    assert not any(one.type.startswith("progress") for one in events)


# ---------------------------------------------------------------- clauses


def test_a_refusal_offers_the_conditions_that_can_apply_with_text_and_version(
    scene: Scene,
) -> None:
    scene.owned()
    offered = {one.get("value"): one.text for one in options(scene)}
    policy = scene.portal.policy
    for clause in policy.clauses:
        applies = clause.source in ("BHP-03", "dieu-kien-giao-dich")
        assert (clause.id in offered) == applies, clause.id
        if applies:
            assert clause.text in offered[clause.id]
            assert "bản " in offered[clause.id]


@pytest.mark.parametrize("category", ["GT", "KH"])
def test_a_complaint_that_is_not_about_a_product_is_not_refused_by_its_warranty(
    scene: Scene, category: str
) -> None:
    scene.file(category=category)
    owner = {"GT": "kho-van", "KH": "cskh"}[category]
    visitor = scene.staff("giam")
    assert owner in {one.id for one in scene.portal.policy.company.departments}
    page = visitor.get(scene.url("tu-choi"))
    assert 'value="CK-03.thien-tai"' not in page.html
    assert "BHP-03" not in page.html
    posted = visitor.press(page, "Từ chối", {"clause": "BHP-03.3", "text": TEXT})
    assert posted.status == 422
    assert "clause" in posted.errors


# ---------------------------------------------------------------- money that grows


def test_a_late_promise_is_one_growing_line_for_customer_and_desk(scene: Scene) -> None:
    for day in ("09T17:01", "10T08:01", "11T08:01", "14T08:01", "15T08:01"):
        scene.at(f"2026-12-{day}")
    wanted = "CK-03, bù trễ hẹn, đang tăng: 100.000 đ → 180.000 đ, 4 ngày trễ"
    for page in (scene.page(), scene.staff("lan").get(scene.url())):
        shown = plain(page.html)
        assert shown.count("đang tăng") == 1
        assert wanted in shown
        assert "thành 140.000 đ" in shown
        assert page.html.count("<summary><span>Từng lần, có ngày") >= 1
    page = plain(scene.staff("lan").get(scene.url()).html)
    panel = page.partition("Còn phải trả:")[2].partition("Lịch sử")[0]
    assert panel.count("CK-03, bù trễ hẹn") == 1


def test_what_stopped_growing_says_so(scene: Scene) -> None:
    scene.owned().answer()
    for day in ("09T17:01", "10T08:01", "11T08:01"):
        scene.at(f"2026-12-{day}")
    scene.at("2026-12-11T10:00").propose()
    assert "đã dừng: 100.000 đ → 140.000 đ" in plain(scene.page().html)


def test_a_single_step_stays_an_event_of_its_own(scene: Scene) -> None:
    scene.at(LATE)
    assert "đang tăng" not in scene.page().html
