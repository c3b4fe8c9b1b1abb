"""One consistent copy of each kind of database, taken and put back while the server runs.

Copying the file of a living SQLite database gives a broken copy now and then; its own backup takes
one consistent view. PostgreSQL is copied by its own tools.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import make_url, select

from forms_api.store import Store, migrate, reserve
from forms_api.store.tables import cases

BUSY_SECONDS = 30
LONGEST_SECONDS = 6 * 3600
"""How long PostgreSQL's tools may take."""


class BackupRefused(Exception):
    """A backup or restore that would lose something, or cannot be done; says why."""


class Database(Protocol):
    """A way to copy a database into a file and back."""

    def copy(self, target: Path) -> int:
        """Copy into a new file, check the copy, and return how many cases it holds."""

    def references(self, source: Path) -> set[str] | None:
        """Check a copy and return the references of its cases; None where only its tools can."""

    def put_back(self, source: Path) -> None:
        """Put a copy in place of everything that is there, in one transaction."""


def database_of(store: Store) -> Database:
    """Return the way to copy the database of a store."""
    return _Sqlite(store) if store.dialect == "sqlite" else _Postgres(store)


def references_now(store: Store) -> set[str]:
    """Return the references of the cases in a store; none when it has no tables yet."""
    if migrate.current(store) is None:
        return set()
    return store.read(lambda connection: set(connection.scalars(select(cases.c.reference))))


@contextmanager
def _or_refused(words: str) -> Iterator[None]:
    """Say in words what SQLite failed at."""
    try:
        yield
    except sqlite3.Error as error:
        raise BackupRefused(f"{words}: {type(error).__name__}") from error


def _open(file: Path, mode: str) -> closing[sqlite3.Connection]:
    address = f"{file.absolute().as_uri()}?mode={mode}"
    return closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS))


class _Sqlite:
    """The embedded database."""

    def __init__(self, store: Store) -> None:
        self._file = Path(make_url(store.url).database or "").absolute()

    @_or_refused("the backup failed")
    def copy(self, target: Path) -> int:
        reserve(target)
        with _open(self._file, "ro") as origin, _open(target, "rw") as copy:
            origin.backup(copy)
        return len(self.references(target))

    @_or_refused("the database in the backup cannot be read")
    def references(self, source: Path) -> set[str]:
        with _open(source, "ro") as connection:
            (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
            if answer != "ok":
                raise BackupRefused("the database in the backup is damaged")
            return {one for (one,) in connection.execute("SELECT reference FROM cases")}

    @_or_refused("the restore failed")
    def put_back(self, source: Path) -> None:
        with _open(source, "ro") as origin, _open(self._file, "rwc") as database:
            origin.backup(database)


class _Postgres:
    """A PostgreSQL database, by ``pg_dump`` and ``pg_restore`` of its version or a newer one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        url = make_url(store.url).set(drivername="postgresql")
        self._password = url.password
        # The password goes by the environment: every user may read the arguments of a program.
        self._url = url.set(password=None).render_as_string(hide_password=False)

    def copy(self, target: Path) -> int:
        before = len(references_now(self._store))
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={target}")
        return before

    def references(self, source: Path) -> None:
        self._run("pg_restore", "--list", str(source), address=False)

    def put_back(self, source: Path) -> None:
        self._run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-acl",
            "--single-transaction",
            "--exit-on-error",
            str(source),
        )

    def _run(self, tool: str, *arguments: str, address: bool = True) -> None:
        program = shutil.which(tool)
        if program is None:
            raise BackupRefused(f"{tool} is not installed (Debian: postgresql-client)")
        environ = {**os.environ, **({"PGPASSWORD": str(self._password)} if self._password else {})}
        where = [f"--dbname={self._url}"] if address else []
        done = subprocess.run(  # noqa: S603 - arguments are ours; the address is a checked setting
            [program, *where, *arguments],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST_SECONDS,
        )
        if done.returncode != 0:
            said = done.stderr.strip().splitlines()
            raise BackupRefused(f"{tool} failed: {said[-1] if said else done.returncode}")
