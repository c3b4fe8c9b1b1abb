"""Backup and restore by the operators' commands: one checked file brings everything back."""

import json
import shutil
import sqlite3
import stat
import subprocess
import tarfile
import threading
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import text

from forms_api import fsck, handling, kinds, service
from forms_api.portal import Portal
from forms_api.store import migrate, open_store
from forms_api.uploads.incoming import receive
from service_policy.actors import CUSTOMER
from service_policy.cases.messages.contact import AddInformation
from tests.forms_api.test_cli import file_some, run
from tests.support import pictures
from tests.support.postgres import PostgresServer
from tests.support.submissions import COMPLAINT
from tests.uploads.test_incoming import given

ANOTHER_KEY = "quite another secret of the tests"


def references(portal: Portal) -> set[str]:
    return portal.store.read(lambda c: set(c.scalars(text("SELECT reference FROM cases"))))


def add_picture(portal: Portal, reference: str, now) -> None:
    files = receive(given(("anh.png", pictures.PNG)))
    handling.execute(portal, reference, AddInformation(CUSTOMER, text=""), now, files=files)


def sound(portal: Portal) -> bool:
    folder = portal.settings.upload_dir
    return not fsck.faults(portal.store) and not fsck.file_faults(portal.store, folder)


def elsewhere(portal: Portal, folder: Path, url: str, **changes: object) -> Portal:
    """Set up another machine: an empty store, another folder, the same program."""
    settings = replace(
        portal.settings, var_dir=folder / "var", upload_dir=folder / "var" / "uploads", **changes
    )
    return replace(portal, settings=settings, store=open_store(url))


@pytest.fixture
def another_machine(portal: Portal, tmp_path: Path, request: pytest.FixtureRequest):
    """Give an empty installation with the same kind of database and the same secret key."""
    url = f"sqlite:///{tmp_path / 'else' / 'new.db'}"
    if portal.store.dialect == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.create_database()
    made = elsewhere(portal, tmp_path / "else", url)
    yield made
    made.store.close()


def test_everything_comes_back_on_an_empty_machine(portal, another_machine, now, tmp_path) -> None:
    key = "a-key-of-the-tests-1234"
    complaint = kinds.of("complaint").read(COMPLAINT, portal.policy, now)
    receipt = service.file_case(portal, complaint, key, now)
    add_picture(portal, receipt.reference, now)
    made = run(portal, "backup", tmp_path / "copy.tar")
    assert made.exit_code == 0, made.output
    assert "1 cases, 1 files" in made.output
    done = run(another_machine, "restore", tmp_path / "copy.tar")
    assert done.exit_code == 0, done.output
    assert sound(another_machine)
    view = service.follow_case(another_machine, receipt.reference, receipt.code, now)
    assert view.reference == receipt.reference
    again = service.file_case(another_machine, complaint, key, now)
    assert (again.reference, again.code) == (receipt.reference, receipt.code)
    assert references(another_machine) == {receipt.reference}
    assert file_some(another_machine, now)


def test_a_backup_taken_while_people_file_and_add_files_is_whole(
    portal, another_machine, now, tmp_path
) -> None:
    before = set(file_some(portal, now))
    filed: list[str] = []
    stop = threading.Event()

    def file_on() -> None:
        while not stop.is_set():
            (reference,) = file_some(portal, now, 1)
            add_picture(portal, reference, now)
            filed.append(reference)

    thread = threading.Thread(target=file_on)
    thread.start()
    results = [run(portal, "backup", tmp_path / f"copy-{n}.tar") for n in range(3)]
    stop.set()
    thread.join()
    for number, result in enumerate(results):
        assert result.exit_code == 0, result.output
        back = run(another_machine, "restore", "--discard-newer", tmp_path / f"copy-{number}.tar")
        assert back.exit_code == 0, back.output
        assert sound(another_machine)
        assert before <= references(another_machine) <= {*before, *filed}
    assert not list(tmp_path.glob("*.part"))
    assert not list(tmp_path.glob(".backup-*"))


def test_nobody_but_the_owner_may_read_a_database_or_its_backup(sqlite_portal, tmp_path) -> None:
    made = open_store(f"sqlite:///{tmp_path / 'deep' / 'new.db'}")
    migrate.upgrade(made)
    made.close()
    run(sqlite_portal, "backup", tmp_path / "copy.tar")
    for file in (tmp_path / "deep" / "new.db", tmp_path / "copy.tar"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_backup_never_overwrites_another_one(sqlite_portal, now, tmp_path) -> None:
    target = tmp_path / "copy.tar"
    assert run(sqlite_portal, "backup", target).exit_code == 0
    content = target.read_bytes()
    file_some(sqlite_portal, now)
    result = run(sqlite_portal, "backup", target)
    assert result.exit_code == 1
    assert "exists already" in result.output
    assert target.read_bytes() == content


def test_a_backup_into_nowhere_fails_in_words(sqlite_portal, tmp_path) -> None:
    result = run(sqlite_portal, "backup", tmp_path / "no" / "such" / "folder.tar")
    assert result.exit_code == 1
    assert "the backup failed" in result.output or "No such file" in result.output
    assert not (tmp_path / "no").exists()


def test_a_restore_that_would_lose_cases_is_refused_by_name(portal, now, tmp_path) -> None:
    kept = file_some(portal, now)
    assert run(portal, "backup", tmp_path / "copy.tar").exit_code == 0
    (lost,) = file_some(portal, now, 1)
    refused = run(portal, "restore", tmp_path / "copy.tar")
    assert refused.exit_code == 1
    assert "would be lost" in refused.output
    assert references(portal) == {*kept, lost}
    done = run(portal, "restore", "--discard-newer", tmp_path / "copy.tar")
    assert done.exit_code == 0, done.output
    assert references(portal) == set(kept)
    assert sound(portal)
    assert file_some(portal, now)


def test_a_file_that_was_lost_or_harmed_is_put_back(sqlite_portal, now, tmp_path) -> None:
    for reference in file_some(sqlite_portal, now, 2):
        add_picture(sqlite_portal, reference, now)
    run(sqlite_portal, "backup", tmp_path / "copy.tar")
    harmed, lost = sorted(sqlite_portal.settings.upload_dir.iterdir())
    harmed.write_bytes(b"something else")
    lost.unlink()
    assert not sound(sqlite_portal)
    assert run(sqlite_portal, "restore", tmp_path / "copy.tar").exit_code == 0
    assert sound(sqlite_portal)


def test_a_backup_is_made_and_says_so_when_a_file_of_a_case_is_lost_or_harmed(
    sqlite_portal, now, tmp_path
) -> None:
    for reference in file_some(sqlite_portal, now, 3):
        add_picture(sqlite_portal, reference, now)
    harmed, lost, _ = sorted(sqlite_portal.settings.upload_dir.iterdir())
    harmed.write_bytes(b"something else")
    lost.unlink()
    result = run(sqlite_portal, "backup", tmp_path / "copy.tar")
    assert result.exit_code == 1
    assert "3 cases, 2 files" in result.output
    assert harmed.name in result.output
    assert lost.name in result.output
    assert (tmp_path / "copy.tar").exists()


def test_a_backup_of_another_secret_key_is_refused_where_the_environment_names_the_key(
    portal, another_machine, now, tmp_path
) -> None:
    file_some(portal, now)
    run(portal, "backup", tmp_path / "copy.tar")
    settings = replace(another_machine.settings, secret_key=ANOTHER_KEY)
    result = run(replace(another_machine, settings=settings), "restore", tmp_path / "copy.tar")
    assert result.exit_code == 1
    assert "PORTAL_SECRET_KEY is not the key of this backup" in result.output
    assert portal.settings.secret_key not in result.output
    assert migrate.current(another_machine.store) is None


def test_a_key_that_lies_in_a_file_of_the_installation_is_put_back(
    sqlite_portal, now, tmp_path
) -> None:
    (reference,) = file_some(sqlite_portal, now, 1)
    run(sqlite_portal, "backup", tmp_path / "copy.tar")
    new = elsewhere(sqlite_portal, tmp_path / "else", f"sqlite:///{tmp_path / 'else.db'}")
    settings = replace(new.settings, secret_key="").with_secret()
    assert settings.secret_key != sqlite_portal.settings.secret_key
    result = run(replace(new, settings=settings), "restore", tmp_path / "copy.tar")
    assert result.exit_code == 0, result.output
    restarted = replace(new.settings, secret_key="").with_secret()
    assert restarted.secret_key == sqlite_portal.settings.secret_key
    assert stat.S_IMODE((restarted.var_dir / "secret-key").stat().st_mode) == 0o600
    assert references(new) == {reference}
    new.store.close()


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Write a tar again, member by member, as somebody would who wants to break in."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for info in old.getmembers():
            content = old.extractfile(info)
            assert content is not None
            data = change(info.name, content.read())
            if data is not None:
                info.size = len(data)
                new.addfile(info, BytesIO(data))
    return target


def with_more(source: Path, target: Path, *members: tarfile.TarInfo) -> Path:
    """Append members to a copy of a backup."""
    shutil.copy(source, target)
    with tarfile.open(target, "a") as tar:
        for info in members:
            tar.addfile(info)
    return target


def link(name: str, to: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, to
    return info


def test_what_is_no_sound_backup_changes_nothing(sqlite_portal, now, tmp_path) -> None:
    (reference,) = file_some(sqlite_portal, now, 1)
    add_picture(sqlite_portal, reference, now)
    good = tmp_path / "good.tar"
    run(sqlite_portal, "backup", good)

    def flipped(name: str, data: bytes) -> bytes:
        return data[:-1] + bytes([data[-1] ^ 1]) if name.startswith("uploads/") else data

    def escaping(name: str, data: bytes) -> bytes:
        if name != "manifest.json":
            return data
        told = json.loads(data)
        told["members"][-1]["name"] = "uploads/../../evil"
        return json.dumps(told).encode()

    def newer(name: str, data: bytes) -> bytes:
        return data.replace(b'"format": 1', b'"format": 2') if name == "manifest.json" else data

    def of_tomorrow(name: str, data: bytes) -> bytes:
        newest = f'"schema": "{migrate.newest()}"'.encode()
        return data.replace(newest, b'"schema": "9999"') if name == "manifest.json" else data

    bad = {
        "a newer program": rewritten(good, tmp_path / "9.tar", of_tomorrow),
        "flipped bit": rewritten(good, tmp_path / "1.tar", flipped),
        "missing upload": rewritten(
            good, tmp_path / "2.tar", lambda n, d: None if n.startswith("uploads/") else d
        ),
        "no manifest": rewritten(
            good, tmp_path / "3.tar", lambda n, d: None if n == "manifest.json" else d
        ),
        "a name that leaves the folder": rewritten(good, tmp_path / "4.tar", escaping),
        "another format": rewritten(good, tmp_path / "5.tar", newer),
        "a link": with_more(good, tmp_path / "6.tar", link("uploads/" + "a" * 32, "/etc/passwd")),
        "one member more": with_more(good, tmp_path / "7.tar", tarfile.TarInfo("extra")),
        "a member twice": with_more(good, tmp_path / "8.tar", tarfile.TarInfo("secret-key")),
        "missing": tmp_path / "missing.tar",
        "a folder": tmp_path,
    }
    (tmp_path / "cut.tar").write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    bad["cut off"] = tmp_path / "cut.tar"
    (tmp_path / "garbage.tar").write_bytes(b"SQLite format 3\x00" + b"x" * 4096)
    bad["garbage"] = tmp_path / "garbage.tar"
    sqlite3.connect(tmp_path / "plain.db").close()
    bad["a bare database"] = tmp_path / "plain.db"
    outside = {one.name for one in tmp_path.iterdir()}
    for what, file in bad.items():
        result = run(sqlite_portal, "restore", "--discard-newer", file)
        assert result.exit_code != 0, what
        assert "Traceback" not in result.output, what
    assert {one.name for one in tmp_path.iterdir()} == outside
    assert references(sqlite_portal) == {reference}
    assert sound(sqlite_portal)


@pytest.mark.postgres
def test_a_backup_of_one_kind_of_database_is_not_put_into_another(
    migrated_postgres, sqlite_portal, now, tmp_path
) -> None:
    file_some(sqlite_portal, now)
    run(sqlite_portal, "backup", tmp_path / "copy.tar")
    other = replace(sqlite_portal, store=open_store(migrated_postgres))
    result = run(other, "restore", tmp_path / "copy.tar")
    assert "holds a sqlite database" in result.output
    other.store.close()


def test_the_file_is_a_plain_tar_that_any_machine_opens(sqlite_portal, now, tmp_path) -> None:
    (reference,) = file_some(sqlite_portal, now, 1)
    add_picture(sqlite_portal, reference, now)
    run(sqlite_portal, "backup", tmp_path / "copy.tar")
    listed = subprocess.run(
        ["tar", "-tf", tmp_path / "copy.tar"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [one.partition("/")[0] for one in listed] == [
        "secret-key",
        "database.sqlite3",
        "uploads",
        "manifest.json",
    ]
    key = subprocess.run(
        ["tar", "-xOf", tmp_path / "copy.tar", "secret-key"], capture_output=True, check=True
    ).stdout.decode()
    assert key == sqlite_portal.settings.secret_key
