"""``/healthz`` says that the program runs, ``/readyz`` that it can keep what it is given."""

from flask import Blueprint, Response

from forms_api.errors import StoreUnavailable
from forms_api.store import migrate
from forms_api.web.api.answers import json_answer
from forms_api.web.desk import desk

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """Answer at once, without touching the store."""
    return json_answer({"status": "ok"})


@blueprint.get("/readyz")
def ready() -> Response:
    """Tell how the store keeps a write, its schema, and which promises are in force.

    ``mail`` says where letters go: ``smtp``, the ``console`` of development, or ``none``: they
    wait for a server.

    503 when the store cannot be read or its schema is not this program's.
    """
    here = desk()
    report: dict[str, object] = {
        "fingerprint": here.policy.fingerprint,
        "mail": here.portal.settings.mail,
    }
    try:
        report["database"] = here.portal.store.durability().as_json()
        schema = migrate.current(here.portal.store)
    except StoreUnavailable:
        return json_answer({"status": "store unavailable", **report}, 503)
    report["schema"] = schema
    if schema != migrate.newest():
        return json_answer({"status": "schema out of date", **report}, 503)
    return json_answer({"status": "ready", **report})
