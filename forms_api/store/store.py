"""``Store``: write one command durably, or read. Everything else of the database is hidden."""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

from forms_api.errors import StoreUnavailable
from forms_api.store.writers import (
    DATABASE_FAILURES,
    GroupWriter,
    RetryingWriter,
    Writer,
    unavailable,
)

FIXED_SQLITE = (3, 51, 3)
"""The first SQLite without the WAL-reset bug, which can corrupt a database in WAL mode."""

BUSY_SECONDS = 5
"""How long a connection waits for another process (a ``flask …`` command) to let go."""
_POSTGRES_OPTIONS = (
    "-c timezone=UTC -c lock_timeout=5s -c statement_timeout=15s"
    " -c idle_in_transaction_session_timeout=30s"
)
T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True)
class Durability:
    """How the store was opened; the readiness page shows it.

    ``durable`` tells whether an acknowledged write survives a power cut.
    """

    engine: str
    version: str
    mode: str
    durable: bool
    reason: str

    def as_json(self) -> dict[str, str | bool]:
        """Return the report as a JSON object."""
        return asdict(self)


def for_sqlite(version: tuple[int, ...]) -> Durability:
    """Choose how to open a database with this SQLite.

    WAL with FULL lost none of its acknowledged writes in simulated power cuts and is about four
    times faster, but versions 3.7.0 to 3.51.2 can corrupt a WAL database. Those get the rollback
    journal with EXTRA, which is as durable.
    """
    text = ".".join(map(str, version))
    if version >= FIXED_SQLITE:
        return Durability("sqlite", text, "WAL+FULL", True, "this SQLite has the WAL-reset fix")
    return Durability(
        "sqlite", text, "TRUNCATE+EXTRA", True, "this SQLite lacks the WAL-reset fix (3.51.3)"
    )


def for_postgresql(version: str, fsync: str, synchronous_commit: str) -> Durability:
    """Judge a PostgreSQL server by the two settings that decide about durability."""
    durable = fsync == "on" and synchronous_commit not in ("off", "local")
    mode = f"fsync={fsync}, synchronous_commit={synchronous_commit}"
    reason = "commits wait for the disk" if durable else "commits do not wait for the disk"
    return Durability("postgresql", version, mode, durable, reason)


def sqlite_writer(url: str, durability: Durability) -> Engine:
    """Open the engine for writing; its transactions take the write lock at once.

    A deferred transaction that reads before it writes fails at once when another process wrote
    in between, whatever the busy timeout, so writing always begins with BEGIN IMMEDIATE.
    """
    engine = _sqlite(url, "BEGIN IMMEDIATE", pool_size=1, max_overflow=4)
    journal, synchronous = durability.mode.split("+")

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        (mode,) = connection.execute(f"PRAGMA journal_mode={journal}").fetchone()
        if mode.upper() != journal:
            raise sqlite3.OperationalError(f"journal mode is {mode}, {journal} was asked for")
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA foreign_keys=ON")

    return engine


def sqlite_reader(url: str) -> Engine:
    """Open the engine for reading; its connections cannot change anything."""
    engine = _sqlite(url, "BEGIN", pool_size=16, max_overflow=48)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("PRAGMA query_only=ON")

    return engine


def _sqlite(url: str, begin: str, *, pool_size: int, max_overflow: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=max_overflow,
        hide_parameters=True,  # Parameters are personal data; error messages reach the log.
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def postgresql(url: str) -> Engine:
    """Open the one engine for reading and writing PostgreSQL."""
    engine = create_engine(
        url,
        pool_size=8,
        max_overflow=24,
        pool_timeout=5,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": _POSTGRES_OPTIONS, "connect_timeout": 5},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # A server tuned for speed answers before the commit is on disk; a receipt must not.
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            if cursor.fetchone()[0] in ("off", "local"):
                cursor.execute("SET synchronous_commit = on")
        connection.commit()

    return engine


@dataclass(frozen=True)
class FailedWrite:
    """A write that was not taken: when, by both clocks, and the kind of failure."""

    monotonic: float
    at: datetime
    kind: str


class Store:
    """An open database. Safe to share between threads; close it when done.

    ``failed_write`` is the last write of this process that failed, ``written`` the monotonic time
    of the last that did not.
    """

    def __init__(self, url: str, reader: Engine, admin: Engine, writer: Writer) -> None:
        """Read with ``reader``, change the schema with ``admin``, write with ``writer``."""
        self.url = url
        self.admin = admin
        self._reader = reader
        self._writer = writer
        self.failed_write: FailedWrite | None = None
        self.written = 0.0

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.admin.dialect.name

    def write(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``work(connection, …)`` in one transaction; return its answer once it is on disk.

        What ``work`` raises is raised here and undoes the command.

        Raises:
            StoreUnavailable: the database did not take it; the command is not recorded.
        """
        try:
            answer = self._writer.run(lambda connection: work(connection, *args, **kwargs))
        except StoreUnavailable as failure:
            self.failed_write = FailedWrite(time.monotonic(), datetime.now(UTC), str(failure))
            raise
        self.written = time.monotonic()
        return answer

    def read(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``work(connection, …)`` on one consistent view and return its answer.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        try:
            with self._reader.connect() as connection, connection.begin():
                return work(connection, *args, **kwargs)
        except DATABASE_FAILURES as error:
            raise unavailable(error) from error

    def durability(self) -> Durability:
        """Say how the database was opened and whether an acknowledged write survives."""
        if self.dialect == "sqlite":
            return for_sqlite(sqlite3.sqlite_version_info)

        def ask(name: str) -> str:
            return self.read(lambda connection: str(connection.scalar(text(f"SHOW {name}"))))

        return for_postgresql(ask("server_version"), ask("fsync"), ask("synchronous_commit"))

    def close(self) -> None:
        """Answer what was accepted, then close every connection."""
        self._writer.close()
        self._reader.dispose()
        self.admin.dispose()


def open_store(url: str) -> Store:
    """Open the database at ``url`` (``sqlite:///file`` or ``postgresql+psycopg://…``).

    Nothing but an empty file is made here; ``migrate.upgrade`` makes the tables. A place that
    cannot be written to is found out by the first write.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        file = Path(address.database or "")
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
        reserve(file)
        chosen = for_sqlite(sqlite3.sqlite_version_info)
        writer = sqlite_writer(url, chosen)
        return Store(url, sqlite_reader(url), writer, GroupWriter(writer))
    engine = postgresql(url)
    return Store(url, engine, engine, RetryingWriter(engine))


def reserve(file: Path) -> None:
    """Make an empty file that its owner alone may read, if there is none: it will hold people."""
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))
