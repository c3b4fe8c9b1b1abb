"""Refuse posts that another site's page makes a browser send to the API.

The API takes no cookies, so such a post could not act for anybody; but it could fill the desk
with complaints from the address of a visitor who knows nothing of it.
"""

from urllib.parse import urlsplit

from flask import Request

from forms_api.web.problems import Refused, problem

_OURS = ("same-origin", "none")


def refuse_other_sites(request: Request) -> None:
    """Raise ``Refused`` (403) when a browser says that the request comes from elsewhere.

    Programs send neither header and pass.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        ours = fetched_from in _OURS
    else:
        origin = request.headers.get("Origin")
        ours = origin is None or urlsplit(origin).netloc == request.host
    if not ours:
        raise Refused(problem(403))
