"""The embedded database: SQLite's own backup takes one consistent view while others write.

Copying the file of a living database gives a broken copy now and then.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from forms_api.backups.archive import BackupRefused
from forms_api.backups.view import View
from forms_api.store import Store, migrate, reserve

NAME = "database.sqlite3"
BUSY_SECONDS = 30


def take(store: Store, folder: Path) -> View:
    """Copy the database into ``folder`` and check the copy.

    Raises:
        BackupRefused: the copy is not sound.
    """
    copy = folder / NAME
    reserve(copy)
    with _open(_file_of(store), "ro") as origin, _open(copy, "rw") as database:
        origin.backup(database)
        # A copy that needs no second file beside it.
        database.execute("PRAGMA journal_mode=DELETE")
    return look(copy)


def look(file: Path) -> View:
    """Return what a database file holds.

    Raises:
        BackupRefused: it is damaged, or no database of ours.
    """
    try:
        with _open(file, "ro") as connection:
            (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
            if answer != "ok":
                raise BackupRefused(f"{file} is damaged")
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            (cases,) = connection.execute("SELECT count(*) FROM cases").fetchone()
            known = connection.execute("SELECT name FROM sqlite_master WHERE name = 'uploads'")
            rows = connection.execute("SELECT id, sha256 FROM uploads") if known.fetchone() else ()
            return View(revision, cases, {NAME: file}, dict(rows))
    except (sqlite3.Error, TypeError) as error:
        raise BackupRefused(f"{file} is no database of this program: {error}") from error


def put(store: Store, file: Path) -> None:
    """Put a database file in the place of the store's, in one transaction.

    Raises:
        BackupRefused: the database did not take it; it is as it was.
    """
    try:
        with _open(file, "ro") as origin, _open(_file_of(store), "rwc") as database:
            origin.backup(database)
    except sqlite3.Error as error:
        raise BackupRefused(f"the restore failed: {type(error).__name__}") from error
    migrate.upgrade(store)


def _file_of(store: Store) -> Path:
    return Path(make_url(store.url).database or "").absolute()


@contextmanager
def _open(file: Path, mode: str) -> Iterator[sqlite3.Connection]:
    with closing(
        sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS)
    ) as connection:
        yield connection
