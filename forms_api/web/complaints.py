"""``/gui/khieu-nai/``: file a complaint."""

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as Redirect

from forms_api import intake, service
from forms_api.web.flow import Flow
from forms_api.web.questions import complaint_questions

blueprint = Blueprint("complaints", __name__)

FLOW = Flow(
    url="/gui/khieu-nai/",
    title="Gửi khiếu nại",
    description="Kể sự việc một lần, có mã hồ sơ và ngày trả lời ngay. Không cần tài khoản.",
    questions=complaint_questions,
    read=intake.complaint,
    file=service.file_complaint,
    template="forms/complaint",
    send_words="Gửi khiếu nại",
    kept_months=36,
)


@blueprint.get(FLOW.url)
def ask() -> Response:
    """Show the form."""
    return FLOW.ask()


@blueprint.post(FLOW.url)
def check() -> Response:
    """Show the answers to check."""
    return FLOW.check()


@blueprint.post(FLOW.send_url)
def send() -> Response:
    """Record the complaint."""
    return FLOW.send()


@blueprint.get(FLOW.send_url)
def start_again() -> Redirect:
    """Lead whoever types this address back to the form."""
    return redirect(FLOW.url, 303)


@blueprint.errorhandler(Exception)
def not_sent(error: Exception) -> Response:
    """Show the page again, with what went wrong and what was typed."""
    return FLOW.not_sent(error)
