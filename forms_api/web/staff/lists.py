"""What shows many cases at once: the queues, the search, the export and the internal chain."""

import re

from flask import Response, request

from forms_api import audit
from forms_api.acknowledgements import reading
from forms_api.desk import chain, export
from forms_api.desk import queue as queues
from forms_api.desk.queue import Listed
from forms_api.staff import throttle
from forms_api.store.case_texts import LONGEST_QUESTION
from forms_api.store.queues import Queue
from forms_api.store.rows import count
from forms_api.store.tables import cases
from forms_api.web.app_context import app_context
from forms_api.web.problems import Problem
from forms_api.web.staff import guard, kept, pages

QUEUES: dict[str, tuple[Queue, str]] = {
    "giu": ("held", "Đang giữ"),
    "ky": ("signature", "Chờ người thứ hai"),
    "tra": ("payment", "Tiền phải trả"),
}
"""Queues by their word in the address."""
_FIRST = {"second_reader": "ky", "accountant": "tra"}
EVERYBODY = "tat-ca"
FILES = {
    "xlsx": (export.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (export.as_csv, "text/csv; charset=utf-8"),
}


def _queue_address(chosen: str, wanted: str) -> str:
    """Return the address of a queue, to which the number of a page is added."""
    known = re.fullmatch(r"[a-z-]{0,64}", wanted)
    return f"{pages.QUEUE.url}?xem={chosen}" + (f"&phong={wanted}" if wanted and known else "")


@guard.blueprint.get("/")
@guard.open_to()
def queue() -> Response:
    """Show a queue: of one's own department, of another, or of all."""
    me, here = guard.me(), app_context()
    chosen = request.args.get("xem", "")
    if chosen not in QUEUES:
        chosen = _FIRST.get(me.role, "giu")
    wanted = request.args.get("phong", "" if chosen == "giu" else EVERYBODY)
    now = here.now()
    shelves = queues.shelves(here.portal, now)
    shown = next((one for one in shelves if one.department_id == (wanted or me.department)), None)
    kind, title = QUEUES[chosen]
    listed = shown.department_id if shown else None
    variables = {
        "listed": queues.lines(here.portal, kind, listed, now, request.args.get("trang", "")),
        "address": _queue_address(chosen, wanted),
        "shelves": shelves,
        "kinds": [(word, words) for word, (_, words) in QUEUES.items()],
        "chosen": chosen,
        "department": listed or "",
        "attacked": throttle.attacked(here.portal, now) if me.role == "lead" else (),
        "heading": title if shown is None else f"{title}: {shown.name}",
        "unread": len(reading(here.portal, me, now).unread),
    }
    return pages.show(pages.QUEUE, variables)


@guard.blueprint.get("/tim/")
@guard.open_to(pages.SEARCH.roles)
def search() -> Response:
    """Ask what to look for."""
    return _search_page("")


def _search_page(
    question: str, listed: Listed | None = None, fault: Problem | None = None
) -> Response:
    variables = {
        "question": question,
        "listed": listed,
        "errors": [{"field": "q", "message": f"{fault.title}. {fault.text}"}] if fault else [],
    }
    status = fault.status if fault else 200
    return pages.show(pages.SEARCH, variables, status)


@guard.blueprint.post("/tim/")
@guard.open_to(pages.SEARCH.roles)
@kept.shown_again(lambda typed, found: _search_page(typed.fields.get("q", ""), fault=found))
def search_results() -> Response:
    """Show what was found; the question is posted, so that no name stands in an address."""
    here, question = app_context(), request.form.get("q", "")[:LONGEST_QUESTION]
    page = request.form.get("trang", "")
    listed = queues.find(here.portal, question, guard.me(), here.now(), page)
    found = f"{listed.sheet.total} phiếu"
    audit.note(here.portal, here.now(), "search", guard.me().id, detail=found)
    return _search_page(question, listed)


@guard.blueprint.get("/xuat/")
@guard.open_to(pages.EXPORT.roles)
def export_page() -> Response:
    """Offer the files."""
    return pages.show(pages.EXPORT, {"columns": export.COLUMNS})


@guard.blueprint.post("/xuat/<kind>/")
@guard.open_to(pages.EXPORT.roles)
def export_file(kind: str) -> Response:
    """Give all cases as a file; posted, because it is written down who took it."""
    here, me = app_context(), guard.me()
    kind = kind if kind in FILES else "csv"
    write, content_type = FILES[kind]
    taken = f"{here.portal.store.read(count, cases)} phiếu, {kind}"
    audit.note(here.portal, here.now(), "export", me.id, detail=taken)
    rows = export.rows(here.portal, me, here.now())
    response = Response(write(rows), content_type=content_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"phieu.{kind}")
    return response


@guard.blueprint.get("/day-chuyen/")
@guard.open_to()
def chain_page() -> Response:
    """Show the links between departments."""
    here = app_context()
    links = chain.links(here.portal, here.now())
    variables = {
        "links": links,
        "takers": chain.taken(links, here.portal),
        "departments": here.policy.company.departments,
    }
    return pages.show(pages.CHAIN, variables)
