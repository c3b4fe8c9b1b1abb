"""``/noi-bo/``: the queues, due soonest first."""

import re

from flask import Response, request

from forms_api.desk import queue as queues
from forms_api.staff import throttle
from forms_api.store.queues import Queue
from forms_api.web.desk import desk
from forms_api.web.staff import guard, pages
from forms_api.web.staff.blueprint import blueprint

URL = "/noi-bo/"
KINDS: dict[str, tuple[Queue, str]] = {
    "giu": ("held", "Đang giữ"),
    "ky": ("signature", "Chờ người thứ hai"),
    "tra": ("payment", "Tiền phải trả"),
}
"""Queues by their word in the address."""
_FIRST = {"second_reader": "ky", "accountant": "tra"}
EVERYBODY = "tat-ca"


def _address(chosen: str, wanted: str) -> str:
    """Return the address of a queue, to which the number of a page is added."""
    known = re.fullmatch(r"[a-z-]{0,64}", wanted)
    return f"{URL}?xem={chosen}" + (f"&phong={wanted}" if wanted and known else "")


pages.MENU.append(pages.Place("Hàng chờ", URL))


@blueprint.get("/")
@guard.open_to()
def queue() -> Response:
    """Show a queue: of one's own department, of another, or of all."""
    me, here = guard.me(), desk()
    chosen = request.args.get("xem", "")
    if chosen not in KINDS:
        chosen = _FIRST.get(me.role, "giu")
    wanted = request.args.get("phong", "" if chosen == "giu" else EVERYBODY)
    now = here.now()
    shelves = queues.shelves(here.portal, now)
    shown = next((one for one in shelves if one.department_id == (wanted or me.department)), None)
    kind, title = KINDS[chosen]
    listed = shown.department_id if shown else None
    variables = {
        "listed": queues.lines(here.portal, kind, listed, now, request.args.get("trang", "")),
        "address": _address(chosen, wanted),
        "shelves": shelves,
        "kinds": [(word, words) for word, (_, words) in KINDS.items()],
        "chosen": chosen,
        "department": listed or "",
        "attacked": throttle.attacked(here.portal, now) if me.role == "lead" else (),
        "heading": title if shown is None else f"{title}: {shown.name}",
    }
    return pages.page("queue", "Hàng chờ", URL, variables)
