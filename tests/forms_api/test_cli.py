"""The operators' commands, beside an open store as beside a live server."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import text

from forms_api import cli, cli_people, kinds, service
from forms_api.portal import Portal
from forms_api.store import migrate, open_store
from service_policy.promises.policy import Policy
from tests.forms_api.conftest import portal_on
from tests.support.company import environment
from tests.support.submissions import COMPLAINT
from tooling.paths import CONTENT, ROOT


def app_of(portal: Portal) -> FlaskCliRunner:
    app = Flask("tests", root_path=str(Path(__file__).parent))
    app.extensions["portal"] = portal
    for command in (*cli.COMMANDS, *cli_people.COMMANDS):
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
    complaint = kinds.of("complaint").read(COMPLAINT, portal.policy, now)
    return [service.file_case(portal, complaint, None, now).reference for _ in range(number)]


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


def test_a_database_is_not_brought_under_content_that_forgot_what_its_cases_were_promised(
    portal, now
) -> None:
    file_some(portal, now, 1)
    kept = tuple(one for one in portal.policy.versions if one.id != "CK-02")
    forgetful = replace(portal, policy=replace(portal.policy, versions=kept))
    result = run(forgetful, "migrate")
    assert result.exit_code == 1
    assert "CK-02 phiên bản 1" in result.output
    assert run(portal, "migrate").exit_code == 0


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


def test_a_command_on_content_with_faults_says_what_an_editor_can_mend(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    promise = content / "cam-ket" / "ck-02.md"
    promise.write_text(promise.read_text("utf-8").replace("\nmeasure:", "\nmesure:", 1), "utf-8")
    said = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "forms_api", "staff", "list"],
        cwd=ROOT,
        env=environment(PORTAL_CONTENT_DIR=str(content), PORTAL_VAR_DIR=str(tmp_path / "var")),
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert "content/cam-ket/ck-02.md:2: measure: " in said.stderr
    assert "Traceback" not in said.stderr
