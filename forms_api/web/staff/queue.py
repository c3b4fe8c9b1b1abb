"""The queues: what each department holds, due soonest first."""

from flask import Response

from forms_api.web.staff import guard, pages
from forms_api.web.staff.blueprint import blueprint

URL = "/noi-bo/"
pages.MENU.append(pages.Place("Hàng chờ", URL))


@blueprint.get("/")
@guard.open_to()
def queue() -> Response:
    """Show the queue of the department of whoever is logged in."""
    return pages.page("queue", "Hàng chờ", URL)
