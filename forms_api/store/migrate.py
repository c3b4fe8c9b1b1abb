"""Bring a database to the schema this program needs, and tell whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from forms_api.store.failures import DATABASE_FAILURES, unavailable
from forms_api.store.store import Store

_FOLDER = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x6361_6D6B_6574  # any fixed number: "camket"


def upgrade(store: Store) -> str:
    """Migrate to the newest schema in one transaction and return its revision.

    Two processes may try at once: the second waits and finds nothing left to do.

    Raises:
        StoreUnavailable: the database could not be changed; it is as it was.
    """
    try:
        with store.admin.begin() as connection:
            if store.dialect == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
            command.upgrade(_config(connection), "head")
    except DATABASE_FAILURES as error:
        raise unavailable(error) from error
    return newest()


def is_known(revision: str) -> bool:
    """Say whether this program can bring a database from a revision to its own."""
    return revision in {
        one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions()
    }


def newest() -> str:
    """Return the revision this program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:  # pragma: no cover - there is always a first migration
        raise RuntimeError("no migrations")
    return head


def current(store: Store) -> str | None:
    """Return the revision the database has, or None when it has no tables yet."""
    return store.read(lambda c: MigrationContext.configure(c).get_current_revision())


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", _FOLDER.as_posix().replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
