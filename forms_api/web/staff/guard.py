"""Nobody gets in unasked: every route of the staff's side names who may use it.

A route that names nobody keeps the program from starting. A request without a session is led to
the login page, one with the wrong role is refused, before the view is even called.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from flask import Blueprint, Flask, Response, current_app, g, request

from forms_api.staff import login
from forms_api.staff.login import Session
from forms_api.staff.people import STAFF_ROLES, Person
from forms_api.staff.throttle import Source
from forms_api.web import known_devices, limits
from forms_api.web.app_context import app_context

PREFIX = "/noi-bo/"
NAME = "staff"
blueprint = Blueprint(NAME, __name__, url_prefix=PREFIX.rstrip("/"))
"""All routes of the staff's side; every request for one passes ``let_in`` first."""
EVERY_ROLE = frozenset(STAFF_ROLES)
OWNER_FIELD = "typed_by"
"""The field of every form that says to whom it was shown."""
_ANYBODY: frozenset[str] = frozenset({"anybody"})
_ROLES: dict[str, frozenset[str]] = {}

View = TypeVar("View", bound=Callable[..., object])


class LoginNeeded(Exception):
    """Nobody is logged in, or the session has run out."""


class RoleRefused(Exception):
    """Somebody is logged in whose role has no business here."""


class OtherPerson(Exception):
    """A form was sent that was shown to somebody else, who was logged in before."""


def open_to(roles: Iterable[str] = EVERY_ROLE, endpoint: str = "") -> Callable[[View], View]:
    """Declare which roles may use a view; place it below the route.

    ``endpoint`` is the name under which it is registered, when that is not its own.
    """

    def declare(view: View) -> View:
        _ROLES[f"{NAME}.{endpoint or view.__name__}"] = frozenset(roles)
        return view

    return declare


def open_to_anybody(view: View) -> View:
    """Declare a view that needs no login: the way in, and the way out."""
    return open_to(_ANYBODY)(view)


def roles_of(endpoint: str) -> frozenset[str] | None:
    """Return the roles that may use an endpoint; None for one that anybody may."""
    roles = _ROLES[endpoint]
    return None if roles is _ANYBODY else roles


def check(app: Flask) -> None:
    """Refuse to start with a route on which nobody decided.

    Raises:
        RuntimeError: it names the routes.
    """
    open_doors = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(PREFIX.rstrip("/")) and rule.endpoint not in _ROLES
    ]
    if open_doors:
        raise RuntimeError(f"nobody said who may use {', '.join(open_doors)}")


@blueprint.before_request
def let_in() -> None:
    """Look at who asks, before every view of the blueprint.

    Raises:
        LoginNeeded: nobody is logged in.
        OtherPerson: what is sent was typed by somebody else.
        RoleRefused: somebody else's work.
    """
    roles = roles_of(request.endpoint or "")
    if roles is None:
        return
    here = app_context()
    found = login.session(here.portal, token(), here.now()) if token() else None
    if found is None:
        raise LoginNeeded
    if request.form.get(OWNER_FIELD, found.person.id) != found.person.id:
        raise OtherPerson
    g.staff_session = found
    if found.person.role not in roles:
        raise RoleRefused


def seat(found: Session) -> None:
    """Let the rest of this request be that of somebody who has just logged in."""
    g.staff_session = found


def me() -> Person:
    """Return who is logged in; only behind a guarded route."""
    return cast(Session, g.staff_session).person


def somebody() -> Person | None:
    """Return who is logged in, or None."""
    found = g.get("staff_session")
    return None if found is None else cast(Session, found).person


def token() -> str:
    """Return the token of the browser's cookie, or an empty text."""
    return request.cookies.get(_cookie(), "")


def remember(response: Response, value: str) -> Response:
    """Give the browser a token, for as long as it stays open."""
    response.set_cookie(
        _cookie(), value, httponly=True, samesite="Lax", secure=_production(), path="/"
    )
    return response


def forget(response: Response) -> Response:
    """Take the token away from the browser."""
    response.delete_cookie(_cookie(), httponly=True, samesite="Lax", secure=_production(), path="/")
    return response


def source() -> Source:
    """Say where this request comes from: its address, and which devices it is."""
    return Source(limits.caller(), known_devices.of_request(app_context().portal))


def _cookie() -> str:
    return "__Host-desk" if _production() else "desk"


def _production() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])
