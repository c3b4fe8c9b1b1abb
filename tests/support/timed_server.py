"""The embedded server in a world whose clock stands where a test puts it (libfaketime).

The clock is a file: writing a moment into it moves the time of every process that reads it, also
of those that run. Monotonic clocks go on as they are, so that pauses and time limits stay real.
"""

import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service_policy.promises.calendar import VIETNAM
from tests.support.company import environment

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import sys
from pathlib import Path
from forms_api.embedded import main
main("127.0.0.1", int(sys.argv[1]), Path(sys.argv[2]))
"""


def library() -> Path:
    """Return libfaketime's file for programs with threads, or skip."""
    folders = [Path("/usr/lib/faketime"), *Path("/usr/lib").glob("*/faketime")]
    for folder in (*folders, Path("/opt/homebrew/lib/faketime")):
        file = folder / "libfaketimeMT.so.1"
        if file.is_file():
            return file
    pytest.skip("needs libfaketime")


@dataclass
class TimedWorld:
    """A folder with everything that changes, a clock, and the environment of every process."""

    folder: Path
    output: Path
    address: str = ""
    moment: datetime = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)

    def set(self, text: str) -> datetime:
        """Put the clock to a moment of Vietnam, ``2026-11-20T17:01``, and let it run from there."""
        self.moment = datetime.fromisoformat(text).replace(tzinfo=VIETNAM).astimezone(UTC)
        draft = self.folder / "clock.new"
        draft.write_text(f"@{self.moment:%Y-%m-%d %H:%M:%S}\n", encoding="ascii")
        draft.replace(self.folder / "clock")
        if self.address:
            # To the server every open connection has now been idle for days. It hangs up here, and
            # not in the middle of a page that a browser loads.
            for _ in range(2):
                self.visit("/healthz")
        return self.moment

    def visit(self, path: str) -> None:
        """Open a page as some visitor does."""
        with urllib.request.urlopen(self.address + path, timeout=180) as answer:
            answer.read()

    @property
    def environ(self) -> dict[str, str]:
        return environment() | {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self.folder / "clock"),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "TZ": "UTC",
            "PORTAL_VAR_DIR": str(self.folder),
            "PYTHONWARNINGS": "ignore",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def run(self, *arguments: str, typed: str = "") -> str:
        """Run Python with arguments beside the server and return what it wrote."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environ,
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def flask(self, *arguments: str, typed: str = "") -> str:
        """Run a command of the desk, as its keeper does."""
        return self.run("-m", "flask", "--app", "forms_api", *arguments, typed=typed)


@contextmanager
def timed_server(folder: Path, output: Path, start: str) -> Iterator[TimedWorld]:
    """Serve ``output`` and the forms from ``start`` on, until the end of the block."""
    world = TimedWorld(folder, output)
    world.set(start)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    log = (folder / "server.log").open("w", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port), str(output)],
        cwd=ROOT,
        env=world.environ,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    assert process.stdout
    try:
        line = process.stdout.readline()
        assert line.startswith("Ready: "), (folder / "server.log").read_text(encoding="utf-8")
        # Letters are shown on the console; somebody has to read them, or the pipe fills up.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        world.address = line.removeprefix("Ready: ").strip()
        for path in ("/gui/khieu-nai/", "/ho-so/", "/noi-bo/vao/"):
            # The first visitor of a page waits for its templates, here where nobody is timed.
            world.visit(path)
        yield world
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        log.close()
