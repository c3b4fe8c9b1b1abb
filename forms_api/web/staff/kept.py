"""What was typed at the desk and could not be recorded: it comes back to whoever typed it.

Nothing of it is stored. Every form says who it was shown to; a post that nobody is logged in for
travels on, sealed, through the pages of the login, and opens for that person alone.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial, update_wrapper
from typing import Any

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response as Redirect

from forms_api.staff import login
from forms_api.web.app_context import app_context
from forms_api.web.files import given
from forms_api.web.forms import KEY_FIELD
from forms_api.web.staff import guard

FIELD = "kept"
"""The field of the login's pages that carries what is kept."""
OURS = frozenset({"csrf_token", guard.OWNER_FIELD, "seen", KEY_FIELD, FIELD})
"""Fields of a form that nobody typed."""
LONGEST = 600_000
"""Characters of what is sealed: it has to fit into the next post."""


@dataclass(frozen=True)
class Typed:
    """What came with a post: its fields, and the names of the files that must be chosen again."""

    fields: Mapping[str, str]
    files: tuple[str, ...] = ()

    @property
    def texts(self) -> list[str]:
        """What somebody typed, for a page that has no form for it any more."""
        return [text for name, text in self.fields.items() if name not in OURS and text.strip()]


@dataclass(frozen=True)
class Kept:
    """A post that waits for a login: where it went, what came with it, who typed it."""

    endpoint: str
    arguments: Mapping[str, str]
    typed: Typed
    owner: str


Again = Callable[..., Response]
"""Shows a form again: takes what was typed, the problem, and what stood in the address."""

_AGAIN: dict[str, Again] = {}


def shown_again(by: Again) -> Callable[[guard.View], guard.View]:
    """Declare who shows the form of a view again; place it below the route."""

    def declare(view: guard.View) -> guard.View:
        _AGAIN[f"{guard.NAME}.{view.__name__}"] = by
        return view

    return declare


def add_form(
    about: Any,
    address: str,
    endpoint: str,
    roles: Collection[str],
    *,
    ask: Callable[..., Response],
    take: Callable[..., Response | Redirect],
    again: Again,
) -> None:
    """Add the two routes of a form: ``ask`` shows it, ``take`` takes what is sent.

    Each of the functions gets first what the form is about.
    """
    _AGAIN[f"{guard.NAME}.{endpoint}"] = partial(again, about)
    for name, one, method in ((f"{endpoint}_form", ask, "GET"), (endpoint, take, "POST")):
        view = guard.open_to(roles, name)(update_wrapper(partial(one, about), one))
        guard.blueprint.add_url_rule(address, name, view, methods=[method])


def typed() -> Typed:
    """Return what came with this post."""
    names = tuple(one.name for one in given(file for _, file in request.files.items(multi=True)))
    return Typed(dict(request.form), names)


def form_of(endpoint: str) -> Again | None:
    """Return who shows the form of an endpoint again, if it has one."""
    return _AGAIN.get(endpoint)


def sealed() -> str:
    """Seal this post for its owner; an empty text when there is nothing to keep, or too much."""
    if request.form.get(FIELD):
        return request.form[FIELD][:LONGEST]
    said, endpoint = typed(), request.endpoint or ""
    if endpoint not in _AGAIN or not said.texts:
        return ""
    portal = app_context().portal
    owner = said.fields.get(guard.OWNER_FIELD) or login.owner(portal, guard.token()) or ""
    fields = {name: text for name, text in said.fields.items() if name != "csrf_token"}
    text = _serializer().dumps([endpoint, request.view_args or {}, fields, said.files, owner])
    return str(text) if len(text) <= LONGEST else ""


def opened(text: str) -> Kept | None:
    """Open what was sealed; None for anything that we did not seal."""
    try:
        endpoint, arguments, fields, files, owner = _serializer().loads(text)
    except BadData:
        return None
    return Kept(endpoint, arguments, Typed(fields, tuple(files)), owner)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="kept at the desk")
