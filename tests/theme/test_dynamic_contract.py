"""The form server fills every template with what the contract lists, and with nothing else."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from jinja2.runtime import Context

from forms_api.errors import StoreUnavailable
from forms_api.sweeping import sweep
from forms_api.web.app_context import of
from tests.own_reports.world import customers, deliveries, orders
from tests.staff.conftest import app, environ
from tests.support.application import clock, empty_file, library
from tests.support.made_books import at, take
from tests.support.scene import TEXT, Scene
from tests.support.staff import PASSWORD, enrol
from tests.support.submissions import COMPLAINT
from tests.support.visitor import Visitor
from tests.theme.contract import COMMON, COMMON_DYNAMIC, DYNAMIC, PAGES
from tests.theme.test_templates import with_ancestors

__all__ = ["app", "clock", "empty_file", "environ", "library"]

PARTS = {name for name in DYNAMIC if name.startswith("forms/case_")} - {"forms/case_withdraw"}
"""They are included and are given all that the page has that includes them."""

LIBRARIES = {"forms/parts", "forms/case_parts", "staff/parts"}
"""Macros that stand beside the pages that use them."""

Given = dict[str, set[str]]


@pytest.fixture
def given(app: Flask) -> Iterator[Given]:
    """Collect the variables that each template is given, by its name."""
    found: Given = {}

    class Noting(Context):
        def __init__(
            self, environment: Any, parent: dict[str, Any], name: str, *more: Any, **globals: Any
        ) -> None:
            super().__init__(environment, parent, name, *more, **globals)
            names = set(parent) - set(environment.globals)
            found.setdefault(name.removesuffix(".html"), set()).update(names)

    environment = of(app).environment
    environment.context_class = Noting
    yield found
    environment.context_class = Context


def the_public_forms(app: Flask) -> None:
    """Search, file a complaint, hold the receipt, and run into every kind of problem."""
    visitor = Visitor(app.test_client())
    visitor.get("/tim-kiem/?q=bao+hanh")
    visitor.get("/gui/khong-co/")
    visitor.client.post("/gui/khieu-nai/", data=b"{}", content_type="application/json")
    typed = {name: str(value) for name, value in COMPLAINT.items()}
    check = visitor.press(visitor.get("/gui/khieu-nai/"), "Xem lại trước khi gửi", typed)
    assert visitor.press(check, "Gửi khiếu nại").title.startswith("Đã nhận")
    visitor.get("/gui/hoa-don/")
    visitor.get("/gui/cau-hoi/?q=mat+phieu")
    visitor.get("/gui/tai-lieu/?ma=BG-2026.11")
    page = visitor.get("/gui/gop-y/?trang=/hoi-dap/&phien-ban=1&co-ich=khong")
    assert visitor.press(page, "Gửi góp ý").title.startswith("Cảm ơn")


def the_case_page(scene: Scene) -> None:
    """Open a case and stop before it is withdrawn."""
    visitor = Visitor(scene.app.test_client())
    sure = visitor.press(scene.page(visitor), "Rút phiếu…")
    assert sure.title.startswith("Rút phiếu?")


def the_desk(scene: Scene) -> None:
    """Go through the desk: in, every list, a case, an action, an entry, and where one may not."""
    stranger = Visitor(scene.app.test_client())
    login = stranger.get("/noi-bo/vao/")
    stranger.press(login, "Tiếp tục", {"login": "nobody", "password": "wrong"})
    enrol(scene.portal, scene.clock.moment, "mai", "agent", "cskh")
    stranger.press(login, "Tiếp tục", {"login": "mai", "password": PASSWORD})
    assert stranger.get("/noi-bo/vao/ma/").status == 200
    scene.owned().does("lan", "tra-loi", text=TEXT)
    agent, lead = scene.staff("lan"), scene.staff("hoa")
    places = (
        "nhap/",
        "cam-ket/",
        "cau-hoi-thieu/",
        "gop-y/",
        "tim/",
        "xuat/",
        "day-chuyen/",
        "van-hanh/",
        "tu-soat/",
        "diem-yeu/",
        "diem-yeu/phieu/?so=nhan",
        "dong-vai/",
    )
    for place in ("", *places):
        assert lead.get(f"/noi-bo/{place}").status == 200, place
    assert lead.get("/noi-bo/dong-vai/2026-11/goi-dien/1/").status == 200
    assert scene.staff("kiem").get("/noi-bo/ai-da-xem/").status == 200
    agent.press(agent.get("/noi-bo/tim/"), "Tìm", {"q": "nồi cơm"})
    agent.get(scene.url())
    page = agent.get("/noi-bo/nhap/khieu-nai/")
    typed = {name: str(value) for name, value in COMPLAINT.items()}
    page = agent.press(page, "Ghi phiếu, in biên nhận", {**typed, "channel": "phone"})
    assert page.status == 201, page.errors
    assert scene.staff("kiem").get(scene.url("tra-loi")).status == 403
    old = agent.get(scene.url("tra-loi"))
    read = scene.portal.store.read
    scene.portal.store.read = gone  # type: ignore[method-assign]
    assert agent.press(old, "Trả lời", {"text": TEXT}).status == 503
    scene.portal.store.read = read  # type: ignore[method-assign]
    agent.client.delete_cookie("desk")
    assert agent.press(old, "Trả lời", {"text": TEXT}).status == 401
    what_the_books_found(scene)
    the_accountant(scene)


def what_the_books_found(scene: Scene) -> None:
    """Let the books show a late order of a customer without an address, and print the letter."""
    until = at("2026-11-28T08:00")
    store, own = scene.portal.store, "/noi-bo/tu-soat/"
    take(store, *customers(1, phone="+84912345678"), *orders(1, until), deliveries({}, until))
    sweep(scene.portal, scene.clock.moment)
    visitor = scene.staff("kho")
    (case,) = set(re.findall(own + r"(TM-[0-9A-Z-]+)/thu/", visitor.get(own).html))
    assert visitor.get(f"{own}{case}/thu/").status == 200


def the_accountant(scene: Scene) -> None:
    """Look at what is owed, and at a file that pays it."""
    scene.does("hoa", "tu-quyet", vnd="50.000", text="Xin lỗi khách.")
    account = {"bank": "970436", "account": "0011002345678", "holder": "Nguyễn Thị Mẫu"}
    scene.does("lan", "noi-nhan", way="transfer", **account)
    scene.clock.moment += timedelta(days=1)
    visitor = scene.staff("ke")
    page = visitor.get("/noi-bo/tien/")
    made = visitor.press(page, "Lập tệp chi", {f"chon-{scene.reference}": "on"})
    assert visitor.get(made.response.headers["Location"]).status == 200


def gone(*work: Any) -> Any:
    """Be a store that cannot be read."""
    raise StoreUnavailable("gone")


def test_every_page_gets_the_variables_of_its_template(app: Flask, clock, given: Given) -> None:
    environment = of(app).environment
    scene = Scene(app, clock).at("2026-11-30T09:00").file()
    the_public_forms(app)
    the_case_page(scene)
    the_desk(scene)
    seen: set[str] = set()
    for name in given:
        if name in PARTS or name.startswith(("macros/", "partials/")) or name in LIBRARIES:
            continue
        family = [one.removesuffix(".html") for one in with_ancestors(environment, f"{name}.html")]
        documented = {*COMMON, *COMMON_DYNAMIC}.union(*(PAGES.get(one, {}) for one in family))
        assert given[name] == documented, name
        seen.update(family)
    assert set(DYNAMIC) - PARTS - {"patterns"} <= seen
