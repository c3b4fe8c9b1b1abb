"""``/noi-bo/van-hanh/``: how the program is, what to do about it, and the letters that failed.

Leads and auditors see it: a lead can call a customer, send a letter again or let it rest; what the
machine itself needs is told in words, for whoever keeps it.
"""

from collections.abc import Callable
from typing import Any

from flask import Response, redirect, request
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response as Redirect

from forms_api import audit
from forms_api.condition import condition
from forms_api.desk.paging import Sheet, sheet
from forms_api.errors import NotFound
from forms_api.store import outbox_rows, queues
from forms_api.web.desk import desk
from forms_api.web.staff import guard, pages
from forms_api.web.staff.blueprint import blueprint
from service_policy.cases.messages.letters import LETTER_WORDS

URL = "/noi-bo/van-hanh/"
TITLE = "Vận hành"
MENDERS = frozenset({"lead"})
DONE = {"gui-lai": "Thư được gửi lại ngay.", "bo": "Đã bỏ thư; địa chỉ và nội dung đã xóa."}

pages.MENU.append(pages.Place(TITLE, URL, pages.OPERATORS))


@blueprint.get("/van-hanh/")
@guard.open_to(pages.OPERATORS)
def operation() -> Response:
    """Show every fact in words, the letters that failed, and whom they did not reach."""
    here = desk()
    letters, of_letters = _listed("trang", outbox_rows.dead_letters, outbox_rows.dead)
    unreached, of_unreached = _listed("khach", queues.how_many_unreached, queues.unreached)
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
    return pages.page("operation", TITLE, URL, variables)


def _listed(
    name: str,
    how_many: Callable[[Connection], int],
    rows: Callable[[Connection, int, int], list[Row[Any]]],
) -> tuple[list[Row[Any]], Sheet]:
    """Return the page of a list whose number stands in the address under ``name``."""

    def look(connection: Connection) -> tuple[list[Row[Any]], Sheet]:
        at = sheet(request.args.get(name, ""), how_many(connection))
        return rows(connection, at.size, at.skipped), at

    return desk().portal.store.read(look)


@blueprint.post("/van-hanh/thu/<int:letter_id>/gui-lai/")
@guard.open_to(MENDERS)
def resend_letter(letter_id: int) -> Redirect:
    """Let a letter that was given up try again."""
    return _mend(letter_id, "letter_resent", "gui-lai")


@blueprint.post("/van-hanh/thu/<int:letter_id>/bo/")
@guard.open_to(MENDERS)
def drop_letter(letter_id: int) -> Redirect:
    """Let a letter that was given up rest; the mark of its case stays until somebody calls."""
    return _mend(letter_id, "letter_dropped", "bo")


def _mend(letter_id: int, action: str, done: str) -> Redirect:
    """Settle a letter, and write down who did, in one transaction.

    Raises:
        NotFound: there is no such letter, or somebody settled it before.
    """
    now, who = desk().now(), guard.me().id
    change = outbox_rows.resend if action == "letter_resent" else outbox_rows.drop

    def record(connection: Connection) -> None:
        reference = change(connection, letter_id, now)
        if reference is None:
            raise NotFound
        audit.line(connection, now, action, who, reference, f"thư {letter_id}")

    if letter_id >= 1 << 62:
        raise NotFound
    desk().portal.store.write(record)
    return redirect(f"{URL}?xong={done}", 303)
