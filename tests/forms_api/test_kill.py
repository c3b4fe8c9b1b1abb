"""kill -9 in the middle of filing: what was acknowledged is there, and nothing is there twice."""

import pickle
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from forms_api import kinds, service
from forms_api.fsck import faults
from forms_api.store import open_store
from forms_api.store.tables import cases, idempotency
from tests.forms_api.conftest import SECRET
from tests.support.submissions import COMPLAINT

PROJECT = Path(__file__).resolve().parents[2]
ROUNDS = 3
ENOUGH = 40


@pytest.fixture
def complaint(policy, now):
    return kinds.of("complaint").read(COMPLAINT, policy, now)


def file_until_killed(url: str, folder: Path, first_key: int) -> dict[str, tuple[str, str]]:
    """Let a desk run until it acknowledged a few, kill it, and return all acknowledgements."""
    command = [sys.executable, "-m", "tests.support.desk_process", url]
    command += [str(folder / "policy"), str(folder / "complaint"), str(first_key)]
    environ = {"PORTAL_SECRET_KEY": SECRET, "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(command, cwd=PROJECT, env=environ, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(ENOUGH)]
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()
        assert process.wait() == -signal.SIGKILL
    acknowledged = {}
    for line in lines:
        if line.endswith(b"\n"):  # A line cut short was not an acknowledgement.
            key, reference, code = line.decode().split()
            acknowledged[key] = (reference, code)
    return acknowledged


def test_after_kill_9_every_acknowledged_case_is_there_and_none_twice(
    portal, complaint, policy, tmp_path
) -> None:
    (tmp_path / "policy").write_bytes(pickle.dumps(policy))
    (tmp_path / "complaint").write_bytes(pickle.dumps(complaint))
    portal.store.close()
    url = portal.store.url
    acknowledged: dict[str, tuple[str, str]] = {}
    highest = 0
    for _ in range(ROUNDS):
        acknowledged |= file_until_killed(url, tmp_path, highest)
        highest = 1 + max(int(key.removeprefix("key-")) for key in acknowledged)

    survivor = replace(portal, store=open_store(url))
    assert len(acknowledged) >= ROUNDS * ENOUGH
    stored = survivor.store.read(lambda c: set(c.scalars(select(cases.c.reference))))
    assert {reference for reference, _ in acknowledged.values()} <= stored
    assert faults(survivor.store) == []

    now = datetime.now(UTC)
    for number in range(highest + 20):
        receipt = service.file_case(survivor, complaint, f"key-{number}", now)
        again = acknowledged.get(f"key-{number}", (receipt.reference, receipt.code))
        assert (receipt.reference, receipt.code) == again
    made = survivor.store.read(lambda c: list(c.scalars(select(idempotency.c.case_ref))))
    assert len(made) == len(set(made))
    assert set(made) == survivor.store.read(lambda c: set(c.scalars(select(cases.c.reference))))
    survivor.store.close()
