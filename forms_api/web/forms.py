"""What was typed into the forms of pages, exactly, so that a page shown again shows it again.

Nothing is judged here: that is ``Field.read``'s.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import StringField

from forms_api.errors import FieldError
from forms_api.kinds.questions import Questions
from forms_api.web.app_context import app_context
from forms_api.web.problems import Problem, other_channels

KEY_FIELD = "idempotency_key"
_NOT_TICKED = ("", "false", "0", "off", "no")


def new_key() -> str:
    """Make the key of a form that is shown: whatever is sent with it twice is done once."""
    return secrets.token_urlsafe(24)


class FollowForm(FlaskForm):
    """Reference and code of a case."""

    reference = StringField("Mã hồ sơ")
    code = StringField("Mã bí mật")


def typed(questions: Questions) -> dict[str, str]:
    """Return what this request brings for each input of a form; a ticked box as ``true``."""
    found = {name: request.form.get(name, "") for name in questions.names()}
    for one in questions:
        if one.widget == "tick":
            found[one.name] = "" if found[one.name] in _NOT_TICKED else "true"
    return found


def variables(values: Mapping[str, str], found: Problem | None) -> dict[str, Any]:
    """Return what every page of a form shows; its key stays the same from page to page."""
    return {
        "values": values,
        "key": request.form.get(KEY_FIELD) or new_key(),
        "problem": found,
        "channels": other_channels(app_context().policy),
    }


def faults(questions: Questions, errors: tuple[FieldError, ...]) -> dict[str, Any]:
    """Return the first fault of each field, for the field and, in the page's order, above all."""
    first = {error.field: error.message for error in reversed(errors)}
    named = [name for name in questions.names() if name in first]
    return {
        "faults": first,
        "errors": [{"field": name, "message": first[name]} for name in named],
    }


def status_of(errors: tuple[FieldError, ...], found: Problem | None) -> int:
    """Return the status of a page with these faults, or with a problem of the whole request."""
    return found.status if found else 422 if errors else 200
