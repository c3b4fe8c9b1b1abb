"""``/ho-so/``: follow a case by its reference and its code, and act on it.

Both codes come in the body of every post, never in an address; the page carries them in hidden
fields from one post to the next, and nothing of them is kept in between.
"""

from dataclasses import replace

from flask import Blueprint, Response, redirect, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as Redirect

from forms_api import payouts
from forms_api.customer.acting import act, look, open_case
from forms_api.customer.choices import CHOICES
from forms_api.customer.paying import PREFIX, SLUG, choose
from forms_api.errors import (
    CaseMoved,
    FieldError,
    IdempotencyConflict,
    NotFound,
    StoreUnavailable,
    ValidationFailed,
)
from forms_api.loading import Loaded
from forms_api.uploads.shown import content, for_customer, one_of
from forms_api.web import case_pages
from forms_api.web.app_context import app_context
from forms_api.web.case_pages import CHANGED_SINCE, URL, PayoutTyped, Sent, seen
from forms_api.web.errors import handle, problem_of
from forms_api.web.files import answer, given
from forms_api.web.forms import KEY_FIELD, FollowForm, new_key
from forms_api.web.problems import Problem
from forms_api.web.staff import guard

blueprint = Blueprint("cases", __name__)

FILE_URL, PAYOUT_URL = f"{URL}tep/", f"{URL}{SLUG}/"
LONGEST_ANSWER = 600


@blueprint.get(URL)
def ask() -> Response:
    """Ask for the reference and the code."""
    return case_pages.ask(FollowForm())


def ask_again() -> Redirect:
    """Lead whoever types the address of an action to where a code is asked for."""
    return redirect(URL, 303)


@blueprint.post(URL)
def show() -> Response:
    """Show the case; whatever is wrong with the two codes, the answer is the same."""
    form = FollowForm()
    loaded = _open(*case_pages.codes(form))
    return case_pages.case(loaded, form, _kept())


def do(slug: str) -> Response:
    """Do one thing to the case and show it as it then stands."""
    choice, form, sent = CHOICES[slug], FollowForm(), _sent(slug)
    here, (reference, code) = app_context(), case_pages.codes(form)
    if slug == "rut" and request.form.get("sure") != "yes":
        return case_pages.sure(look(here.portal, reference, code), form, sent)
    try:
        act(
            here.portal,
            reference,
            code,
            choice,
            sent.target,
            sent.text,
            seen(),
            here.now(),
            sent.files,
            sent.key,
        )
    except ValidationFailed as failure:
        if slug == "rut":
            return case_pages.sure(look(here.portal, reference, code), form, sent, failure.errors)
        loaded = _open(reference, code)
        return case_pages.case(loaded, form, sent, errors=failure.errors, status=422)
    except IdempotencyConflict:
        loaded, again = _open(reference, code), replace(sent, key=new_key())
        found = Problem(409, *CHANGED_SINCE)
        return case_pages.case(loaded, form, again, found=found, status=409)
    except CaseMoved:
        loaded = _open(reference, code)
        return case_pages.case(loaded, form, sent, moved_since=seen(), status=409)
    loaded = _open(reference, code)
    return case_pages.case(loaded, form, done=choice.done)


@blueprint.post(FILE_URL)
def give_file() -> Response:
    """Give a file of the case to whoever holds its code."""
    portal = app_context().portal
    loaded = look(portal, *case_pages.codes(FollowForm()))
    file = one_of(for_customer(loaded, portal.policy), request.form.get("file", ""))
    return answer(file, content(portal, file))


def _typed_payout() -> PayoutTyped:
    """Return what was typed, as it was typed."""
    fields = {
        name: request.form.get(f"{PREFIX}{name}", "")[:LONGEST_ANSWER] for name in payouts.NAMES
    }
    return PayoutTyped(fields, key=request.form.get(KEY_FIELD, ""))


def choose_payout() -> Response:
    """Record where the money should go and show the case as it then stands."""
    form, said, here = FollowForm(), _typed_payout(), app_context()
    reference, code = case_pages.codes(form)
    shown = seen()
    try:
        done = choose(here.portal, reference, code, said.fields, shown, here.now(), said.key)
    except ValidationFailed as failure:
        loaded = _open(reference, code)
        again = PayoutTyped(said.fields, failure.errors, said.key)
        return case_pages.case(loaded, form, payout=again, status=422)
    except IdempotencyConflict:
        again = PayoutTyped(said.fields, key=new_key())
        found = Problem(409, *CHANGED_SINCE)
        return case_pages.case(_open(reference, code), form, payout=again, found=found, status=409)
    except CaseMoved:
        return case_pages.case(
            _open(reference, code), form, payout=said, moved_since=shown, status=409
        )
    return case_pages.case(_open(reference, code), form, done=done)


def _payout_again(loaded: Loaded, found: Problem) -> Response:
    """Show the form with what was typed when it could not be recorded."""
    said = PayoutTyped(_typed_payout().fields, (FieldError("", found.title),))
    return case_pages.case(loaded, FollowForm(), payout=said, found=found, status=found.status)


blueprint.add_url_rule(FILE_URL, view_func=ask_again, methods=["GET"])
for one in CHOICES:
    # An address for each action: one that does not exist is found out before anything is read.
    blueprint.add_url_rule(f"{URL}{one}/", view_func=ask_again, methods=["GET"])
    blueprint.add_url_rule(f"{URL}{one}/", view_func=do, methods=["POST"], defaults={"slug": one})


blueprint.add_url_rule(PAYOUT_URL, view_func=ask_again, methods=["GET"])
blueprint.add_url_rule(PAYOUT_URL, view_func=choose_payout, methods=["POST"], endpoint="payout")


@blueprint.errorhandler(Exception)
def failed(error: Exception) -> Response:
    """Keep what was typed when a case cannot be shown or an action was not recorded.

    A request that was refused before anybody read it holds no form.
    """
    if not isinstance(error, NotFound | CSRFError | RateLimitExceeded | StoreUnavailable):
        return handle(error)
    form = FollowForm()
    slug = (request.view_args or {}).get("slug", "")
    sent = _sent(slug) if slug else _kept()
    if isinstance(error, NotFound):
        return case_pages.not_found(form, sent)
    found = problem_of(error)
    response = None
    money = request.endpoint == "cases.payout"
    if not isinstance(error, RateLimitExceeded) and (sent.slug or money):
        try:
            # Reading needs the code alone: the page comes back with a fresh token.
            loaded = look(app_context().portal, *case_pages.codes(form))
            response = (
                _payout_again(loaded, found)
                if money
                else case_pages.case(loaded, form, sent, found=found, status=found.status)
            )
        except (NotFound, StoreUnavailable):
            response = None
    response = response or case_pages.ask(form, found=found, sent=sent, status=found.status)
    response.headers.extend(found.headers)
    return response


def _open(reference: str, code: str) -> Loaded:
    # A colleague who looks over the customer's shoulder must not stop our clock.
    reads = not guard.token()
    return open_case(app_context().portal, reference, code, app_context().now(), reads=reads)


def _sent(slug: str) -> Sent:
    target = request.form.get("target", "")
    name = f"{slug}-{target}" if target else slug
    files = given(request.files.getlist(f"{name}-files"))
    text, key = request.form.get(f"{name}-text", ""), request.form.get(KEY_FIELD, "")
    return Sent(slug, target, text, files, key)


def _kept() -> Sent:
    """Return what could not be recorded before and came along while the code was asked for."""
    slug, target, text, key = (
        request.form.get(f"kept_{name}", "") for name in ("slug", "target", "text", "key")
    )
    return Sent(slug, target, text, (), key) if slug in CHOICES else Sent()
