"""A backup is one checked file; what comes back from it is everything, and works."""

import hashlib
import io
import json
import stat
import tarfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from forms_api import intake, service
from forms_api.codes import Codes
from forms_api.portal import Portal
from forms_api.store import migrate, open_store
from forms_api.store.store import Store
from forms_api.uploads import folder as upload_folder
from tests.forms_api.conftest import migrated
from tests.forms_api.test_cli import file_some, run
from tests.support.submissions import COMPLAINT

OTHER_SECRET = "a different secret of the tests, long enough"


@pytest.fixture
def elsewhere(portal: Portal, request: pytest.FixtureRequest, tmp_path: Path):
    """Open an installation on another, empty machine, with the same kind of database."""
    if portal.store.dialect == "sqlite":
        url = f"sqlite:///{tmp_path / 'elsewhere/portal.db'}"
    else:
        url = request.getfixturevalue("postgres_server").create_database()
    store = open_store(url)
    folder = tmp_path / "elsewhere"
    settings = replace(portal.settings, var_dir=folder, upload_dir=folder / "uploads")
    yield replace(portal, settings=settings, store=store)
    store.close()


def references(store: Store) -> set[str]:
    return store.read(lambda c: set(c.scalars(text("SELECT reference FROM cases"))))


def add_upload(portal: Portal, reference: str, number: int, data: bytes) -> str:
    """Keep a file of a case, as a customer's photo is kept."""
    one = f"{number:032x}"
    upload_folder.keep(portal.settings.upload_dir, one, data)
    row = {
        "id": one,
        "case_ref": reference,
        "seq": 1,
        "position": number,
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "media_type": "image/jpeg",
        "added_by": "customer",
        "readable": True,
        "at": "2026-11-23 02:00:00+00:00",
    }
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    if portal.store.dialect == "sqlite":
        row["at"] = "2026-11-23 02:00:00.000000"
    statement = text(f"INSERT INTO uploads ({names}) VALUES ({values})")  # noqa: S608
    portal.store.write(lambda c: c.execute(statement, row))
    return one


def test_everything_comes_back_on_an_empty_machine_and_codes_still_work(
    portal: Portal, elsewhere: Portal, now, tmp_path: Path
) -> None:
    complaint = intake.complaint(COMPLAINT, portal.policy, now)
    receipt = service.file_complaint(portal, complaint, "key-1", now)
    photo = add_upload(portal, receipt.reference, 7, b"\xff\xd8 photo")
    done = run(portal, "backup", tmp_path / "all.tar")
    assert done.exit_code == 0, done.output
    assert "1 cases, 1 uploads" in done.output
    assert stat.S_IMODE((tmp_path / "all.tar").stat().st_mode) == 0o600

    back = run(elsewhere, "restore", tmp_path / "all.tar")
    assert back.exit_code == 0, back.output
    assert references(elsewhere.store) == {receipt.reference}
    assert (elsewhere.settings.upload_dir / photo).read_bytes() == b"\xff\xd8 photo"
    view = service.follow_case(elsewhere, receipt.reference, receipt.code, now)
    assert view.reference == receipt.reference
    again = service.file_complaint(elsewhere, complaint, "key-1", now)
    assert (again.reference, again.code) == (receipt.reference, receipt.code)
    assert migrate.current(elsewhere.store) == migrate.newest()
    file_some(elsewhere, now, 2)  # Numbers of new rows begin after those that came.
    assert not list((tmp_path / "elsewhere").glob(".backup-*"))


def test_a_development_secret_comes_back_with_the_rest(
    portal: Portal, elsewhere: Portal, now, tmp_path: Path
) -> None:
    receipt = service.file_complaint(
        portal, intake.complaint(COMPLAINT, portal.policy, now), "k", now
    )
    run(portal, "backup", tmp_path / "all.tar")
    folder = elsewhere.settings.var_dir
    folder.mkdir(exist_ok=True)
    (folder / "secret-key").write_text(OTHER_SECRET)
    settings = replace(elsewhere.settings, secret_key=OTHER_SECRET)
    fresh = replace(elsewhere, settings=settings, codes=Codes(OTHER_SECRET))
    assert run(fresh, "restore", tmp_path / "all.tar").exit_code == 0
    secret = (folder / "secret-key").read_text()
    assert secret == portal.settings.secret_key
    assert stat.S_IMODE((folder / "secret-key").stat().st_mode) == 0o600
    started = replace(fresh, codes=Codes(secret))
    view = service.follow_case(started, receipt.reference, receipt.code, now)
    assert view.reference == receipt.reference


def test_a_secret_of_the_environment_must_be_the_backups(
    portal: Portal, elsewhere: Portal, now, tmp_path: Path
) -> None:
    file_some(portal, now)
    run(portal, "backup", tmp_path / "all.tar")
    other = replace(elsewhere, settings=replace(elsewhere.settings, secret_key=OTHER_SECRET))
    refused = run(other, "restore", tmp_path / "all.tar")
    assert refused.exit_code == 1
    assert "PORTAL_SECRET_KEY" in refused.output
    assert portal.settings.secret_key not in refused.output
    assert migrate.current(elsewhere.store) is None
    with tarfile.open(tmp_path / "all.tar") as tar:
        key = tar.extractfile("secret-key")
        assert key
        assert key.read().decode() == portal.settings.secret_key


def test_a_backup_while_people_file_and_add_photos_is_of_one_moment(
    portal: Portal, request: pytest.FixtureRequest, now, tmp_path: Path
) -> None:
    before = file_some(portal, now)
    filed: list[str] = []
    stop = threading.Event()

    def file_on() -> None:
        number = 100
        while not stop.is_set():
            (one,) = file_some(portal, now, 1)
            add_upload(portal, one, number, str(number).encode())
            filed.append(one)
            number += 1

    thread = threading.Thread(target=file_on)
    thread.start()
    try:
        results = [run(portal, "backup", tmp_path / f"{number}.tar") for number in range(4)]
    finally:
        stop.set()
        thread.join()
    for number, result in enumerate(results):
        assert result.exit_code == 0, result.output
        url = f"sqlite:///{tmp_path / f'{number}/x.db'}"
        if portal.store.dialect == "postgresql":
            url = request.getfixturevalue("postgres_server").create_database()
        store = open_store(url)
        var = tmp_path / str(number)
        settings = replace(portal.settings, var_dir=var, upload_dir=var / "uploads")
        there = replace(portal, store=store, settings=settings)
        assert run(there, "restore", tmp_path / f"{number}.tar").exit_code == 0
        assert set(before) <= references(store) <= {*before, *filed, *references(portal.store)}
        rows = store.read(lambda c: dict(c.execute(text("SELECT id, sha256 FROM uploads")).all()))
        kept = {one.name: one.read_bytes() for one in (var / "uploads").glob("*")}
        assert {one: hashlib.sha256(data).hexdigest() for one, data in kept.items()} == rows
        store.close()
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_never_overwrites_another_one(portal: Portal, now, tmp_path: Path) -> None:
    target = tmp_path / "all.tar"
    assert run(portal, "backup", target).exit_code == 0
    content = target.read_bytes()
    file_some(portal, now)
    result = run(portal, "backup", target)
    assert (result.exit_code, "exists already" in result.output) == (1, True)
    assert target.read_bytes() == content


def test_a_backup_into_nowhere_fails_in_words(portal: Portal, tmp_path: Path) -> None:
    result = run(portal, "backup", tmp_path / "no/such/folder.tar")
    assert (result.exit_code, "the backup failed" in result.output) == (1, True)


def test_a_lost_photo_is_said_and_does_not_cost_the_backup(
    portal: Portal, elsewhere: Portal, now, tmp_path: Path
) -> None:
    (reference,) = file_some(portal, now, 1)
    good = add_upload(portal, reference, 1, b"good")
    missing = add_upload(portal, reference, 2, b"missing")
    harmed = add_upload(portal, reference, 3, b"harmed")
    (portal.settings.upload_dir / missing).unlink()
    (portal.settings.upload_dir / harmed).write_bytes(b"other")
    result = run(portal, "backup", tmp_path / "all.tar")
    assert result.exit_code == 1
    assert missing in result.output
    assert harmed in result.output
    assert run(elsewhere, "restore", tmp_path / "all.tar").exit_code == 0
    assert [one.name for one in elsewhere.settings.upload_dir.iterdir()] == [good]


def test_cases_that_are_here_are_not_given_up_by_accident(
    portal: Portal, now, tmp_path: Path
) -> None:
    kept = file_some(portal, now)
    assert run(portal, "backup", tmp_path / "all.tar").exit_code == 0
    lost = file_some(portal, now, 1)
    refused = run(portal, "restore", tmp_path / "all.tar")
    assert refused.exit_code == 1
    assert "would be lost" in refused.output
    assert references(portal.store) == {*kept, *lost}
    result = run(portal, "restore", "--discard-newer", tmp_path / "all.tar")
    assert result.exit_code == 0, result.output
    assert references(portal.store) == set(kept)
    assert run(portal, "fsck").output == "sound\n"
    assert file_some(portal, now)


def test_a_plain_database_of_an_earlier_version_is_taken(
    sqlite_portal: Portal, now, tmp_path: Path
) -> None:
    kept = file_some(sqlite_portal, now)
    run(sqlite_portal, "backup", tmp_path / "all.tar")
    with tarfile.open(tmp_path / "all.tar") as tar:
        data = tar.extractfile("database.sqlite3")
        assert data
        (tmp_path / "old.db").write_bytes(data.read())
    store = open_store(f"sqlite:///{tmp_path / 'new.db'}")
    assert run(replace(sqlite_portal, store=store), "restore", tmp_path / "old.db").exit_code == 0
    assert references(store) == set(kept)
    store.close()


Change = Callable[[list[tuple[tarfile.TarInfo, bytes]], dict[str, Any]], None]


def rewritten(source: Path, target: Path, change: Change) -> None:
    """Write an archive again with something changed; the list is written as ``change`` left it."""
    members: list[tuple[tarfile.TarInfo, bytes]] = []
    with tarfile.open(source) as tar:
        for member in tar:
            data = tar.extractfile(member)
            members.append((member, data.read() if data else b""))
    manifest = json.loads(members[0][1])
    change(members, manifest)
    if members and members[0][0].name == "manifest.json":
        text_of = json.dumps(manifest).encode()
        members[0][0].size = len(text_of)
        members[0] = (members[0][0], text_of)
    with tarfile.open(target, "w") as tar:
        for member, data in members:
            tar.addfile(member, io.BytesIO(data))


def named(name: str, data: bytes = b"evil", kind: bytes = tarfile.REGTYPE, link: str = "") -> Any:
    member = tarfile.TarInfo(name)
    member.size, member.type, member.linkname = (len(data) if not link else 0), kind, link
    return member, data


def listed(members: Any, manifest: Any, name: str, data: bytes = b"evil", **kind: Any) -> None:
    members.append(named(name, data, **kind))
    manifest["files"][name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def flip(members: Any, _: Any) -> None:
    member, data = members[-1]
    members[-1] = (member, bytes([data[0] ^ 1]) + data[1:])


HOSTILE: dict[str, Change] = {
    "a changed byte": flip,
    "a path upwards": lambda m, f: listed(m, f, "../../escaped"),
    "an absolute path": lambda m, f: listed(m, f, "/escaped-by-a-test"),
    "a path inside uploads upwards": lambda m, f: listed(m, f, "uploads/../../escaped"),
    "a name of another file": lambda m, f: listed(m, f, "uploads/.bashrc"),
    "something that is not listed": lambda m, f: m.append(named("uploads/" + "a" * 32)),
    "a symbolic link": lambda m, f: (
        f["files"].update({"uploads/" + "a" * 32: {"size": 0, "sha256": "0" * 64}}),
        m.append(named("uploads/" + "a" * 32, b"", tarfile.SYMTYPE, "/etc/passwd")),
    ),
    "a hard link": lambda m, f: (
        f["files"].update({"uploads/" + "b" * 32: {"size": 0, "sha256": "0" * 64}}),
        m.append(named("uploads/" + "b" * 32, b"", tarfile.LNKTYPE, "secret-key")),
    ),
    "a device": lambda m, f: m.append(named("uploads/" + "c" * 32, b"", tarfile.CHRTYPE)),
    "one member twice": lambda m, f: m.append(m[-1]),
    "a member less": lambda m, f: m.pop(),
    "no list": lambda m, f: m.pop(0),
    "a list at the end": lambda m, f: m.append(m.pop(0)),
    "a list of a newer program": lambda m, f: f.update(format=2),
    "a schema of a newer program": lambda m, f: f.update(revision="9999"),
    "another database": lambda m, f: f.update(database="oracle"),
    "no secret key": lambda m, f: (m.pop(1), f["files"].pop("secret-key")),
    "a size below nothing": lambda m, f: f["files"]["secret-key"].update(size=-1),
    "a hash that is none": lambda m, f: f["files"]["secret-key"].update(sha256="x"),
    "a list of something else": lambda m, f: f.update(files=["secret-key"]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_strangers_file_changes_nothing(
    sqlite_portal: Portal, now, tmp_path: Path, name: str
) -> None:
    (reference,) = file_some(sqlite_portal, now, 1)
    add_upload(sqlite_portal, reference, 1, b"photo")
    run(sqlite_portal, "backup", tmp_path / "all.tar")
    rewritten(tmp_path / "all.tar", tmp_path / "evil.tar", HOSTILE[name])
    there = tmp_path / "there/deep"
    url = f"sqlite:///{there / 'portal.db'}"
    migrated(url).close()
    store = open_store(url)
    settings = replace(sqlite_portal.settings, var_dir=there, upload_dir=there / "uploads")
    before = {one for one in tmp_path.rglob("*") if "-wal" not in one.name}
    result = run(
        replace(sqlite_portal, store=store, settings=settings), "restore", tmp_path / "evil.tar"
    )
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    assert isinstance(result.exception, SystemExit)
    assert references(store) == set()
    after = {one for one in tmp_path.rglob("*") if "-wal" not in one.name}
    assert {one.name for one in after - before} <= {"portal.db-shm", "portal.db-journal"}
    store.close()


@pytest.mark.parametrize("content", [b"", b"x" * 4096, b"SQLite format 3\x00" + b"x" * 4096, None])
def test_what_is_no_backup_is_said_to_be_none(
    sqlite_portal: Portal, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "x.tar").write_bytes(content)
    result = run(sqlite_portal, "restore", tmp_path / "x.tar")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)


@pytest.mark.postgres
def test_a_backup_of_one_kind_of_database_is_not_put_into_another(
    sqlite_portal: Portal, migrated_postgres: str, tmp_path: Path
) -> None:
    run(sqlite_portal, "backup", tmp_path / "all.tar")
    store = open_store(migrated_postgres)
    result = run(
        replace(sqlite_portal, store=store), "restore", "--discard-newer", tmp_path / "all.tar"
    )
    assert "a backup of sqlite, and the store is postgresql" in result.output
    store.close()
