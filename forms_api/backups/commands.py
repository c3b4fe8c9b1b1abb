"""Backup and restore: first everything is checked, then changed, so that nothing is lost."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from forms_api.backups import archive, postgresql, sqlite
from forms_api.backups.archive import BackupRefused
from forms_api.portal import Portal
from forms_api.settings import KEY_FILE
from forms_api.store import Store, migrate
from forms_api.store.tables import cases
from forms_api.uploads import folder as upload_folder

_SQLITE = b"SQLite format 3\x00"


@dataclass(frozen=True)
class Copied:
    """What a backup holds; ``lost`` are uploads that were missing or damaged when it was made."""

    cases: int
    uploads: int
    bytes: int
    lost: tuple[str, ...] = ()


def backup(portal: Portal, target: Path) -> Copied:
    """Put database, uploads and keys into one new file, beside a running server.

    The database comes first: whatever it mentions is on the disk already and stays there.

    Raises:
        BackupRefused: the file exists, or something could not be read or written.
        StoreUnavailable: the database cannot be read.
    """
    store, settings = portal.store, portal.settings
    if target.exists():
        raise BackupRefused(f"{target} exists already; a backup never overwrites another one")
    try:
        with _workshop(settings.var_dir) as folder:
            taker = sqlite.take if store.dialect == "sqlite" else postgresql.take
            view = taker(store, folder)
            uploads, lost = _uploads(settings.upload_dir, view.uploads)
            keys = {"secret-key": _written(folder / "secret-key", settings.secret_key.encode())}
            if settings.signing_key_file is not None and settings.signing_key_file.is_file():
                keys["signing-key"] = settings.signing_key_file
            facts = {
                "database": store.dialect,
                "revision": view.revision,
                "cases": view.cases,
                "columns": view.columns,
                "lost": list(lost),
            }
            archive.write(target, {**keys, **view.parts, **uploads}, facts, int(time.time()))
            return Copied(view.cases, len(uploads), target.stat().st_size, lost)
    except (sqlite3.Error, OSError) as error:
        raise BackupRefused(f"the backup failed: {type(error).__name__}") from error


def restore(portal: Portal, source: Path, *, discard_newer: bool = False) -> Copied:
    """Put a backup in the place of what is here. Nothing is changed before all of it is checked.

    A plain copy of an SQLite database, as earlier versions made them, is taken as well.

    Raises:
        BackupRefused: the backup is not sound or of another kind of database, there are cases
            already and ``discard_newer`` was not given, or the secret key of this installation
            is set to another one than the backup's.
    """
    if not source.is_file():
        raise BackupRefused(f"{source} is not a file")
    _refuse_to_discard(portal.store, discard_newer)
    try:
        with _workshop(portal.settings.var_dir) as folder:
            return _restore(portal, source, folder)
    except OSError as error:
        raise BackupRefused(f"the restore failed: {type(error).__name__}") from error


def _restore(portal: Portal, source: Path, folder: Path) -> Copied:
    store, size = portal.store, source.stat().st_size
    with source.open("rb") as begin:
        plain = begin.read(len(_SQLITE)) == _SQLITE
    if plain:
        _check_kind(store, "sqlite")
        view = sqlite.look(source)
        _check_revision(view.revision)
        sqlite.put(store, source)
        return Copied(view.cases, 0, size)
    manifest = archive.read_manifest(source)
    _check_kind(store, manifest["database"])
    _check_revision(manifest["revision"])
    names = list(archive.members(source, folder))
    embedded = store.dialect == "sqlite"
    if embedded and sqlite.look(folder / sqlite.NAME).revision != manifest["revision"]:
        raise BackupRefused(f"{source} is damaged: it has two schemas")
    put_key = _key_change(portal, folder / "secret-key")
    uploads = [name.rpartition("/")[2] for name in names if name.startswith("uploads/")]
    for one in uploads:
        data = (folder / "uploads" / one).read_bytes()
        upload_folder.keep(portal.settings.upload_dir, one, data, keep_free=0)
    if embedded:
        sqlite.put(store, folder / sqlite.NAME)
    else:
        postgresql.put(store, folder, manifest["revision"], manifest["columns"])
    put_key()
    _put_signing_key(portal, folder / "signing-key")
    return Copied(int(manifest["cases"]), len(uploads), size, tuple(manifest["lost"]))


def _refuse_to_discard(store: Store, discard_newer: bool) -> None:
    if discard_newer or migrate.current(store) is None:
        return
    query = select(cases.c.reference).order_by(cases.c.reference)
    here = store.read(lambda connection: list(connection.scalars(query)))
    if here:
        raise BackupRefused(
            f"{len(here)} cases are here already and would be lost ({', '.join(here[-5:])}, …); "
            "repeat with --discard-newer if that is meant"
        )


def _check_kind(store: Store, kind: str) -> None:
    if kind != store.dialect:
        raise BackupRefused(f"this is a backup of {kind}, and the store is {store.dialect}")


def _check_revision(revision: str) -> None:
    if not migrate.is_known(revision):
        raise BackupRefused(f"this backup has schema {revision}, of a newer program than this one")


def _key_change(portal: Portal, file: Path) -> Callable[[], None]:
    """Return what puts the backup's secret key in place, without which no customer's code works.

    Raises:
        BackupRefused: the key comes from the environment and is another one.
    """
    if not file.is_file():
        raise BackupRefused("the backup has no secret key")
    key = file.read_text(encoding="utf-8").strip()
    if key == portal.settings.secret_key:
        return lambda: None
    kept = portal.settings.var_dir / KEY_FILE
    if not kept.is_file() or kept.read_text(encoding="utf-8").strip() != portal.settings.secret_key:
        raise BackupRefused(
            "PORTAL_SECRET_KEY is another one than the backup's, and the codes that customers hold "
            "would not work; set it first to what this prints: "
            "tar --extract --to-stdout --file FILE secret-key"
        )

    def put() -> None:
        draft = kept.with_name(f"{KEY_FILE}.part")
        draft.unlink(missing_ok=True)
        _written(draft, key.encode())
        draft.rename(kept)
        archive.sync(kept.parent)

    return put


def _put_signing_key(portal: Portal, file: Path) -> None:
    target = portal.settings.signing_key_file
    if file.is_file() and target is not None and not target.exists():
        _written(target, file.read_bytes())


def _uploads(folder: Path, wanted: Mapping[str, str]) -> tuple[dict[str, Path], tuple[str, ...]]:
    """Return the files that the database mentions, and which are missing or damaged.

    A damaged file is left out and said: the rest of the backup is worth having.
    """
    found = {one: folder / one for one in sorted(wanted) if upload_folder.is_id(one)}
    sound = {one: file for one, file in found.items() if _is_sound(file, wanted[one])}
    lost = tuple(sorted(set(wanted) - set(sound)))
    return {f"uploads/{one}": file for one, file in sound.items()}, lost


def _is_sound(file: Path, sha256: str) -> bool:
    try:
        return archive.sha256_of(file) == sha256
    except OSError:
        return False


def _written(file: Path, data: bytes) -> Path:
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    return file


@contextmanager
def _workshop(beside: Path) -> Iterator[Path]:
    """Give a folder that only the owner may read and that is gone afterwards."""
    beside.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".backup-", dir=beside) as name:
        yield Path(name)
