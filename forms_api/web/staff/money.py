"""``/noi-bo/tien/``: debts by their day, payment files, the bank's statements.

Whole account numbers stand on one page, the accountant's pay screen of a file, and in the file that
goes to the bank; who looked at either is written down before it is shown, case by case.
"""

from collections.abc import Callable

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from forms_api import audit
from forms_api.errors import FieldError, ValidationFailed
from forms_api.payments import debts, files, sheets, statements
from forms_api.references import parse_reference
from forms_api.staff import accounts
from forms_api.store import payment_rows, statement_rows
from forms_api.web.app_context import app_context
from forms_api.web.staff import guard, pages
from forms_api.web.staff.guard import blueprint
from service_policy.cases.core.command import ACCOUNTANTS
from service_policy.paying.matching import OUTCOME_WORDS

APPROVERS = pages.MONEY.roles
LATEST = 20
CHOSEN = "chon-"
"""How the box of a case is named: each field of a form bears a name of its own."""
DONE = {
    "duyet": "Đã duyệt tệp. Kế toán tải tệp về để gửi ngân hàng.",
    "huy": "Đã hủy tệp; các hồ sơ chọn lại được.",
    "bo": "Đã gỡ dòng; hồ sơ chọn lại được.",
    "lap": "Đã lập tệp, chờ người thứ hai duyệt.",
}


@blueprint.get("/tien/")
@guard.open_to(pages.MONEY.roles)
def money() -> Response:
    """Show what is owed, the files, and what the bank said."""
    return _page()


def _page(
    errors: tuple[FieldError, ...] = (),
    imported: statements.Imported | None = None,
    status: int = 200,
) -> Response:
    here, me = app_context(), guard.me()
    portal = here.portal
    names = {one.id: one.display_name for one in accounts.everybody(portal)}
    read = portal.store.read
    variables = {
        "debts": debts.listed(portal, here.now(), request.args.get("trang", "")),
        "files": read(lambda connection: payment_rows.latest_files(connection, LATEST)),
        "statements": read(lambda connection: statement_rows.latest_statements(connection, LATEST)),
        "unclear": read(lambda connection: statement_rows.open_lines(connection, LATEST * 5)),
        "returned": read(lambda connection: statement_rows.returned_lines(connection, LATEST)),
        "outcomes": OUTCOME_WORDS,
        "layouts": [(one.id, one.title) for one in portal.policy.banks.statements],
        "names": names,
        "may_pay": me.role in ACCOUNTANTS,
        "imported": imported,
        "errors": [{"field": None, "message": one.message} for one in errors],
        "most": sheets.LARGEST,
        "done": DONE.get(request.args.get("xong", ""), ""),
    }
    return pages.show(pages.MONEY, variables, status)


@blueprint.post("/tien/tep/")
@guard.open_to(ACCOUNTANTS)
def make_payment_file() -> Response | Redirect:
    """Make a payment file of the cases that were ticked."""
    here, me = app_context(), guard.me()
    named = (name.removeprefix(CHOSEN) for name in request.form if name.startswith(CHOSEN))
    chosen = [one for one in named if parse_reference(one) == one]
    try:
        number = files.make(here.portal, chosen, me, here.now())
    except ValidationFailed as failure:
        return _page(failure.errors, status=422)
    audit.note(here.portal, here.now(), "pay_file", me.id, detail=f"lập tệp {number}")
    return redirect(f"{_url(number)}?xong=lap", 303)


@blueprint.get("/tien/tep/<int:number>/")
@guard.open_to(pages.MONEY.roles)
def payment_file(number: int) -> Response:
    """Show a payment file: masked, or whole to the accountant, case by case on record."""
    return _file(number)


def _file(number: int, errors: tuple[FieldError, ...] = (), status: int = 200) -> Response:
    here, me = app_context(), guard.me()
    whole = me.role in ACCOUNTANTS
    if whole:
        masked = debts.show(here.portal, number, here.now(), whole=False)
        for line in masked.lines:
            detail = f"tệp {number}"
            audit.note(here.portal, here.now(), "pay_read", me.id, line.reference, detail)
    found = debts.show(here.portal, number, here.now(), whole=whole)
    variables = {
        "file": found,
        "names": {one.id: one.display_name for one in accounts.everybody(here.portal)},
        "may_pay": whole,
        "may_approve": me.id != found.created_by,
        "errors": [{"field": None, "message": one.message} for one in errors],
        "done": DONE.get(request.args.get("xong", ""), ""),
    }
    above = ((pages.MONEY.title, pages.MONEY.url),)
    title = f"Tệp chi số {number}"
    return pages.page("payment_file", title, _url(number), variables, status, above)


@blueprint.post("/tien/tep/<int:number>/duyet/")
@guard.open_to(pages.MONEY.roles)
def approve_payment_file(number: int) -> Response | Redirect:
    """Approve a file, as a second person."""
    return _decide(number, "duyet", files.approve)


@blueprint.post("/tien/tep/<int:number>/huy/")
@guard.open_to(pages.MONEY.roles)
def cancel_payment_file(number: int) -> Response | Redirect:
    """Cancel a file that was not approved."""
    return _decide(number, "huy", files.cancel)


def _decide(number: int, slug: str, do: Callable[..., None]) -> Response | Redirect:
    here, me = app_context(), guard.me()
    try:
        do(here.portal, number, me, here.now())
    except ValidationFailed as failure:
        return _file(number, failure.errors, 422)
    words = {"duyet": "duyệt", "huy": "hủy"}[slug]
    audit.note(here.portal, here.now(), "pay_file", me.id, detail=f"{words} tệp {number}")
    return redirect(f"{_url(number)}?xong={slug}", 303)


@blueprint.post("/tien/tep/<int:number>/dong/<int:position>/bo/")
@guard.open_to(ACCOUNTANTS)
def drop_payment_line(number: int, position: int) -> Response | Redirect:
    """Let go of a line that the bank does not pay."""
    here, me = app_context(), guard.me()
    try:
        reference = files.drop(here.portal, number, position, here.now())
    except ValidationFailed as failure:
        return _file(number, failure.errors, 422)
    detail = f"gỡ khỏi tệp {number}"
    audit.note(here.portal, here.now(), "pay_file", me.id, reference, detail)
    return redirect(f"{_url(number)}?xong=bo", 303)


@blueprint.post("/tien/tep/<int:number>/tai/")
@guard.open_to(ACCOUNTANTS)
def take_payment_file(number: int) -> Response:
    """Give the file for the bank; posted, because it is written down who took it."""
    here, me = app_context(), guard.me()
    try:
        text = files.content(here.portal, number)
    except ValidationFailed as failure:
        return _file(number, failure.errors, 422)
    audit.note(here.portal, here.now(), "pay_taken", me.id, detail=f"tệp {number}")
    response = Response(text, content_type="text/csv; charset=us-ascii")
    name = f"tep-chi-{number}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/tien/sao-ke/")
@guard.open_to(ACCOUNTANTS)
def import_statement() -> Response:
    """Import a statement of the bank and say what became of it."""
    here, me = app_context(), guard.me()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page((FieldError("file", "Chọn tệp sao kê."),), status=422)
    raw = sent.stream.read(sheets.LARGEST + 1)
    try:
        done = statements.take(here.portal, raw, request.form.get("layout", ""), me, here.now())
    except ValidationFailed as failure:
        return _page(failure.errors, status=422)
    audit.note(here.portal, here.now(), "statement", me.id, detail=f"sao kê {done.number}")
    return _page(imported=done)


def _url(number: int) -> str:
    return f"{pages.MONEY.url}tep/{number}/"
