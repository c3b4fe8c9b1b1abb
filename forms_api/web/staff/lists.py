"""Search, export and the internal chain: what looks at many cases at once."""

from flask import Response, request

from forms_api import audit
from forms_api.desk import chain, export, find
from forms_api.desk.access import READERS
from forms_api.web.desk import desk
from forms_api.web.staff import guard, pages
from forms_api.web.staff.blueprint import blueprint

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
    return pages.page("search", "Tìm phiếu", SEARCH_URL, {"question": "", "lines": None})


@blueprint.post("/tim/")
@guard.open_to(READERS)
def search_results() -> Response:
    """Show what was found; the question is posted, so that no name stands in an address."""
    here, question = desk(), request.form.get("q", "")
    lines = find.find(here.portal, question, guard.me(), here.now())
    audit.note(here.portal, here.now(), "search", guard.me().id, detail=f"{len(lines)} phiếu")
    variables = {"question": question, "lines": lines}
    return pages.page("search", "Tìm phiếu", SEARCH_URL, variables)


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
    table = export.table(here.portal, me, here.now())
    taken = f"{len(table.rows)} phiếu, {kind if kind in FILES else 'csv'}"
    audit.note(here.portal, here.now(), "export", me.id, detail=taken)
    response = Response(write(table), content_type=content_type)
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
