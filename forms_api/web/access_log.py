"""One line a request, without anything personal: no address, no path as typed, no body.

The route's pattern stands in for the path, because a path may hold whatever somebody typed.
"""

import json
import logging
import time
import uuid

from flask import Flask, Response, g, request

HTTP_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))

log = logging.getLogger("forms_api.access")


def install(app: Flask) -> None:
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
