"""Applications for the tests of the web face, on an empty database each."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forms_api.portal import Portal
from forms_api.settings import Settings
from forms_api.web.app import assemble
from service_policy.content import Library
from tests.support.application import SECRET, Clock, clock, empty_file, library, with_tables
from tests.support.visitor import Visitor

__all__ = ["clock", "empty_file", "library"]

MakeApp = Callable[..., Flask]


@pytest.fixture
def sqlite_url(empty_file: Path, tmp_path: Path) -> str:
    """Give the address of an empty SQLite database with all tables."""
    return f"sqlite:///{shutil.copy(empty_file, tmp_path / 'portal.db')}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_url(request: pytest.FixtureRequest) -> str:
    """Give the address of an empty database with all tables, once per kind."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    return with_tables(request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="session")
def var_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all applications share, so that the search index is made once."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def make_app(library: Library, clock: Clock, var_dir: Path) -> Iterator[MakeApp]:
    """Return a maker of applications: ``make_app(database_url, PORTAL_RATELIMIT="on")``."""
    made: list[Flask] = []

    def make(database_url: str, **environ: str) -> Flask:
        given = {
            "PORTAL_VAR_DIR": str(var_dir),
            "PORTAL_DATABASE_URL": database_url,
            "PORTAL_SECRET_KEY": SECRET,
        }
        app = assemble(Settings.from_environ({**given, **environ}), library, clock)
        made.append(app)
        return app

    yield make
    for app in made:
        portal: Portal = app.extensions["portal"]
        portal.close()


@pytest.fixture
def app(make_app: MakeApp, sqlite_url: str) -> Flask:
    """Make an application on SQLite."""
    return make_app(sqlite_url)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client of the application."""
    return app.test_client()


@pytest.fixture
def any_client(make_app: MakeApp, any_url: str) -> FlaskClient:
    """Return a client of an application on each kind of database."""
    return make_app(any_url).test_client()


@pytest.fixture
def visitor(client: FlaskClient) -> Visitor:
    """Return a visitor without scripts."""
    return Visitor(client)
