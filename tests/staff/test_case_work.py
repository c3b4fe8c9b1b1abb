"""The work on a case, through the desk's pages."""

from typing import Any

import pytest

from forms_api import handling, kinds, service
from forms_api.loading import load
from forms_api.sweeping import sweep
from forms_api.web.staff.cases import ACTIONS
from service_policy.actors import Actor
from service_policy.cases import CaseCommand
from service_policy.cases.money.payments import GrantGoodwill
from tests.support import pictures
from tests.support.submissions import COMPLAINT
from tests.support.visitor import Seen, Visitor

TEXT = "Chúng tôi đã kiểm tra: xe giao chậm vì hỏng, mai giao bù và trả tiền bù."


@pytest.fixture
def reference(portal, clock) -> str:
    complaint = kinds.of("complaint").read(COMPLAINT, portal.policy, clock())
    return service.file_case(portal, complaint, None, clock()).reference


def case_of(portal, reference):
    return portal.store.read(lambda c: load(c, reference)).case


def do(visitor: Visitor, reference: str, slug: str, button: str, **values: Any) -> Seen:
    page = visitor.get(f"/noi-bo/ho-so/{reference}/{slug}/")
    assert page.status == 200, page.html
    return confirmed(visitor, visitor.press(page, button, values), button)


def confirmed(visitor: Visitor, seen: Seen, button: str) -> Seen:
    """Say yes where money that was typed is said back."""
    return visitor.press(seen, button) if "xem lại số tiền" in seen.html else seen


def done(seen: Seen) -> bool:
    return seen.status == 303


def first_value(page: Seen, name: str) -> str:
    """Return the first choice of a question."""
    for element in page.document.elements:
        if element.get("name") == name and element.tag == "input":
            return element.get("value")
    inside = False
    for element in page.document.elements:
        inside = element.get("name") == name if element.tag == "select" else inside
        if inside and element.tag == "option" and element.get("value"):
            return element.get("value")
    raise AssertionError(name)


def test_the_queue_shows_what_the_department_holds_with_the_time_left(log_in, reference) -> None:
    page = log_in("lan", "agent", "kho-van").get("/noi-bo/")
    assert reference in page.html
    assert "còn 4 giờ làm việc" in page.html
    assert reference not in log_in("minh", "agent", "marketing").get("/noi-bo/").html


def test_late_is_said_in_words(log_in, reference, clock, portal) -> None:
    visitor = log_in("lan", "agent", "kho-van")
    clock.move(days=3)
    sweep(portal, clock())
    visitor = log_in("van", "agent", "kho-van")
    page = visitor.get("/noi-bo/")
    assert "trễ 1 ngày" in page.html or "trễ 2 ngày" in page.html


def test_a_case_page_holds_promises_guides_customer_and_both_clocks(log_in, reference) -> None:
    page = log_in("lan", "agent", "kho-van").get(f"/noi-bo/ho-so/{reference}/")
    assert page.status == 200
    for words in ("Hướng dẫn:", "Nguyễn Thị Mẫu", "Hai đồng hồ", "Giải quyết khiếu nại đúng hạn"):
        assert words in page.html


@pytest.mark.parametrize(
    ("role", "department"), [("auditor", "qa"), ("editor", "marketing"), ("agent", "marketing")]
)
def test_who_needs_no_personal_data_sees_none(log_in, reference, role, department) -> None:
    visitor = log_in("minh", role, department)
    page = visitor.get(f"/noi-bo/ho-so/{reference}/")
    assert page.status == 200
    for personal in ("Mẫu", "912", "khach.example", "trễ ba ngày", "DH-2026"):
        assert personal not in page.html.split("</header>")[1].split("<footer")[0], personal
    if role == "agent":
        assert visitor.get(f"/noi-bo/ho-so/{reference}/tra-loi/").status == 403


def test_taking_answering_and_proposing_are_written_by_name(
    log_in, reference, portal, clock
) -> None:
    lan = log_in("lan", "agent", "kho-van")
    assert done(do(lan, reference, "nhan-viec", "Nhận phụ trách", owner="NV-lan"))
    assert done(do(lan, reference, "tra-loi", "Trả lời", text=TEXT))
    assert case_of(portal, reference).messages[-1].delivered_at is None
    number = str(case_of(portal, reference).messages[-1].number)
    arrived = do(
        lan, reference, "da-den-tay", "Ghi tin đã đến tay", message=number, means="told_by_phone"
    )
    assert done(arrived)
    page = lan.get(f"/noi-bo/ho-so/{reference}/?xong=da-den-tay")
    assert "Đã ghi: Ghi tin đã đến tay" in page.html
    assert TEXT in page.html
    assert "Người tên Lan, nhân viên phụ trách, Kho vận" in page.html
    proposed = do(
        lan, reference, "de-nghi", "Đề nghị cách giải quyết", outcome="as_asked", text=TEXT
    )
    assert done(proposed)


def test_an_answer_without_content_comes_back_with_what_was_typed(log_in, reference) -> None:
    lan = log_in("lan", "agent", "kho-van")
    page = do(lan, reference, "tra-loi", "Trả lời", text="Đã ghi nhận.")
    assert page.status == 422
    assert "ít nhất 20 ký tự" in page.errors["text"]
    assert "Đã ghi nhận." in page.html


def test_a_form_sent_twice_counts_once(log_in, reference, portal) -> None:
    lan = log_in("lan", "agent", "kho-van")
    page = lan.get(f"/noi-bo/ho-so/{reference}/tra-loi/")
    assert done(lan.press(page, "Trả lời", {"text": TEXT}))
    again = lan.press(page, "Trả lời", {"text": TEXT})
    assert done(again)
    assert len(case_of(portal, reference).messages) == 1


def test_a_refusal_cannot_be_sent_without_clause_evidence_and_second_reader(
    log_in, reference, portal
) -> None:
    lan = log_in("lan", "agent", "kho-van")
    truc = log_in("truc", "lead", "kho-van")
    binh = log_in("binh", "second_reader", "phap-che")
    do(lan, reference, "nhan-viec", "Nhận phụ trách", owner="NV-lan")
    do(lan, reference, "doi-loai", "Đổi loại phiếu", category="HH", text="Hàng hỏng khi nhận.")
    whole = {
        "clause": first_value(lan.get(f"/noi-bo/ho-so/{reference}/tu-choi/"), "clause"),
        "evidence": "Ảnh biên bản giao hàng số 12",
        "evidence_readable": "true",
        "files": [("biên bản.jpg", pictures.photo(4))],
        "text": TEXT,
        "reader": "NV-binh",
    }
    for missing in ("clause", "evidence", "text", "reader"):
        page = do(truc, reference, "tu-choi", "Từ chối", **{**whole, missing: ""})
        assert page.status == 422
        assert missing in page.errors
    hidden = do(truc, reference, "tu-choi", "Từ chối", **{**whole, "evidence_readable": ""})
    assert "khách đọc được" in hidden.errors["evidence"]
    typed = do(truc, reference, "tu-choi", "Từ chối", **{**whole, "files": []})
    assert "chưa phải bằng chứng" in typed.errors["evidence"]
    agent = do(lan, reference, "tu-choi", "Từ chối", **whole)
    assert agent.status == 422
    assert "Chỉ trưởng phòng được quyết từ chối" in agent.html
    assert case_of(portal, reference).refusal is None
    assert done(do(truc, reference, "tu-choi", "Từ chối", **whole))
    assert case_of(portal, reference).messages == ()
    assert reference in binh.get("/noi-bo/").html
    page = do(binh, reference, "ky-tu-choi", "Ký lời từ chối")
    assert done(page)
    assert case_of(portal, reference).messages[-1].purpose == "refusal"
    assert "Ảnh biên bản giao hàng số 12" in lan.get(f"/noi-bo/ho-so/{reference}/").html


def test_nobody_signs_their_own_refusal(log_in, reference, portal) -> None:
    lead = log_in("lan", "lead", "kho-van")
    log_in("binh", "second_reader", "phap-che")
    do(lead, reference, "nhan-viec", "Nhận phụ trách", owner="NV-lan")
    do(lead, reference, "doi-loai", "Đổi loại phiếu", category="HH", text="Hàng hỏng khi nhận.")
    clause = first_value(lead.get(f"/noi-bo/ho-so/{reference}/tu-choi/"), "clause")
    do(
        lead, reference, "tu-choi", "Từ chối", clause=clause, evidence="Ảnh số 1",
        evidence_readable="true", text=TEXT, reader="NV-binh",
        files=[("biên bản.jpg", pictures.photo(4))],
    )  # fmt: skip
    page = do(lead, reference, "ky-tu-choi", "Ký lời từ chối")
    assert page.status == 422
    assert "phải là người khác" in page.html


def test_discretion_is_shown_and_its_limit_holds(log_in, reference, portal) -> None:
    lan = log_in("lan", "agent", "kho-van")
    page = lan.get(f"/noi-bo/ho-so/{reference}/tu-quyet/")
    assert "500.000" in page.html
    why = "Khách phải đi lại hai lần."
    said = lan.press(page, "Tự quyết một khoản", {"vnd": "300.000", "text": why})
    assert done(confirmed(lan, said, "Tự quyết một khoản"))
    assert "Còn 200.000" in lan.get(f"/noi-bo/ho-so/{reference}/tu-quyet/").html
    over = do(lan, reference, "tu-quyet", "Tự quyết một khoản", vnd="200001", text=why)
    assert over.status == 422
    assert case_of(portal, reference).open_vnd == 300_000


def test_only_the_accountant_records_payments(log_in, reference, portal, clock) -> None:
    clock.move(days=3)
    sweep(portal, clock())
    assert log_in("lan", "lead", "kho-van").get(
        f"/noi-bo/ho-so/{reference}/tra-tien/"
    ).status == 403  # fmt: skip
    clerk = log_in("ke", "accountant", "ke-toan")
    assert reference in clerk.get("/noi-bo/").html
    owed = case_of(portal, reference).open_vnd
    more = {"method": "transfer", "evidence": "FT26112300001"}
    over = do(clerk, reference, "tra-tien", "Ghi đã trả tiền", vnd=str(owed + 1), **more)
    assert over.status == 422
    assert done(do(clerk, reference, "tra-tien", "Ghi đã trả tiền", vnd=str(owed), **more))
    assert case_of(portal, reference).open_vnd == 0


def test_a_second_hand_off_is_announced_as_a_miss_before_it_happens(
    log_in, reference, portal
) -> None:
    lan = log_in("lan", "agent", "kho-van")
    due = case_of(portal, reference).promises[0].due_at
    more = {"reason": "expertise", "text": "Cần đo tại xưởng."}
    assert done(do(lan, reference, "chuyen", "Chuyển phòng khác", to="qa", **more))
    page = lan.get(f"/noi-bo/ho-so/{reference}/chuyen/")
    assert "trật CK-16" in page.html
    assert done(lan.press(page, "Chuyển phòng khác", {"to": "ky-thuat", **more}))
    case = case_of(portal, reference)
    assert case.holder_department == "ky-thuat"
    assert case.promises[0].due_at == due
    assert any(one.commitment_id == "CK-16" for one in case.promises)


def test_every_form_of_the_desk_opens(log_in, portal, clock) -> None:
    safety = kinds.of("complaint").read({**COMPLAINT, "category": "AT"}, portal.policy, clock())
    reference = service.file_case(portal, safety, None, clock()).reference
    # An accountant only sees a case with something to pay, a second reader one to sign.
    lead = Actor(id="NV-x", role="lead", department="ban-giam-doc")
    gift = GrantGoodwill(lead, vnd=50_000, text="Xin lỗi Quý khách.")
    handling.execute(portal, reference, gift, clock())
    visitors = {
        role: log_in(role.replace("_", "-"), role, department)
        for role, department in (("lead", "ban-giam-doc"), ("second_reader", "phap-che"),
                                 ("accountant", "ke-toan"), ("agent", "cskh"))
    }  # fmt: skip
    for action in ACTIONS:
        role = next(one for one in visitors if one in action.roles)
        page = visitors[role].get(f"/noi-bo/ho-so/{reference}/{action.slug}/")
        assert page.status == 200, (action.slug, page.html)
        empty = visitors[role].press(page, action.title)
        assert empty.status == 422, action.slug


def test_every_command_that_staff_may_give_has_a_form() -> None:
    commands = CaseCommand.__subclasses__()
    staff = {one for one in commands if not {"customer", "system"} >= one.ALLOWED}
    assert {one.command for one in ACTIONS} == staff


def test_what_is_not_a_case_is_not_found(log_in) -> None:
    lan = log_in()
    for wrong in ("KN-26-2222-2222", "kn-26-2222-2222", "x", "%00", "..%2f.."):
        assert lan.get(f"/noi-bo/ho-so/{wrong}/").status in (400, 404), wrong


def test_the_desk_has_no_way_to_delete_backdate_or_reset(app) -> None:
    methods = {
        method
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/noi-bo")
        for method in rule.methods or ()
    }
    assert methods <= {"GET", "HEAD", "OPTIONS", "POST"}
    assert not hasattr(handling, "delete")
