"""The composition root of the web face: everything is put together here and passed on."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response
from flask_wtf import CSRFProtect

from forms_api import cli, cli_ledger, cli_people
from forms_api.clock import SteadyClock, wall
from forms_api.condition import readiness
from forms_api.kinds import DECLARED
from forms_api.portal import SITE, Portal, open_portal
from forms_api.promised import admit, keep_out
from forms_api.settings import Settings
from forms_api.web import (
    app_context,
    cases,
    errors,
    feedback,
    flow,
    limits,
    middleware,
    misses,
    publication,
    receipts,
    request_checks,
    search,
)
from forms_api.web.api import pushes
from forms_api.web.api import views as api
from forms_api.web.api.answers import json_answer
from forms_api.web.finder import Finder
from forms_api.web.staff import guard
from forms_api.web.staff.routes import blueprint as staff
from service_policy.content import Library, read
from service_policy.promises.calendar import VIETNAM
from theme.context import Site
from theme.env import build_environment

HOURS_A_PAGE_MAY_STAY_OPEN = 24

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """Say that the program runs, at once and without touching the store."""
    return json_answer({"status": "ok"})


@health.get("/readyz")
def ready() -> Response:
    """Say how the program is; 503 when it cannot keep what it is given. See ``readiness``."""
    here = app_context.app_context()
    report, keeps = readiness(here.portal, here.now())
    return json_answer(report, 200 if keeps else 503)


BLUEPRINTS = (
    *flow.BLUEPRINTS,
    receipts.blueprint,
    cases.blueprint,
    search.blueprint,
    api.blueprint,
    health,
    feedback.blueprint,
    staff,
)


def create_app(settings: Settings | None = None, output: Path = SITE) -> Flask:
    """Return the application; settings come from the environment when none are given.

    The database is opened and not changed: ``flask --app forms_api init-db`` makes its tables.
    Whenever a new site is published in ``output``, its promises are taken up.

    Raises:
        SettingsError: with every bad setting.
        ContentErrors: with every fault of the content.
    """
    settings = settings or Settings.from_environ(os.environ)
    content = settings.content_dir
    app = assemble(settings, read(content, _today(), declared=DECLARED), SteadyClock(), site=output)
    follow(app, output / publication.STAMP, content, _today)
    return app


def follow(app: Flask, stamp: Path, content: Path, today: Callable[[], date]) -> None:
    """Let ``app`` take up the promises of each newly published site; see ``publication``."""

    def take_up(library: Library) -> None:
        held = app_context.of(app)
        admit(held.portal.store, library.policy, held.now())
        portal = replace(held.portal, policy=library.policy)
        finder = _finder(portal.settings, library, held.now)
        finder.prepare()  # Nobody's first question waits for the new index.
        _furnish(app, portal, library, finder, held.now)

    def tell(why: str) -> None:
        held = app_context.of(app)
        keep_out(held.portal.store, why, held.now())

    watched = publication.Publication(stamp, content, today, take_up, tell)
    publication.install(app, watched)


def assemble(
    settings: Settings,
    library: Library,
    now: Callable[[], datetime] = wall,
    site: Path = SITE,
) -> Flask:
    """Put an application together around a library; ``now`` is its clock, ``site`` built files."""
    settings = settings.with_secret()
    app = Flask("forms_api", static_folder=None, template_folder=None)
    app.config.update(_configuration(settings))
    portal = open_portal(settings, library.policy, site)
    _furnish(app, portal, library, _finder(settings, library, now), now)

    # In this order: a request is timed, looked at, counted, and only then anything reads it.
    middleware.log_requests(app)
    request_checks.install(app, settings)
    limits.install(app, settings)
    middleware.secure_answers(app, settings)
    protect = CSRFProtect(app)
    for program in (api.blueprint, pushes.blueprint):
        protect.exempt(program)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.ledger_keys:
        app.register_blueprint(pushes.blueprint)
    guard.check(app)
    misses.install(app)
    errors.install(app)
    trusted = middleware.FromTrusted(app.wsgi_app, settings.trusted_proxies)
    app.wsgi_app = trusted  # type: ignore[method-assign]
    for command in (*cli.COMMANDS, *cli_people.COMMANDS, *cli_ledger.COMMANDS):
        app.cli.add_command(command)
    return app


def _finder(settings: Settings, library: Library, now: Callable[[], datetime]) -> Finder:
    return Finder(library, settings.var_dir / "search", now)


def _furnish(
    app: Flask, portal: Portal, library: Library, finder: Finder, now: Callable[[], datetime]
) -> None:
    """Give the application its desk, whole; a request sees one desk or the next, never a mix."""
    settings = portal.settings
    site = Site.of(library, settings.site_url)
    app.extensions["portal"] = portal
    app.extensions[app_context.NAME] = app_context.AppContext(
        portal, library, _environment(), site, finder, now
    )


def _today() -> date:
    return wall().astimezone(VIETNAM).date()


_environment = cache(build_environment)
"""Makes the templates' environment once for all applications of a process."""


def _configuration(settings: Settings) -> dict[str, object]:
    """Return Flask's own settings. The one cookie holds a random token and nothing else."""
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "__Host-portal" if settings.production else "portal",
        "SESSION_COOKIE_SECURE": settings.production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "WTF_CSRF_TIME_LIMIT": HOURS_A_PAGE_MAY_STAY_OPEN * 3600,
        # Some people's browsers send no Referer; the token is what protects.
        "WTF_CSRF_SSL_STRICT": False,
        "WTF_I18N_ENABLED": False,
    }
