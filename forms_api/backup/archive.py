"""The file of a backup: a plain tar that any machine can open, and that proves itself.

``secret-key``, the database and ``uploads/<id>`` are members; the last, ``manifest.json``, names
each of the others with size and SHA-256. A tar whose members differ from its manifest in anything
is no backup. Nothing is unpacked by its own name, so no name in the file becomes a path.
"""

import hashlib
import json
import os
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any

from forms_api.disk import new_file
from forms_api.uploads import folder as upload_folder

FORMAT = 1
MANIFEST = "manifest.json"
SECRET_KEY = "secret-key"  # noqa: S105 - the name of a member, no secret
UPLOADS = "uploads/"
LARGEST_MANIFEST = 256 * 1024 * 1024
_CHUNK = 1024 * 1024


class NoBackup(Exception):
    """The file is not a sound backup; says what is wrong with it."""


@dataclass(frozen=True)
class About:
    """What a backup says of itself. ``engine`` is ``sqlite`` or ``postgresql``."""

    made_at: str
    engine: str
    schema: str
    cases: int
    format: int = FORMAT


@dataclass(frozen=True)
class Member:
    """A member as the manifest names it; ``size`` in bytes."""

    name: str
    size: int
    sha256: str


def write(target: Path, about: About, key: str, database: Path, uploads: Iterable[Path]) -> None:
    """Write a backup into a new file that only its owner may read, and force it to the disk.

    A file of ``uploads`` that a sweep removes meanwhile is left out: no case mentions it.

    Raises:
        OSError: the file exists, or the disk did not take it.
    """
    with (
        new_file(target) as stream,
        tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        members = [_add(tar, SECRET_KEY, BytesIO(key.encode()))]
        with database.open("rb") as content:
            members.append(_add(tar, database_name(about.engine), content))
        for file in uploads:
            with suppress(FileNotFoundError), file.open("rb") as content:
                members.append(_add(tar, UPLOADS + file.name, content))
        text = json.dumps({**asdict(about), "members": [asdict(one) for one in members]})
        _add(tar, MANIFEST, BytesIO(text.encode()))


def database_name(engine: str) -> str:
    """Return the name of the member that holds the database."""
    return {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}[engine]


@dataclass(frozen=True)
class Backup:
    """An opened backup whose every byte was compared with its manifest."""

    tar: tarfile.TarFile
    about: About
    members: dict[str, Member]

    @property
    def secret_key(self) -> str:
        """The key by which the codes of its cases are derived."""
        return self._read(SECRET_KEY).decode()

    def unpack_database(self, target: Path) -> None:
        """Write the database into a new file that only its owner may read."""
        name = database_name(self.about.engine)
        with new_file(target) as stream, _opened(self.tar, name) as content:
            copyfileobj(content, stream, _CHUNK)

    @property
    def uploads(self) -> dict[str, str]:
        """The ids of the files of cases, and the SHA-256 of each."""
        return {
            name.removeprefix(UPLOADS): one.sha256
            for name, one in self.members.items()
            if name.startswith(UPLOADS)
        }

    def upload(self, file_id: str) -> bytes:
        """Return the bytes of a file."""
        return self._read(UPLOADS + file_id)

    def _read(self, name: str) -> bytes:
        with _opened(self.tar, name) as content:
            return content.read()


def _opened(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    content = tar.extractfile(name)
    if content is None:  # pragma: no cover - every member is a regular file
        raise NoBackup(f"{name} cannot be read")
    return content


@contextmanager
def opened(source: Path) -> Iterator[Backup]:
    """Open a backup after comparing every byte of it with its manifest.

    Raises:
        NoBackup: it is not one, or not as it was written.
    """
    try:
        with tarfile.open(source, "r:") as tar:
            yield _checked(tar)
    except (OSError, tarfile.TarError, EOFError) as error:
        raise NoBackup(f"{source} cannot be read as a backup: {type(error).__name__}") from error


def _checked(tar: tarfile.TarFile) -> Backup:
    infos = tar.getmembers()
    found = {one.name: one for one in infos}
    regular = all(one.isreg() and not one.issparse() for one in infos)
    if not regular or len(found) != len(infos):
        raise NoBackup("it holds something that no backup holds")
    if MANIFEST not in found:
        raise NoBackup("it has no manifest: it is no backup of this program, or was cut off")
    about, members = _manifest(tar, found.pop(MANIFEST))
    if found.keys() != members.keys():
        odd = sorted(found.keys() ^ members.keys())
        raise NoBackup(f"its members are not those of its manifest: {', '.join(odd[:3])}")
    needed = {SECRET_KEY, database_name(about.engine)}
    if not (needed <= members.keys() and all(map(_is_upload, members.keys() - needed))):
        raise NoBackup("its members are not those of a backup")
    for name, member in members.items():
        with _opened(tar, name) as content:
            if _measured(found[name], content) != member:
                raise NoBackup(f"{name} is damaged")
    return Backup(tar, about, members)


def _manifest(tar: tarfile.TarFile, info: tarfile.TarInfo) -> tuple[About, dict[str, Member]]:
    if info.size > LARGEST_MANIFEST:
        raise NoBackup("its manifest cannot be read")
    try:
        with _opened(tar, MANIFEST) as content:
            told: dict[str, Any] = json.loads(content.read())
        members = {one["name"]: Member(**one) for one in told.pop("members")}
        about = About(**told)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise NoBackup("its manifest cannot be read") from None
    if about.format != FORMAT or about.engine not in ("sqlite", "postgresql"):
        raise NoBackup(f"it is of another format ({about.format!r}); use the program that wrote it")
    return about, members


def _is_upload(name: str) -> bool:
    return name.startswith(UPLOADS) and upload_folder.is_id(name.removeprefix(UPLOADS))


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> Member:
    info = tarfile.TarInfo(name)
    info.size = content.seek(0, os.SEEK_END)
    info.mode, info.mtime = 0o600, int(datetime.now(UTC).timestamp())
    content.seek(0)
    tar.addfile(info, content)
    content.seek(0)
    return _measured(info, content)


def _measured(info: tarfile.TarInfo, content: IO[bytes]) -> Member:
    digest = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    return Member(info.name, info.size, digest.hexdigest())
