"""The ledger on both databases: the fixtures of the desk."""

from tests.forms_api.conftest import (
    database_url,
    migrated_file,
    migrated_postgres,
    now,
    policy,
    portal,
    sqlite_portal,
    sqlite_store,
    store,
)

__all__ = [
    "database_url",
    "migrated_file",
    "migrated_postgres",
    "now",
    "policy",
    "portal",
    "sqlite_portal",
    "sqlite_store",
    "store",
]
