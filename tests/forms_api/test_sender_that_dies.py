"""A sender killed in DATA again and again delivers a letter a few times at most."""

import pickle
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from forms_api import kinds, outbox, service
from forms_api.store.tables import outbox as table
from tests.support.company import environment
from tests.support.submissions import COMPLAINT

ROOT = Path(__file__).resolve().parents[2]
KILLS = 10


@pytest.fixture
def sender(sqlite_portal, policy, tmp_path, mail_server):
    file = tmp_path / "policy"
    file.write_bytes(pickle.dumps(policy))

    def start(moment) -> subprocess.Popen[bytes]:
        arguments = (sqlite_portal.store.url, mail_server.url, str(file), moment.isoformat())
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.support.sender_process", *arguments],
            cwd=ROOT,
            env=environment(
                PORTAL_VAR_DIR=str(tmp_path),
                PORTAL_SECRET_KEY=sqlite_portal.settings.secret_key,
            ),
            stdout=subprocess.PIPE,
        )

    return start


def rows(portal):
    return portal.store.read(lambda c: list(c.execute(select(table).order_by(table.c.id))))


def killed_in_data(sender, mail_server, moment) -> None:
    """Start a sender and kill it while the server has its mail and keeps it waiting."""
    before = len(mail_server.delivered)
    process = sender(moment)
    deadline = time.monotonic() + 120
    while len(mail_server.delivered) == before and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert process.stdout
    process.stdout.close()


def test_ten_kills_deliver_three_times_and_alarm(
    sqlite_portal, policy, now, sender, mail_server
) -> None:
    complaint = kinds.of("complaint").read(COMPLAINT, policy, now)
    service.file_case(sqlite_portal, complaint, "k", now)
    receipt = rows(sqlite_portal)[0]
    mail_server.mode = "accept_then_wait"
    moment = now
    for _ in range(KILLS):
        killed_in_data(sender, mail_server, moment)
        moment += timedelta(days=1)
    counted = Counter(one.message["Message-ID"] for one in mail_server.delivered)
    assert counted[receipt.message_id] == outbox.MOST_DOUBTS
    assert max(counted.values()) <= outbox.MOST_DOUBTS
    dead = rows(sqlite_portal)[0]
    assert dead.failed_at is not None
    assert (dead.sent_at, dead.last_error) == (None, "in doubt")


def test_a_line_that_always_breaks_in_data_delivers_three_times(
    sqlite_portal, policy, now, sender, mail_server
) -> None:
    complaint = kinds.of("complaint").read(COMPLAINT, policy, now)
    service.file_case(sqlite_portal, complaint, "k", now)
    receipt = rows(sqlite_portal)[0]
    mail_server.mode = "accept_then_drop"
    moment = now
    for _ in range(KILLS):
        process = sender(moment)
        process.communicate(timeout=240)
        moment += timedelta(days=1)
    counted = Counter(one.message["Message-ID"] for one in mail_server.delivered)
    assert counted[receipt.message_id] == outbox.MOST_DOUBTS


def test_after_one_kill_the_letter_leaves_once_more_and_is_done(
    sqlite_portal, policy, now, sender, mail_server
) -> None:
    complaint = kinds.of("complaint").read(COMPLAINT, policy, now)
    service.file_case(sqlite_portal, complaint, "k", now)
    mail_server.mode = "accept_then_wait"
    killed_in_data(sender, mail_server, now)
    mail_server.mode = "ok"
    process = sender(now + outbox.LEASES[0])
    out, _ = process.communicate(timeout=240)
    assert b"sent=2" in out
    counted = Counter(one.message["Message-ID"] for one in mail_server.delivered)
    assert sorted(counted.values()) == [1, 2]
