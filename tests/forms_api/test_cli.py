"""The operators' commands, beside an open store as beside a live server."""

import sqlite3
import stat
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import text

from forms_api import intake, service
from forms_api.cli import COMMANDS
from forms_api.portal import Portal
from forms_api.store import migrate, open_store
from service_policy.policy import Policy
from tests.forms_api.conftest import portal_on
from tests.support.submissions import COMPLAINT


def app_of(portal: Portal) -> FlaskCliRunner:
    app = Flask("tests", root_path=str(Path(__file__).parent))
    app.extensions["portal"] = portal
    for command in COMMANDS:
        app.cli.add_command(command)
    return app.test_cli_runner()


def run(portal: Portal, *arguments: str | Path) -> Result:
    return app_of(portal).invoke(args=[str(one) for one in arguments])


@pytest.fixture
def fresh(database_url: str, policy: Policy, tmp_path: Path):
    """Open the desk on a database without tables."""
    store = open_store(database_url)
    yield portal_on(store, policy, tmp_path)
    store.close()


def file_some(portal: Portal, now, number: int = 3) -> list[str]:
    complaint = intake.complaint(COMPLAINT, portal.policy, now)
    return [service.file_complaint(portal, complaint, None, now).reference for _ in range(number)]


def test_init_db_makes_the_tables_and_may_be_repeated(fresh, now) -> None:
    for _ in range(2):
        result = run(fresh, "init-db")
        assert result.exit_code == 0
        assert f"schema {migrate.newest()}; " in result.output
    assert file_some(fresh, now)


def test_migrate_wants_a_database_that_exists(fresh) -> None:
    assert "use init-db" in run(fresh, "migrate").output
    run(fresh, "init-db")
    assert run(fresh, "migrate").exit_code == 0
    assert migrate.current(fresh.store) == migrate.newest()


def test_commands_on_a_database_without_tables_say_so(fresh) -> None:
    for command in ("send-outbox", "fsck", "sweep", "reindex"):
        result = run(fresh, command)
        assert result.exit_code == 1
        assert "Traceback" not in result.output


def test_send_outbox_shows_letters_where_no_mail_server_is_set(portal, now) -> None:
    file_some(portal, now, 1)
    portal.store.write(
        lambda c: c.execute(text("UPDATE outbox SET next_attempt_at = '2020-01-01 00:00:00'"))
    )
    result = run(portal, "send-outbox")
    assert result.exit_code == 0
    assert "To: mau@khach.example" in result.output
    assert "sent 2, put off 0, given up 0, waiting 0" in result.output


def test_fsck_is_content_with_a_sound_store_and_fails_on_a_broken_one(portal, now) -> None:
    file_some(portal, now)
    assert run(portal, "fsck").output == "sound\n"
    portal.store.write(lambda c: c.execute(text("UPDATE cases SET last_seq = 99")))
    result = run(portal, "fsck")
    assert result.exit_code == 1
    assert "3 faults" in result.output


def test_a_backup_taken_while_people_file_is_sound_and_whole(sqlite_portal, now, tmp_path) -> None:
    before = file_some(sqlite_portal, now)
    filed: list[str] = []
    stop = threading.Event()

    def file_on() -> None:
        while not stop.is_set():
            filed.extend(file_some(sqlite_portal, now, 1))

    thread = threading.Thread(target=file_on)
    thread.start()
    results = [run(sqlite_portal, "backup", tmp_path / f"copy-{n}.db") for n in range(5)]
    stop.set()
    thread.join()
    for number, result in enumerate(results):
        assert result.exit_code == 0, result.output
        copy = open_store(f"sqlite:///{tmp_path / f'copy-{number}.db'}")
        assert run(replace(sqlite_portal, store=copy), "fsck").output == "sound\n"
        names = copy.read(lambda c: set(c.scalars(text("SELECT reference FROM cases"))))
        assert set(before) <= names <= {*before, *filed}
        copy.close()
    assert not list(tmp_path.glob("*.part"))


def test_nobody_but_the_owner_may_read_a_database_or_its_backup(sqlite_portal, tmp_path) -> None:
    made = open_store(f"sqlite:///{tmp_path / 'deep' / 'new.db'}")
    migrate.upgrade(made)
    made.close()
    run(sqlite_portal, "backup", tmp_path / "copy.db")
    for file in (tmp_path / "deep" / "new.db", tmp_path / "copy.db"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_backup_never_overwrites_another_one(sqlite_portal, now, tmp_path) -> None:
    target = tmp_path / "copy.db"
    assert run(sqlite_portal, "backup", target).exit_code == 0
    content = target.read_bytes()
    file_some(sqlite_portal, now)
    result = run(sqlite_portal, "backup", target)
    assert result.exit_code == 1
    assert "exists already" in result.output
    assert target.read_bytes() == content


def test_a_backup_into_nowhere_fails_in_words(sqlite_portal, tmp_path) -> None:
    result = run(sqlite_portal, "backup", tmp_path / "no" / "such" / "folder.db")
    assert result.exit_code == 1
    assert "the backup failed" in result.output


def test_a_restored_backup_holds_its_cases_under_an_open_store(
    sqlite_portal, now, tmp_path
) -> None:
    kept = file_some(sqlite_portal, now)
    assert run(sqlite_portal, "backup", tmp_path / "copy.db").exit_code == 0
    lost = file_some(sqlite_portal, now, 1)
    refused = run(sqlite_portal, "restore", tmp_path / "copy.db")
    assert refused.exit_code == 1
    assert lost[0] in refused.output
    result = run(sqlite_portal, "restore", "--discard-newer", tmp_path / "copy.db")
    assert result.exit_code == 0, result.output
    names = sqlite_portal.store.read(lambda c: set(c.scalars(text("SELECT reference FROM cases"))))
    assert names == set(kept)
    assert run(sqlite_portal, "fsck").output == "sound\n"
    assert file_some(sqlite_portal, now)


def test_a_backup_restores_onto_an_empty_machine(sqlite_portal, now, tmp_path) -> None:
    kept = file_some(sqlite_portal, now)
    run(sqlite_portal, "backup", tmp_path / "copy.db")
    elsewhere = replace(sqlite_portal, store=open_store(f"sqlite:///{tmp_path / 'new.db'}"))
    assert run(elsewhere, "restore", tmp_path / "copy.db").exit_code == 0
    names = elsewhere.store.read(lambda c: set(c.scalars(text("SELECT reference FROM cases"))))
    assert names == set(kept)
    elsewhere.store.close()


def test_what_is_no_sound_backup_is_not_restored(sqlite_portal, now, tmp_path) -> None:
    file_some(sqlite_portal, now)
    (tmp_path / "garbage.db").write_bytes(b"SQLite format 3\x00" + b"x" * 4096)
    sqlite3.connect(tmp_path / "other.db").close()
    for name in ("garbage.db", "missing.db", "other.db"):
        result = run(sqlite_portal, "restore", tmp_path / name)
        assert result.exit_code == 1, name
        assert "Traceback" not in result.output
    assert run(sqlite_portal, "fsck").output == "sound\n"


@pytest.mark.postgres
def test_postgresql_is_backed_up_by_its_own_tools(
    migrated_postgres, sqlite_portal, tmp_path
) -> None:
    store = open_store(migrated_postgres)
    command = partial(run, replace(sqlite_portal, store=store))
    for name in ("backup", "restore"):
        assert "pg_dump" in command(name, tmp_path / "x").output
    store.close()


def test_staff_are_added_listed_and_disabled_from_a_pipe(portal) -> None:
    app = app_of(portal)
    password = "bốn con mèo uống trà\n"
    arguments = ["staff", "add", "lan", "--name", "Trần Thị Lan", "--role", "lead"]
    added = app.invoke(args=[*arguments, "--department", "cskh"], input=password)
    assert added.exit_code == 0, added.output
    assert "otpauth://totp/" in added.output
    assert "bốn con mèo" not in added.output
    again = app.invoke(args=[*arguments, "--department", "cskh"], input=password)
    assert (again.exit_code, "is taken" in again.output) == (1, True)
    wrong = app.invoke(args=[*arguments, "--department", "nowhere"], input="short\n")
    assert "department: must be one of cskh" in wrong.output
    assert "password: " in wrong.output
    assert app.invoke(args=["staff", "reset", "lan"], input=password).exit_code == 0
    assert app.invoke(args=["staff", "disable", "lan"]).exit_code == 0
    assert "lead  cskh  Trần Thị Lan  disabled" in app.invoke(args=["staff", "list"]).output
    assert app.invoke(args=["staff", "disable", "nobody"]).exit_code == 1


def test_sweep_and_reindex_say_what_they_did(portal, now) -> None:
    file_some(portal, now, 2)
    portal.store.write(lambda c: c.execute(text("UPDATE cases SET wake_at = '2020-01-01'")))
    assert run(portal, "sweep").output.startswith("looked at 2 cases")
    assert run(portal, "sweep").output.startswith("looked at 0 cases")
    assert run(portal, "reindex").output == "2 texts\n"
