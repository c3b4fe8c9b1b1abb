"""Who looked at what stands in a table, whatever the log level, and the auditor alone reads it."""

import re

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from forms_api.errors import StoreUnavailable
from forms_api.store.tables import audit
from tests.support.scene import Scene
from tests.support.staff import PASSWORD, enrol
from tests.support.visitor import Visitor

URL = "/noi-bo/ai-da-xem/"


def lines(scene: Scene) -> list[tuple[str | None, str, str | None, str | None]]:
    query = select(audit.c.staff_id, audit.c.action, audit.c.case_ref, audit.c.detail)
    rows = scene.portal.store.read(lambda c: list(c.execute(query.order_by(audit.c.id))))
    return [tuple(row) for row in rows]


def test_reading_searching_exporting_and_acting_are_written_down(scene: Scene) -> None:
    lan, hoa = scene.staff("lan"), scene.staff("hoa")
    lan.get(scene.url())
    lan.press(lan.get("/noi-bo/tim/"), "Tìm", {"q": "Nguyễn Thị Mẫu"})
    hoa.press(hoa.get("/noi-bo/xuat/"), "Tệp CSV")
    scene.does("lan", "nhan-viec", owner="NV-lan")
    scene.staff("kiem").get(scene.url("nhan-viec"))
    found = lines(scene)
    for line in (
        ("NV-lan", "read", scene.reference, None),
        ("NV-lan", "search", None, "1 phiếu"),
        ("NV-hoa", "export", None, "1 phiếu, csv"),
        ("NV-lan", "did", scene.reference, "nhan-viec"),
        ("NV-kiem", "refused", scene.reference, "/noi-bo/ho-so/<reference>/nhan-viec/"),
    ):
        assert line in found, found
    assert "Mẫu" not in str(found)


def test_logins_and_what_fails_at_the_door_are_written_down(scene: Scene) -> None:
    mai = enrol(scene.portal, scene.clock.moment, "mai", "agent", "cskh")
    visitor = Visitor(scene.app.test_client())
    page = visitor.get("/noi-bo/vao/")
    visitor.press(page, "Tiếp tục", {"login": "khong-co-ai", "password": "sai hết rồi"})
    visitor.press(page, "Tiếp tục", {"login": "mai", "password": "sai hết rồi"})
    visitor.press(page, "Tiếp tục", {"login": "mai", "password": PASSWORD})
    code = visitor.get("/noi-bo/vao/ma/")
    visitor.press(code, "Đăng nhập", {"code": "000000"})
    visitor.press(code, "Đăng nhập", {"code": mai.code(scene.clock.moment)})
    visitor.press(visitor.get("/noi-bo/"), "Đăng xuất")
    who = mai.person.id
    assert [one[:2] for one in lines(scene)] == [
        (None, "staff_added"),
        (None, "login_failed"),
        (who, "login_failed"),
        (who, "code_failed"),
        (who, "login"),
        (who, "logout"),
    ]
    assert "khong-co-ai" not in str(lines(scene))


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'x'", "DELETE FROM audit"])
def test_nobody_changes_the_trail(scene: Scene, statement: str) -> None:
    scene.staff("lan").get(scene.url())
    with pytest.raises((StoreUnavailable, DBAPIError)):
        scene.portal.store.write(lambda c: c.execute(text(statement)))
    assert lines(scene)


def test_the_auditor_reads_it_by_case_by_person_and_by_day_page_by_page(scene: Scene) -> None:
    for _ in range(60):
        scene.staff("lan").get(scene.url())
    auditor = scene.staff("kiem")
    first = auditor.get(f"{URL}?phieu={scene.reference.lower()}")
    assert "60 dòng" in first.html
    assert "Trang 1 trên 2" in first.html
    older = re.search(r'href="([^"]+trang=2)"', first.html)
    assert older
    second = auditor.get(older[1].replace("&amp;", "&"))
    assert second.html.count("xem phiếu") == 10
    assert "60 dòng" in auditor.get(f"{URL}?nguoi=NV-lan").html
    assert "60 dòng" in auditor.get(f"{URL}?nguoi=NV-lan&ngay=30/11/2026").html
    assert "Không có dòng nào như vậy" in auditor.get(f"{URL}?nguoi=NV-lan&ngay=29/11/2026").html
    for bad in ("?phieu=sai", "?ngay=31/02/2026", "?ngay=0000"):
        assert auditor.get(URL + bad).status == 422
    for odd in ("?trang=0", "?trang=-1", "?trang=99999999999999", "?nguoi=%27%22%3E"):
        assert auditor.get(URL + odd).status == 200


@pytest.mark.parametrize("who", ["lan", "hoa", "giam", "binh", "ke", "minh"])
def test_nobody_else_reads_it(scene: Scene, who: str) -> None:
    assert scene.staff(who).get(URL).status == 403


def test_where_nothing_can_be_written_nothing_personal_is_shown(scene: Scene, monkeypatch) -> None:
    lan = scene.staff("lan")

    def broken(_work):
        raise StoreUnavailable("OperationalError SQLITE_FULL")

    monkeypatch.setattr(scene.portal.store._writer, "run", broken)
    seen = lan.get(scene.url())
    assert seen.status == 503
    assert "Nguyễn Thị Mẫu" not in seen.html
    ready = scene.app.test_client().get("/readyz")
    assert ready.status_code == 503
