"""Production without a mail server: nothing is lost, nothing is shown, everybody is told."""

import http.client
import json
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from forms_api.store import open_store
from tests.support.mailserver import MailServer
from tests.support.portal_process import SECRET, PortalProcess, portal_process, settings_of
from tests.support.staff import seat
from tests.support.submissions import COMPLAINT
from tests.web.conftest import MakeApp
from tooling.paths import ROOT

NAME = "cam-ket.example"
PRODUCTION = {"ENV": "production", "SECRET_KEY": SECRET, "SITE_URL": f"https://{NAME}"}


def ask(server: PortalProcess, path: str, body: object = None) -> tuple[int, dict[str, object]]:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)) as line:
        headers = {"Host": NAME, "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body)
        line.request("GET" if body is None else "POST", path, data, headers)
        answer = line.getresponse()
        return answer.status, json.load(answer)


def letters(folder: Path) -> list[tuple[object, ...]]:
    store = open_store(f"sqlite:///{folder / 'var/portal.db'}")
    query = text("SELECT sent_at, failed_at, attempts, recipient, body FROM outbox ORDER BY id")
    try:
        return store.read(lambda connection: [tuple(row) for row in connection.execute(query)])
    finally:
        store.close()


def test_letters_wait_unshown_and_leave_once_there_is_a_server(
    tmp_path: Path, mail_server: MailServer
) -> None:
    with portal_process(tmp_path, SMTP_URL="none", **PRODUCTION) as server:
        status, receipt = ask(server, "/api/v1/complaints", COMPLAINT)
        assert status == 201
        assert ask(server, "/readyz")[1]["mail"] == "none"
        time.sleep(5)  # The outbox is looked at every two seconds.
        said = server.said
    code, reference = str(receipt["code"]), str(receipt["reference"])
    waiting = letters(tmp_path)
    assert waiting
    for sent_at, failed_at, attempts, recipient, body in waiting:
        assert (sent_at, failed_at, attempts) == (None, None, 0)
        assert recipient
        assert code not in str(body)
    personal = (code, reference, *(COMPLAINT[name] for name in ("name", "phone", "description")))
    assert [word for word in personal if str(word) in said] == []

    with portal_process(tmp_path, SMTP_URL=mail_server.url, **PRODUCTION) as server:
        assert mail_server.wait_for(len(waiting), 120)
        said = server.said
    assert any(code in one.text for one in mail_server.delivered)
    assert [word for word in personal if str(word) in said] == []


@pytest.mark.parametrize("smtp", [None, "", "mail.example:25"])
def test_production_does_not_start_without_saying_where_letters_go(
    tmp_path: Path, smtp: str | None
) -> None:
    given = PRODUCTION if smtp is None else {**PRODUCTION, "SMTP_URL": smtp}
    for arguments in (
        ["-m", "forms_api", "--port", "0"],
        ["-m", "flask", "--app", "forms_api", "fsck"],
    ):
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=settings_of(tmp_path, given),
            capture_output=True,
            text=True,
            timeout=150,
        )
        assert done.returncode != 0
        assert "PORTAL_SMTP_URL" in done.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])  # noqa: S104
def test_production_is_not_open_to_others_under_no_name(tmp_path: Path, host: str) -> None:
    given = {"ENV": "production", "SECRET_KEY": SECRET, "SMTP_URL": "none"}
    done = subprocess.run(
        [sys.executable, "-m", "forms_api", "--port", "0", "--host", host],
        cwd=ROOT,
        env=settings_of(tmp_path, given),
        capture_output=True,
        text=True,
        timeout=150,
    )
    assert done.returncode == 1
    assert "PORTAL_SITE_URL" in done.stderr


def command(folder: Path, *arguments: str, **given: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "forms_api", *arguments],
        cwd=ROOT,
        env=settings_of(folder, given),
        capture_output=True,
        text=True,
        timeout=150,
    )


def test_a_test_mail_leaves_now_or_says_why_not(tmp_path: Path, mail_server: MailServer) -> None:
    given = {**PRODUCTION, "SMTP_URL": mail_server.url}
    done = command(tmp_path, "test-mail", "lan@khach.example", **given)
    assert done.returncode == 0, done.stderr
    assert "accepted" in done.stdout
    assert mail_server.delivered[0].recipients == ["lan@khach.example"]
    mail_server.mode = "no_such_user"
    refused = command(tmp_path, "test-mail", "ai@khach.example", **given)
    assert refused.returncode != 0
    assert "recipient refused 550" in refused.stderr
    away = command(tmp_path, "test-mail", "a@b.vn", **{**given, "SMTP_URL": "smtp://127.0.0.1:1"})
    assert "ConnectionRefusedError" in away.stderr
    none = command(tmp_path, "test-mail", "a@b.vn", **{**given, "SMTP_URL": "none"})
    assert (none.returncode != 0, "PORTAL_SMTP_URL is none" in none.stderr) == (True, True)
    two = command(tmp_path, "test-mail", "a@b.vn, c@d.vn", **given)
    assert (two.returncode != 0, "Traceback" in two.stderr) == (True, False)


def test_the_desk_says_that_letters_wait(make_app: MakeApp, sqlite_url: str) -> None:
    for smtp, told in (("none", True), ("smtp://127.0.0.1:1", False)):
        app = make_app(sqlite_url, PORTAL_SMTP_URL=smtp)
        client = app.test_client()
        client.set_cookie(
            "desk", seat(app.extensions["portal"], app.extensions["desk"].now(), f"l{told}")
        )
        for path in ("/noi-bo/", "/noi-bo/tim/"):
            page = client.get(path)
            assert page.status_code == 200
            assert ("Chưa có máy chủ thư" in page.text) is told
