"""The running server, as it is started: its audit trail is written, and its clock may step."""

import base64
import http.cookiejar
import json
import re
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from forms_api.staff import totp
from service_policy.promises.calendar import VIETNAM
from tests.support.submissions import COMPLAINT
from tests.support.timed_server import ROOT, TimedWorld, timed_server

PASSWORD = "bốn con mèo uống trà"
START = "2026-11-30T09:00"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimedWorld]:
    """Run a server on Monday morning, with a site of one page."""
    folder: Path = tmp_path_factory.mktemp("watched")
    (folder / "output").mkdir()
    (folder / "output/index.html").write_text("<!doctype html>Trang chủ", encoding="utf-8")
    with timed_server(folder, folder / "output", START) as started:
        yield started


class Staff:
    """Somebody with a phone, a password and a browser."""

    def __init__(self, world: TimedWorld, name: str, role: str, department: str) -> None:
        self.world, self.name = world, name
        given = ("--name", f"Người {name}", "--role", role, "--department", department)
        told = world.flask("staff", "add", name, *given, typed=f"{PASSWORD}\n")
        secret = re.search(r"secret\s+([A-Z2-7 ]+)", told)
        assert secret
        text = secret[1].replace(" ", "")
        self.key = base64.b32decode(text + "=" * (-len(text) % 8))

    def log_in(self, moment: datetime) -> int:
        """Log in with what the phone shows at ``moment``; the status of the queue afterwards."""
        jar = http.cookiejar.CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        token = self.token("/noi-bo/vao/")
        first = self.send("/noi-bo/vao/", csrf_token=token, login=self.name, password=PASSWORD)
        assert first == 200
        code = totp.code(self.key, totp.step_at(moment))
        token = self.token("/noi-bo/vao/ma/")
        return self.send("/noi-bo/vao/ma/", csrf_token=token, code=code)

    def token(self, path: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(path))
        assert found, path
        return found[1]

    def get(self, path: str) -> str:
        with self.browser.open(self.world.address + path, timeout=120) as answer:
            return str(answer.read().decode())

    def send(self, path: str, **typed: str) -> int:
        data = urllib.parse.urlencode(typed).encode()
        request = urllib.request.Request(self.world.address + path, data)
        request.add_header("Origin", self.world.address)
        try:
            with self.browser.open(request, timeout=120) as answer:
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code


def ask(world: TimedWorld, path: str, body: object = None) -> dict[str, object]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(world.address + path, data)
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=120) as answer:
        found: dict[str, object] = json.load(answer)
        return found


def rows(world: TimedWorld, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(world.folder / "portal.db") as connection:
        return list(connection.execute(query))


def sweep(world: TimedWorld, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "forms_api", "sweep", *more],
        cwd=ROOT,
        env=world.environ,
        capture_output=True,
        text=True,
    )


def put(world: TimedWorld, moment: datetime) -> datetime:
    return world.set(moment.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M"))


def test_the_server_writes_its_trail_and_outlives_every_step_of_the_clock(
    world: TimedWorld,
) -> None:
    start = world.moment
    lan = Staff(world, "lan", "agent", "cskh")
    filed = ask(world, "/api/v1/complaints", COMPLAINT)
    # The phone and the server agree again, however long the program took to start.
    start = put(world, start + timedelta(minutes=5))
    assert lan.log_in(start) == 200
    assert "Nguyễn Thị Mẫu" in lan.get(f"/noi-bo/ho-so/{filed['reference']}/")
    reads = "SELECT count(*) FROM audit WHERE action = 'read' AND case_ref IS NOT NULL"
    assert rows(world, reads) == [(1,)]
    assert rows(world, "SELECT count(*) FROM audit WHERE action = 'login'") == [(1,)]
    assert sweep(world).returncode == 0
    events = rows(world, "SELECT count(*) FROM events WHERE type = 'promise_missed'")

    for step in (timedelta(hours=-2), timedelta(days=40), timedelta(days=-15)):
        moment = put(world, start + step)
        assert lan.log_in(moment) == 200, step
        refused = sweep(world)
        assert refused.returncode != 0, step
        assert "--confirm-clock" in refused.stderr
        assert ask(world, "/readyz")["status"] == "degraded"
        # Reading a case as its customer writes down nothing that a wrong date makes up.
        lan.get(f"/noi-bo/ho-so/{filed['reference']}/")
        assert rows(world, "SELECT count(*) FROM events WHERE type = 'promise_missed'") == events

    back = put(world, start + timedelta(minutes=5))
    assert lan.log_in(back) == 200
    assert sweep(world).returncode == 0
    assert "clock_ok" not in str(ask(world, "/readyz")["wrong"])

    put(world, start + timedelta(days=40))
    assert sweep(world, "--confirm-clock").returncode == 0
    missed = rows(world, "SELECT count(*) FROM events WHERE type = 'promise_missed'")
    assert missed > events
