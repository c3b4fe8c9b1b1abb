"""A company with books, on each kind of database."""

from tests.follow.conftest import (
    app,
    clock,
    database_url,
    library,
    migrated_file,
    migrated_postgres,
    portal,
)

__all__ = [
    "app",
    "clock",
    "database_url",
    "library",
    "migrated_file",
    "migrated_postgres",
    "portal",
]
