"""Backup and restore of everything an installation cannot make again, while the server runs.

The database, the files of cases, and the secret key from which the codes of cases are derived: any
one of them without the others is worth little, so they travel in one checked file (``archive``).
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, select

from forms_api.backup import archive
from forms_api.backup.archive import About, Backup, NoBackup
from forms_api.backup.databases import BackupRefused, database_of, references_now
from forms_api.disk import new_file, sync
from forms_api.portal import Portal
from forms_api.settings import Settings
from forms_api.store import migrate
from forms_api.store.tables import uploads
from forms_api.uploads import folder as upload_folder

__all__ = ["BackupRefused", "Copied", "backup", "restore"]


@dataclass(frozen=True)
class Copied:
    """What a copy holds: cases, files of cases, and the bytes of the whole.

    ``missing`` are the ids of files that cases name and that the copy lacks, or has otherwise.
    """

    cases: int
    files: int
    bytes: int
    missing: tuple[str, ...] = ()


def backup(portal: Portal, target: Path, now: datetime) -> Copied:
    """Write a backup into a new file, check the whole file, and only then give it its name.

    The database is copied first: a file is on disk before any transaction mentions it, and never
    changes, so the files found afterwards are all that the copy speaks of.

    Raises:
        BackupRefused: the file exists, or the copy is not sound.
    """
    if target.exists():
        raise BackupRefused(f"{target} exists already; a backup never overwrites another one")
    draft = target.with_name(target.name + ".part")
    try:
        draft.unlink(missing_ok=True)
        with _scratch(target.absolute().parent) as scratch:
            schema = migrate.current(portal.store)
            if schema is None:
                raise BackupRefused("the database has no tables yet: there is nothing to keep")
            database = Path(scratch, "database")
            named = portal.store.read(_files_of_cases)
            cases = database_of(portal.store).copy(database)
            about = About(now.isoformat(), portal.store.dialect, schema, cases)
            key, files = portal.settings.secret_key, _uploads(portal.settings)
            archive.write(draft, about, key, database, files)
        with archive.opened(draft) as written:
            kept, size = written.uploads, draft.stat().st_size
        missing = sorted(one for one, sha256 in named if kept.get(one) != sha256)
        os.link(draft, target)  # Unlike a rename, a link never replaces what came there meanwhile.
        sync(target.parent)
    except (NoBackup, OSError) as error:
        raise BackupRefused(f"the backup failed: {error}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return Copied(cases, len(kept), size, tuple(missing))


def restore(portal: Portal, source: Path, *, discard_newer: bool = False) -> Copied:
    """Put a backup in place of what is there, even under a running server.

    Files of cases come first, for they disturb nobody; then the database, in one transaction; the
    secret key, where the installation keeps its own, at the end.

    Raises:
        BackupRefused: the backup is not sound, is of another kind of database, belongs to another
            secret key than the settings name, or lacks cases that are there now and
            ``discard_newer`` was not given. Nothing was changed then.
    """
    try:
        portal.settings.var_dir.mkdir(parents=True, exist_ok=True)
        with archive.opened(source) as found, _scratch(portal.settings.var_dir) as scratch:
            _refuse(portal, found)
            database = Path(scratch, "database")
            found.unpack_database(database)
            way = database_of(portal.store)
            lost = references_now(portal.store) - (way.references(database) or set())
            _refuse_loss(set() if discard_newer else lost)
            for file_id, sha256 in found.uploads.items():
                # What is there and whole stays as it is.
                data = partial(found.upload, file_id)
                upload_folder.put_back(portal.settings.upload_dir, file_id, sha256, data)
            way.put_back(database)
            _keep_key(portal.settings, found)
            copied = Copied(found.about.cases, len(found.uploads), source.stat().st_size)
    except (NoBackup, OSError) as error:
        raise BackupRefused(f"{error}; the database is as it was") from error
    migrate.upgrade(portal.store, portal.policy)
    return copied


def _refuse(portal: Portal, found: Backup) -> None:
    """Refuse a backup that would not work here, before anything is touched."""
    settings, about = portal.settings, found.about
    # A key that the environment names cannot be changed from here; one in a file is put back.
    if found.secret_key != settings.secret_key and settings.own_secret_file is None:
        raise BackupRefused(
            "PORTAL_SECRET_KEY is not the key of this backup, so no code that a customer holds "
            "would open its case; take the key out with `tar -xOf FILE secret-key`, set it, and "
            "repeat"
        )
    if about.engine != portal.store.dialect:
        raise BackupRefused(
            f"the backup holds a {about.engine} database, PORTAL_DATABASE_URL names "
            f"a {portal.store.dialect} one"
        )
    if not migrate.is_known(about.schema):
        raise BackupRefused(
            f"the backup was made by a newer program (schema {about.schema}); upgrade first"
        )


def _refuse_loss(lost: set[str]) -> None:
    if lost:
        names = ", ".join(sorted(lost)[:5])
        raise BackupRefused(
            f"{len(lost)} cases are not in the backup, or nobody can tell, and would be lost "
            f"({names}, …); repeat with --discard-newer if that is meant"
        )


def _files_of_cases(connection: Connection) -> list[tuple[str, str]]:
    query = select(uploads.c.id, uploads.c.sha256)
    return [(one.id, one.sha256) for one in connection.execute(query)]


def _uploads(settings: Settings) -> Iterator[Path]:
    folder = settings.upload_dir
    if folder.is_dir():
        yield from (one for one in sorted(folder.iterdir()) if upload_folder.is_id(one.name))


def _keep_key(settings: Settings, found: Backup) -> None:
    file = settings.own_secret_file
    if file is None or found.secret_key == settings.secret_key:
        return
    draft = file.with_name(file.name + ".part")
    draft.unlink(missing_ok=True)
    with new_file(draft) as stream:
        stream.write(found.secret_key.encode("ascii"))
    draft.replace(file)


def _scratch(folder: Path) -> TemporaryDirectory[str]:
    """Give a folder for a copy of the database, readable by its owner only, and remove it."""
    return TemporaryDirectory(prefix=".backup-", dir=folder, ignore_cleanup_errors=True)
