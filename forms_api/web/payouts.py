"""``/ho-so/nhan-tien/``: the customer says where the money should go."""

from flask import Response, request

from forms_api import payouts
from forms_api.customer.acting import open_case
from forms_api.customer.paying import PREFIX, SLUG, choose
from forms_api.errors import (
    CaseMoved,
    FieldError,
    IdempotencyConflict,
    ValidationFailed,
)
from forms_api.loading import Loaded
from forms_api.web import case_pages
from forms_api.web.app_context import app_context
from forms_api.web.case_pages import CHANGED_SINCE, PayoutTyped
from forms_api.web.forms import KEY_FIELD, FollowForm, new_key
from forms_api.web.problems import Problem
from forms_api.web.staff import guard

URL = f"{case_pages.URL}{SLUG}/"
LONGEST_READ = 600


def typed() -> PayoutTyped:
    """Return what was typed, as it was typed."""
    fields = {
        name: request.form.get(f"{PREFIX}{name}", "")[:LONGEST_READ] for name in payouts.NAMES
    }
    return PayoutTyped(fields, key=request.form.get(KEY_FIELD, ""))


def do() -> Response:
    """Record where the money should go and show the case as it then stands."""
    form, said, here = FollowForm(), typed(), app_context()
    reference, code = case_pages.codes(form)
    seen = case_pages.seen()
    try:
        done = choose(here.portal, reference, code, said.fields, seen, here.now(), said.key)
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
            _open(reference, code), form, payout=said, moved_since=seen, status=409
        )
    return case_pages.case(_open(reference, code), form, done=done)


def again(loaded: Loaded, found: Problem) -> Response:
    """Show the form with what was typed when it could not be recorded."""
    said = PayoutTyped(typed().fields, (FieldError("", found.title),))
    return case_pages.case(loaded, FollowForm(), payout=said, found=found, status=found.status)


def _open(reference: str, code: str) -> Loaded:
    # A colleague who looks over the customer's shoulder must not stop our clock.
    here, reads = app_context(), not guard.token()
    return open_case(here.portal, reference, code, here.now(), reads=reads)
