"""Refusing, keeping money, borrowing a role: tried at the desk; promise, miss and money stand."""

from datetime import timedelta
from typing import Any

import pytest

from forms_api.web.staff.cases import ACTIONS
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.refusal.review import Appeal
from service_policy.cases.resolution.proposing import ConfirmResolution, DisputeResolution
from service_policy.cases.resolution.reopening import AnswerFollowUp, Reopen, Withdraw
from tests.support.scene import DUE, FIRST_DUE, LATE, PEOPLE, PROOF, TEXT, Scene

SHOWN = {"evidence_readable": "true", "files": PROOF["files"]}


def clauses(scene: Scene) -> list[str]:
    page = scene.form("lan", "tu-choi")
    codes = [one.get("value") for one in page.document.all("option")]
    return [one for one in codes if one]


def refusal(scene: Scene) -> dict[str, Any]:
    scene.staff("binh")
    return {"clause": clauses(scene)[0], **PROOF, "text": TEXT, "reader": "NV-binh"}


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
    scene.owned().answer().does("hoa", "tu-choi", **refusal(scene)).does("binh", "ky-tu-choi")
    scene.delivered().customer("Yêu cầu xem xét lại", "Máy không hề rơi.")
    scene.refuses("binh", "xem-xet-lai", upheld="yes", text=TEXT, **PROOF)
    scene.refuses("giam", "xem-xet-lai", "evidence", upheld="yes", text=TEXT)
    scene.does("giam", "xem-xet-lai", upheld="no", text=TEXT)


# ---------------------------------------------------------------- keeping the money


def exemption(scene: Scene, promise: str = "CK-03") -> str:
    page = scene.form("hoa", "mien-bu")
    codes = [one.get("value") for one in page.document.all("option")]
    return next(one for one in codes if one == f"{promise}/thien-tai")


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
    price = {"name": "price_vnd", "evidence": "Hóa đơn số 12", **SHOWN}
    scene.owned().does("lan", "so-lieu", **price, value="5000000").at("2026-12-11T09:00")
    owed = scene.case.open_vnd
    scene.refuses("hoa", "so-lieu", "value", **price, value="1000")
    scene.refuses("lan", "so-lieu", **price, value="6000000")
    assert scene.case.open_vnd == owed


def test_a_price_that_the_customer_cannot_check_caps_nothing(scene: Scene) -> None:
    hidden = {**PROOF, "name": "price_vnd", "value": "1000", "evidence_readable": ""}
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
        ConfirmResolution, Withdraw, Reopen, Appeal,
        DisputeResolution, AnswerFollowUp, AddInformation,
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
