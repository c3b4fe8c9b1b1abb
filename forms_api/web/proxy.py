"""Behind a web server on the same machine, learn from it who is asking."""

from ipaddress import ip_address
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from forms_api.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def install(app: Flask, settings: Settings) -> None:
    """Believe ``X-Forwarded-For`` and ``-Proto`` of a neighbour in production, of nobody else."""
    if settings.production:
        app.wsgi_app = FromNeighbour(app.wsgi_app)  # type: ignore[method-assign]


class FromNeighbour:
    """Applies the forwarding headers only when this machine's own web server sent them."""

    def __init__(self, application: "WSGIApplication") -> None:
        """Wrap ``application``."""
        self._plain = application
        self._forwarded = ProxyFix(application, x_for=1, x_proto=1, x_host=0)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> "Iterable[bytes]":
        """Answer a request."""
        chosen = self._forwarded if _is_neighbour(environ.get("REMOTE_ADDR")) else self._plain
        return chosen(environ, start_response)


def _is_neighbour(address: object) -> bool:
    """Say whether the peer is on this machine; a Unix socket has no address."""
    if not address:
        return True
    try:
        return ip_address(str(address)).is_loopback
    except ValueError:
        return False
