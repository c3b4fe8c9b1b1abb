"""More ways to cheat a customer, tried by staff at the desk; promise, miss and money stand."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from forms_api.web.staff.cases import ACTIONS
from service_policy.cases import commands_outcome as outcome
from service_policy.cases import commands_service as service
from tests.staff.conftest import Clock
from tests.support.scene import COMPLAINT, PEOPLE, TEXT, Scene, local
from tests.support.visitor import Seen

DUE = "2026-12-09T17:00"
LATE = "2026-12-09T17:01"
FIRST_DUE = "2026-12-01T09:00"
"""When the first answer to what was filed on Monday at nine falls due."""
PROOF = {"evidence": "Ảnh tem máy, tệp số 3", "evidence_readable": "true"}


@pytest.fixture
def scene(app: Flask, clock: Clock) -> Scene:
    """Give a complaint that was filed over the API on Monday at nine."""
    return Scene(app, clock).at("2026-11-30T09:00").file()


def clauses(scene: Scene) -> list[str]:
    page = scene.form("lan", "tu-choi")
    codes = [one.get("value") for one in page.document.all("option")]
    return [one for one in codes if one]


def refusal(scene: Scene) -> dict[str, str]:
    scene.staff("binh")
    return {"clause": clauses(scene)[0], **PROOF, "text": TEXT, "reader": "NV-binh"}


# ---------------------------------------------------------------- buying time


def test_handing_a_case_around_buys_no_time(scene: Scene) -> None:
    scene.owned().answer()
    for department in ("cskh", "ky-thuat", "kho-van", "qa"):
        why = "Cần đo ở phòng khác."
        scene.does("lan", "chuyen", to=department, reason="expertise", text=why)
    scene.stands("CK-16", "2026-11-30T09:00", 200_000)
    scene.at(LATE).stands("CK-03", DUE, 100_000)


def test_a_wish_of_the_customer_that_nobody_can_prove_excuses_no_hand_off(scene: Scene) -> None:
    why = {"reason": "customer_request", "text": "Khách muốn đổi người."}
    scene.refuses("lan", "chuyen", to="cskh", **why)


def test_questions_without_end_do_not_stop_the_clock_without_end(scene: Scene) -> None:
    scene.owned().answer()
    for day, thing in ((1, "photo"), (7, "serial"), (14, "invoice"), (21, "time")):
        scene.at(f"2026-12-{day:02}T08:00").ask(thing)
    again = {"thing": "photo", "text": TEXT}
    scene.at("2026-12-28T08:00").refuses("lan", "hoi-khach", "thing", **again)
    assert scene.told("CK-03")["status"] == "missed"
    assert scene.told("CK-03")["due_at"] <= "2026-12-16T17:00:00+07:00"


def test_a_question_that_never_left_stops_nothing(scene: Scene) -> None:
    scene.owned().answer().does("lan", "hoi-khach", thing="photo", text=TEXT)
    scene.at(LATE).stands("CK-03", DUE, 100_000)


def test_a_question_after_the_deadline_forgives_nothing(scene: Scene) -> None:
    scene.owned().answer().at(LATE).ask()
    scene.at("2026-12-11T09:00").stands("CK-03", DUE, 140_000)


def test_a_question_nobody_needed_is_contested_and_gives_its_time_back(scene: Scene) -> None:
    scene.owned().answer().at("2026-12-03T08:00").ask("order").at("2026-12-08T08:00")
    scene.customer("Không đồng ý tạm dừng")
    scene.at(LATE).stands("CK-03", DUE, 100_000)


def test_proposing_again_and_again_buys_no_time(scene: Scene) -> None:
    scene.owned().answer()
    for day in (2, 3, 4, 7, 8):
        scene.at(f"2026-12-{day:02}T09:00").propose()
        scene.at(f"2026-12-{day:02}T11:00").customer("Không đồng ý")
    scene.at(LATE).stands("CK-03", DUE, 100_000)


def test_a_slower_category_is_no_slower(scene: Scene) -> None:
    scene.owned().answer()
    scene.does("lan", "doi-loai", category="DT", text="Có lẽ là chuyện của đại lý.")
    scene.does("lan", "doi-loai", category="KH", text="Hoặc là chuyện khác.")
    scene.at(LATE).stands("CK-03", DUE, 100_000)


def test_a_danger_stays_a_danger(scene: Scene) -> None:
    scene.file(category="AT").does("giam", "goi-lai", reached="false", text="Gọi, không ai nghe.")
    scene.refuses("giam", "doi-loai", category="KH", text="Khách nói quá lên thôi.")
    scene.at("2026-11-30T09:31")
    found = scene.told("CK-18")
    assert (found["status"], found["due_at"]) == ("missed", "2026-11-30T09:30:00+07:00")


def test_an_owner_of_another_department_is_no_owner(scene: Scene) -> None:
    scene.staff("binh")
    scene.refuses("lan", "nhan-viec", "owner", owner="NV-binh")
    scene.refuses("lan", "nhan-viec", "owner", owner="NV-nobody")
    scene.at("2026-11-30T14:01").stands("CK-01", "2026-11-30T14:00", 50_000)


# ---------------------------------------------------------------- saying what is not so


def test_only_machines_say_that_a_letter_arrived(scene: Scene) -> None:
    scene.owned().does("lan", "tra-loi", text=TEXT)
    number = str(scene.case.messages[-1].number)
    for means in ("mail_accepted", "page_opened", ""):
        scene.refuses("lan", "da-den-tay", "means", message=number, means=means)
    scene.at("2026-12-01T09:01").stands("CK-02", FIRST_DUE, 50_000)


def test_fine_words_that_answer_nothing_are_contested(scene: Scene) -> None:
    scene.owned().does("lan", "tra-loi", text="Chúng tôi rất tiếc vì sự bất tiện này.").delivered()
    scene.at("2026-12-02T09:00").customer("Chưa trả lời đúng câu hỏi")
    scene.at("2026-12-02T09:01").stands("CK-02", FIRST_DUE, 50_000)


def test_an_old_form_does_nothing_after_the_customer_has_spoken(scene: Scene) -> None:
    scene.owned().answer()
    lan = scene.staff("lan")
    old = lan.get(scene.url("de-nghi"))
    scene.customer("Gửi thêm thông tin", "Máy vẫn kêu to như cũ.")
    late = lan.press(old, "Đề nghị cách giải quyết", {"outcome": "as_asked", "text": TEXT})
    assert late.status == 409
    assert scene.state() == "open"
    scene.at(LATE).stands("CK-03", DUE, 100_000)


def test_nobody_works_on_a_case_after_its_end(scene: Scene) -> None:
    scene.answer().propose().customer("Xác nhận đã giải quyết")
    for slug, values in (
        ("tra-loi", {"text": TEXT}),
        ("de-nghi", {"outcome": "explained", "text": TEXT}),
        ("chuyen", {"to": "cskh", "reason": "expertise", "text": "Xem lại nhé."}),
    ):
        scene.refuses("lan", slug, **values)


def test_whoever_looks_away_saves_no_money(scene: Scene) -> None:
    scene.at(LATE, swept=False).stands("CK-03", DUE, 100_000)
    assert scene.case.debts == ()  # nobody has written it down yet, and still it is owed
    scene.sweep()
    assert scene.sweep().events == 0
    scene.stands("CK-03", DUE, 100_000)


def test_turning_the_machines_clock_back_turns_back_no_case(scene: Scene) -> None:
    scene.at("2026-12-02T09:00").answer().at("2026-11-30T09:01").owned()
    assert scene.case.last_at == local("2026-12-02T09:00")
    assert scene.told("CK-01")["status"] == "missed"


# ---------------------------------------------------------------- saying no


def test_one_person_does_not_refuse_alone(scene: Scene) -> None:
    scene.owned().answer().does("hoa", "tu-choi", **refusal(scene))
    scene.refuses("hoa", "ky-tu-choi")
    assert scene.state() == "open"
    scene.at("2026-12-01T17:01")  # nobody else has signed within a working day
    assert scene.case.refusal is None
    scene.at(LATE).stands("CK-03", DUE, 100_000)


def test_no_clause_no_evidence_no_reader_no_refusal(scene: Scene) -> None:
    scene.owned()
    whole = refusal(scene)
    for field, bad in (
        ("clause", "khong-co-trong-bang"),
        ("clause", ""),
        ("evidence", "   "),
        ("text", "Không đúng điều kiện."),
        ("reader", "NV-lan"),
        ("reader", ""),
    ):
        scene.refuses("lan", "tu-choi", field, **{**whole, field: bad})
    scene.refuses("lan", "tu-choi", "evidence", **{**whole, "evidence_readable": ""})


def test_too_late_to_refuse(scene: Scene) -> None:
    scene.owned().answer().at("2026-12-22T09:00")
    scene.refuses("lan", "tu-choi", **refusal(scene))


def test_a_reader_of_the_refusal_does_not_judge_the_appeal(scene: Scene) -> None:
    scene.owned().answer().does("lan", "tu-choi", **refusal(scene)).does("binh", "ky-tu-choi")
    scene.delivered().customer("Yêu cầu xem xét lại", "Máy không hề rơi.")
    scene.refuses("binh", "xem-xet-lai", upheld="yes", text=TEXT, **PROOF)
    scene.refuses("hoa", "xem-xet-lai", "evidence", upheld="yes", text=TEXT)
    scene.does("hoa", "xem-xet-lai", upheld="no", text=TEXT)


# ---------------------------------------------------------------- keeping the money


def exemption(scene: Scene, promise: str = "CK-03") -> str:
    page = scene.form("hoa", "mien-bu")
    codes = [one.get("value") for one in page.document.all("option")]
    return next(one for one in codes if one.startswith(f"{promise}/"))


def test_no_exemption_without_evidence_or_beside_the_published_ones(scene: Scene) -> None:
    scene.owned().answer().at(LATE)
    whole = {"exemption": exemption(scene), **PROOF, "text": TEXT}
    scene.refuses("hoa", "mien-bu", "evidence", **{**whole, "evidence": ""})
    scene.refuses("hoa", "mien-bu", "evidence", **{**whole, "evidence_readable": ""})
    scene.refuses("hoa", "mien-bu", "exemption", **{**whole, "exemption": "CK-03/ban-qua"})
    scene.refuses("hoa", "mien-bu", "text", **{**whole, "text": "Bận quá."})
    assert scene.form("lan", "mien-bu").status == 403
    scene.stands("CK-03", DUE, 100_000)


def test_an_exemption_that_only_its_author_signs_is_none(scene: Scene) -> None:
    scene.owned().answer().at(LATE)
    scene.does("hoa", "mien-bu", exemption=exemption(scene), text=TEXT, **PROOF)
    scene.refuses("hoa", "ky-mien-bu", promise="CK-03", granted="yes")
    scene.stands("CK-03", DUE, 100_000)
    scene.at("2026-12-11T17:01")  # nobody else has signed within a working day
    assert scene.case.claims == ()
    scene.stands("CK-03", DUE, 140_000)


def test_an_exemption_keeps_the_miss_in_public(scene: Scene) -> None:
    scene.owned().answer().at(LATE)
    scene.does("hoa", "mien-bu", exemption=exemption(scene), text=TEXT, **PROOF)
    scene.does("binh", "ky-mien-bu", promise="CK-03", granted="yes")
    assert scene.told("CK-03")["status"] == "missed"


def test_paying_late_costs_the_published_extra(scene: Scene) -> None:
    scene.at("2026-12-01T09:01").answer()
    assert scene.told("CK-02")["owed_vnd"] == 50_000
    scene.at("2026-12-09T08:00", swept=False)  # one working day too late
    paid = {"method": "transfer", "evidence": "FT26120900001, chuyển ngày 02/12"}
    owed = scene.case.open_vnd
    scene.does("ke", "tra-tien", vnd=str(owed), **paid)
    scene.sweep()
    extra = [one for one in scene.case.debts if one.reason == "late_payment"]
    assert {(one.promise, one.vnd, one.paid_at) for one in extra} >= {("CK-02", 50_000, None)}
    scene.stands("CK-02", FIRST_DUE, 100_000)


def test_half_a_payment_leaves_the_other_half_and_the_extra_owed(scene: Scene) -> None:
    scene.at("2026-12-01T09:01").owned().answer()
    owed = scene.case.open_vnd
    scene.does("ke", "tra-tien", vnd="1000", method="transfer", evidence="FT1")
    assert scene.case.open_vnd == owed - 1_000
    scene.refuses("ke", "tra-tien", "vnd", vnd=str(owed), method="transfer", evidence="FT2")
    scene.refuses("ke", "tra-tien", "evidence", vnd="1000", method="transfer", evidence=" ")
    for wrong in ("0", "-50000", "1e3", ""):
        scene.refuses("ke", "tra-tien", "vnd", vnd=wrong, method="transfer", evidence="FT3")


def test_a_lower_price_recorded_later_takes_nothing_back(scene: Scene) -> None:
    price = {"name": "price_vnd", "evidence": "Hóa đơn số 12", "evidence_readable": "true"}
    scene.owned().does("lan", "so-lieu", **price, value="5000000").at("2026-12-11T09:00")
    owed = scene.case.open_vnd
    scene.refuses("hoa", "so-lieu", "value", **price, value="1000")
    scene.refuses("lan", "so-lieu", **price, value="6000000")
    assert scene.case.open_vnd == owed


def test_a_price_that_the_customer_cannot_check_caps_nothing(scene: Scene) -> None:
    hidden = {"name": "price_vnd", "evidence": "Sổ kho", "value": "1000"}
    scene.refuses("lan", "so-lieu", "evidence", **hidden)


def test_discretion_has_a_limit_that_small_gifts_do_not_beat(scene: Scene) -> None:
    for _ in range(5):
        scene.does("lan", "tu-quyet", vnd="100.000", text="Xin lỗi khách.")
    scene.refuses("lan", "tu-quyet", "vnd", vnd="1", text="Thêm chút nữa.")
    scene.at(LATE).stands("CK-03", DUE, 100_000)  # a gift pays no debt


# ---------------------------------------------------------------- somebody else's route


@pytest.mark.parametrize("name", ["ke", "kiem", "minh", "binh"])
def test_who_has_another_role_uses_nobody_elses_form(scene: Scene, name: str) -> None:
    role = PEOPLE[name][0]
    token = scene.staff("lan").get(scene.url("tra-loi")).forms[-1].fields["csrf_token"]
    visitor = scene.staff(name)
    before = scene.case.seq
    for action in ACTIONS:
        if role in action.roles:
            continue
        assert visitor.get(scene.url(action.slug)).status == 403, action.slug
        sent = visitor.client.post(
            scene.url(action.slug), data={"csrf_token": token, "text": TEXT, "vnd": "1"}
        )
        assert sent.status_code in (400, 403), action.slug
    assert scene.case.seq == before


def test_nobody_confirms_or_withdraws_for_the_customer(scene: Scene) -> None:
    scene.owned().answer().propose()
    staff = {one.command for one in ACTIONS}
    mine = {
        outcome.ConfirmResolution, outcome.Withdraw, outcome.Reopen, outcome.Appeal,
        outcome.DisputeResolution, outcome.AnswerFollowUp, service.AddInformation,
    }  # fmt: skip
    assert not staff & mine
    seen = scene.staff("hoa").client.post(
        "/ho-so/", data={"reference": scene.reference, "code": "AAAA-AAAA"}
    )
    assert seen.status_code in (400, 404)
    assert scene.state() == "proposed"


def test_a_form_of_the_desk_needs_its_own_token(scene: Scene) -> None:
    before = scene.case.seq
    sent = scene.staff("lan").client.post(scene.url("tra-loi"), data={"text": TEXT, "seen": "3"})
    assert sent.status_code == 400
    assert scene.case.seq == before


def test_a_session_that_has_run_out_does_nothing(scene: Scene) -> None:
    lan = scene.staff("lan")
    page = lan.get(scene.url("tra-loi"))
    scene.clock.moment += timedelta(hours=11)
    sent = lan.press(page, "Trả lời", {"text": TEXT})
    assert sent.status == 401
    assert TEXT in sent.html
    assert scene.case.messages == ()


# ---------------------------------------------------------------- typing a case in


def typed_in(scene: Scene, name: str = "lan", **changes: str) -> Seen:
    """Enter the complaint of somebody who told it on Monday at nine, on Wednesday afternoon."""
    visitor = scene.staff(name)
    page = visitor.get("/noi-bo/nhap/khieu-nai/")
    told = {"channel": "phone", "taken_on": "30/11/2026", "taken_time": "9:00"}
    button = next(words for words, *_ in page.forms[-1].buttons)
    return visitor.press(page, button, {**COMPLAINT, **told, **changes})


def test_a_call_typed_in_late_has_waited_since_the_call(scene: Scene) -> None:
    seen = typed_in(scene.at("2026-12-02T16:00"))
    assert seen.status == 201
    assert "09/12/2026" in seen.html.replace("\u00a0", " ")
    codes = re.findall(r"KN-26-[0-9A-Z]{4}-[0-9A-Z]{4}|(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", seen.html)
    scene.reference = next(one for one in codes if one.startswith("KN-"))
    scene.code = next(one for one in codes if not one.startswith("KN-"))
    scene.sweep()
    scene.stands("CK-02", FIRST_DUE, 50_000)
    scene.at(LATE).stands("CK-03", DUE, 100_000)


@pytest.mark.parametrize(
    ("field", "value"),
    [("taken_on", "03/12/2026"), ("taken_time", "16:01"), ("channel", "web"), ("channel", "")],
)
def test_nobody_starts_a_clock_later_or_hides_who_typed(
    scene: Scene, field: str, value: str
) -> None:
    scene.at("2026-12-02T16:00")
    today = {"taken_on": "02/12/2026"} if field == "taken_time" else {}
    seen = typed_in(scene, **{**today, field: value})
    assert seen.status == 422
    assert field in seen.errors


def test_only_who_serves_customers_types_cases_in(scene: Scene) -> None:
    for name in ("ke", "kiem", "minh", "binh"):
        assert scene.staff(name).get("/noi-bo/nhap/khieu-nai/").status == 403


def test_a_second_case_about_the_same_thing_stops_nothing_in_the_first(scene: Scene) -> None:
    scene.owned().answer()
    first = scene.reference, scene.code
    assert typed_in(scene.at("2026-12-08T16:00"), taken_on="08/12/2026").status == 201
    scene.reference, scene.code = first
    scene.at(LATE).stands("CK-03", DUE, 100_000)


def test_no_route_splits_or_merges_cases(scene: Scene) -> None:
    lead = scene.staff("hoa")
    token = lead.get(scene.url("doi-loai")).forms[-1].fields["csrf_token"]
    for slug in ("tach", "gop", "tach-phieu", "gop-phieu", "split", "merge"):
        assert lead.get(scene.url(slug)).status == 404
        sent = lead.client.post(scene.url(slug), data={"csrf_token": token, "text": TEXT})
        assert sent.status_code == 404
