"""The ledger on both databases: the fixtures of the desk, and of an application."""

from pathlib import Path

import pytest

from forms_api.store import open_store
from tests.forms_api.conftest import (
    BOTH,
    database_url,
    empty,
    migrated_file,
    migrated_postgres,
    now,
    policy,
    portal,
    sqlite_copy,
    sqlite_portal,
    sqlite_store,
    store,
)
from tests.support.application import clock, library

__all__ = [
    "clock",
    "database_url",
    "library",
    "migrated_file",
    "migrated_postgres",
    "now",
    "policy",
    "portal",
    "sqlite_portal",
    "sqlite_store",
    "store",
]


@pytest.fixture(params=BOTH)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database with all tables, once per kind."""
    if request.param == "sqlite":
        return sqlite_copy(request.getfixturevalue("migrated_file"), tmp_path)
    url: str = request.getfixturevalue("migrated_postgres")
    opened = open_store(url)
    empty(opened)
    opened.close()
    return url
