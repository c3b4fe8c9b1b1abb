"""``/healthz`` says that the program runs, ``/readyz`` that it can keep what it is given."""

from flask import Blueprint, Response

from forms_api.condition import condition
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
    """Tell how the store keeps a write, its schema, the promises in force, and how things are.

    503 when what is given now may not be kept: the store cannot be read, its schema is not this
    program's, a write just failed, a disk is full. ``degraded`` with 200 when somebody has to look
    after something that loses nothing: letters, the sweep, the clock. Only numbers and names of
    facts are told here; the words stand behind the login and in ``flask … status``. ``mail`` says
    where letters go: ``smtp``, the ``console`` of development, or ``none``: they wait for a server.
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
    found = condition(here.portal, here.now())
    report |= {**found.figures, "wrong": [one.name for one in found.wrong]}
    status = "ready" if found.level == "ok" else "degraded"
    return json_answer({"status": status, **report}, 503 if found.level == "alarm" else 200)
