"""Open the database engines: how every connection is prepared, and nothing else."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from forms_api.store.durability import Durability

BUSY_SECONDS = 5
"""How long a connection waits for another process (a ``flask …`` command) to let go."""

_POSTGRES_OPTIONS = (
    "-c timezone=UTC -c lock_timeout=5s -c statement_timeout=15s"
    " -c idle_in_transaction_session_timeout=30s"
)


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
