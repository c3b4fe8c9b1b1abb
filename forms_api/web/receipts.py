"""``/gui/bien-nhan/``: the receipt again, as a page, as a text file, by e-mail.

The reference and the code come in the body of a post, never in an address.
"""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from forms_api import service, words
from forms_api.errors import NotFound, ValidationFailed
from forms_api.letters import CODE_MARK, receipt_letter
from forms_api.views import Receipt
from forms_api.web import render
from forms_api.web.app_context import app_context
from forms_api.web.case_pages import URL as CASES_URL
from forms_api.web.case_pages import codes, not_found
from forms_api.web.errors import handle
from forms_api.web.forms import KEY_FIELD, FollowForm, new_key
from theme.context import Page

blueprint = Blueprint("receipts", __name__)

URL = "/gui/bien-nhan/"


def confirmation(
    receipt: Receipt, *, mailed_to: str = "", address: str = "", fault: str = "", status: int = 200
) -> Response:
    """Show a receipt; ``mailed_to`` says where it was just sent, ``fault`` why it was not."""
    head = Page(
        f"Đã nhận {words.kind(receipt.kind, app_context().policy.matrix)}",
        "Biên nhận: mã hồ sơ, người chịu trách nhiệm và các ngày đã hẹn.",
        URL,
        kind="receipt",
        noindex=True,
    )
    variables = {
        "receipt": receipt,
        "mailed_to": mailed_to,
        "key": new_key(),
        "letters_wait": app_context().letters_wait,
        "address": address,
        "fault": fault,
        "errors": [{"field": "email", "message": fault}] if fault else [],
    }
    return render.page("forms/confirmation", head, variables, status)


@blueprint.get(URL)
@blueprint.get(f"{URL}tep/")
@blueprint.get(f"{URL}email/")
def ask() -> Redirect:
    """Lead whoever types this address to where a code is asked for."""
    return redirect(CASES_URL, 303)


@blueprint.post(URL)
def show() -> Response:
    """Show the receipt again."""
    return confirmation(_held(FollowForm()))


@blueprint.post(f"{URL}tep/")
def save() -> Response:
    """Give the receipt as a text file."""
    receipt = _held(FollowForm())
    here = app_context()
    letter = receipt_letter(receipt, "", here.policy, here.site.url)
    response = Response(
        letter.body.replace(CODE_MARK, receipt.code), content_type="text/plain; charset=utf-8"
    )
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"bien-nhan-{receipt.reference}.txt"
    )
    return response


@blueprint.post(f"{URL}email/")
def mail() -> Response:
    """Put a letter with the receipt into the outbox and show the receipt again."""
    receipt = _held(FollowForm())
    address, key = request.form.get("email", "").strip(), request.form.get(KEY_FIELD, "")
    here = app_context()
    try:
        service.email_receipt(
            here.portal, receipt.reference, receipt.code, address, here.now(), key
        )
    except ValidationFailed as failure:
        return confirmation(receipt, address=address, fault=failure.errors[0].message, status=422)
    return confirmation(receipt, mailed_to=address)


@blueprint.errorhandler(Exception)
def failed(error: Exception) -> Response:
    """Ask for the code again when no case answers to it; leave the rest to the error door."""
    if isinstance(error, NotFound):
        return not_found(FollowForm())
    return handle(error)


def _held(form: FollowForm) -> Receipt:
    return service.receipt_of(app_context().portal, *codes(form))
