"""``/noi-bo/tu-soat/``: what the books showed and a person has to look at, or to tell by hand.

Misses that are suddenly many wait here for a second person; customers whom the books cannot reach
by mail are called, or get a letter on paper.
"""

import json
from functools import partial

from flask import Response, redirect, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Redirect

from forms_api import audit
from forms_api.desk.access import WORKERS
from forms_api.desk.case_page import open_case
from forms_api.errors import NotFound
from forms_api.kinds.own_report import PAPERS
from forms_api.loading import load
from forms_api.own_reports.letter import paper_letter
from forms_api.references import parse_reference
from forms_api.store import obligation_rows
from forms_api.web.app_context import app_context
from forms_api.web.staff import guard, pages
from forms_api.web.staff.guard import blueprint
from service_policy.cases.core.command import SECOND_READERS
from service_policy.cases.own_report import KIND as OWN_REPORT
from service_policy.ledger.written import key_parts

WAYS = {"paper": "thư giấy", "phone": "gọi điện"}
"""How somebody told a customer by hand."""
DONE = {
    "xem": "Đã cho gửi: hồ sơ mở và thư đi ở lần quét tới.",
    "bao": "Đã ghi: khách đã được báo.",
}


@blueprint.get("/tu-soat/")
@guard.open_to(pages.OWN_REPORTS.roles)
def own_reports() -> Response:
    """Show what waits for a second person, and whom to tell by hand."""
    here = app_context()
    now = here.now()
    waiting = here.portal.store.read(partial(obligation_rows.held, now=now))
    untold = here.portal.store.read(obligation_rows.untold)
    variables = {
        "waiting": waiting,
        "keys": json.dumps([one.key for one in waiting]),
        "total_vnd": sum(one.vnd or 0 for one in waiting),
        "untold": [(one, " ".join(key_parts(one.document_key))) for one in untold],
        "numbers": {one.key: " ".join(key_parts(one.document_key)) for one in waiting},
        "papers": PAPERS,
        "ways": WAYS,
        "may_release": guard.me().role in SECOND_READERS,
        "may_tell": guard.me().role in WORKERS,
        "done": DONE.get(request.args.get("xong", ""), ""),
    }
    return pages.show(pages.OWN_REPORTS, variables)


@blueprint.post("/tu-soat/cho-gui/")
@guard.open_to(SECOND_READERS)
def release_misses() -> Redirect:
    """Let the misses go out that this page showed, and write down who looked at them."""
    keys, now, who = _keys(request.form.get("keys", "")), app_context().now(), guard.me().id

    def record(connection: Connection) -> None:
        released = obligation_rows.release(connection, keys, now)
        audit.line(connection, now, "misses_released", who, detail=f"{released} lần trễ")

    app_context().portal.store.write(record)
    return redirect(f"{pages.OWN_REPORTS.url}?xong=xem", 303)


def _keys(posted: str) -> list[str]:
    """Read which misses a page showed; none where somebody made it up."""
    try:
        found = json.loads(posted)
    except ValueError:
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


@blueprint.get("/tu-soat/<reference>/thu/")
@guard.open_to(WORKERS)
def own_report_letter(reference: str) -> Response:
    """Show the letter to print; the secret code is not in it, because staff print it."""
    here, now = app_context(), app_context().now()
    if parse_reference(reference) != reference:
        raise NotFound
    if not open_case(here.portal, reference, guard.me(), now).personal:
        raise guard.RoleRefused
    audit.note(here.portal, now, "read", guard.me().id, reference, "thư giấy")
    loaded = here.portal.store.read(load, reference)
    if loaded.case.kind != OWN_REPORT:
        raise NotFound
    text = paper_letter(loaded, here.policy, here.portal.settings.site_url)
    above = ((pages.OWN_REPORTS.title, pages.OWN_REPORTS.url),)
    given = {"reference": reference, "text": text, "addressee": loaded.filed.get("name", "")}
    return pages.page("own_report_letter", f"Thư {reference}", request.path, given, above=above)


@blueprint.post("/tu-soat/<reference>/da-bao/")
@guard.open_to(WORKERS)
def own_report_told(reference: str) -> Redirect:
    """Note that a customer was told by hand, and who did."""
    now, who, way = app_context().now(), guard.me().id, request.form.get("way", "")
    if parse_reference(reference) != reference or way not in WAYS:
        raise NotFound

    def record(connection: Connection) -> None:
        if not obligation_rows.tell(connection, reference, now, way):
            raise NotFound
        audit.line(connection, now, "customer_told", who, reference, WAYS[way])

    app_context().portal.store.write(record)
    return redirect(f"{pages.OWN_REPORTS.url}?xong=bao", 303)
