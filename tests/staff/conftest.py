"""An application on an empty database, staff who can log in, and a clock that is moved by hand."""

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
from tests.support.scene import Scene
from tests.support.staff import seat
from tests.support.visitor import Visitor

__all__ = ["clock", "empty_file", "library"]

LogIn = Callable[..., Visitor]


@pytest.fixture(params=["sqlite", "postgresql"])
def either_database(request: pytest.FixtureRequest) -> dict[str, str]:
    """Give the settings for each kind of database, for a test file's own ``environ``."""
    if request.param == "sqlite":
        return {}
    return {"PORTAL_DATABASE_URL": with_tables(request.getfixturevalue("postgres_url"))}


@pytest.fixture
def environ() -> dict[str, str]:
    """Give more settings; a test may override this."""
    return {}


@pytest.fixture
def app(
    library: Library, clock: Clock, empty_file: Path, tmp_path: Path, environ: dict[str, str]
) -> Iterator[Flask]:
    """Make an application on SQLite."""
    file = shutil.copy(empty_file, tmp_path / "portal.db")
    given = {
        "PORTAL_VAR_DIR": str(tmp_path),
        "PORTAL_DATABASE_URL": f"sqlite:///{file}",
        "PORTAL_SECRET_KEY": SECRET,
    }
    made = assemble(Settings.from_environ({**given, **environ}), library, clock)
    yield made
    made.extensions["portal"].close()


@pytest.fixture
def portal(app: Flask) -> Portal:
    """Give the application's portal."""
    found: Portal = app.extensions["portal"]
    return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser that nobody has logged in with."""
    return app.test_client()


@pytest.fixture
def visitor(client: FlaskClient) -> Visitor:
    """Give a visitor who is not logged in."""
    return Visitor(client)


@pytest.fixture
def log_in(app: Flask, portal: Portal, clock: Clock) -> LogIn:
    """Return a maker of logged-in visitors: ``log_in("lan", role="lead", department="cskh")``."""
    tokens: dict[str, str] = {}

    def enter(name: str = "lan", role: str = "agent", department: str = "cskh") -> Visitor:
        if name not in tokens:
            tokens[name] = seat(portal, clock(), name, role, department)
        client = app.test_client()
        client.set_cookie("desk", tokens[name])
        return Visitor(client)

    return enter


@pytest.fixture
def scene(app: Flask, clock: Clock) -> Scene:
    """Give a complaint that was filed over the API on Monday, 30 November, at nine."""
    return Scene(app, clock).at("2026-11-30T09:00").file()
