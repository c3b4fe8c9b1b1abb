"""Bring a database to the schema this program needs, and tell whether it is there."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from forms_api.store.store import Store
from forms_api.store.writers import DATABASE_FAILURES, unavailable
from service_policy.promises.policy import Policy

_FOLDER = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x6361_6D6B_6574  # any fixed number: "camket"


def upgrade(store: Store, policy: Policy | None = None) -> str:
    """Migrate to the newest schema in one transaction and return its revision.

    ``policy`` are the rules of the day, which say what older events left to the content; an empty
    store needs none. Two processes may try at once: the second waits and finds nothing left to do.

    Raises:
        StoreUnavailable: the database could not be changed; it is as it was.
    """
    try:
        with store.admin.begin() as connection:
            if store.dialect == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
            chosen = config(connection)
            chosen.attributes["content"] = None if policy is None else content_of(policy)
            command.upgrade(chosen, "head")
    except DATABASE_FAILURES as error:
        raise unavailable(error) from error
    return newest()


def is_known(revision: str) -> bool:
    """Say whether this program can bring a database from a revision to its own."""
    return revision in {
        one.revision for one in ScriptDirectory.from_config(config()).walk_revisions()
    }


def newest() -> str:
    """Return the revision this program needs."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    if head is None:  # pragma: no cover - there is always a first migration
        raise RuntimeError("no migrations")
    return head


def current(store: Store) -> str | None:
    """Return the revision the database has, or None when it has no tables yet."""
    return store.read(lambda c: MigrationContext.configure(c).get_current_revision())


def content_of(policy: Policy) -> dict[str, Any]:
    """Say plainly what a migration may need to know: later code must not change its meaning."""
    departments = policy.company.departments
    return {
        "departments": {
            name: one.id for one in departments for name in (one.id, *one.formerly, one.name)
        },
        "stops_on": {f"{one.id} version {one.version}": one.stops_on for one in policy.versions},
        "dangers": [one.id for one in policy.categories if one.danger],
    }


def config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration for our own migrations, on a connection that is open."""
    made = Config()
    made.set_main_option("script_location", _FOLDER.as_posix().replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made
