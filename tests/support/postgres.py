"""A real PostgreSQL server for the tests: made once per session, thrown away after it.

``postgres_server`` starts a cluster in a temporary folder, reachable through a Unix socket only.
``postgres_url`` gives an empty database of its own to each test.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

SERVICE_USERS = ("postgres", "nobody")
_numbers = count(1)


@dataclass(frozen=True)
class PostgresServer:
    """A running server: where its socket is."""

    socket_folder: Path

    def create_database(self) -> str:
        """Create an empty database and return its address for ``PORTAL_DATABASE_URL``."""
        name = f"test_{os.getpid()}_{next(_numbers)}"
        with psycopg.connect(
            host=str(self.socket_folder), user="portal", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return f"postgresql+psycopg://portal@/{name}?host={self.socket_folder}"


def find_binaries() -> Path | None:
    """Return the folder of the newest server binaries, or None when there are none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return folders[-1].parent if folders else None


def service_user() -> str | None:
    """Return whom to run the server as; None means ourselves (PostgreSQL refuses root)."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(user for user in SERVICE_USERS if user in known)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Start a throwaway PostgreSQL cluster with durable commits, stop it at the end."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server binaries on this machine")
    user = service_user()
    # Socket paths are limited to about 100 characters, so not in pytest's own deep folder.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if user is not None:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run(
            [str(binaries / command[0]), *command[1:]],
            user=user,
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=180,
        )

    run("initdb", "-D", str(data), "-U", "portal", "-A", "trust", "-E", "UTF8", "--no-locale")
    options = f"-k {folder} -c listen_addresses='' -c max_connections=200"
    run("pg_ctl", "-D", str(data), "-l", str(folder / "server.log"), "-o", options, "-w", "start")
    try:
        yield PostgresServer(folder)
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """Give the test an empty PostgreSQL database."""
    return postgres_server.create_database()
