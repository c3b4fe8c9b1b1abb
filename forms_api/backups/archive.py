"""The file of a backup: a plain tar whose first member lists every other one with its SHA-256.

It is read as a stranger's file: nothing is taken out of it but what the list names, under names
of ours, as plain files, with the size and the hash that the list says.
"""

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 256 * 1024 * 1024
_NAME = re.compile(
    r"database\.sqlite3|secret-key|signing-key|tables/[a-z_]{1,60}\.copy|uploads/[0-9a-f]{32}"
)
_CHUNK = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


class BackupRefused(Exception):
    """A backup or restore that would lose something, or cannot be done; says why."""


def sha256_of(file: Path) -> str:
    """Return the hash of a file's bytes, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write(target: Path, parts: Mapping[str, Path], facts: Mapping[str, Any], made_at: int) -> None:
    """Write an archive of files under their names, readable by the owner alone, and check it.

    ``made_at`` is a time in seconds since 1970. The archive has its name only once it is whole
    and on the disk; a file that has this name is never replaced.

    Raises:
        BackupRefused: the target exists, or what was written is not what was meant.
        OSError: the disk did not take it.
    """
    if target.exists():
        raise BackupRefused(f"{target} exists already; a backup never overwrites another one")
    listed: dict[str, dict[str, Any]] = {
        name: {"size": file.stat().st_size, "sha256": sha256_of(file)}
        for name, file in parts.items()
    }
    manifest = {"format": FORMAT, **facts, "files": listed}
    draft = target.with_name(target.name + ".part")
    draft.unlink(missing_ok=True)
    try:
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        with os.fdopen(handle, "w+b") as stream:
            with tarfile.open(fileobj=stream, mode="w") as tar:
                text = json.dumps(manifest, ensure_ascii=False, sort_keys=True).encode()
                _add(tar, MANIFEST, io.BytesIO(text), len(text), made_at)
                for name, file in parts.items():
                    with file.open("rb") as data:
                        _add(tar, name, data, int(listed[name]["size"]), made_at)
            stream.flush()
            os.fsync(handle)
        for _ in members(draft, None):
            pass
        os.link(draft, target)  # Unlike a rename, a link never replaces what came there meanwhile.
        sync(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def _add(tar: tarfile.TarFile, name: str, data: IO[bytes], size: int, made_at: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, made_at
    tar.addfile(member, data)


def read_manifest(source: Path) -> dict[str, Any]:
    """Return the list of an archive, checked for its form.

    Raises:
        BackupRefused: it is no backup of ours, or one of a newer program.
    """
    with _opened(source) as tar:
        return _manifest(tar)


def members(source: Path, folder: Path | None) -> Iterator[str]:
    """Check every member and yield its name; with ``folder``, put each of them there.

    Raises:
        BackupRefused: something is missing, damaged, or not what the list says.
    """
    with _opened(source) as tar:
        listed = dict(_manifest(tar)["files"])
        _refuse_too_much(listed, folder)
        while (member := tar.next()) is not None:
            fact = listed.pop(member.name, None)
            if fact is None or not member.isreg() or member.size != fact["size"]:
                raise BackupRefused(f"{source} has something that its list does not name")
            data = tar.extractfile(member)
            if data is None or _copy(data, member.name, folder) != fact["sha256"]:
                raise BackupRefused(f"{source} is damaged: {member.name} has other bytes")
            yield member.name
    if listed:
        raise BackupRefused(f"{source} is damaged: {min(listed)} is missing")


def _copy(data: IO[bytes], name: str, folder: Path | None) -> str:
    """Copy a member and return its hash."""
    digest = hashlib.sha256()
    if folder is None:
        while chunk := data.read(_CHUNK):
            digest.update(chunk)
        return digest.hexdigest()
    file = folder / name
    file.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        while chunk := data.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source, "r:") as tar:
            yield tar
    except (tarfile.TarError, EOFError, UnicodeError) as error:
        raise BackupRefused(f"{source} is no backup, or is damaged") from error


def _manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    first = tar.next()
    if first is None or first.name != MANIFEST or not first.isreg():
        raise BackupRefused("this file is no backup of this program")
    if first.size > LARGEST_MANIFEST:
        raise BackupRefused("the list of this backup is too long")
    data = tar.extractfile(first)
    try:
        manifest = json.loads((data.read() if data else b"").decode("utf-8"))
        sound = _is_sound(manifest)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        sound = False
    if not sound:
        raise BackupRefused("the list of this backup is damaged, or of a newer program")
    found: dict[str, Any] = manifest
    return found


def _is_sound(manifest: Any) -> bool:
    files = manifest["files"]
    return (
        manifest["format"] == FORMAT
        and isinstance(manifest["revision"], str)
        and manifest["database"] in ("sqlite", "postgresql")
        and all(_NAME.fullmatch(name) for name in files)
        and all(_SHA256.fullmatch(one["sha256"]) for one in files.values())
        and all(isinstance(one["size"], int) and one["size"] >= 0 for one in files.values())
    )


def _refuse_too_much(listed: Mapping[str, Any], folder: Path | None) -> None:
    needed = sum(one["size"] for one in listed.values())
    if folder is not None and needed > shutil.disk_usage(folder).free:
        raise BackupRefused(f"{folder} has no room for the {needed} bytes of this backup")


def sync(path: Path) -> None:
    """Put a file or the names in a folder on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
