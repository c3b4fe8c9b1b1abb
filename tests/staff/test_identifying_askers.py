"""At the desk nothing about invoices and debts goes out before the asker was identified."""

from dataclasses import replace
from typing import Any

import pytest

from forms_api.loading import load
from tests.support import pictures
from tests.support.scene import Scene, local
from tests.support.submissions import INQUIRY
from tests.support.visitor import Visitor

CHECKED = "Đã gọi lại số 028 trong hợp đồng năm 2025, gặp kế toán trưởng."
PLAIN = "Kế toán đã xem xong; mời Quý khách đến quầy với giấy giới thiệu để nghe kết quả."
TEXT = "Chúng tôi đã đối chiếu sổ sách và gửi kết quả dưới đây cho Quý khách."
BALANCE = "Đến hôm nay công nợ của Quý khách là 12.500.000 đ, kỳ tháng mười một."
WAYS = ("called_back_number_on_file", "papers_seen_at_counter", "contract_contact_on_file")


@pytest.fixture
def inquiry(app, clock) -> Scene:
    """Give an inquiry that was filed over the API on Monday, 30 November, at nine."""
    clock.moment = local("2026-11-30T09:00")
    return ask(Scene(app, clock))


def ask(scene: Scene, topic: str = "balance", **changes: Any) -> Scene:
    given = {**INQUIRY, "topic": topic, **changes}
    answer = scene.app.test_client().post("/api/v1/invoice-inquiries", json=given)
    assert answer.status_code == 201, answer.text
    found = replace(scene, reference=answer.json["reference"], code=answer.json["code"])
    who = "kho" if topic == "delivery_status" else "thu"
    return found.does(who, "nhan-viec", owner=f"NV-{who}")


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("balance", BALANCE),
        ("payment_not_recorded", "Chúng tôi đã nhận được tiền hôm thứ sáu tuần trước rồi ạ."),
        ("authenticity", "Hóa đơn này đã bị hủy và thay thế từ tháng mười rồi ạ."),
        ("delivery_status", "Đơn này đã giao hàng xong từ chiều thứ sáu tuần trước."),
        ("resend", TEXT),
    ],
)
def test_an_answer_without_identification_comes_back_with_the_ways(
    inquiry: Scene, topic: str, text: str
) -> None:
    scene = ask(inquiry, topic=topic)
    who = "kho" if topic == "delivery_status" else "thu"
    form = scene.form(who, "tra-loi")
    names = [one.get("name") for one in form.document.elements if one.get("name")]
    assert names.index("identified_by") < names.index("text")
    seen = scene.refuses(who, "tra-loi", text=text)
    assert any("xác minh" in one.lower() for one in seen.errors.values())
    assert text in seen.html
    scene.does(who, "tra-loi", text=text, identified_by=WAYS[0], identified_note=CHECKED)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_is_recorded_once_and_told_without_the_note(inquiry: Scene, way: str) -> None:
    inquiry.does("thu", "tra-loi", text=BALANCE, identified_by=way, identified_note=CHECKED)
    page, desk = inquiry.page().html, inquiry.staff("thu").get(inquiry.url()).html
    assert "Đã xác minh người hỏi" in page
    assert CHECKED not in page
    assert CHECKED in desk
    assert "12.500.000 đ" in page
    # From now on the form does not ask again.
    assert "identified_by" not in inquiry.form("thu", "tra-loi").html
    inquiry.does("thu", "bao-tien-do", text=BALANCE)
    assert [one.type for one in inquiry.events].count("asker_identified") == 1


@pytest.mark.parametrize("note", ["", "ok", "đã gọi", " " * 40])
def test_a_way_without_a_note_is_no_identification(inquiry: Scene, note: str) -> None:
    for slug in ("tra-loi", "de-nghi", "xac-minh"):
        values = {"text": BALANCE, "outcome": "explained"} if slug != "xac-minh" else {}
        seen = inquiry.refuses("thu", slug, identified_by=WAYS[0], identified_note=note, **values)
        assert "identified_note" in seen.errors


@pytest.mark.parametrize("way", ["other", "khac", "  ", "called_back", "chua_xac_minh"])
def test_there_is_no_other_way(inquiry: Scene, way: str) -> None:
    inquiry.refuses("thu", "tra-loi", text=BALANCE, identified_by=way, identified_note=CHECKED)


@pytest.mark.parametrize("slug", ["bao-tien-do", "hoi-khach", "tra-loi", "de-nghi"])
def test_figures_in_other_clothes_are_refused_and_the_words_kept(inquiry: Scene, slug: str) -> None:
    more = {
        "hoi-khach": {"thing": "choice"},
        "tra-loi": {"identified_by": "chua_xac_minh"},
        "de-nghi": {"identified_by": "chua_xac_minh", "outcome": "explained"},
    }.get(slug, {})
    seen = inquiry.refuses("thu", slug, "text", text=BALANCE, **more)
    assert BALANCE in seen.html
    inquiry.does("thu", slug, text=PLAIN, **more)


def test_without_identification_no_file_goes_out(inquiry: Scene) -> None:
    visitor = inquiry.staff("thu")
    page = visitor.get(inquiry.url("tra-loi"))
    values = {"text": PLAIN, "identified_by": "chua_xac_minh"}
    files = [("đối chiếu.pdf", pictures.PDF)]
    seen = visitor.press(page, "Trả lời", {**values, "files": files})
    assert seen.status == 422
    assert "files" in seen.errors
    sure = {"identified_by": WAYS[1], "identified_note": CHECKED}
    seen = visitor.press(page, "Trả lời", {**values, **sure, "files": files})
    assert seen.status == 303


def test_an_answer_is_read_aloud_only_to_who_was_identified(inquiry: Scene) -> None:
    plain = {"identified_by": "chua_xac_minh"}
    inquiry.does("thu", "tra-loi", text=PLAIN, **plain)
    aloud = {"message": str(inquiry.case.messages[-1].number), "means": "told_by_phone"}
    inquiry.does("thu", "da-den-tay", **aloud)
    other = ask(inquiry, email="chi-hai@daily.example", phone="0912 345 678")
    inquiry.does("thu", "tra-loi", text=BALANCE, identified_by=WAYS[0], identified_note=CHECKED)
    kept = ask(inquiry, phone="0912 345 678")
    kept.does("thu", "tra-loi", text=BALANCE, identified_by=WAYS[0], identified_note=CHECKED)
    kept.does("son", "gop", other=other.reference, text="Cùng một khách hỏi cùng một việc.")
    aloud = {"message": str(kept.case.messages[-1].number), "means": "told_by_phone"}
    kept.refuses("thu", "da-den-tay", "identified_by", **aloud)
    kept.refuses("thu", "tra-loi", text=BALANCE)
    # Whoever came in by the merge is not led to the figures that were told before.
    visitor = Visitor(kept.app.test_client())
    assert kept.reference in other.page(visitor).html
    assert kept.code not in other.page(visitor).html
    kept.does("thu", "da-den-tay", **aloud, identified_by=WAYS[1], identified_note=CHECKED)
    assert kept.code in other.page(visitor).html


@pytest.mark.parametrize("category", ["HD", "CN"])
def test_complaints_about_invoices_are_answered_alike(scene: Scene, category: str) -> None:
    found = scene.file(category=category)
    found.does("thu", "nhan-viec", owner="NV-thu")
    found.refuses("thu", "tra-loi", "identified_by", text=TEXT)
    found.does("son", "doi-loai", category="KH", text="Không phải chuyện hóa đơn đâu.")
    found.refuses("thu", "tra-loi", "identified_by", text=TEXT)
    found.does("thu", "tra-loi", text=TEXT, identified_by=WAYS[2], identified_note=CHECKED)


def test_identification_and_answer_are_recorded_together_or_not_at_all(inquiry: Scene) -> None:
    sure = {"identified_by": WAYS[0], "identified_note": CHECKED}
    inquiry.refuses("thu", "tra-loi", "text", text="ngắn quá", **sure)
    assert "asker_identified" not in [one.type for one in inquiry.events]


CALLS = (
    f"Khách hỏi số dư, em đã báo: {BALANCE}",
    "Khách hỏi hóa đơn; em nói hóa đơn này đã bị hủy từ tháng mười.",
    "Khách gọi hỏi nợ, nghe xong con số mười hai triệu rồi cúp máy.",
)


@pytest.mark.parametrize("text", CALLS)
def test_a_call_that_was_written_down_tells_no_figures_before_an_identification(
    inquiry: Scene, text: str
) -> None:
    call = {"way": "phone", "text": text, "files": [("sao kê.pdf", pictures.PDF)]}
    inquiry.does("thu", "khach-lien-he", **call)
    assert inquiry.events[-1].type == "contact_recorded"
    page, desk = inquiry.page().html, inquiry.staff("thu").get(inquiry.url()).html
    assert text not in page
    assert "sao kê.pdf" not in page
    assert "hiện ra sau khi xác minh người hỏi" in page
    assert text in desk
    assert "Khách chưa thấy" in desk
    inquiry.does("thu", "xac-minh", identified_by=WAYS[0], identified_note=CHECKED)
    page = inquiry.page().html
    assert text in page
    assert "sao kê.pdf" in page


def test_a_file_that_waits_cannot_be_fetched_by_its_number_either(inquiry: Scene) -> None:
    call = {"way": "mail", "text": "Khách gửi thư.", "files": [("sao kê.pdf", pictures.PDF)]}
    inquiry.does("thu", "khach-lien-he", **call)
    visitor = Visitor(inquiry.app.test_client())
    page = inquiry.page(visitor)
    stored = inquiry.portal.store.read(lambda connection: load(connection, inquiry.reference))
    fields = next(one.fields for one in page.forms if "csrf_token" in one.fields)
    codes = {name: fields[name] for name in ("csrf_token", "reference", "code")}
    answer = visitor.client.post("/ho-so/tep/", data={**codes, "file": stored.files[0].id})
    assert answer.mimetype == "text/html"
    assert b"%PDF" not in answer.data


@pytest.mark.parametrize("text", ["Khách gọi: thợ chưa đến.", "Khách xin gọi lại sau 14:30."])
def test_a_call_without_figures_is_read_at_once(inquiry: Scene, text: str) -> None:
    inquiry.does("thu", "khach-lien-he", way="phone", text=text)
    assert text in inquiry.page().html


def test_a_call_about_something_else_hides_only_sums_of_invoices(scene: Scene) -> None:
    price = "Khách mua máy giá 590.000 đ, hỏi đổi được không."
    debts = f"Khách hỏi luôn công nợ: {BALANCE}"
    for text in (price, debts):
        scene.does("lan", "khach-lien-he", way="phone", text=text)
    page = scene.page().html
    assert price in page
    assert debts not in page
