"""Where the bytes lie: one file per upload, named by its random id, written once, never changed.

A file is on disk, name and all, before the transaction that mentions it begins. So whatever is
acknowledged is there; a failed transaction leaves at most a file that nobody mentions.
"""

import hashlib
import re
import secrets
import shutil
import time
from collections.abc import Callable, Collection
from pathlib import Path

from forms_api.disk import new_file, sync
from forms_api.errors import StoreUnavailable

KEEP_FREE = 512 * 1024 * 1024
"""Bytes that uploads leave to the database on the same disk: complaints matter more."""

ORPHANS_AFTER_SECONDS = 24 * 3600
_ID = re.compile(r"[0-9a-f]{32}")
_DRAFT = ".part-"


def is_id(text: str) -> bool:
    """Say whether a text may be the id of a file; nothing else ever becomes a path."""
    return _ID.fullmatch(text) is not None


def keep(folder: Path, file_id: str, data: bytes, keep_free: int = KEEP_FREE) -> None:
    """Write a file durably.

    Raises:
        StoreUnavailable: the disk did not take it, or is too full to.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free - len(data) < keep_free:
            raise StoreUnavailable("the disk of the uploads is full")
        _place(folder, file_id, data)
    except OSError as error:
        raise StoreUnavailable(f"the upload was not written: {type(error).__name__}") from error


def put_back(folder: Path, file_id: str, sha256: str, data: Callable[[], bytes]) -> None:
    """Write a file of a backup where it is missing or harmed; ``data`` is asked only then.

    Raises:
        OSError: the disk did not take it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with _path(folder, file_id).open("rb") as there:
            whole = hashlib.file_digest(there, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        whole = False
    if not whole:
        _place(folder, file_id, data())


def read(folder: Path, file_id: str, sha256: str) -> bytes:
    """Return the bytes of a file, which must still be those that were taken.

    Raises:
        StoreUnavailable: it is missing or damaged.
    """
    try:
        data = _path(folder, file_id).read_bytes()
    except OSError as error:
        raise StoreUnavailable(f"an upload cannot be read: {type(error).__name__}") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StoreUnavailable("an upload is damaged")
    return data


def sweep(folder: Path, known: Callable[[Collection[str]], Collection[str]]) -> int:
    """Remove what failed transactions left more than a day ago; return how many files.

    ``known`` returns those of the given ids that a row mentions.
    """
    if not folder.is_dir():
        return 0
    before = time.time() - ORPHANS_AFTER_SECONDS
    old = {
        one.name
        for one in folder.iterdir()
        if (is_id(one.name) or one.name.startswith(_DRAFT)) and _written(one) < before
    }
    orphans = old - set(known([name for name in old if is_id(name)])) if old else set()
    for name in orphans:
        (folder / name).unlink(missing_ok=True)
    return len(orphans)


def _place(folder: Path, file_id: str, data: bytes) -> None:
    """Write beside, then give the file its name, so that nobody ever sees half of it."""
    draft = folder / f"{_DRAFT}{secrets.token_hex(8)}"
    try:
        with new_file(draft) as stream:
            stream.write(data)
        draft.rename(_path(folder, file_id))
    finally:
        draft.unlink(missing_ok=True)
    sync(folder)


def _path(folder: Path, file_id: str) -> Path:
    if not is_id(file_id):
        raise StoreUnavailable("not the id of an upload")
    return folder / file_id


def _written(file: Path) -> float:
    """Return when a file was written, seconds; never, for one that somebody else just removed."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
