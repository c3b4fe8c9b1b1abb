"""What every application of the tests stands on: content, a clock moved by hand, a database.

A folder of tests imports the fixtures that it needs into its ``conftest.py``.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from forms_api.store import open_store
from forms_api.store.migrate import upgrade
from service_policy.content import Library, read
from tooling.paths import CONTENT

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
    """Read the sample company's content, for Monday 23 November 2026."""
    return read(CONTENT, date(2026, 11, 23))


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands on Monday morning."""
    return Clock()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an SQLite database with all tables, to be copied."""
    file = tmp_path_factory.mktemp("empty") / "portal.db"
    with_tables(f"sqlite:///{file}")
    return file


def with_tables(url: str) -> str:
    """Make all tables in the database at ``url`` and return the address."""
    store = open_store(url)
    upgrade(store)
    store.close()
    return url
