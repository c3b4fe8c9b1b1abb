"""What a customer does on the case page, each by its own form, without scripts."""

import logging

import pytest

from forms_api import service
from forms_api.sweeping import sweep
from service_policy.cases import Evidence
from service_policy.cases import commands_money as money
from service_policy.cases import commands_outcome as outcome
from service_policy.cases import commands_service as work
from tests.support.customer import AGENT, CLERK, LEAD, TEXT, Customer

ASK = work.AskCustomer(AGENT, thing="photo", text="Anh/chị gửi giúp ảnh mặt sau của thùng hàng.")


def test_opening_the_page_is_what_delivers_a_message(customer) -> None:
    customer.staff(work.SendAnswer(AGENT, text=TEXT))
    assert customer.loaded.case.messages[-1].delivered_at is None
    assert TEXT in customer.open().html
    assert customer.loaded.case.messages[-1].delivered_at == customer.clock()
    customer.open()
    assert customer.types.count("delivered") == 1


def test_a_colleague_who_opens_the_page_delivers_nothing(customer) -> None:
    customer.staff(work.SendAnswer(AGENT, text=TEXT))
    customer.visitor.client.set_cookie("desk", "somebody at work")
    assert TEXT in customer.open().html
    assert "delivered" not in customer.types


def test_an_answer_to_a_question_starts_the_clock_again(customer) -> None:
    customer.staff(ASK)
    page = customer.open()
    assert "Chúng tôi cần Quý khách cho biết: ảnh hoặc video" in page.html
    assert customer.loaded.case.pause(customer.clock()) is not None
    done = customer.press(page, "Gửi trả lời", text="Ảnh ở thư tôi gửi sáng nay.")
    assert done.status == 200
    assert "Ảnh ở thư tôi gửi sáng nay." in done.html
    assert customer.loaded.case.pause(customer.clock()) is None


def test_a_pause_is_contested_in_one_click(customer) -> None:
    customer.staff(ASK)
    done = customer.press(customer.open(), "Không đồng ý tạm dừng")
    assert "Đã bỏ lần tạm dừng đó" in done.html
    assert customer.loaded.case.pauses[0].void


def test_a_pause_that_is_over_can_still_be_contested(customer, clock) -> None:
    customer.staff(ASK)
    customer.press(customer.open(), "Gửi trả lời", text="Đây.")
    customer.press(customer.open(), "Không đồng ý lần dừng này")
    assert customer.loaded.case.pauses[0].void


def test_an_answer_is_contested_and_counts_as_not_given(customer) -> None:
    customer.staff(work.SendAnswer(AGENT, text=TEXT))
    done = customer.press(customer.open(), "Báo là chưa trả lời", text="Tôi hỏi bao giờ giao.")
    assert "Quý khách không coi đây là câu trả lời" in done.html
    assert customer.loaded.case.promise("CK-02").ended_at is None


def test_a_resolution_is_disputed_confirmed_and_reopened(customer) -> None:
    customer.proposed()
    disputed = customer.press(customer.open(), "Không đồng ý", text="Chưa ai giao hàng.")
    assert "Chưa ai giao hàng." in disputed.html
    assert customer.loaded.case.state == "open"
    customer.staff(outcome.ProposeResolution(AGENT, outcome="as_asked", text=TEXT))
    closed = customer.press(customer.open(), "Đồng ý, đã giải quyết xong")
    assert "Phiếu đã đóng" in closed.html
    assert customer.loaded.case.state == "closed"
    customer.press(closed, "Mở lại phiếu", text="Giao thiếu.")
    assert customer.loaded.case.state == "open"


def test_a_refusal_shows_clause_evidence_reader_and_date_and_is_appealed(customer) -> None:
    customer.refused()
    page = customer.open()
    for words in (
        TEXT, "Điều kiện đã công bố", "Ảnh biên bản giao hàng số 12", "Người đọc lại, Pháp chế",
        "Yêu cầu xem xét lại đến", "Xem điều kiện",
    ):  # fmt: skip
        assert words in page.html, words
    customer.press(page, "Yêu cầu xem xét lại", text="Hôm đó không có bão.")
    assert customer.loaded.case.state == "review"


def test_a_refusal_that_nobody_signed_is_not_shown(customer) -> None:
    customer.owned()
    clause = next(
        one.id
        for one in customer.portal.policy.clauses
        if customer.portal.policy.clause(one.id, customer.loaded.case.pinned_on)
    )
    proof = (Evidence(id="bc-1", readable_by_customer=True),)
    customer.staff(outcome.ProposeRefusal(AGENT, clause=clause, evidence=proof, text=TEXT))
    assert TEXT not in customer.open().html


def test_withdrawing_asks_once_more(customer) -> None:
    sure = customer.press(customer.open(), "Rút phiếu…")
    assert customer.loaded.case.state == "open"
    back = customer.press(sure, "Không, quay lại hồ sơ")
    assert customer.reference in back.html
    done = customer.press(sure, "Có, rút phiếu", text="Tôi đổi ý.")
    assert "Phiếu đã rút" in done.html
    assert customer.loaded.case.state == "withdrawn"


@pytest.mark.parametrize(
    ("button", "state"), [("Đã hết lỗi", "closed"), ("Chưa hết, mở lại phiếu", "open")]
)
def test_the_follow_up_is_answered_once(customer, clock, portal, button, state) -> None:
    customer.proposed()
    customer.press(customer.open(), "Đồng ý, đã giải quyết xong")
    clock.move(days=8)
    sweep(portal, clock())
    page = customer.open()
    assert "Đã hết lỗi chưa?" in page.html
    done = customer.press(page, button)
    assert customer.loaded.case.state == state
    assert "Đã hết lỗi chưa?" not in done.document.one("main").text.split("Việc đã làm")[0]


def test_pressing_twice_acts_once_and_says_so_calmly(customer) -> None:
    page = customer.open()
    for _ in range(2):
        done = customer.press(page, "Gửi thông tin", text="Giao giờ hành chính.")
        assert done.status == 200
    assert customer.types.count("information_added") == 1


def test_a_stale_form_explains_and_keeps_what_was_typed(customer) -> None:
    page = customer.open()
    customer.refused()
    stale = customer.press(page, "Gửi thông tin", text="Thêm một chuyện.")
    assert stale.status == 409
    assert "Việc vừa gửi chưa được ghi" in stale.html
    assert "Đã có người phụ trách" in stale.html
    assert "Thêm một chuyện." in stale.html
    assert "information_added" not in customer.types
    assert customer.press(stale, "Gửi thông tin", text="Thêm một chuyện.").status == 200


def test_what_the_rules_no_longer_allow_is_explained(customer, clock, portal) -> None:
    customer.proposed()
    page = customer.open()
    clock.move(days=9)
    sweep(portal, clock())
    stale = customer.press(page, "Không đồng ý", text="Chưa xong.")
    assert stale.status == 409
    assert "Chưa xong." in stale.html
    assert customer.loaded.case.state == "closed"


@pytest.mark.parametrize("text", ["   ", "x" * 4001])
def test_a_fault_comes_back_with_a_summary_and_what_was_typed(customer, text) -> None:
    page = customer.press(customer.open(), "Gửi thông tin", text=text)
    assert page.status == 422
    assert "bo-sung-text" in page.errors
    assert page.title.startswith("Lỗi:")
    assert text.strip() in page.html


def test_every_miss_is_the_same_answer(customer) -> None:
    page = customer.open()
    wrong = customer.code[:-1] + ("2" if customer.code[-1] != "2" else "3")
    misses = [
        customer.press(page, "Gửi thông tin", text="x", **codes)
        for codes in (
            {"code": wrong}, {"code": ""}, {"code": "x"}, {"reference": "KN-26-2222-2222"},
            {"reference": ""},
        )
    ]  # fmt: skip
    assert {one.status for one in misses} == {404}
    said = {one.document.one("main").text for one in misses}
    assert len(said) == 1
    assert "Không có hồ sơ nào ứng với hai mã này" in said.pop()
    assert "information_added" not in customer.types


def test_an_address_is_no_way_in(customer, client) -> None:
    assert client.get("/ho-so/rut/").status_code == 303
    assert client.get("/ho-so/xoa/").status_code == 404
    assert client.post("/ho-so/xoa/", data={"csrf_token": "x"}).status_code in (400, 404)


def test_without_the_token_nothing_is_done_and_the_text_stays(customer) -> None:
    page = customer.open()
    seen = customer.press(page, "Gửi thông tin", text="Giữ lại nhé.", csrf_token="forged")
    assert seen.status == 400
    assert "Giữ lại nhé." in seen.html
    assert "information_added" not in customer.types
    assert customer.press(seen, "Gửi thông tin").status == 200


def test_the_code_is_in_no_address_and_in_no_log(customer, caplog) -> None:
    with caplog.at_level(logging.DEBUG):
        page = customer.open()
        customer.press(page, "Gửi thông tin", text="Bí mật của tôi.")
    assert all(customer.code not in one.get("href") for one in page.document.elements)
    assert all(customer.code not in form.action for form in page.forms)
    for secret in (customer.code, customer.code.replace("-", ""), "Bí mật của tôi."):
        assert secret not in caplog.text
    assert page.response.headers["Cache-Control"] == "no-store"


def test_what_was_written_is_text_never_html(customer) -> None:
    page = customer.press(customer.open(), "Gửi thông tin", text="<script>alert(1)</script>")
    assert "<script>alert" not in page.html
    assert "&lt;script&gt;alert(1)" in page.html


def test_the_page_tells_holders_versions_money_and_the_way_up(make_customer, clock, portal) -> None:
    customer: Customer = make_customer(province="Bình Dương")
    customer.owned()
    clock.move(days=1)
    customer.staff(
        work.HandOff(LEAD, to_department="ky-thuat", reason="expertise", text="Ghi chú nội bộ.")
    )
    clock.move(days=15)
    sweep(portal, clock())
    page = customer.open()
    for words in (
        "Trần Thị Lan", "Kỹ thuật bảo hành", "đang giữ", "CK-02, bản 1", "Đã trễ hẹn",
        "Cách tính: mức cố định 50.000", "Thêm vì trả tiền bù trễ", "Trả trễ", "Trả chậm nhất",
        "Sở Công Thương Thành phố Hồ Chí Minh", "Tòa án", "/cam-ket/ck-02/phien-ban-1/",
    ):  # fmt: skip
        assert words in page.html, words
    assert "Ghi chú nội bộ" not in page.html
    assert "Nguyễn Thị Mẫu" not in page.html
    assert " style=" not in page.html


def test_the_contract_view_is_filled_from_the_events(customer, clock, portal, client) -> None:
    def view() -> dict:
        headers = {"Authorization": f"Bearer {customer.code}"}
        answer: dict = client.get("/api/v1/case", headers=headers).get_json()
        return {one["id"]: one for one in answer["promises"]}

    clock.move(days=2)
    sweep(portal, clock())
    assert (view()["CK-02"]["status"], view()["CK-02"]["owed_vnd"]) == ("missed", 50_000)
    assert view()["CK-02"]["paid_at"] is None
    owed = customer.loaded.case.open_vnd
    proof = (Evidence(id="bc-9"),)
    customer.staff(money.RecordPayment(CLERK, vnd=owed, method="transfer", evidence=proof))
    assert view()["CK-02"]["paid_at"] == "2026-11-25T09:00:00+07:00"
    sure = customer.press(customer.open(), "Rút phiếu…")
    customer.press(sure, "Có, rút phiếu")
    assert view()["CK-03"]["status"] == "paused"
    assert service.follow_case(portal, None, customer.code, clock()).promises
