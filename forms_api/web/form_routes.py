"""The addresses of a form: every kind of form has the same four, and one door for what fails."""

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as Redirect

from forms_api.web.flow import Flow


def form_blueprint(name: str, flow: Flow) -> Blueprint:
    """Return the routes of a form; ``name`` begins the names of their endpoints.

    ``ask`` shows the form, ``check`` the answers to check, ``send`` records the case. Whoever types
    the last address is led back to the form.
    """
    blueprint = Blueprint(name, __name__)
    blueprint.get(flow.url, endpoint="ask")(flow.ask)
    blueprint.post(flow.url, endpoint="check")(flow.check)
    blueprint.post(flow.send_url, endpoint="send")(flow.send)

    @blueprint.get(flow.send_url)
    def start_again() -> Redirect:
        return redirect(flow.url, 303)

    @blueprint.errorhandler(Exception)
    def not_sent(error: Exception) -> Response:
        return flow.not_sent(error)

    return blueprint
