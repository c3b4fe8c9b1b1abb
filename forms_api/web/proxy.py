"""Behind web servers that are trusted, learn from them who is asking and how.

Each of them adds the address that asked it at the end of ``X-Forwarded-For``. What stands before
the last address that no trusted one wrote was written by the caller himself, and counts for
nothing.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from flask import Flask

from forms_api.settings import Network, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

THIS_MACHINE: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1"))
MOST_HOPS = 16
"""Addresses of the header that are looked at, from its end; nobody has so many web servers."""

_SCHEMES = ("http", "https")

Address = IPv4Address | IPv6Address


def install(app: Flask, settings: Settings) -> None:
    """Believe ``X-Forwarded-For`` and ``-Proto`` of trusted web servers, of nobody else."""
    app.wsgi_app = FromTrusted(  # type: ignore[method-assign]
        app.wsgi_app, settings.trusted_proxies
    )


class FromTrusted:
    """Puts the real caller's address and scheme into the environment of a request."""

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
