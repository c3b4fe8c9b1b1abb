"""Whatever ends between typing and sending: the words come back, to whoever typed them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forms_api.errors import StoreUnavailable
from forms_api.staff import passwords
from forms_api.store.staff_rows import change, end_sessions
from forms_api.store.tables import metadata
from tests.staff.conftest import LogIn
from tests.support.scene import TEXT, TITLES, Scene
from tests.support.staff import PASSWORD, enrol, sit
from tests.support.submissions import COMPLAINT
from tests.support.visitor import Seen, Visitor

STEP = timedelta(seconds=31)
"""After which a phone shows the next one-time code."""
LONG = "Đã kiểm tra từng thùng, mỗi thùng một dòng. " * 80
WORDS = {"short": "Đã gọi cho chị Mẫu lúc 9 giờ.", "usual": TEXT, "as long as may be": LONG[:3990]}
FORMS = {
    "tra-loi": {"text": TEXT},
    "bao-tien-do": {"text": TEXT},
    "hoi-khach": {"thing": "photo", "text": TEXT},
}


@pytest.fixture
def lan(scene: Scene):
    """Somebody who can really log in, beside the one who sits at the desk already."""
    return enrol(scene.portal, scene.clock.moment, "thu", "agent", "qa", "Lê Thị Thư")


def at_the_desk(scene: Scene, member, client=None) -> Visitor:
    """Log somebody in with password and code, in a browser."""
    visitor = Visitor(client or scene.app.test_client())
    page = visitor.press(
        visitor.get("/noi-bo/vao/"), "Tiếp tục", {"login": "thu", "password": PASSWORD}
    )
    code = visitor.get(page.response.headers["Location"])
    scene.clock.moment += STEP
    assert visitor.press(code, "Đăng nhập", {"code": member.code(scene.clock.moment)}).status == 303
    return visitor


def through_the_login(visitor: Visitor, page: Seen, scene: Scene, member) -> Seen:
    """Log in again from the page that asked for it, without leaving it."""
    name = member.person.login
    code = visitor.press(page, "Tiếp tục", {"login": name, "password": PASSWORD})
    assert code.status == 200, code.html
    scene.clock.moment += STEP
    return visitor.press(code, "Đăng nhập", {"code": member.code(scene.clock.moment)})


def sent_from(page: Seen, title: str) -> dict[str, str]:
    return next(form.fields for form in page.forms if any(b[0] == title for b in form.buttons))


@pytest.mark.parametrize("words", WORDS)
def test_logging_in_again_in_another_tab_brings_the_first_tab_back_filled(
    scene: Scene, lan, words: str
) -> None:
    first = at_the_desk(scene, lan)
    page = first.get(scene.url("tra-loi"))
    at_the_desk(scene, lan, first.client)
    back = first.press(page, "Trả lời", {"text": WORDS[words]})
    assert back.status == 400
    assert sent_from(back, "Trả lời")["text"].strip() == WORDS[words].strip()
    assert scene.case.messages == ()
    assert first.press(back, "Trả lời").status == 303
    assert len(scene.case.messages) == 1


@pytest.mark.parametrize("slug", FORMS)
@pytest.mark.parametrize("ending", ["ran out", "logged out elsewhere", "ended by the keeper"])
def test_after_a_session_has_ended_the_login_leads_back_to_the_filled_form(
    scene: Scene, lan, slug: str, ending: str
) -> None:
    visitor = at_the_desk(scene, lan)
    page = visitor.get(scene.url(slug))
    if ending == "ran out":
        scene.clock.moment += timedelta(minutes=31)
    elif ending == "logged out elsewhere":
        assert visitor.press(visitor.get("/noi-bo/"), "Đăng xuất").status == 303
    else:
        now = scene.clock.moment
        scene.portal.store.write(lambda c: end_sessions(c, lan.person.id, now))
    asked = visitor.press(page, TITLES[slug], FORMS[slug])
    assert asked.status == 401
    back = through_the_login(visitor, asked, scene, lan)
    for name, value in FORMS[slug].items():
        assert sent_from(back, TITLES[slug])[name] == value
    assert scene.case.messages == ()
    assert visitor.press(back, TITLES[slug]).status == 303
    assert len(scene.case.messages) == 1


def test_a_slip_on_the_way_through_the_login_loses_nothing(scene: Scene, lan) -> None:
    visitor = at_the_desk(scene, lan)
    page = visitor.get(scene.url("tra-loi"))
    visitor.press(visitor.get("/noi-bo/"), "Đăng xuất")
    asked = visitor.press(page, "Trả lời", {"text": TEXT})
    wrong = visitor.press(asked, "Tiếp tục", {"login": "thu", "password": "không nhớ"})
    assert wrong.status == 401
    visitor.client.delete_cookie("portal")
    stale = visitor.press(wrong, "Tiếp tục", {"login": "thu", "password": PASSWORD})
    assert stale.status == 400
    code = visitor.press(stale, "Tiếp tục", {"login": "thu", "password": PASSWORD})
    slip = visitor.press(code, "Đăng nhập", {"code": "000000"})
    assert slip.status == 401
    scene.clock.moment += STEP
    back = visitor.press(slip, "Đăng nhập", {"code": lan.code(scene.clock.moment)})
    assert sent_from(back, "Trả lời")["text"] == TEXT


@pytest.mark.parametrize("slug", FORMS)
def test_what_one_typed_is_never_shown_to_another_who_logs_in(scene: Scene, lan, slug) -> None:
    typist = scene.staff("lan")
    page = typist.get(scene.url(slug))
    at_the_desk(scene, lan, typist.client)
    refused = typist.press(page, TITLES[slug], FORMS[slug])
    assert refused.status == 401
    assert TEXT not in refused.html
    other = through_the_login(typist, refused, scene, lan)
    assert TEXT not in other.html
    assert "tài khoản khác" in other.html
    assert scene.case.messages == ()
    typist.client.set_cookie("desk", sit(scene.portal, scene.clock.moment, "lan"))


def test_the_text_still_comes_back_to_its_author_after_another_was_in_between(
    scene: Scene, lan
) -> None:
    visitor = at_the_desk(scene, lan)
    page = visitor.get(scene.url("tra-loi"))
    visitor.client.set_cookie("desk", scene.staff("hoa").client.get_cookie("desk").value)
    refused = visitor.press(page, "Trả lời", {"text": TEXT})
    assert (refused.status, TEXT in refused.html) == (401, False)
    back = through_the_login(visitor, refused, scene, lan)
    assert sent_from(back, "Trả lời")["text"] == TEXT


def test_an_entry_comes_back_with_every_field(scene: Scene, lan) -> None:
    visitor = at_the_desk(scene, lan)
    page = visitor.get("/noi-bo/nhap/khieu-nai/")
    visitor.press(visitor.get("/noi-bo/"), "Đăng xuất")
    typed = {name: str(value) for name, value in COMPLAINT.items()}
    typed |= {"channel": "phone", "taken_on": "30/11/2026", "taken_time": "8:45"}
    asked = visitor.press(page, "Ghi phiếu, in biên nhận", typed)
    back = through_the_login(visitor, asked, scene, lan)
    fields = sent_from(back, "Ghi phiếu, in biên nhận")
    assert {name: fields.get(name) for name in typed} == typed
    assert visitor.press(back, "Ghi phiếu, in biên nhận").status == 201


def test_files_that_were_chosen_are_named_because_no_browser_keeps_them(scene: Scene, lan) -> None:
    visitor = at_the_desk(scene, lan)
    page = visitor.get(scene.url("de-nghi"))
    visitor.press(visitor.get("/noi-bo/"), "Đăng xuất")
    title = TITLES["de-nghi"]
    values = {"outcome": "as_asked", "text": TEXT, "files": [("bien-ban.pdf", b"%PDF-1.4 x")]}
    back = through_the_login(visitor, visitor.press(page, title, values), scene, lan)
    assert sent_from(back, title)["text"] == TEXT
    assert "bien-ban.pdf" in back.html


@pytest.mark.parametrize("size", [5_000, 60_000, 250_000])
def test_a_text_of_any_length_comes_back_with_its_fault(scene: Scene, size: int) -> None:
    lan = scene.staff("lan")
    words = ("Một dòng dài. " * (size // 14 + 1))[:size]
    back = lan.press(lan.get(scene.url("tra-loi")), "Trả lời", {"text": words})
    assert back.status == 422
    assert "text" in back.errors
    assert sent_from(back, "Trả lời")["text"] == words


def test_a_role_that_was_changed_meanwhile_lets_its_author_copy_the_text(scene: Scene) -> None:
    lan = scene.staff("lan")
    page = lan.get(scene.url("tra-loi"))
    scene.portal.store.write(lambda c: change(c, "NV-lan", {"role": "auditor"}))
    refused = lan.press(page, "Trả lời", {"text": TEXT})
    assert refused.status == 403
    assert TEXT in refused.html


@pytest.mark.parametrize("slug", FORMS)
def test_a_store_that_takes_nothing_now_gives_the_form_back_and_then_takes_it_once(
    scene: Scene, slug: str, monkeypatch
) -> None:
    lan = scene.staff("lan")
    page = lan.get(scene.url(slug))

    def full(work):
        raise StoreUnavailable("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(scene.portal.store._writer, "run", full)
        back = lan.press(page, TITLES[slug], FORMS[slug])
    assert back.status == 503
    # A case is not shown while nobody can write down who read it; the words wait in the page.
    assert sent_from(back, "Gửi lại")["text"] == TEXT
    assert lan.press(back, "Gửi lại").status == 303
    assert lan.press(page, TITLES[slug], FORMS[slug]).status == 303
    assert len(scene.case.messages) == 1


def test_a_store_that_cannot_even_be_read_keeps_the_post_in_the_page(
    scene: Scene, monkeypatch
) -> None:
    lan = scene.staff("lan")
    page = lan.get(scene.url("tra-loi"))

    def gone(*work):
        raise StoreUnavailable("gone")

    with monkeypatch.context() as patch:
        patch.setattr(scene.portal.store, "read", gone)
        back = lan.press(page, "Trả lời", {"text": TEXT})
    assert back.status == 503
    assert lan.press(back, "Gửi lại").status == 303
    assert [one.purpose for one in scene.case.messages] == ["answer"]


def test_another_sites_page_cannot_fill_in_a_form_of_the_desk(scene: Scene) -> None:
    lan = scene.staff("lan")
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    data = {"text": "Gửi tiền vào đây", "typed_by": "NV-lan"}
    answer = lan.client.post(scene.url("tra-loi"), data=data, headers=headers)
    assert answer.status_code == 403
    assert "Gửi tiền" not in answer.text


def test_a_search_comes_back_with_its_question(log_in: LogIn) -> None:
    lan = log_in()
    page = lan.get("/noi-bo/tim/")
    lan.client.delete_cookie("portal")
    back = lan.press(page, "Tìm", {"q": "nồi cơm kêu to"})
    assert back.status == 400
    assert sent_from(back, "Tìm")["q"] == "nồi cơm kêu to"


class TestWithLimits:
    """Too many posts in a short time."""

    @pytest.fixture
    def environ(self) -> dict[str, str]:
        return {"PORTAL_RATELIMIT": "on"}

    def test_a_login_that_is_refused_by_its_limit_keeps_what_is_carried(
        self, scene: Scene, lan, monkeypatch
    ) -> None:
        visitor = at_the_desk(scene, lan)
        page = visitor.get(scene.url("tra-loi"))
        visitor.press(visitor.get("/noi-bo/"), "Đăng xuất")
        asked = visitor.press(page, "Trả lời", {"text": TEXT})
        # The limit counts by the minute, in which a busy machine hashes no thirty passwords.
        monkeypatch.setattr(passwords, "matches", lambda *_: False)
        for _ in range(45):
            last = visitor.press(asked, "Tiếp tục", {"login": "khong-co", "password": "x"})
        assert last.status == 429
        assert sent_from(last, "Tiếp tục")["kept"] == sent_from(asked, "Tiếp tục")["kept"]


def test_nothing_of_what_waits_for_a_login_is_stored(scene: Scene, lan) -> None:
    visitor = at_the_desk(scene, lan)
    page = visitor.get(scene.url("tra-loi"))
    visitor.press(visitor.get("/noi-bo/"), "Đăng xuất")
    assert visitor.press(page, "Trả lời", {"text": TEXT}).status == 401
    for table in metadata.sorted_tables:
        rows = scene.portal.store.read(lambda c, table=table: list(c.execute(select(table))))
        assert TEXT not in repr(rows), table.name
