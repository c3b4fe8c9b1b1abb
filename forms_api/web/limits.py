"""How often one caller may ask, so that one script cannot shut others out.

Whoever is refused is told so and keeps what was typed. Callers are told apart by address; a
network of IPv6 addresses counts as one.
"""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import cast

from flask import Flask, Response, request
from flask_limiter import Limiter, RateLimitExceeded
from limits.errors import ConfigurationError

from forms_api.settings import Settings, SettingsError
from forms_api.web import known_devices
from forms_api.web.desk import desk

SHARED: dict[str, tuple[str, tuple[str, ...]]] = {
    # An office or a mobile network may stand behind one address, so the numbers are generous.
    "submissions": (
        "20 per minute; 300 per hour",
        (
            "complaints.send",
            "inquiries.send",
            "asking.send",
            "requesting.send",
            "api.post_complaint",
            "api.post_inquiry",
            "api.post_question",
            "api.post_document_request",
        ),
    ),
    "cases": (
        "60 per minute; 600 per hour",
        (
            "cases.show",
            "cases.do",
            "cases.give_file",
            "receipts.show",
            "receipts.save",
            "api.get_case",
        ),
    ),
    "feedback": ("20 per minute; 200 per hour", ("understood.send", "api.post_feedback")),
    "letters": ("10 per minute; 30 per hour", ("receipts.mail",)),
    # A whole office may begin its day behind one address; each account also counts for itself.
    "logins": ("40 per minute; 400 per hour", ("staff.check_password", "staff.check_code")),
    "searches": (
        "120 per minute",
        ("search.results", "api.get_search", "asking.ask", "asking.check"),
    ),
}
"""Limit and the endpoints that share it, by name."""

_NETWORK_BITS = 64


def install(app: Flask, settings: Settings) -> None:
    """Limit the endpoints of ``SHARED``; the views must be registered already.

    Raises:
        SettingsError: counts cannot be kept where ``PORTAL_RATELIMIT_URL`` says.
    """
    if not settings.ratelimit:
        return
    try:
        limiter = Limiter(
            caller,
            app=app,
            storage_uri=settings.ratelimit_url or "memory://",
            # While a shared counter is out of reach nobody is turned away.
            swallow_errors=True,
        )
    except ConfigurationError as fault:
        raise SettingsError([f"PORTAL_RATELIMIT_URL: {fault}"]) from None
    for scope, (limit, endpoints) in SHARED.items():
        key = caller_of_logins if scope == "logins" else None
        shared = limiter.shared_limit(limit, scope=scope, key_func=key)
        for endpoint in endpoints:
            view = cast(Callable[..., Response], app.view_functions[endpoint])
            app.view_functions[endpoint] = shared(view)


def caller() -> str:
    """Return the address of the caller, of an IPv6 network only its first half."""
    text = request.remote_addr or "unknown"
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        return f"{int(address) >> _NETWORK_BITS:x}::/{_NETWORK_BITS}"
    return text


def caller_of_logins() -> str:
    """Return the device on which somebody has logged in before, or else the address.

    So that nobody keeps a whole office out by guessing from behind its address.
    """
    known = known_devices.of_request(desk().portal)
    return f"device {known[0].name}" if known else caller()


def seconds_to_wait(error: RateLimitExceeded) -> int:
    """Return after how many seconds the window of the limit is over at the latest."""
    return int(error.limit.limit.get_expiry())
