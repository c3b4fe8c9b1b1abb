"""What identifies a form that was sent is everything in it: a repeat is known, a change is too."""

import pytest
from flask import Flask

from forms_api.loading import load
from forms_api.web.app import assemble
from tests.staff.conftest import either_database
from tests.support.documents import REQUEST
from tests.support.scene import COMPLAINT, TEXT, TITLES, Scene
from tests.support.submissions import INQUIRY, QUESTION
from tests.support.together import together
from tests.support.visitor import Seen, Visitor

__all__ = ["either_database"]

BUTTON = "Ghi phiếu, in biên nhận"
TOLD = {"channel": "phone", "taken_on": "30/11/2026", "taken_time": "8:30"}
TYPED = {name: str(value) for name, value in COMPLAINT.items()} | TOLD


@pytest.fixture
def environ(either_database: dict[str, str]) -> dict[str, str]:
    return either_database


@pytest.mark.parametrize(
    "change",
    [{"taken_time": "8:15"}, {"channel": "counter"}, {"taken_on": "29/11/2026"}, {"name": "Lê Ba"}],
)
def test_an_entry_that_was_corrected_and_sent_again_is_not_answered_with_the_old_receipt(
    scene: Scene, change: dict[str, str]
) -> None:
    lan = scene.staff("lan")
    page = lan.get("/noi-bo/nhap/khieu-nai/")
    first = lan.press(page, BUTTON, TYPED)
    assert first.status == 201
    corrected = lan.press(page, BUTTON, TYPED | change)
    assert corrected.status == 409
    fields = next(one.fields for one in corrected.forms if any(b[0] == BUTTON for b in one.buttons))
    name, value = next(iter(change.items()))
    assert fields[name] == value
    second = lan.press(corrected, BUTTON)
    assert second.status == 201
    assert lan.press(page, BUTTON, TYPED).html.split("Nhận lúc")[1][:40] in first.html


def test_an_entry_of_somebody_else_under_the_same_key_is_another_submission(scene: Scene) -> None:
    lan, hoa = scene.staff("lan"), scene.staff("hoa")
    page = lan.get("/noi-bo/nhap/khieu-nai/")
    key = next(one.fields for one in page.forms if "idempotency_key" in one.fields)
    assert lan.press(page, BUTTON, TYPED).status == 201
    theirs = hoa.get("/noi-bo/nhap/khieu-nai/")
    values = TYPED | {"idempotency_key": key["idempotency_key"]}
    assert hoa.press(theirs, BUTTON, values).status == 409


CHANGES = [{"name": "Lê Thị Ba"}, {"phone": "0912345679"}, {"priority": True}]


@pytest.mark.parametrize("change", CHANGES)
def test_a_program_that_changes_a_body_under_its_key_is_told(app: Flask, change) -> None:
    client, headers = app.test_client(), {"Idempotency-Key": "6f1c2a9e-0b7d-4d57-9a42-55c0ffee0001"}
    first = client.post("/api/v1/complaints", json=COMPLAINT, headers=headers)
    again = client.post("/api/v1/complaints", json=COMPLAINT, headers=headers)
    assert (first.status_code, first.json) == (again.status_code, again.json)
    other = client.post("/api/v1/complaints", json={**COMPLAINT, **change}, headers=headers)
    assert other.status_code == 409


OTHERS = [
    ("questions", QUESTION, {"question": "Bên mình có nhận học nghề không?"}),
    ("questions", QUESTION, {"publish_ok": True}),
    ("questions", QUESTION, {"hits_shown": ["hoi-dap:BH-01"]}),
    ("invoice-inquiries", INQUIRY, {"total_vnd": 12345679}),
    ("invoice-inquiries", INQUIRY, {"details": "Thêm một dòng."}),
    ("document-requests", REQUEST, {"copies": 2}),
    ("document-requests", REQUEST, {"document_ids": ["BG-2026.05"]}),
]


@pytest.mark.parametrize(("path", "body", "change"), OTHERS)
def test_every_kind_of_case_is_known_by_everything_in_it(app: Flask, path, body, change) -> None:
    client, headers = app.test_client(), {"Idempotency-Key": "6f1c2a9e-0b7d-4d57-9a42-55c0ffee0002"}
    first = client.post(f"/api/v1/{path}", json=body, headers=headers)
    again = client.post(f"/api/v1/{path}", json=body, headers=headers)
    assert (first.status_code, first.json) == (201, again.json)
    other = client.post(f"/api/v1/{path}", json={**body, **change}, headers=headers)
    assert other.status_code == 409, other.text


ACTIONS = {
    "tra-loi": {"text": TEXT},
    "bao-tien-do": {"text": TEXT},
    "hoi-khach": {"thing": "photo", "text": TEXT},
    "tu-quyet": {"vnd": "50.000", "text": "Khách chờ lâu, gửi lời xin lỗi."},
}


def asked(scene: Scene, who: str, page: Seen, title: str, values: dict[str, str]) -> Seen:
    """Send a form about money once, and come to the page that says the amount back."""
    seen = scene.staff(who).press(page, title, values)
    assert seen.status == 200
    return seen


def both(scene: Scene, who: str, page: Seen, title: str, values: dict[str, str]) -> list[int]:
    """Send one form twice at the same moment."""
    visitors = [scene.staff(who) for _ in range(2)]
    session = visitors[0].client.get_cookie("desk").value

    def send(visitor: Visitor) -> int:
        visitor.client.set_cookie("desk", session)
        return visitor.press(page, title, values).status

    return together([lambda one=one: send(one) for one in visitors])


@pytest.mark.parametrize("slug", ACTIONS)
def test_a_double_click_at_the_desk_does_it_once_and_says_so_twice(scene: Scene, slug: str) -> None:
    scene.app.config["WTF_CSRF_ENABLED"] = False
    scene.owned()
    before = scene.case.seq
    page = scene.form("lan", slug)
    if "vnd" in ACTIONS[slug]:
        page = asked(scene, "lan", page, TITLES[slug], ACTIONS[slug])
    assert both(scene, "lan", page, TITLES[slug], ACTIONS[slug]) == [303, 303]
    by_lan = [one for one in scene.events[before:] if getattr(one, "by", None)]
    assert len({one.type for one in by_lan}) == len(by_lan), [one.type for one in by_lan]
    assert sum(one.vnd for one in scene.case.debts) in (0, 50_000)


def test_a_payment_that_is_sent_twice_counts_once(scene: Scene) -> None:
    scene.app.config["WTF_CSRF_ENABLED"] = False
    scene.owned().does("lan", "tu-quyet", vnd="100.000", text="Xin lỗi vì chờ lâu.")
    page = scene.form("ke", "tra-tien")
    values = {"vnd": "40.000", "method": "transfer", "evidence": "Mã giao dịch FT1"}
    page = asked(scene, "ke", page, TITLES["tra-tien"], values)
    assert both(scene, "ke", page, TITLES["tra-tien"], values) == [303, 303]
    assert scene.case.open_vnd == 60_000


def test_other_words_from_a_page_that_was_sent_before_are_asked_about(scene: Scene) -> None:
    lan = scene.staff("lan")
    page = lan.get(scene.url("tra-loi"))
    assert lan.press(page, "Trả lời", {"text": TEXT}).status == 303
    changed = lan.press(page, "Trả lời", {"text": TEXT + " Thêm một câu."})
    assert changed.status == 409
    assert "Thêm một câu" in changed.html
    assert lan.press(changed, "Trả lời").status == 303
    assert len(scene.case.messages) == 2


@pytest.mark.parametrize("button", ["Gửi thông tin", "Có, rút phiếu"])
def test_a_double_click_of_the_customer_counts_once(scene: Scene, button: str) -> None:
    scene.app.config["WTF_CSRF_ENABLED"] = False
    visitor = Visitor(scene.app.test_client())
    page = scene.page(visitor)
    if button.startswith("Có"):
        page = visitor.press(page, "Rút phiếu…")
    else:
        button = next(b[0] for f in page.forms if f.action == "/ho-so/bo-sung/" for b in f.buttons)
    form = next(one for one in page.forms if button in [words for words, *_ in one.buttons])
    typed = {name: "Vẫn hỏng như cũ." for name in form.fields if name.endswith("-text")}
    before = scene.case.seq
    visitors = [Visitor(scene.app.test_client()) for _ in range(2)]
    sent = together([lambda one=one: one.press(page, button, typed).status for one in visitors])
    assert sent == [200, 200]
    roles = [getattr(getattr(one, "by", None), "role", "") for one in scene.events[before:]]
    assert roles.count("customer") == 1


def test_a_repeat_is_known_after_a_restart_too(scene: Scene, library, clock) -> None:
    lan = scene.staff("lan")
    page = lan.get(scene.url("tra-loi"))
    assert lan.press(page, "Trả lời", {"text": TEXT}).status == 303
    other = assemble(scene.portal.settings, library, clock)
    other.config["WTF_CSRF_ENABLED"] = False
    client = other.test_client()
    client.set_cookie("desk", lan.client.get_cookie("desk").value)
    assert Visitor(client).press(page, "Trả lời", {"text": TEXT}).status == 303
    found = other.extensions["portal"].store.read(lambda c: load(c, scene.reference))
    assert len(found.case.messages) == 1
    other.extensions["portal"].close()
