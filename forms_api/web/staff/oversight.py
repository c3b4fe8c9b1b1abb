"""Beside the cases: how the program is, what readers miss and say, who looked at what.

``van-hanh`` tells leads and auditors how the program is: a lead can call a customer, send a letter
again or let it rest; what the machine itself needs is told in words, for whoever keeps it.
``cau-hoi-thieu`` and ``gop-y`` are for those who write the pages, ``ai-da-xem`` for the auditor.
"""

from datetime import date, datetime
from urllib.parse import urlencode

from flask import Response, redirect, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Redirect

from forms_api import audit, feedback
from forms_api.condition import condition
from forms_api.errors import NotFound
from forms_api.gaps import page_of_gaps
from forms_api.paging import sheet
from forms_api.references import parse_reference
from forms_api.staff import accounts
from forms_api.store import outbox_rows, queues
from forms_api.store.rows import page_of
from forms_api.web.app_context import app_context
from forms_api.web.staff import guard, pages
from service_policy.cases.messages.letters import LETTER_WORDS

MENDERS = frozenset({"lead"})
WRITERS = frozenset({"editor", "lead"})
DONE = {"gui-lai": "Thư được gửi lại ngay.", "bo": "Đã bỏ thư; địa chỉ và nội dung đã xóa."}


@guard.blueprint.get("/van-hanh/")
@guard.open_to(pages.OPERATION.roles)
def operation() -> Response:
    """Show every fact in words, the letters that failed, and whom they did not reach."""
    here = app_context()
    read, asked = here.portal.store.read, request.args
    letters, of_letters = read(page_of, outbox_rows.DEAD, asked.get("trang", ""))
    unreached, of_unreached = read(page_of, queues.UNREACHED, asked.get("khach", ""))
    variables = {
        "facts": condition(here.portal, here.now()).facts,
        "letters": letters,
        "of_letters": of_letters,
        "letter_words": {**LETTER_WORDS, "notice": "báo trong công ty"},
        "unreached": unreached,
        "of_unreached": of_unreached,
        "may_mend": guard.me().role in MENDERS,
        "done": DONE.get(request.args.get("xong", ""), ""),
    }
    return pages.show(pages.OPERATION, variables)


@guard.blueprint.post("/van-hanh/thu/<int:letter_id>/gui-lai/")
@guard.open_to(MENDERS)
def resend_letter(letter_id: int) -> Redirect:
    """Let a letter that was given up try again."""
    return _mend(letter_id, "letter_resent", "gui-lai")


@guard.blueprint.post("/van-hanh/thu/<int:letter_id>/bo/")
@guard.open_to(MENDERS)
def drop_letter(letter_id: int) -> Redirect:
    """Let a letter that was given up rest; the mark of its case stays until somebody calls."""
    return _mend(letter_id, "letter_dropped", "bo")


def _mend(letter_id: int, action: str, done: str) -> Redirect:
    """Settle a letter, and write down who did, in one transaction.

    Raises:
        NotFound: there is no such letter, or somebody settled it before.
    """
    now, who = app_context().now(), guard.me().id
    change = outbox_rows.resend if action == "letter_resent" else outbox_rows.drop

    def record(connection: Connection) -> None:
        reference = change(connection, letter_id, now)
        if reference is None:
            raise NotFound
        audit.line(connection, now, action, who, reference, f"thư {letter_id}")

    if letter_id >= 1 << 62:
        raise NotFound
    app_context().portal.store.write(record)
    return redirect(f"{pages.OPERATION.url}?xong={done}", 303)


@guard.blueprint.get("/cau-hoi-thieu/")
@guard.open_to(pages.GAPS.roles)
def missing_questions() -> Response:
    """Show the words with their counts, and which of them the published answers answer by now."""
    here = app_context()
    found, at = page_of_gaps(here.portal, here.finder.answer, request.args.get("trang", ""))
    return pages.show(pages.GAPS, {"gaps": found, "sheet": at})


@guard.blueprint.get("/gop-y/")
@guard.open_to(pages.REMARKS.roles)
def remarks() -> Response:
    """Show what was said by page and version, what nobody has handled first.

    An address that names one version (``ve``, ``ban``) leads through all its remarks.
    """
    portal, done = app_context().portal, request.args.get("xong", "")
    asked, about = request.args.get("trang", ""), request.args.get("ve", "")
    one = feedback.of_version(portal, about, request.args.get("ban", ""), asked) if about else None
    found = None if one else feedback.listed(portal, asked)
    variables = {
        "pages": found.pages if found else (one,),
        "sheet": found.at if found else None,
        "names": {one.id: one.display_name for one in accounts.everybody(portal)},
        "may_handle": guard.me().role in WRITERS,
        "done": int(done) if done.isascii() and done.isdigit() and len(done) < 7 else None,
    }
    return pages.show(pages.REMARKS, variables)


@guard.blueprint.post("/gop-y/xong/")
@guard.open_to(WRITERS)
def handle_remarks() -> Redirect:
    """Mark what the page showed of one version as handled; what came later stays."""
    here, last = app_context(), request.form.get("last", "")
    number = int(last) if last.isascii() and last.isdigit() and len(last) < 16 else 0
    marked = feedback.mark_handled(
        here.portal,
        request.form.get("page_url", ""),
        request.form.get("page_version", ""),
        number,
        guard.me().id,
        here.now(),
    )
    return redirect(f"{pages.REMARKS.url}?xong={marked}", 303)


@guard.blueprint.get("/ai-da-xem/")
@guard.open_to(pages.TRAIL.roles)
def access_trail() -> Response:
    """Show a page of the trail: of a case, a person, a day, or all of it."""
    here, faults = app_context(), []
    typed = {name: request.args.get(name, "").strip()[:40] for name in ("phieu", "nguoi", "ngay")}
    reference = parse_reference(typed["phieu"]) if typed["phieu"] else None
    if typed["phieu"] and reference is None:
        faults.append({"field": "phieu", "message": "Mã phiếu có dạng KN-26-7F3K-9Q2M."})
    day = _day(typed["ngay"])
    if typed["ngay"] and day is None:
        faults.append({"field": "ngay", "message": "Ngày có dạng 30/11/2026."})
    wanted = audit.Wanted(reference, typed["nguoi"] or None, day)
    people = accounts.everybody(here.portal)
    audit.note(here.portal, here.now(), "audit_read", guard.me().id, detail=reference)
    if faults:
        found = audit.Trail((), sheet("", 0))
    else:
        found = audit.trail(here.portal, wanted, request.args.get("trang", ""))
    asked = urlencode({name: value for name, value in typed.items() if value})
    variables = {
        "typed": typed,
        "errors": faults,
        "people": people,
        "entries": found.entries,
        "sheet": found.sheet,
        "address": f"{pages.TRAIL.url}?{asked}{'&' if asked else ''}",
    }
    return pages.show(pages.TRAIL, variables, 422 if faults else 200)


def _day(text: str) -> date | None:
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
