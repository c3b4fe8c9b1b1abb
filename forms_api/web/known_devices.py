"""The cookies of devices on which staff have logged in, one for each account."""

import hashlib

from flask import Response, current_app, request

from forms_api.portal import Portal
from forms_api.staff import login, throttle
from forms_api.staff.throttle import Device

_MOST = 8
"""Accounts of one machine that are looked at."""


def of_request(portal: Portal) -> tuple[Device, ...]:
    """Return the devices that this browser proves to be."""
    tokens = [token for name, token in request.cookies.items() if name.startswith(_prefix())]
    found = (throttle.read_device(portal, token) for token in tokens[:_MOST])
    return tuple(one for one in found if one is not None)


def keep(portal: Portal, response: Response, session: str) -> Response:
    """Let the browser prove later that whoever has this session has logged in with it."""
    account = hashlib.sha256((login.owner(portal, session) or "").encode()).hexdigest()[:12]
    response.set_cookie(
        _prefix() + account,
        login.device(portal, session),
        max_age=throttle.DEVICE_KEPT,
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        path="/",
    )
    return response


def _prefix() -> str:
    return "__Host-device-" if current_app.config["SESSION_COOKIE_SECURE"] else "device-"
