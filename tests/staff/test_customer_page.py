"""The customer's own page: what it shows and what it can do, without an account."""

import pytest

from forms_api import handling, intake, service
from forms_api.loading import load
from forms_api.sweeping import sweep
from service_policy.actors import Actor
from service_policy.cases import Evidence
from service_policy.cases import commands_outcome as outcome
from service_policy.cases import commands_service as work
from tests.support.submissions import COMPLAINT
from tests.support.visitor import Seen, Visitor

AGENT = Actor(id="NV-lan", role="agent", department="kho-van")
SECOND = Actor(id="NV-binh", role="second_reader", department="phap-che")
TEXT = "Chúng tôi đã kiểm tra: xe giao chậm vì hỏng, mai giao bù và trả tiền bù."


class Person:
    """A customer with a receipt."""

    def __init__(self, visitor: Visitor, portal, clock) -> None:
        complaint = intake.complaint(COMPLAINT, portal.policy, clock())
        receipt = service.file_complaint(portal, complaint, None, clock())
        self.visitor, self.portal, self.clock = visitor, portal, clock
        self.reference, self.code = receipt.reference, receipt.code

    @property
    def case(self):
        return self.portal.store.read(lambda c: load(c, self.reference)).case

    def give(self, command, **more) -> None:
        handling.give(self.portal, self.reference, command, self.clock(), **more)

    def owned(self) -> None:
        self.give(work.NameOwner(AGENT, owner=AGENT, display_name="Chị Lan"))

    def look(self) -> Seen:
        page = self.visitor.get("/ho-so/")
        codes = {"reference": self.reference, "code": self.code}
        return self.visitor.press(page, "Xem hồ sơ", codes)

    def press(self, button: str, text: str = "") -> Seen:
        return self.visitor.press(self.look(), button, {"text": text} if text else None)


@pytest.fixture
def person(visitor, portal, clock) -> Person:
    return Person(visitor, portal, clock)


def test_a_message_counts_as_read_when_its_page_was_opened(person, log_in) -> None:
    person.give(work.SendAnswer(AGENT, text=TEXT))
    staff = Visitor(log_in().client)
    staff.press(
        staff.get("/ho-so/"), "Xem hồ sơ", {"reference": person.reference, "code": person.code}
    )
    assert person.case.messages[-1].delivered_at is None
    page = person.look()
    assert TEXT in page.html
    assert person.case.messages[-1].delivered_at == person.clock()
    assert {one.status(person.clock()) for one in person.case.promises} >= {"kept"}


def test_the_page_tells_holders_money_and_ladder(person, clock, portal) -> None:
    person.owned()
    moved = work.HandOff(AGENT, to_department="qa", reason="expertise", text="Cần đo ở xưởng.")
    person.give(moved)
    clock.move(days=4)
    sweep(portal, clock())
    page = person.look()
    for words in (
        "Chị Lan, ", "Kho vận → Bảo đảm chất lượng", "Chúng tôi đã trật hẹn", "50.000",
        "trả chậm nhất", "Sở Công Thương", "Hai đồng hồ",
    ):  # fmt: skip
        assert words in page.html, words
    assert "Cần đo ở xưởng" not in page.html


def test_an_answer_can_be_contested_and_the_time_runs_on(person) -> None:
    person.give(work.SendAnswer(AGENT, text=TEXT))
    person.look()
    page = person.press("Chưa trả lời đúng câu hỏi", "Tôi hỏi bao giờ giao.")
    assert page.status == 200
    assert "Tôi hỏi bao giờ giao." in page.html
    answer = person.case.promise("CK-02")
    assert answer is not None
    assert answer.ended_at is None


def test_a_pause_is_contested_with_one_click(person) -> None:
    ask = work.AskCustomer(AGENT, thing="photo", text="Xin gửi ảnh kiện hàng khi nhận.")
    person.give(ask)
    assert "Không đồng ý tạm dừng" in person.look().html
    assert person.case.pauses
    person.press("Không đồng ý tạm dừng")
    assert person.case.pauses[0].void


def test_the_customers_answer_ends_a_pause(person, clock) -> None:
    person.give(work.AskCustomer(AGENT, thing="photo", text="Xin gửi ảnh kiện hàng khi nhận."))
    person.look()
    clock.move(hours=1)
    page = person.press("Gửi thêm thông tin", "Ảnh ở thư tôi gửi sáng nay.")
    assert "Ảnh ở thư tôi gửi sáng nay." in page.html
    assert person.case.pause(clock()) is None


def test_a_false_resolution_is_disputed_and_a_true_one_confirmed(person) -> None:
    person.owned()
    proposal = outcome.ProposeResolution(AGENT, outcome="as_asked", text=TEXT)
    person.give(proposal)
    assert "Đang chờ Quý khách quyết" in person.look().html
    person.press("Không đồng ý", "Chưa ai giao hàng.")
    assert person.case.state == "open"
    person.give(proposal)
    person.look()
    assert "Phiếu đã đóng" in person.press("Xác nhận đã giải quyết").html
    assert person.case.state == "closed"
    person.press("Mở lại phiếu", "Hàng giao thiếu.")
    assert person.case.state == "open"


def test_a_refusal_shows_its_clause_and_evidence_and_can_be_appealed(person, portal) -> None:
    person.owned()
    clause = next(one.id for one in portal.policy.clauses if one.id.startswith("CK-03"))
    refusal = outcome.ProposeRefusal(
        AGENT, clause=clause, evidence=(Evidence(id="bc-1", readable_by_customer=True),), text=TEXT
    )
    kept = {"evidence": {"bc-1": {"what": "Thông báo bão số 9", "readable": True}}}
    person.give(refusal, more=kept)
    assert TEXT not in person.look().html
    person.give(outcome.SignRefusal(SECOND))
    page = person.look()
    for words in (TEXT, clause, "Thông báo bão số 9", "Yêu cầu xem xét lại"):
        assert words in page.html, words
    person.press("Yêu cầu xem xét lại", "Hôm đó không có bão.")
    assert person.case.review is not None


def test_withdrawing_is_the_customers_own(person) -> None:
    person.press("Rút phiếu")
    assert person.case.state == "withdrawn"


def test_pressing_twice_counts_once(person) -> None:
    page = person.look()
    for status in (200, 409):
        again = person.visitor.press(page, "Gửi thêm thông tin", {"text": "Giao giờ hành chính."})
        assert again.status == status
    assert again.html.count("Giao giờ hành chính.") == 2  # Once in the history, once still typed.


def test_nothing_is_done_with_a_wrong_code_or_an_unknown_word(person) -> None:
    page = person.look()
    wrong = {"code": person.code[:-1] + ("2" if person.code[-1] != "2" else "3")}
    assert person.visitor.press(page, "Rút phiếu", wrong).status == 404
    assert person.visitor.press(page, "Rút phiếu", {"action": "xoa-het"}).status == 422
    assert person.visitor.press(page, "Rút phiếu", {"action": "mo-lai"}).status == 422
    assert person.case.state == "open"


def test_what_was_written_is_shown_as_text_never_as_html(person) -> None:
    page = person.press("Gửi thêm thông tin", "<script>alert(1)</script><img src=x onerror=a>")
    assert "<script>alert" not in page.html
    assert "&lt;script&gt;alert(1)" in page.html
