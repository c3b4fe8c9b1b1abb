"""Pages from the theme's templates, in the same environment that builds the static site."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask_wtf.csrf import generate_csrf

from forms_api.web.app_context import app_context
from theme.context import Page

HTML = "text/html; charset=utf-8"


def page(
    template: str, head: Page, variables: Mapping[str, Any] | None = None, status: int = 200
) -> Response:
    """Render ``template`` (without ``.html``) as an answer.

    Every template gets ``company``, ``site``, ``page`` and ``csrf_token`` besides its own
    variables. The token is made only when the template asks for it, so that a page without a
    form sets no cookie.
    """
    here = app_context()
    html = here.environment.get_template(f"{template}.html").render(
        company=here.policy.company,
        site=here.site,
        page=head,
        csrf_token=generate_csrf,
        **(variables or {}),
    )
    return Response(html, status=status, content_type=HTML)
