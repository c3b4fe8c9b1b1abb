"""The blueprint of ``/noi-bo/``; every route of it passes the guard first."""

from flask import Blueprint

from forms_api.web.staff import guard

blueprint = Blueprint(guard.NAME, __name__, url_prefix="/noi-bo")
blueprint.before_request(guard.let_in)
