"""``/noi-bo/ai-da-xem/``: who looked at what, for the auditor alone."""

from datetime import date, datetime
from urllib.parse import urlencode

from flask import Response, request

from forms_api import audit
from forms_api.references import parse_reference
from forms_api.staff import accounts
from forms_api.store.audit_rows import Wanted
from forms_api.web.desk import desk
from forms_api.web.staff import guard, pages
from forms_api.web.staff.blueprint import blueprint

URL = "/noi-bo/ai-da-xem/"
TITLE = "Nhật ký truy cập"
ROLES = frozenset({"auditor"})
FURTHEST_PAGE = 100_000

pages.MENU.append(pages.Place(TITLE, URL, ROLES))


@blueprint.get("/ai-da-xem/")
@guard.open_to(ROLES)
def access_trail() -> Response:
    """Show a page of the trail: of a case, a person, a day, or all of it."""
    here, faults = desk(), []
    typed = {name: request.args.get(name, "").strip()[:40] for name in ("phieu", "nguoi", "ngay")}
    reference = parse_reference(typed["phieu"]) if typed["phieu"] else None
    if typed["phieu"] and reference is None:
        faults.append({"field": "phieu", "message": "Mã phiếu có dạng KN-26-7F3K-9Q2M."})
    day = _day(typed["ngay"])
    if typed["ngay"] and day is None:
        faults.append({"field": "ngay", "message": "Ngày có dạng 30/11/2026."})
    since, until = (None, None) if day is None else audit.on_day(day)
    wanted = Wanted(reference, typed["nguoi"] or None, since, until)
    page = _number(request.args.get("trang", "1"))
    people = accounts.everybody(here.portal)
    audit.note(here.portal, here.now(), "audit_read", guard.me().id, detail=reference)
    found = audit.trail(here.portal, wanted, page) if not faults else audit.Trail((), 0)
    pages_in_all = max(1, -(-found.total // audit.PAGE))
    variables = {
        "typed": typed,
        "errors": faults,
        "people": people,
        "entries": found.entries,
        "total": found.total,
        "number": page,
        "numbers": pages_in_all,
        "newer_url": _address(typed, page - 1) if page > 1 else None,
        "older_url": _address(typed, page + 1) if page < pages_in_all else None,
    }
    return pages.page("trail", TITLE, URL, variables, 422 if faults else 200)


def _day(text: str) -> date | None:
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _number(text: str) -> int:
    fine = text.isascii() and text.isdigit() and len(text) < 7
    return min(max(1, int(text)), FURTHEST_PAGE) if fine else 1


def _address(typed: dict[str, str], page: int) -> str:
    kept = {name: value for name, value in typed.items() if value}
    return f"{URL}?{urlencode({**kept, 'trang': page})}"
