"""An application on an empty database, staff who can log in, and a clock that is moved by hand."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forms_api.portal import Portal
from forms_api.settings import Settings
from forms_api.store import open_store
from forms_api.store.migrate import upgrade
from forms_api.web.app import assemble
from service_policy.content import Library, read
from tests.support.scene import Scene
from tests.support.staff import seat
from tests.support.visitor import Visitor

CONTENT = Path(__file__).resolve().parents[2] / "content"
SECRET = "a secret of the tests, long enough"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday, 23 November 2026, 09:00 in Vietnam."""


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    moment: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture(scope="session")
def library() -> Library:
    """Read the sample company's content."""
    return read(CONTENT, date(2026, 11, 23))


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an SQLite database with all tables, to be copied."""
    file = tmp_path_factory.mktemp("staff") / "portal.db"
    store = open_store(f"sqlite:///{file}")
    upgrade(store)
    store.close()
    return file


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands on Monday morning."""
    return Clock()


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


LogIn = Callable[..., Visitor]


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
