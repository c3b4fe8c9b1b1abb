"""The same tests on both databases: ``store`` is an empty, migrated one, ``portal`` uses it."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from forms_api.codes import Codes
from forms_api.portal import Portal
from forms_api.settings import Settings
from forms_api.store import Store, open_store
from forms_api.store.migrate import upgrade
from forms_api.store.tables import metadata
from service_policy.content import read
from service_policy.promises.policy import Policy
from tests.support.postgres import PostgresServer
from tooling.paths import CONTENT

SECRET = "a secret of the tests, long enough"


BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a database without tables, once per kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'portal.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an SQLite database with all tables, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "portal.db"
    migrated(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: PostgresServer) -> str:
    """Make a PostgreSQL database with all tables and return its address."""
    url = postgres_server.create_database()
    migrated(url).close()
    return url


@pytest.fixture(params=BOTH)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Open an empty store with all tables, once per kind."""
    if request.param == "sqlite":
        url = sqlite_copy(request.getfixturevalue("migrated_file"), tmp_path)
    else:
        url = request.getfixturevalue("migrated_postgres")
    opened = open_store(url)
    if request.param == "postgresql":
        empty(opened)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(migrated_file: Path, tmp_path: Path) -> Iterator[Store]:
    """Open an empty SQLite store with all tables, for what is special to SQLite."""
    opened = open_store(sqlite_copy(migrated_file, tmp_path))
    yield opened
    opened.close()


def migrated(url: str) -> Store:
    """Open a store and make its tables."""
    opened = open_store(url)
    upgrade(opened)
    return opened


def empty(store: Store) -> None:
    """Empty all tables of a PostgreSQL store, past the guard that protects the events."""
    names = ", ".join(metadata.tables)
    with store.admin.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))


def sqlite_copy(file: Path, folder: Path) -> str:
    """Copy a closed database file and return the address of the copy."""
    return f"sqlite:///{shutil.copy(file, folder / 'portal.db')}"


@pytest.fixture(scope="session")
def policy() -> Policy:
    """Read the rules of the tests' company."""
    return read(CONTENT, date(2026, 11, 23)).policy


@pytest.fixture(scope="session")
def now() -> datetime:
    """Monday, 23 November 2026, 09:00 in Vietnam."""
    return datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def portal_on(store: Store, policy: Policy, folder: Path) -> Portal:
    """Put a portal around a store."""
    settings = Settings.from_environ(
        {
            "PORTAL_VAR_DIR": str(folder),
            "PORTAL_SECRET_KEY": SECRET,
            "PORTAL_SITE_URL": "https://camket.example",
        }
    )
    return Portal(settings, policy, store, Codes(SECRET))


@pytest.fixture
def portal(store: Store, policy: Policy, tmp_path: Path) -> Portal:
    """Open the desk on each kind of database."""
    return portal_on(store, policy, tmp_path)


@pytest.fixture
def sqlite_portal(sqlite_store: Store, policy: Policy, tmp_path: Path) -> Portal:
    """Open the desk on SQLite only."""
    return portal_on(sqlite_store, policy, tmp_path)
