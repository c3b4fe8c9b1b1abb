"""Security headers, one set for every answer: pages, errors, JSON and static files."""

from collections.abc import Mapping

from flask import Flask, Response

from forms_api.settings import Settings

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

_NO_FEATURES = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)

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


def security_headers(settings: Settings) -> Mapping[str, str]:
    """Return the headers of every answer; HTTPS is insisted on in production only.

    Other names below the company's domain are not ours to decide on, unless the settings say so.
    """
    if not settings.production:
        return _ALWAYS
    others = "; includeSubDomains" if settings.hsts_subdomains else ""
    return {**_ALWAYS, "Strict-Transport-Security": f"max-age={_HSTS_SECONDS}{others}"}


def install(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer of the application, none of which may be stored."""
    headers = security_headers(settings)

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in headers.items():
            # An uploaded file brings a stricter policy of its own.
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
