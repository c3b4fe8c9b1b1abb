"""Backup and restore of the embedded database, while the server runs.

Copying the file of a living database gives a broken copy now and then; SQLite's own backup takes
one consistent view. PostgreSQL has its own tools for this.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from forms_api.store import Store, migrate, reserve

BUSY_SECONDS = 30


class BackupRefused(Exception):
    """A backup or restore that would lose something, or cannot be done; says why."""


@dataclass(frozen=True)
class Copied:
    """What a copy holds: the number of cases and the bytes of the file."""

    cases: int
    bytes: int


def backup(store: Store, target: Path) -> Copied:
    """Copy the database into a new file, check the copy, and only then give it its name.

    Raises:
        BackupRefused: the file exists, the database is not SQLite, or the copy is not sound.
    """
    source = _file_of(store)
    if target.exists():
        raise BackupRefused(f"{target} exists already; a backup never overwrites another one")
    draft = target.with_name(target.name + ".part")
    try:
        draft.unlink(missing_ok=True)
        reserve(draft)
        with _open(source, "ro") as origin, _open(draft, "rw") as copy:
            origin.backup(copy)
        _check(draft)
        copied = Copied(len(_references(draft)), draft.stat().st_size)
        _sync(draft)
        os.link(draft, target)  # Unlike a rename, a link never replaces what came there meanwhile.
        _sync(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise BackupRefused(f"the backup failed: {type(error).__name__}") from error
    finally:
        draft.unlink(missing_ok=True)
    return copied


def restore(store: Store, source: Path, *, discard_newer: bool = False) -> Copied:
    """Put a backup in place of the database, in one transaction, even under a running server.

    Raises:
        BackupRefused: the backup is not sound, or the database has cases that it lacks and
            ``discard_newer`` was not given.
    """
    target = _file_of(store)
    if not source.is_file():
        raise BackupRefused(f"{source} is not a file")
    try:
        _check(source)
        kept = _references(source)
        lost = set() if migrate.current(store) is None else _references(target) - kept
        if lost and not discard_newer:
            names = ", ".join(sorted(lost)[:5])
            raise BackupRefused(
                f"{len(lost)} cases are not in the backup and would be lost ({names}, …); "
                "repeat with --discard-newer if that is meant"
            )
        with _open(source, "ro") as origin, _open(target, "rwc") as database:
            origin.backup(database)
    except sqlite3.Error as error:
        raise BackupRefused(f"the restore failed: {type(error).__name__}") from error
    migrate.upgrade(store)
    return Copied(len(kept), source.stat().st_size)


def _file_of(store: Store) -> Path:
    if store.dialect != "sqlite":
        raise BackupRefused("this store is PostgreSQL: use pg_dump and pg_restore")
    return Path(make_url(store.url).database or "").absolute()


@contextmanager
def _open(file: Path, mode: str) -> Iterator[sqlite3.Connection]:
    with closing(
        sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS)
    ) as connection:
        yield connection


def _check(file: Path) -> None:
    with _open(file, "ro") as connection:
        (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
    if answer != "ok":
        raise BackupRefused(f"{file} is damaged")


def _references(file: Path) -> set[str]:
    with _open(file, "ro") as connection:
        return {reference for (reference,) in connection.execute("SELECT reference FROM cases")}


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
