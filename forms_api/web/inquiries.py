"""``/gui/hoa-don/``: ask about an invoice, a balance or a delivery."""

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as Redirect

from forms_api import intake, service
from forms_api.web.fields import Questions
from forms_api.web.flow import Flow
from forms_api.web.questions import inquiry_questions
from service_policy.content import Library

blueprint = Blueprint("inquiries", __name__)


def _questions(_: Library) -> Questions:
    return inquiry_questions()


FLOW = Flow(
    url="/gui/hoa-don/",
    title="Hỏi hóa đơn, công nợ, giao hàng",
    description="Xin lại hóa đơn, báo hóa đơn sai, đối chiếu công nợ, hỏi hàng đang ở đâu.",
    questions=_questions,
    read=intake.invoice_inquiry,
    file=service.file_invoice_inquiry,
    template="forms/inquiry",
    send_words="Gửi yêu cầu",
    kept_months=12,
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
    """Record the inquiry."""
    return FLOW.send()


@blueprint.get(FLOW.send_url)
def start_again() -> Redirect:
    """Lead whoever types this address back to the form."""
    return redirect(FLOW.url, 303)


@blueprint.errorhandler(Exception)
def not_sent(error: Exception) -> Response:
    """Show the page again, with what went wrong and what was typed."""
    return FLOW.not_sent(error)
