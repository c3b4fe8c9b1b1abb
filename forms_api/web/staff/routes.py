"""All routes of ``/noi-bo/``, and what a refused request is told; what was typed is still there."""

from contextlib import suppress

from flask import Response, g, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import NotFound as PageNotFound
from werkzeug.wrappers import Response as Redirect

from forms_api import audit
from forms_api.errors import NotFound, StoreUnavailable
from forms_api.references import parse_reference
from forms_api.web.app_context import app_context
from forms_api.web.errors import handle, problem_of, was_read
from forms_api.web.problems import Problem, Refused
from forms_api.web.request_checks import refuse_other_sites
from forms_api.web.staff import (
    cases,
    entry,
    guard,
    kept,
    lists,
    login,
    money,
    oversight,
    own_reports,
    pages,
    promises,
    weak_points,
)
from forms_api.web.staff.guard import blueprint

__all__ = [
    "blueprint",
    "cases",
    "entry",
    "lists",
    "login",
    "money",
    "oversight",
    "own_reports",
    "promises",
    "weak_points",
]
"""The blueprint, and the modules that bring routes to it; ``app`` registers it from here."""

STALE = (
    "Trang này mở trước lần đăng nhập vừa rồi, hoặc đã quá lâu",
    "Chưa ghi nhận gì, nội dung bạn gõ còn nguyên dưới đây: bấm gửi lần nữa là được.",
)
REFUSALS = (
    Refused,
    guard.LoginNeeded,
    guard.OtherPerson,
    guard.RoleRefused,
    NotFound,
    StoreUnavailable,
)
"""Why a form is not given back."""


@blueprint.errorhandler(Exception)
def failed(error: Exception) -> Response | Redirect:
    """Lead to the login, refuse by role, give a form back, or leave the rest to the error door."""
    if request.method == "POST" and was_read(error) and not isinstance(error, NotFound):
        return _post_failed(error)
    if isinstance(error, guard.LoginNeeded):
        reads = request.method in ("GET", "HEAD")
        return login.way_in(request.path) if reads else login.ask_again(login.RUN_OUT, show=True)
    if isinstance(error, guard.RoleRefused):
        _note(request.url_rule.rule if request.url_rule else "")
        return login.forbidden(kept.Typed({}))
    if isinstance(error, NotFound):
        return handle(PageNotFound())
    return handle(error)


def _note(rule: str) -> None:
    """Write down who asked for what is not theirs; a refusal is given in any case."""
    here, reference = app_context(), str((request.view_args or {}).get("reference", ""))
    known = reference if parse_reference(reference) == reference else None
    with suppress(StoreUnavailable):
        audit.note(here.portal, here.now(), "refused", guard.me().id, known, rule[:100])


def _post_failed(error: Exception) -> Response:
    """Give back what a post brought, to whoever typed it; another site's page gets nothing.

    Of too many posts the error door answers where no form can be given back.
    """
    try:
        refuse_other_sites(request)
        if guard.somebody() is None:
            guard.let_in()
        return _shown_again(error, Problem(400, *STALE) if isinstance(error, CSRFError) else None)
    except REFUSALS as refusal:
        return handle(error) if isinstance(error, RateLimitExceeded) else _refused(refusal)


def _refused(refusal: Exception) -> Response:
    match refusal:
        case guard.LoginNeeded():
            return login.ask_again(login.RUN_OUT, show=True)
        case guard.OtherPerson():
            return login.ask_again(login.SOMEBODY_ELSE)
        case guard.RoleRefused():
            _note(request.url_rule.rule if request.url_rule else "")
            return login.forbidden(kept.typed())
        case StoreUnavailable():
            return _send_again(problem_of(refusal))
        case _:
            return handle(PageNotFound() if isinstance(refusal, NotFound) else refusal)


def _shown_again(error: Exception, found: Problem | None) -> Response:
    if isinstance(error, guard.LoginNeeded | guard.OtherPerson | guard.RoleRefused):
        raise error
    again = kept.form_of(request.endpoint or "")
    found = found or problem_of(error)
    if again is None:
        return handle(error)
    try:
        response = again(kept.typed(), found, **(request.view_args or {}))
    except (StoreUnavailable, guard.RoleRefused, NotFound):
        raise
    except Exception:  # noqa: BLE001 - whatever broke the form must not take the text along
        return _send_again(found)
    response.headers.extend(found.headers)
    return response


def _send_again(found: Problem) -> Response:
    """Offer to send the very same once more, where no form can be shown now."""
    g.pop("staff_session", None)
    said = kept.typed()
    fields = {name: text for name, text in said.fields.items() if name != "csrf_token"}
    variables = {"problem": found, "fields": fields, "files": bool(said.files)}
    response = pages.page("resend", found.title, request.path, variables, found.status)
    response.headers.extend(found.headers)
    return response
