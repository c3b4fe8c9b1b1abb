"""What stands around every request: who really asks, the headers of the answer, a line in the log.

Behind web servers that are trusted, the caller is learnt from them. Each of them adds the address
that asked it at the end of ``X-Forwarded-For``. What stands before the last address that no trusted
one wrote was written by the caller himself, and counts for nothing.

A line of the log holds nothing personal: no address, no path as typed, no body. The route's pattern
stands in for the path, because a path may hold whatever somebody typed.
"""

import json
import logging
import time
import uuid
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request

from forms_api.settings import Network, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HTTP_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))

log = logging.getLogger("forms_api.access")

THIS_MACHINE: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1"))
MOST_HOPS = 16
"""Addresses of the header that are looked at, from its end; nobody has so many web servers."""

_SCHEMES = ("http", "https")

Address = IPv4Address | IPv6Address

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
        "worker-src 'self'",
    )
)

_FEATURES = (
    "accelerometer autoplay camera display-capture geolocation gyroscope magnetometer microphone "
    "midi payment usb"
)
_NO_FEATURES = ", ".join(f"{name}=()" for name in _FEATURES.split())

_ALWAYS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With no-referrer a browser would send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": _NO_FEATURES,
}

_HSTS_SECONDS = 365 * 24 * 3600


class FromTrusted:
    """Puts the real caller's address and scheme into the environment of a request.

    ``X-Forwarded-For`` and ``-Proto`` are believed of trusted web servers, of nobody else.
    """

    def __init__(self, application: "WSGIApplication", trusted: tuple[Network, ...]) -> None:
        """Wrap ``application``; without ``trusted`` a web server on this machine is believed.

        That one is believed about its own caller alone. Only servers that somebody named may be
        passed over in the header: otherwise whoever asks from this machine could invent callers.
        """
        self._application = application
        self._named = trusted
        self._peers = trusted or THIS_MACHINE

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> "Iterable[bytes]":
        """Answer a request."""
        peer = str(environ.get("REMOTE_ADDR") or "")
        # A Unix socket has no address; who may use it is a matter of its permissions.
        if not peer or _is_in(read_address(peer), self._peers):
            client = self._client(str(environ.get("HTTP_X_FORWARDED_FOR", "")))
            if client is not None:
                environ["REMOTE_ADDR"] = str(client)
            scheme = str(environ.get("HTTP_X_FORWARDED_PROTO", "")).rpartition(",")[2].strip()
            if scheme.lower() in _SCHEMES:
                environ["wsgi.url_scheme"] = scheme.lower()
        return self._application(environ, start_response)

    def _client(self, header: str) -> Address | None:
        """Return the last address that no trusted server has, or the first one of those."""
        found: Address | None = None
        for hop in reversed(header.rsplit(",", MOST_HOPS)[-MOST_HOPS:]):
            address = read_address(hop)
            if address is None:
                break
            found = address
            if not _is_in(address, self._named):
                break
        return found


def read_address(text: str) -> Address | None:
    """Read an address as web servers write it, with a port or in brackets; None if it is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_in(address: Address | None, networks: tuple[Network, ...]) -> bool:
    return address is not None and any(address in network for network in networks)


def security_headers(settings: Settings) -> Mapping[str, str]:
    """Return the headers of every answer; HTTPS is insisted on in production only.

    Other names below the company's domain are not ours to decide on, unless the settings say so.
    """
    if not settings.production:
        return _ALWAYS
    others = "; includeSubDomains" if settings.hsts_subdomains else ""
    return {**_ALWAYS, "Strict-Transport-Security": f"max-age={_HSTS_SECONDS}{others}"}


def secure_answers(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer of the application, none of which may be stored."""
    headers = security_headers(settings)

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in headers.items():
            # An uploaded file brings a stricter policy of its own.
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def log_requests(app: Flask) -> None:
    """Log every request of the application at INFO as one line of JSON."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()
        g.request_id = uuid.uuid4().hex[:12]

    @app.after_request
    def write(response: Response) -> Response:
        rule = request.url_rule
        line = {
            "method": request.method if request.method in HTTP_METHODS else "?",
            "route": rule.rule if rule else "-",
            "status": response.status_code,
            "ms": round((time.perf_counter() - g.started) * 1000, 1),
            "request": g.request_id,
        }
        log.info(json.dumps(line))
        return response
