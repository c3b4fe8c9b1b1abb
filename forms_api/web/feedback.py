"""``/gui/gop-y/``: was this page clear? One short form; what is sent is no case.

The pages of the site lead here with their address (``trang``), their version (``phien-ban``) and
the answer that was pressed (``co-ich``: ``co`` or ``khong``).
"""

from dataclasses import asdict

from flask import Blueprint, Response, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError

from forms_api import feedback
from forms_api.codes import hash_of_body
from forms_api.errors import FieldError, IdempotencyConflict, StoreUnavailable, ValidationFailed
from forms_api.kinds.common import page_of
from forms_api.kinds.feedback import LONGEST_VERSION, QUESTIONS
from forms_api.web import forms, render
from forms_api.web.app_context import app_context
from forms_api.web.errors import handle, problem_of
from forms_api.web.problems import Problem
from theme.context import Page
from theme.words import FEEDBACK_URL

blueprint = Blueprint("feedback", __name__)

_ANSWERS = {"co": "yes", "khong": "no"}


@blueprint.get(FEEDBACK_URL)
def ask() -> Response:
    """Show the form, filled in with what the address says."""
    begun = {
        "page_url": page_of(request.args.get("trang", "")),
        "page_version": request.args.get("phien-ban", "")[:LONGEST_VERSION],
        "useful": _ANSWERS.get(request.args.get("co-ich", ""), ""),
    }
    return _page({**forms.typed(QUESTIONS), **begun})


@blueprint.post(FEEDBACK_URL)
def send() -> Response:
    """Keep the remark and say what happens to it."""
    here, typed = app_context(), forms.typed(QUESTIONS)
    key = request.form.get(forms.KEY_FIELD) or None
    try:
        said = feedback.read(typed, here.now())
        feedback.give_feedback(here.portal, said, key, here.now())
    except ValidationFailed as failure:
        return _page(typed, failure.errors)
    except IdempotencyConflict:
        # The page was sent before and then changed: it is another remark, under a key of its own,
        # which is the same when that one is sent twice.
        other = hash_of_body(str(key), asdict(said))
        feedback.give_feedback(here.portal, said, other, here.now())
    head = Page(
        "Cảm ơn Quý khách",
        "Góp ý đã được ghi.",
        FEEDBACK_URL,
        kind="receipt",
        noindex=True,
    )
    return render.page("forms/feedback_done", head, {"said": said})


@blueprint.errorhandler(Exception)
def not_sent(error: Exception) -> Response:
    """Show the form again with everything typed when it could not be kept."""
    if not isinstance(error, CSRFError | RateLimitExceeded | StoreUnavailable):
        return handle(error)
    found = problem_of(error)
    response = _page(forms.typed(QUESTIONS), (), found)
    response.headers.extend(found.headers)
    return response


def _page(
    values: dict[str, str],
    errors: tuple[FieldError, ...] = (),
    found: Problem | None = None,
) -> Response:
    head = Page(
        "Góp ý về trang",
        "Trang này có dễ hiểu, đầy đủ không? Góp ý tới thẳng người viết trang.",
        FEEDBACK_URL,
        kind="form",
        noindex=True,
    )
    variables = {
        **forms.variables(values, found),
        **forms.faults(QUESTIONS, errors),
        "questions": tuple(QUESTIONS),
    }
    return render.page("forms/feedback", head, variables, forms.status_of(errors, found))
