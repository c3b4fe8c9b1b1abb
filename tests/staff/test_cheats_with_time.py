"""Buying time at the customer's cost, tried by staff at the desk; promise, miss and money stand."""

import pytest

from tests.support.scene import DUE, FIRST_DUE, LATE, TEXT, Scene, local

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
    scene.at("2026-12-02T09:00").customer("Báo là chưa trả lời")
    scene.at("2026-12-02T09:01").stands("CK-02", FIRST_DUE, 50_000)


def test_an_old_form_does_nothing_after_the_customer_has_spoken(scene: Scene) -> None:
    scene.owned().answer()
    lan = scene.staff("lan")
    old = lan.get(scene.url("de-nghi"))
    scene.customer("Gửi thông tin", "Máy vẫn kêu to như cũ.")
    late = lan.press(old, "Đề nghị cách giải quyết", {"outcome": "as_asked", "text": TEXT})
    assert late.status == 409
    assert scene.state() == "open"
    scene.at(LATE).stands("CK-03", DUE, 100_000)


def test_nobody_works_on_a_case_after_its_end(scene: Scene) -> None:
    scene.answer().propose().customer("Đồng ý, đã giải quyết xong")
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


# ---------------------------------------------------------------- typing a case in


def test_a_call_typed_in_late_has_waited_since_the_call(scene: Scene) -> None:
    seen = scene.at("2026-12-02T16:00").types_in()
    assert seen.status == 201
    assert "09/12/2026" in seen.html.replace("\u00a0", " ")
    scene.holds(seen).sweep()
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
    seen = scene.types_in(**{**today, field: value})
    assert seen.status == 422
    assert field in seen.errors


def test_only_who_serves_customers_types_cases_in(scene: Scene) -> None:
    for name in ("ke", "kiem", "minh", "binh"):
        assert scene.staff(name).get("/noi-bo/nhap/khieu-nai/").status == 403


def test_a_second_case_about_the_same_thing_stops_nothing_in_the_first(scene: Scene) -> None:
    scene.owned().answer()
    first = scene.reference, scene.code
    assert scene.at("2026-12-08T16:00").types_in(taken_on="08/12/2026").status == 201
    scene.reference, scene.code = first
    scene.at(LATE).stands("CK-03", DUE, 100_000)
