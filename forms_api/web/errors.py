"""The one error door: whatever goes wrong, anywhere, becomes an answer here.

Programs get a problem document, people get a page. Messages of exceptions are never shown or
logged, because they may quote what a customer typed.
"""

import logging
import traceback
import uuid
from collections.abc import Mapping

from flask import Flask, Response, make_response, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError, validate_csrf
from werkzeug.exceptions import HTTPException
from wtforms import ValidationError

from forms_api.errors import IdempotencyConflict, NotFound, StoreUnavailable, ValidationFailed
from forms_api.web import render
from forms_api.web.api.answers import PROBLEM, json_answer
from forms_api.web.app_context import app_context
from forms_api.web.problems import (
    Problem,
    Refused,
    is_submission,
    other_channels,
    problem,
    problem_document,
)
from theme.context import Page

log = logging.getLogger("forms_api.web")

_NEVER_SHOWN = ("password", "new_password", "repeat_password", "one_time_code")
KEY_HEADER = "Idempotency-Key"
SECONDS_TO_RECOVER = 30
STALE_PAGE = (
    "Trang này mở đã lâu, cần gửi lại một lần",
    (
        "Những gì Quý khách đã gõ vẫn còn: bấm nút gửi lần nữa là được. Nếu dòng này hiện mãi, "
        "trình duyệt đang chặn cookie của trang."
    ),
)


def was_read(error: Exception) -> bool:
    """Say whether what a post brought was read before this went wrong: it can be shown again."""
    taken = isinstance(error, CSRFError | RateLimitExceeded)
    return taken or not isinstance(error, Refused | HTTPException)


def install(app: Flask) -> None:
    """Send every error of the application through this module."""
    app.register_error_handler(Exception, handle)


def handle(error: Exception) -> Response:
    """Answer an error."""
    if isinstance(error, HTTPException) and (error.code or 500) < 400:
        # A redirect is no error.
        return make_response(error.get_response())
    return answer(problem_of(error), kept(error))


def problem_of(error: Exception) -> Problem:
    """Tell what went wrong in words; an unforeseen error is logged and becomes a 500."""
    match error:
        case Refused():
            return error.problem
        case StoreUnavailable():
            return problem(503, headers={"Retry-After": str(SECONDS_TO_RECOVER)})
        case ValidationFailed():
            only_the_key = {fault.field for fault in error.errors} == {KEY_HEADER}
            return problem(400 if only_the_key else 422, errors=error.errors)
        case IdempotencyConflict():
            return problem(409)
        case NotFound():
            return problem(401, headers={"WWW-Authenticate": 'Bearer realm="ho-so"'})
        case RateLimitExceeded():
            # The window of the limit is over by then at the latest.
            return problem(429, headers={"Retry-After": str(error.limit.limit.get_expiry())})
        case CSRFError():
            return Problem(400, *STALE_PAGE)
        case HTTPException() if error.code is not None and error.code < 500:
            kept = {name: value for name, value in error.get_headers() if name == "Allow"}
            return problem(error.code, headers=kept)
        case _:
            return _unforeseen(error)


def kept(error: Exception) -> Mapping[str, str]:
    """Return what was typed, where a form was read and could only not be taken just now.

    A form without our own token may be another site's, and is not offered to be sent again.
    Passwords are typed again.
    """
    if request.method != "POST" or not isinstance(error, RateLimitExceeded | StoreUnavailable):
        return {}
    typed = request.form.to_dict()
    try:
        validate_csrf(typed.pop("csrf_token", ""))
    except ValidationError:
        return {}
    return {name: text for name, text in typed.items() if name not in _NEVER_SHOWN}


def answer(found: Problem, typed: Mapping[str, str] | None = None) -> Response:
    """Answer a problem: a problem document for programs, a page for people.

    The page has a button that sends ``typed`` again.
    """
    if request.path.startswith("/api/"):
        document = problem_document(found, app_context().policy)
        response = json_answer(document, found.status, PROBLEM)
    else:
        response = _page(found, typed or {})
    response.headers.extend(found.headers)
    return response


def _page(found: Problem, typed: Mapping[str, str]) -> Response:
    if found.status == 404:
        head = Page(found.title, found.text, "/404.html", kind="error", noindex=True)
        return render.page("not_found", head, status=404)
    head = Page(found.title, found.text, request.path, kind="error", noindex=True)
    variables = {
        "problem": found,
        "typed": typed,
        "address": request.full_path.rstrip("?"),
        "not_recorded": is_submission(),
        "channels": other_channels(app_context().policy),
    }
    return render.page("forms/problem", head, variables, found.status)


def _unforeseen(error: Exception) -> Problem:
    number = uuid.uuid4().hex[:8]
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("unforeseen %s, number %s\n%s", type(error).__name__, number, frames)
    found = problem(500)
    return Problem(500, found.title, f"{found.text} Mã sự cố: {number}.")
