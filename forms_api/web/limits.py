"""How often one caller may ask, so that one script cannot shut others out.

Every request that sends something is counted, whatever its route: one that nobody thought of here
falls into a bucket of its side. Whoever is refused is told so and keeps what was typed. Callers are
told apart by address; a network of IPv6 addresses counts as one.
"""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from flask import Flask, request
from flask_limiter import Limiter
from limits.errors import ConfigurationError

from forms_api.errors import SettingsError
from forms_api.kinds import KINDS
from forms_api.settings import Settings
from forms_api.web import known_devices
from forms_api.web.app_context import app_context

SHARED: dict[str, tuple[str, tuple[str, ...]]] = {
    # An office or a mobile network may stand behind one address, so the numbers are generous.
    "submissions": (
        "20 per minute; 300 per hour",
        tuple(name for kind in KINDS for name in (f"{kind.id}.send", f"api.post_{kind.id}")),
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
    "feedback": ("20 per minute; 200 per hour", ("feedback.send", "api.post_feedback")),
    "letters": ("10 per minute; 30 per hour", ("receipts.mail",)),
    # A whole office may begin its day behind one address; each account also counts for itself.
    "logins": ("40 per minute; 400 per hour", ("staff.check_password", "staff.check_code")),
    # The form of a kind with suggestions may be opened with words, and then searches.
    "searches": (
        "120 per minute",
        (
            "search.results",
            "api.get_search",
            *(f"{kind.id}.ask" for kind in KINDS if kind.suggested_by),
        ),
    ),
    "misses": ("60 per minute; 600 per hour", ("api.post_search_miss",)),
    # Other systems of the company, each request signed.
    "pushes": ("120 per minute; 6000 per hour", ()),
    # Checking what was typed before it is sent, and whatever else the public may send.
    "forms": ("30 per minute; 400 per hour", ()),
    # A whole department may work behind one address.
    "desk": ("120 per minute; 3000 per hour", ()),
}
"""Limit and the endpoints that share it, by name; the last three take whole sides."""

_NAMED = {endpoint: scope for scope, (_, endpoints) in SHARED.items() for endpoint in endpoints}
_READING = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))
_NETWORK_BITS = 64


def install(app: Flask, settings: Settings) -> None:
    """Count requests before anything is done for them, even before their token is looked at.

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
    except (ConfigurationError, ValueError) as fault:  # The second of what is no address at all.
        raise SettingsError([f"PORTAL_RATELIMIT_URL: {fault}"]) from None
    counters = {scope: _counter(limiter, scope, limit) for scope, (limit, _) in SHARED.items()}

    @app.before_request
    def count() -> None:
        scope = bucket(request.endpoint, request.method)
        if scope is not None:
            counters[scope]()


def bucket(endpoint: str | None, method: str) -> str | None:
    """Return where a request is counted; None for reading what is named nowhere in ``SHARED``.

    An address that does not exist has no endpoint and costs nothing.
    """
    if endpoint is None:
        return None
    if endpoint in _NAMED:
        return _NAMED[endpoint]
    if method in _READING:
        return None
    side = endpoint.partition(".")[0]
    return {"staff": "desk", "ledger": "pushes"}.get(side, "forms")


def _counter(limiter: Limiter, scope: str, limit: str) -> Callable[[], None]:
    """Return a function that counts one request; it raises ``RateLimitExceeded``."""

    def count() -> None:
        """Do nothing more than be counted."""

    # The limiter knows functions by their names.
    count.__qualname__ = f"count_{scope}"
    who = caller_of_logins if scope == "logins" else None
    shared = limiter.shared_limit(limit, scope=scope, key_func=who)
    counted: Callable[[], None] = shared(count)
    return counted


def caller() -> str:
    """Return the address of the caller, of an IPv6 network only its first half."""
    text = request.remote_addr or "unknown"
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    if isinstance(address, IPv6Address):
        return f"{int(address) >> _NETWORK_BITS:x}::/{_NETWORK_BITS}"
    return text


def caller_of_logins() -> str:
    """Return the device on which somebody has logged in before, or else the address.

    So that nobody keeps a whole office out by guessing from behind its address.
    """
    known = known_devices.of_request(app_context().portal)
    return f"device {known[0].name}" if known else caller()
