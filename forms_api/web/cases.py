"""``/ho-so/``: follow a case by its reference and its code."""

from flask import Blueprint, Response, redirect, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as Redirect

from forms_api import customer, words
from forms_api.errors import CaseMoved, NotFound, StoreUnavailable, ValidationFailed
from forms_api.web import render
from forms_api.web.desk import desk
from forms_api.web.errors import handle, trouble_of
from forms_api.web.forms import FollowForm
from forms_api.web.staff import guard
from forms_api.web.troubles import Trouble, other_channels
from theme.context import Page

blueprint = Blueprint("cases", __name__)

URL = "/ho-so/"
ACT_URL = "/ho-so/viec/"
MOVED = "Hồ sơ vừa có thay đổi. Quý khách xem lại rồi chọn lần nữa nếu vẫn muốn."
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
    return _case_page(reference, code)


@blueprint.get(ACT_URL)
def start_again() -> Redirect:
    """Lead whoever types this address to where a code is asked for."""
    return redirect(URL, 303)


@blueprint.post(ACT_URL)
def act() -> Response:
    """Do what the customer chose and show the case as it is then."""
    form = FollowForm()
    reference, code = str(form.reference.data or ""), str(form.code.data or "")
    try:
        customer.act(desk().portal, reference, code, request.form, desk().now())
    except ValidationFailed as failure:
        return _case_page(reference, code, fault=failure.errors[0].message, status=422)
    except CaseMoved:
        return _case_page(reference, code, fault=MOVED, status=409)
    return _case_page(reference, code, done=True)


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


def _case_page(
    reference: str, code: str, *, fault: str = "", done: bool = False, status: int = 200
) -> Response:
    here = desk()
    # A colleague who looks over the customer's shoulder must not stop our clock.
    reads = not guard.token()
    found = customer.open_case(here.portal, reference, code, here.now(), reads=reads)
    head = Page(
        f"Hồ sơ {found.view.reference}",
        "Tiến độ hồ sơ: các hẹn, người chịu trách nhiệm, việc đã làm.",
        URL,
        breadcrumbs=(("Theo dõi hồ sơ", URL),),
        kind="case",
        noindex=True,
    )
    variables = {
        "case": found.view,
        "more": found,
        "kind_words": words.KINDS[found.view.kind],
        "reference": reference,
        "code": code,
        "now": here.now(),
        "fault": fault,
        "done": done,
        "typed": request.form.get("text", "") if fault else "",
        "typed_for": request.form.get("action", "") if fault else "",
    }
    return render.page("forms/case", head, variables, status)
