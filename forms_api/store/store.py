"""``Store``: write one command durably, or read. Everything else of the database is hidden."""

import os
import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, make_url, text

from forms_api.errors import StoreUnavailable
from forms_api.store import durability, engines
from forms_api.store.durability import Durability
from forms_api.store.failures import DATABASE_FAILURES, unavailable
from forms_api.store.writers import GroupWriter, RetryingWriter, Work, Writer

T = TypeVar("T")


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

    def write(self, work: Work[T]) -> T:
        """Run ``work(connection)`` in one transaction; return its answer once it is on disk.

        What ``work`` raises is raised here and undoes the command.

        Raises:
            StoreUnavailable: the database did not take it; the command is not recorded.
        """
        try:
            answer = self._writer.run(work)
        except StoreUnavailable as failure:
            self.failed_write = FailedWrite(time.monotonic(), datetime.now(UTC), str(failure))
            raise
        self.written = time.monotonic()
        return answer

    def read(self, work: Work[T]) -> T:
        """Run ``work(connection)`` on one consistent view and return its answer.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        try:
            with self._reader.connect() as connection, connection.begin():
                return work(connection)
        except DATABASE_FAILURES as error:
            raise unavailable(error) from error

    def durability(self) -> Durability:
        """Say how the database was opened and whether an acknowledged write survives."""
        if self.dialect == "sqlite":
            return durability.for_sqlite(sqlite3.sqlite_version_info)

        def ask(name: str) -> str:
            return self.read(lambda connection: str(connection.scalar(text(f"SHOW {name}"))))

        return durability.for_postgresql(
            ask("server_version"), ask("fsync"), ask("synchronous_commit")
        )

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
        chosen = durability.for_sqlite(sqlite3.sqlite_version_info)
        writer = engines.sqlite_writer(url, chosen)
        return Store(url, engines.sqlite_reader(url), writer, GroupWriter(writer))
    engine = engines.postgresql(url)
    return Store(url, engine, engine, RetryingWriter(engine))


def reserve(file: Path) -> None:
    """Make an empty file that its owner alone may read, if there is none: it will hold people."""
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))
