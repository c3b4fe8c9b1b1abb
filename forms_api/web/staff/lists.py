"""Search, export and the internal chain: what looks at many cases at once."""

from flask import Response, request

from forms_api import audit
from forms_api.desk import chain, export, queue
from forms_api.desk.access import READERS
from forms_api.desk.queue import Listed
from forms_api.store.case_texts import LONGEST_QUESTION
from forms_api.web.desk import desk
from forms_api.web.staff import guard, kept, pages
from forms_api.web.staff.blueprint import blueprint
from forms_api.web.staff.kept import Typed
from forms_api.web.troubles import Trouble

SEARCH_URL, EXPORT_URL, CHAIN_URL = "/noi-bo/tim/", "/noi-bo/xuat/", "/noi-bo/day-chuyen/"
EXPORTERS = frozenset({"lead", "accountant", "auditor"})
FILES = {
    "xlsx": (
        export.as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (export.as_csv, "text/csv; charset=utf-8"),
}

pages.MENU.append(pages.Place("Tìm phiếu", SEARCH_URL, READERS))
pages.MENU.append(pages.Place("Dây chuyền", CHAIN_URL))
pages.MENU.append(pages.Place("Xuất tệp", EXPORT_URL, EXPORTERS))


@blueprint.get("/tim/")
@guard.open_to(READERS)
def search() -> Response:
    """Ask what to look for."""
    return _search_page("")


def _search_again(typed: Typed, found: Trouble) -> Response:
    return _search_page(typed.fields.get("q", ""), fault=found)


def _search_page(
    question: str, listed: Listed | None = None, fault: Trouble | None = None
) -> Response:
    variables = {
        "question": question,
        "listed": listed,
        "errors": [{"field": "q", "message": f"{fault.title}. {fault.text}"}] if fault else [],
    }
    status = fault.status if fault else 200
    return pages.page("search", "Tìm phiếu", SEARCH_URL, variables, status)


@blueprint.post("/tim/")
@guard.open_to(READERS)
@kept.shown_again(_search_again)
def search_results() -> Response:
    """Show what was found; the question is posted, so that no name stands in an address."""
    here, question = desk(), request.form.get("q", "")[:LONGEST_QUESTION]
    page = request.form.get("trang", "")
    listed = queue.find(here.portal, question, guard.me(), here.now(), page)
    found = f"{listed.sheet.total} phiếu"
    audit.note(here.portal, here.now(), "search", guard.me().id, detail=found)
    return _search_page(question, listed)


@blueprint.get("/xuat/")
@guard.open_to(EXPORTERS)
def export_page() -> Response:
    """Offer the files."""
    return pages.page("export", "Xuất tệp", EXPORT_URL, {"columns": export.COLUMNS})


@blueprint.post("/xuat/<kind>/")
@guard.open_to(EXPORTERS)
def export_file(kind: str) -> Response:
    """Give all cases as a file; posted, because it is written down who took it."""
    here, me = desk(), guard.me()
    write, content_type = FILES.get(kind, FILES["csv"])
    taken = f"{export.how_many(here.portal)} phiếu, {kind if kind in FILES else 'csv'}"
    audit.note(here.portal, here.now(), "export", me.id, detail=taken)
    rows = export.rows(here.portal, me, here.now())
    response = Response(write(rows), content_type=content_type)
    name = f"phieu.{kind if kind in FILES else 'csv'}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@blueprint.get("/day-chuyen/")
@guard.open_to()
def chain_page() -> Response:
    """Show the links between departments."""
    here = desk()
    variables = {
        "links": chain.links(here.portal, here.now()),
        "departments": here.policy.company.departments,
    }
    return pages.page("chain", "Dây chuyền khách hàng nội bộ", CHAIN_URL, variables)
