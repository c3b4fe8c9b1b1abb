"""Pages of the staff's side: the house's templates in a shell of their own, with one menu."""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import Response, current_app

from forms_api.condition import Fact, condition
from forms_api.desk.access import READERS
from forms_api.errors import FieldError
from forms_api.staff.people import Person
from forms_api.web import render
from forms_api.web.app_context import app_context
from forms_api.web.forms import KEY_FIELD, new_key
from forms_api.web.problems import Problem
from forms_api.web.staff import guard
from service_policy.cases.core.command import FILING
from theme.context import Page

OPERATORS = frozenset({"lead", "auditor"})
"""Who sees how the program is: leads can act on it, auditors have to know."""
LOOK_EVERY_SECONDS = 10.0
_KEPT = "condition of the banner"


@dataclass(frozen=True)
class Place:
    """A place in the menu, for the roles that have work there.

    ``template`` shows it; ``heading`` is the title of its page where the menu has a shorter one.
    """

    template: str
    title: str
    url: str
    roles: frozenset[str] = guard.EVERY_ROLE
    heading: str = ""


_EDITORIAL = frozenset({"editor", "lead", "auditor"})
QUEUE = Place("queue", "Hàng chờ", "/noi-bo/")
ENTRY = Place("entry", "Nhập phiếu", "/noi-bo/nhap/", frozenset(FILING))
GAPS = Place(
    "gaps", "Câu hỏi thiếu", "/noi-bo/cau-hoi-thieu/", _EDITORIAL, "Câu hỏi chưa có lời đáp"
)
SEARCH = Place("search", "Tìm phiếu", "/noi-bo/tim/", READERS)
PROMISES = Place("promises", "Cam kết", "/noi-bo/cam-ket/", heading="Cam kết mà ai cũng phải biết")
CHAIN = Place("chain", "Dây chuyền", "/noi-bo/day-chuyen/", heading="Dây chuyền khách hàng nội bộ")
MONEY = Place(
    "money",
    "Tiền",
    "/noi-bo/tien/",
    frozenset({"accountant", "second_reader", "lead"}),
    "Tiền phải trả khách",
)
WEAK = Place(
    "weak_points",
    "Điểm yếu",
    "/noi-bo/diem-yeu/",
    OPERATORS,
    "Điểm yếu: nơi công ty làm khách thất vọng",
)
EXPORT = Place("export", "Xuất tệp", "/noi-bo/xuat/", frozenset({"lead", "accountant", "auditor"}))
OWN_REPORTS = Place(
    "own_reports",
    "Tự soát sổ",
    "/noi-bo/tu-soat/",
    READERS | {"auditor"},
    "Trễ hẹn công ty tự thấy",
)
OPERATION = Place("operation", "Vận hành", "/noi-bo/van-hanh/", OPERATORS)
REMARKS = Place("remarks", "Góp ý về trang", "/noi-bo/gop-y/", _EDITORIAL)
TRAIL = Place("trail", "Nhật ký truy cập", "/noi-bo/ai-da-xem/", frozenset({"auditor"}))

MENU = (
    QUEUE,
    ENTRY,
    GAPS,
    SEARCH,
    PROMISES,
    MONEY,
    CHAIN,
    WEAK,
    EXPORT,
    OWN_REPORTS,
    OPERATION,
    REMARKS,
    TRAIL,
)


def page(
    template: str,
    title: str,
    url: str,
    variables: Mapping[str, Any] | None = None,
    status: int = 200,
    above: tuple[tuple[str, str], ...] = (),
) -> Response:
    """Render ``staff/<template>`` for whoever is logged in."""
    who = guard.somebody()
    found = app_context().policy.company.department(who.department) if who else None
    head = Page(title, title, url, breadcrumbs=above, kind="staff", noindex=True)
    given = {
        "me": who,
        "my_department": found.name if found else "",
        "menu": [one for one in MENU if who is not None and who.role in one.roles],
        "now": app_context().now(),
        "letters_wait": app_context().letters_wait,
        "wrong": wrong(who),
        "taken": "",
        **(variables or {}),
    }
    return render.page(f"staff/{template}", head, given, status)


def show(place: Place, variables: Mapping[str, Any] | None = None, status: int = 200) -> Response:
    """Render a place of the menu for whoever is logged in."""
    return page(place.template, place.heading or place.title, place.url, variables, status)


def form_variables(
    names: Collection[str], typed: Mapping[str, str], errors: Sequence[FieldError], key: str = ""
) -> dict[str, Any]:
    """Return what every form shows: what was typed into it, its faults, its key.

    A fault that belongs to none of its fields stands above them only.
    """
    return {
        "values": {name: typed.get(name, "") for name in names},
        "faults": {one.field: one.message for one in reversed(errors)},
        "errors": [
            {"field": one.field if one.field in names else None, "message": one.message}
            for one in errors
        ],
        "key": key or typed.get(KEY_FIELD) or new_key(),
        "fresh": not typed,
    }


def fault_of(found: Problem) -> FieldError:
    """Return a problem of the whole request as a fault that stands above its form."""
    return FieldError("", f"{found.title}. {found.text}")


def wrong(who: Person | None) -> tuple[Fact, ...]:
    """Return what is wrong with the program, for whoever can act on it; looked at now and then."""
    if who is None or who.role not in OPERATORS:
        return ()
    here = app_context()
    moment = time.monotonic()
    kept = current_app.extensions.get(_KEPT)
    if kept is None or moment - kept[0] > LOOK_EVERY_SECONDS:
        kept = (moment, condition(here.portal, here.now()).wrong)
        current_app.extensions[_KEPT] = kept
    return cast(tuple[Fact, ...], kept[1])
