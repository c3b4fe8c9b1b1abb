"""The server of an operator: ``python -m forms_api`` in a process of its own, with its settings."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.company import environment
from tooling.paths import ROOT

SECRET = "Zk3vQ9wX7bN2mR5tY8uJ4hG6fD1sA0pL"
PATIENCE = 150


@dataclass(frozen=True)
class PortalProcess:
    """A running server: its port, and the file with every word it wrote."""

    port: int
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def settings_of(folder: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without anybody's settings but those of the test."""
    mine = {f"PORTAL_{name}": value for name, value in given.items()}
    mine = {"PORTAL_VAR_DIR": str(folder / "var"), **mine}
    return environment(PYTHONWARNINGS="ignore", **mine)


def small_site(folder: Path) -> Path:
    """Make a site of one page and a style sheet."""
    site = folder / "site"
    (site / "theme").mkdir(parents=True, exist_ok=True)
    (site / "index.html").write_text("<!doctype html><title>Trang chủ</title>", encoding="utf-8")
    (site / "theme/site.css").write_text("body{}", encoding="utf-8")
    return site


@contextmanager
def portal_process(folder: Path, **given: str) -> Iterator[PortalProcess]:
    """Run a server with its data under ``folder``; ``given`` are settings without their prefix."""
    port = free_port()
    command = [sys.executable, "-m", "forms_api", "--port", str(port)]
    with running(
        [*command, "--site", str(small_site(folder))], folder, settings_of(folder, given), port
    ) as process:
        yield process


@contextmanager
def running(
    command: Sequence[str],
    folder: Path,
    environ: Mapping[str, str],
    port: int,
    user: str | None = None,
    checkout: Path = ROOT,
) -> Iterator[PortalProcess]:
    """Run a command line of a server until the end of the block; wait for its ``Ready:`` line."""
    log = folder / f"server-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=checkout,
            env=dict(environ),
            stdout=out,
            stderr=subprocess.STDOUT,
            user=user,
            extra_groups=[] if user else None,
        )
    server = PortalProcess(port, log)
    try:
        deadline = time.monotonic() + PATIENCE
        while "Ready: " not in server.said:
            assert process.poll() is None, server.said
            assert time.monotonic() < deadline, server.said
            time.sleep(0.05)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=180)
