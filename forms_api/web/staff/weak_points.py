"""The page of weak points: where the company fails its customers, month against month."""

import re
from datetime import datetime

from flask import Response, request

from forms_api.desk import weak_points as desk
from forms_api.errors import NotFound
from forms_api.store.weak_points import Dimension, Figure
from forms_api.web.app_context import app_context
from forms_api.web.staff import guard, pages
from service_policy.promises.calendar import VIETNAM
from service_policy.scorecard.histories import month_after

FIGURES: dict[Figure, tuple[str, str]] = {
    "paid": ("da-tra", "Đã trả"),
    "owed": ("phat-sinh", "Phải trả thêm"),
    "missed": ("lo-hen", "Lỡ hẹn"),
    "returned": ("bao-lai", "Khách báo lại"),
    "silent": ("im-lang", "Đóng vì khách im lặng"),
    "received": ("nhan", "Phiếu nhận"),
}
"""The figures by their word in addresses and at the head of a column."""
DIMENSIONS: dict[Dimension, tuple[str, str, str]] = {
    "cause": ("nguyen-nhan", "Nguyên nhân", "Theo nguyên nhân"),
    "promise": ("loi-hua", "Lời hứa", "Theo lời hứa"),
    "department": ("phong", "Phòng phụ trách", "Theo phòng phụ trách"),
    "product": ("san-pham", "Sản phẩm", "Theo sản phẩm"),
}
"""What is counted by: its word in addresses, at the head of a column, and above its table."""
_FIGURE_OF = {word: name for name, (word, _) in FIGURES.items()}
_DIMENSION_OF = {word: name for name, (word, *_) in DIMENSIONS.items()}
FIRST_MONTH = "2000-01"


@guard.blueprint.get("/diem-yeu/")
@guard.open_to(pages.WEAK.roles)
def weak_points() -> Response:
    """Show a month against the one before."""
    here, month = app_context(), _month()
    current = _month_of(here.now())
    variables = {
        "found": desk.weak_points(here.portal, month),
        "figures": FIGURES,
        "dimensions": DIMENSIONS,
        "in_vnd": desk.IN_VND,
        "month": month,
        "later": f"{month_after(month):%Y-%m}" if month < current else "",
        "unfinished": month == current,
    }
    return pages.show(pages.WEAK, variables)


@guard.blueprint.get("/diem-yeu/phieu/")
@guard.open_to(pages.WEAK.roles)
def weak_cases() -> Response:
    """List the cases behind one figure."""
    here, month, asked = app_context(), _month(), request.args
    figure = _FIGURE_OF.get(asked.get("so", ""))
    dimension = _DIMENSION_OF.get(asked.get("theo", ""))
    if figure is None or (dimension is None) != (asked.get("theo", "") == ""):
        raise NotFound
    code = asked.get("la", "")[:200] if dimension else ""
    listed = desk.cases_behind(
        here.portal, month, figure, dimension, code, here.now(), asked.get("trang", "")
    )
    title = f"{FIGURES[figure][1]}, tháng {month[5:]}/{month[:4]}"
    query = {"thang": month, "so": asked["so"]}
    if dimension is not None:
        title += f": {desk.name_of(dimension, code, here.policy)}"
        query |= {"theo": asked["theo"], "la": code}
    variables = {"listed": listed, "query": query, "month": month}
    above = ((pages.WEAK.title, pages.WEAK.url),)
    return pages.page("weak_cases", title, f"{pages.WEAK.url}phieu/", variables, above=above)


def _month() -> str:
    """Return the month that was asked for; this one for anything else, and for what is to come."""
    asked, current = request.args.get("thang", ""), _month_of(app_context().now())
    known = re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", asked)
    return asked if known and FIRST_MONTH <= asked <= current else current


def _month_of(now: datetime) -> str:
    return f"{now.astimezone(VIETNAM):%Y-%m}"
