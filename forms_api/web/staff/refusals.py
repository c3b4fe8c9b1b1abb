"""What a refused request is told on the staff's side."""

from contextlib import suppress

from flask import Response, request
from werkzeug.exceptions import NotFound as PageNotFound
from werkzeug.wrappers import Response as Redirect

from forms_api import audit
from forms_api.errors import NotFound, StoreUnavailable
from forms_api.references import parse_reference
from forms_api.web.desk import desk
from forms_api.web.errors import handle
from forms_api.web.staff import guard, login, pages
from forms_api.web.staff.blueprint import blueprint

WORTH_KEEPING = 40
"""Characters: a text this long should not be lost because a session ran out meanwhile."""


@blueprint.errorhandler(Exception)
def failed(error: Exception) -> Response | Redirect:
    """Lead to the login, refuse by role, or leave the rest to the error door."""
    if isinstance(error, guard.LoginNeeded):
        if request.method in ("GET", "HEAD"):
            return login.way_in(request.path)
        kept = [text for text in request.form.values() if len(text) >= WORTH_KEEPING]
        return pages.page("expired", "Phiên làm việc đã hết", login.URL, {"kept": kept}, 401)
    if isinstance(error, guard.RoleRefused):
        _note(request.url_rule.rule if request.url_rule else "")
        return pages.page("forbidden", "Việc này của vai trò khác", request.path, status=403)
    if isinstance(error, NotFound):
        return handle(PageNotFound())
    return handle(error)


def _note(rule: str) -> None:
    """Write down who asked for what is not theirs; a refusal is given in any case."""
    here, reference = desk(), str((request.view_args or {}).get("reference", ""))
    known = reference if parse_reference(reference) == reference else None
    with suppress(StoreUnavailable):
        audit.note(here.portal, here.now(), "refused", guard.me().id, known, rule[:100])
