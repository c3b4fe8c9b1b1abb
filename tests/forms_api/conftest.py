"""The same tests on both databases: ``store`` is an empty, migrated one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from forms_api.store import Store, open_store
from forms_api.store.migrate import upgrade


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database, once per kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'portal.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """Open an empty, migrated store."""
    opened = open_store(database_url)
    upgrade(opened)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty, migrated SQLite store, for what is special to SQLite."""
    opened = open_store(f"sqlite:///{tmp_path / 'portal.db'}")
    upgrade(opened)
    yield opened
    opened.close()
