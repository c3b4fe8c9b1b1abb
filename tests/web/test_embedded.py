"""The embedded server, for real: a process of its own, sockets, signals, kill -9."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest

from forms_api import embedded
from tests.support.company import environment
from tests.support.submissions import COMPLAINT
from tests.support.together import together

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from pathlib import Path
from forms_api.embedded import main
main("127.0.0.1", int(sys.argv[1]), Path(sys.argv[2]))
"""


@dataclass
class Server:
    """A running server, its port and everything it wrote."""

    process: subprocess.Popen[str]
    port: int
    ready_line: str

    def ask(self, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, Any]]:
        data = None if body is None else json.dumps(body).encode()
        headers["Content-Type"] = "application/json"
        url = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(url, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=180) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=180)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(folder: Path, port: int = 0) -> Iterator[Server]:
    """Run a server with its data in ``folder`` until the end of the block."""
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(port), str(folder / "output")],
        cwd=ROOT,
        env=environment(PORTAL_VAR_DIR=str(folder), PYTHONWARNINGS="ignore"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    try:
        line = process.stdout.readline()
        # Letters are shown on the console; somebody has to read them, or the pipe fills up.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield Server(process, port, line)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with a site of one page."""
    folder = tmp_path_factory.mktemp("embedded")
    (folder / "output").mkdir()
    (folder / "output/index.html").write_text("<!doctype html>Trang chủ", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """Run one server for the tests that do it no harm."""
    with running(folder) as started:
        yield started


def test_the_ready_line_comes_first_and_is_true(server: Server) -> None:
    assert server.ready_line == f"Ready: http://127.0.0.1:{server.port}\n"
    assert server.ask("/healthz") == (200, {"status": "ok"})
    assert server.ask("/readyz")[1]["status"] == "ready"


def test_site_and_forms_are_served_together(server: Server) -> None:
    for path in ("/", "/gui/khieu-nai/"):
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
            assert answer.status == 200
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Server"] is None


INCOMPLETE = (
    b"",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    b"POST /api/v1/complaints HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n\r\n{",
)


def test_incomplete_requests_are_ended_within_ten_seconds(server: Server) -> None:
    """Sixty at once, half of them still dripping; meanwhile others are served at once."""
    started = time.monotonic()
    slow = [(server.connect(), beginning) for beginning in INCOMPLETE for _ in range(20)]
    for connection, beginning in slow:
        connection.sendall(beginning)
    stop = threading.Event()

    def drip() -> None:
        while not stop.wait(0.5):
            for connection, beginning in slow[::2]:
                with suppress(OSError):
                    connection.send(b"x" if beginning else b"")

    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        for _ in range(3):
            asked = time.monotonic()
            assert server.ask("/healthz")[0] == 200
            assert time.monotonic() - asked < 5, "held up by slow callers"
        for connection, _ in slow:
            connection.settimeout(max(0.1, started + 10.5 - time.monotonic()))
            with suppress(ConnectionResetError):
                assert connection.recv(100)[:10] in (b"", b"HTTP/1.1 4")
        assert time.monotonic() - started < 10.5
    finally:
        stop.set()
        dripping.join()
        for connection, _ in slow:
            connection.close()


@pytest.mark.parametrize(
    ("request_head", "status"),
    [
        (b"NONSENSE\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * (32_768 - 36), b"431"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", b"501"),
    ],
)
def test_what_cannot_be_read_is_refused_in_vietnamese(
    server: Server, request_head: bytes, status: bytes
) -> None:
    with server.connect() as connection:
        connection.sendall(request_head)
        answer = b""
        while piece := connection.recv(4096):
            answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split(b" ")[1] == status
    assert "Phiếu chưa được ghi nhận." in body.decode()
    assert b"Content-Security-Policy" in head


def test_a_missing_host_is_refused(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(b"GET /ho-so/ HTTP/1.0\r\n\r\n")
        assert connection.recv(100).split(b" ")[1] == b"400"


def test_fifty_posts_a_second_are_taken_from_this_machine(server: Server) -> None:
    def post(number: int) -> int:
        return server.ask(
            "/api/v1/complaints", COMPLAINT, **{"Idempotency-Key": f"many-keys-2026-{number:04}"}
        )[0]

    batches = [
        together([lambda number=number: post(number) for number in range(start, start + 20)])
        for start in range(0, 100, 20)
    ]
    assert [status for batch in batches for status in batch] == [201] * 100


def test_what_was_acknowledged_survives_kill_9_and_sigterm_owes_nothing(tmp_path: Path) -> None:
    port = free_port()
    acknowledged: dict[str, dict[str, Any]] = {}

    def post_for_ever(server: Server, worker: int) -> None:
        number = 0
        while True:
            key = f"a-key-of-worker-{worker}-{number}"
            try:
                status, body = server.ask(
                    "/api/v1/complaints", COMPLAINT, **{"Idempotency-Key": key}
                )
            except (OSError, ValueError, HTTPException):
                return
            assert status == 201
            acknowledged[key] = body
            number += 1

    with running(tmp_path, port) as server:
        workers = [
            threading.Thread(target=post_for_ever, args=(server, number)) for number in range(4)
        ]
        for worker in workers:
            worker.start()
        while len(acknowledged) < 40:
            time.sleep(0.01)
        server.process.kill()
        for worker in workers:
            worker.join()

    with running(tmp_path, port) as server:
        assert "Ready" in server.ready_line
        for key, body in acknowledged.items():
            status, case = server.ask("/api/v1/case", Authorization=f"Bearer {body['code']}")
            assert (status, case["reference"]) == (200, body["reference"])
            again = server.ask("/api/v1/complaints", COMPLAINT, **{"Idempotency-Key": key})
            assert again == (201, body)
        end_politely(server)


def end_politely(server: Server) -> None:
    """Send SIGTERM while answers are owed: all of them come, then the server ends well."""
    statuses: list[int] = []

    def post() -> None:
        statuses.append(server.ask("/api/v1/complaints", COMPLAINT)[0])

    posting = [threading.Thread(target=post) for _ in range(8)]
    for one in posting:
        one.start()
    while not statuses:
        time.sleep(0.005)
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=15) == 0
    for one in posting:
        one.join()
    assert set(statuses) == {201}


def test_bad_settings_stop_the_start_with_every_name(
    clean_environ: pytest.MonkeyPatch,
) -> None:
    clean_environ.setenv("PORTAL_ENV", "prod")
    clean_environ.setenv("PORTAL_NOPE", "1")
    with pytest.raises(SystemExit) as stopped:
        embedded.main("127.0.0.1", 0)
    assert "PORTAL_ENV" in str(stopped.value)
    assert "PORTAL_NOPE" in str(stopped.value)


def test_a_port_in_use_is_said_in_a_line(
    server: Server, clean_environ: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clean_environ.setenv("PORTAL_VAR_DIR", str(tmp_path))
    with pytest.raises(SystemExit, match=f"Cổng {server.port} của 127.0.0.1 đang có"):
        embedded.main("127.0.0.1", server.port)


@pytest.fixture
def clean_environ(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Forget the settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("PORTAL_")]:
        monkeypatch.delenv(name)
    return monkeypatch


def post_of(path: str, size: int) -> bytes:
    """Return a form with one file of ``size`` bytes, and without the token it would need."""
    part = 'Content-Disposition: form-data; name="a"; filename="a.jpg"'
    body = f"--x\r\n{part}\r\n\r\n".encode() + b"x" * size + b"\r\n--x--\r\n"
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    kind = "Content-Type: multipart/form-data; boundary=x\r\n"
    return f"{head}{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    ("path", "megabytes", "status"),
    [
        ("/ho-so/bo-sung/", 2, b"400"),
        ("/gui/khieu-nai/", 2, b"413"),
        ("/noi-bo/vao/", 2, b"413"),
        ("/ho-so/bo-sung/", 65, b"413"),
    ],
)
def test_only_a_form_with_files_may_be_large(
    server: Server, path: str, megabytes: int, status: bytes
) -> None:
    with server.connect() as connection:
        with suppress(OSError):
            connection.sendall(post_of(path, megabytes * 1024 * 1024))
        with suppress(ConnectionResetError):
            assert connection.recv(100).split(b" ")[1] == status


@pytest.mark.parametrize(("kilobytes", "status"), [(150, 400), (700, 400), (900, 413), (2000, 413)])
def test_a_long_text_comes_back_over_a_real_connection(
    server: Server, kilobytes: int, status: int
) -> None:
    """What only lacks its token was read: the form comes back with it, to be sent again."""
    text = "x" * (kilobytes * 1024)
    url = f"http://127.0.0.1:{server.port}/gui/khieu-nai/"
    with pytest.raises((urllib.error.HTTPError, OSError)) as refused:
        urllib.request.urlopen(url, f"description={text}".encode(), timeout=120)
    if not isinstance(refused.value, urllib.error.HTTPError):
        # A connection may be cut while far too much is still being sent.
        assert kilobytes > 1024
        return
    with refused.value as answer:
        page = answer.read().decode()
    assert answer.code == status
    assert (f">\n{text}</textarea>" in page) == (status == 400)


def test_files_may_come_slowly_and_nothing_may_come_for_ever(server: Server) -> None:
    """Whoever has sent a quarter of a megabyte is waited for; whoever sent nothing is not."""
    whole = post_of("/ho-so/bo-sung/", 256 * 1024)
    with server.connect() as honest, server.connect() as idle:
        at = len(whole) - 100
        honest.sendall(whole[:at])
        idle.sendall(whole[:200])
        idle.settimeout(0.5)
        ended, answer = time.monotonic() + 10.5, None
        while answer is None and time.monotonic() < ended:
            with suppress(OSError):
                idle.sendall(b"x")
            honest.sendall(whole[at : at + 1])
            at += 1
            with suppress(TimeoutError):
                try:
                    answer = idle.recv(100)
                except ConnectionResetError:
                    answer = b""
        assert answer == b""
        honest.sendall(whole[at:])
        assert honest.recv(100).split(b" ")[1] == b"400"
