"""Acting in the customer's name with a code that went through the hands of staff.

Whoever types a case in prints its receipt and so sees its code. They open the customer's page in
another browser, where nobody is logged in; deadline, missed promise and money stand.
"""

from dataclasses import replace

import pytest

from tests.support.scene import DUE, LATE, PROOF, TEXT, Scene
from tests.support.visitor import Visitor

WHY = "Khách nói đã xong, xin đóng giúp."
ENDS_NOTHING = "nên không ai dùng mã để đóng hay rút phiếu thay"


@pytest.fixture
def scene(scene: Scene) -> Scene:
    """Go on with a case that was typed in an hour after the customer had called."""
    return scene.holds(scene.at("2026-11-30T10:00").types_in())


def smuggle(scene: Scene, slug: str, **more: str) -> tuple[int, str]:
    """Post an action that the page does not offer, with everything its form would have."""
    visitor = Visitor(scene.app.test_client())
    held = next(one for one in scene.page(visitor).forms if one.action == "/ho-so/bo-sung/")
    sent = {**held.fields, "seen": str(scene.case.seq), **more}
    answer = visitor.client.post(f"/ho-so/{slug}/", data=sent)
    return answer.status_code, answer.text


def test_the_code_confirms_nothing(scene: Scene) -> None:
    scene.answer().at("2026-12-04T16:00").propose()
    page = scene.page()
    assert "Đồng ý, đã giải quyết xong" not in page.html
    assert "Mã của phiếu này do nhân viên đưa" in page.html
    status, text = smuggle(scene, "dong-y")
    assert status == 422
    assert ENDS_NOTHING in text
    assert scene.state() == "proposed"
    scene.at("2026-12-07T09:00").customer("Không đồng ý")
    scene.at(LATE).stands("CK-03", DUE, 100_000)


def test_the_code_withdraws_nothing(scene: Scene) -> None:
    scene.owned().answer()
    assert "Rút phiếu…" not in scene.page().html
    status, text = smuggle(scene, "rut", sure="yes")
    assert status == 422
    assert "Phiếu này nay không rút được nữa" in text
    assert scene.state() == "open"
    scene.at(LATE).stands("CK-03", DUE, 100_000)


def test_silence_after_a_notice_still_closes_it_and_the_customer_opens_it_again(
    scene: Scene,
) -> None:
    scene.answer().propose().at("2026-12-08T08:00")
    assert scene.state() == "closed"
    scene.at("2026-12-08T09:00").customer("Mở lại phiếu")
    scene.at(LATE)
    assert (scene.told("CK-03")["status"], scene.told("CK-03")["owed_vnd"]) == ("missed", 100_000)


def test_a_refusal_is_not_accepted_with_it_either(scene: Scene) -> None:
    scene.owned().staff("binh")
    scene.does("hoa", "tu-choi", clause="BHP-03.3", reader="NV-binh", text=TEXT, **PROOF)
    scene.does("binh", "ky-tu-choi").delivered()
    assert "Tôi chấp nhận kết luận này" not in scene.page().html
    assert smuggle(scene, "dong-y")[0] == 422
    assert scene.state() == "refused"
    scene.customer("Yêu cầu xem xét lại", "Máy chưa từng bị rơi.")
    assert scene.state() == "review"


def test_opening_the_page_delivers_nothing(scene: Scene) -> None:
    scene.owned().does("lan", "tra-loi", text=TEXT)
    scene.does("lan", "hoi-khach", thing="photo", text="Xin gửi ảnh tem sau máy cho chúng tôi.")
    scene.page()
    assert all(one.delivered_at is None for one in scene.case.messages)
    assert scene.case.pauses == ()
    scene.at("2026-12-02T09:00").does("lan", "de-nghi", outcome="as_asked", text=TEXT).page()
    assert scene.state() == "open"
    scene.at("2026-12-01T09:01").stands("CK-02", "2026-12-01T09:00", 50_000)
    scene.at(LATE).stands("CK-03", DUE, 100_000)


def test_the_customer_can_still_answer_contest_and_object(scene: Scene) -> None:
    scene.owned().answer().at("2026-12-03T08:00").ask("order").at("2026-12-04T08:00")
    scene.customer("Không đồng ý tạm dừng")
    scene.customer("Báo là chưa trả lời")
    scene.customer("Gửi trả lời", "Máy vẫn kêu to như cũ.")
    scene.at(LATE).stands("CK-03", DUE, 100_000)


def test_merging_a_typed_in_case_into_the_customers_own_lends_its_code_no_power(
    scene: Scene,
) -> None:
    typed = scene
    own = replace(scene, reference="", code="").file()
    own.does("hoa", "gop", other=typed.reference, text="Cùng một khách, cùng một nồi cơm.")
    assert own.case.staff_know_code
    own.answer().propose()
    assert smuggle(own, "dong-y")[0] == 422
    assert own.state() == "proposed"


def test_a_part_of_a_typed_in_case_is_no_way_around(scene: Scene) -> None:
    scene.does("hoa", "tach", category="KH", text="Phần hỏi về sách hướng dẫn đi riêng.")
    part = replace(scene).holds(scene.page())
    assert part.case.staff_know_code
    assert smuggle(part, "rut", sure="yes")[0] == 422


def test_the_page_of_a_typed_in_case_never_shows_a_code_that_staff_do_not_know(
    scene: Scene,
) -> None:
    typed = scene
    own = replace(scene, reference="", code="").file()
    own.does("hoa", "tach", category="KH", text="Phần hỏi về sách hướng dẫn đi riêng.")
    part = replace(own).holds(own.page())
    own.does("hoa", "gop", other=typed.reference, text="Cùng một khách, cùng một nồi cơm.")
    visitor = Visitor(scene.app.test_client())
    led = visitor.press(typed.page(visitor), f"Mở phiếu {own.reference}")
    assert led.status == 200
    assert part.reference in led.html
    assert part.code not in led.html
    assert "bằng mã bí mật trên biên nhận của nó" in led.html
