"""``/ho-so/``: follow a case by its reference and its code."""

from flask import Blueprint, Response
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError

from forms_api import service, words
from forms_api.errors import NotFound, StoreUnavailable
from forms_api.views import CaseView
from forms_api.web import render
from forms_api.web.desk import desk
from forms_api.web.errors import handle, trouble_of
from forms_api.web.forms import FollowForm
from forms_api.web.troubles import Trouble, other_channels
from theme.context import Page

blueprint = Blueprint("cases", __name__)

URL = "/ho-so/"
NO_SUCH_CASE = "Không có hồ sơ nào ứng với hai mã này. Hãy so lại với biên nhận."


@blueprint.get(URL)
def ask() -> Response:
    """Ask for the reference and the code."""
    return _ask_page(FollowForm())


@blueprint.post(URL)
def show() -> Response:
    """Show the case; whatever is wrong with the two codes, the answer is the same."""
    form = FollowForm()
    reference, code = str(form.reference.data or ""), str(form.code.data or "")
    view = service.follow_case(desk().portal, reference, code, desk().now())
    return _case_page(view, form)


def not_found(form: FollowForm) -> Response:
    """Ask again, with what was typed still there."""
    errors = [{"field": "reference", "message": NO_SUCH_CASE}]
    return _ask_page(form, errors=errors, status=404)


@blueprint.errorhandler(Exception)
def failed(error: Exception) -> Response:
    """Keep what was typed when a case cannot be shown."""
    if isinstance(error, NotFound):
        return not_found(FollowForm())
    if isinstance(error, CSRFError | RateLimitExceeded | StoreUnavailable):
        found = trouble_of(error)
        response = _ask_page(FollowForm(), found=found, status=found.status)
        response.headers.extend(found.headers)
        return response
    return handle(error)


def _ask_page(
    form: FollowForm,
    *,
    errors: list[dict[str, str]] | None = None,
    found: Trouble | None = None,
    status: int = 200,
) -> Response:
    head = Page(
        "Theo dõi hồ sơ",
        "Xem hồ sơ đang ở đâu, ai chịu trách nhiệm, còn những hẹn nào. Cần mã hồ sơ và mã bí mật.",
        URL,
        kind="form",
        noindex=status != 200,
    )
    variables = {
        "reference": str(form.reference.data or ""),
        "code": str(form.code.data or ""),
        "errors": errors or [],
        "trouble": found,
        "channels": other_channels(desk().policy.company),
    }
    return render.page("forms/follow", head, variables, status)


def _case_page(view: CaseView, form: FollowForm) -> Response:
    head = Page(
        f"Hồ sơ {view.reference}",
        "Tiến độ hồ sơ: các hẹn, người chịu trách nhiệm, việc đã làm.",
        URL,
        breadcrumbs=(("Theo dõi hồ sơ", URL),),
        kind="case",
        noindex=True,
    )
    variables = {
        "case": view,
        "kind_words": words.KINDS[view.kind],
        "reference": view.reference,
        "code": str(form.code.data or ""),
        "now": desk().now(),
    }
    return render.page("forms/case", head, variables)
