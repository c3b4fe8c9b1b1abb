"""What a customer does on the case page, each by its own form, without scripts."""

import pytest

from forms_api.sweeping import sweep
from service_policy.cases.messages.answers import SendAnswer
from service_policy.cases.messages.pauses import AskCustomer
from service_policy.cases.resolution.proposing import ProposeResolution
from tests.support.customer import AGENT, TEXT

ASK = AskCustomer(AGENT, thing="photo", text="Anh/chị gửi giúp ảnh mặt sau của thùng hàng.")


def test_opening_the_page_is_what_delivers_a_message(customer) -> None:
    customer.staff(SendAnswer(AGENT, text=TEXT))
    assert customer.loaded.case.messages[-1].delivered_at is None
    assert TEXT in customer.open().html
    assert customer.loaded.case.messages[-1].delivered_at == customer.clock()
    customer.open()
    assert customer.types.count("delivered") == 1


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
    customer.staff(SendAnswer(AGENT, text=TEXT))
    done = customer.press(customer.open(), "Báo là chưa trả lời", text="Tôi hỏi bao giờ giao.")
    assert "Quý khách không coi đây là câu trả lời" in done.html
    assert customer.loaded.case.promise("CK-02").ended_at is None


def test_a_resolution_is_disputed_confirmed_and_reopened(customer) -> None:
    customer.proposed()
    disputed = customer.press(customer.open(), "Không đồng ý", text="Chưa ai giao hàng.")
    assert "Chưa ai giao hàng." in disputed.html
    assert customer.loaded.case.state == "open"
    customer.staff(ProposeResolution(AGENT, outcome="as_asked", text=TEXT))
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


@pytest.mark.parametrize("words", ["Vẫn hỏng.", "Cảm ơn, tôi xem đã.", "Gọi lại cho tôi."])
def test_a_word_after_the_proposal_keeps_the_case_open_and_the_yes_at_hand(
    customer, clock, portal, words
) -> None:
    customer.proposed()
    page = customer.press(customer.open(), "Gửi thông tin", text=words)
    assert "phiếu không tự đóng" in page.html
    clock.move(days=12)
    sweep(portal, clock())
    assert customer.loaded.case.state == "open"
    customer.press(customer.open(), "Đồng ý, đã giải quyết xong")
    assert customer.loaded.case.state == "closed"


def test_a_word_after_a_refusal_leaves_the_appeal_at_hand(customer, clock, portal) -> None:
    customer.refused()
    customer.press(customer.open(), "Gửi thông tin", text="Tôi không làm hỏng.")
    clock.move(days=3)
    sweep(portal, clock())
    assert customer.loaded.case.state == "open"
    customer.press(customer.open(), "Yêu cầu xem xét lại", text="Xin xem lại.")
    assert customer.loaded.case.state == "review"


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


@pytest.mark.parametrize(
    ("button", "text"),
    [
        ("Gửi thông tin", "Máy vẫn hỏng."),
        ("Không đồng ý", "Chưa xong."),
        ("Báo là chưa trả lời", "Xin cho biết ngày giao."),
    ],
)
def test_a_word_that_comes_after_the_case_closed_goes_on_in_the_form_that_reopens_it(
    customer, clock, portal, button, text
) -> None:
    customer.staff(SendAnswer(AGENT, text=TEXT))
    customer.proposed()
    page = customer.open()
    clock.move(days=9)
    sweep(portal, clock())
    assert customer.loaded.case.state == "closed"
    stale = customer.press(page, button, text=text)
    assert stale.status == 409
    assert customer.loaded.case.state == "closed"
    form = next(one for one in stale.forms if "mo-lai-text" in one.fields)
    assert form.fields["mo-lai-text"] == text
    assert customer.press(stale, "Mở lại phiếu").status == 200
    assert customer.loaded.case.state == "open"
    resolved = [one for one in customer.loaded.case.promises if one.stops_on == "resolved"]
    assert [one.status(clock()) for one in resolved] == ["missed"]


def test_what_the_rules_no_longer_allow_is_explained(customer, clock, portal) -> None:
    customer.proposed()
    page = customer.open()
    clock.move(days=9)
    sweep(portal, clock())
    stale = customer.press(page, "Không đồng ý", text="Chưa xong.")
    assert stale.status == 409
    assert "Chưa xong." in stale.html
    assert customer.loaded.case.state == "closed"


def test_without_the_token_nothing_is_done_and_the_text_stays(customer) -> None:
    page = customer.open()
    seen = customer.press(page, "Gửi thông tin", text="Giữ lại nhé.", csrf_token="forged")
    assert seen.status == 400
    assert "Giữ lại nhé." in seen.html
    assert "information_added" not in customer.types
    assert customer.press(seen, "Gửi thông tin").status == 200
