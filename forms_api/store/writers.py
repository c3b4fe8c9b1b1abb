"""Two ways to make one command durable: group commit on SQLite, retries on PostgreSQL.

Both promise the same: ``run(work)`` gives ``work`` a connection inside a transaction and returns
its answer only when the transaction is on disk. If ``work`` raises, nothing of it stays. If the
database fails, ``StoreUnavailable`` is raised, never a false success.
"""

import logging
import queue
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, exc

from forms_api.errors import StoreUnavailable

log = logging.getLogger("forms_api.store")

DATABASE_FAILURES = (exc.DBAPIError, exc.TimeoutError, sqlite3.Error, OSError)
"""Everything a broken, full, locked or missing database raises on the way to the disk."""

ONE_STATEMENT = (
    exc.IntegrityError,
    exc.DataError,
    exc.ProgrammingError,
    exc.NotSupportedError,
)
"""Failures of one command's statement: they say nothing about the disk or the other commands."""

_WORTH_REPEATING = {"23505", "40001", "40P01"}
"""SQLSTATE: unique violation, serialization failure, deadlock. A second look settles them."""


def unavailable(error: Exception) -> StoreUnavailable:
    """Log a failure by its kind alone (messages may quote data) and make it a StoreUnavailable."""
    log.error("the store failed: %s", kind_of(error))
    failure = StoreUnavailable(kind_of(error))
    failure.__cause__ = error
    return failure


def kind_of(error: Exception) -> str:
    """Name a failure without its message: ``OperationalError SQLITE_FULL``."""
    original: Any = getattr(error, "orig", None) or error
    detail = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    return f"{type(original).__name__} {detail}" if detail else type(original).__name__


def worth_repeating(error: Exception) -> bool:
    """Whether a transaction lost a race or its connection, so that repeating it may succeed."""
    if not isinstance(error, exc.DBAPIError):
        return False
    return error.connection_invalidated or (
        getattr(error.orig, "sqlstate", None) in _WORTH_REPEATING
    )


T = TypeVar("T")
Work = Callable[[Connection], T]


class Writer(Protocol):
    """What the store needs of a writer."""

    def run(self, work: Work[T]) -> T:
        """Run ``work`` in one durable transaction and return its answer."""

    def close(self) -> None:
        """Finish what was accepted, refuse the rest, let go of the database."""


@dataclass
class _Job:
    work: Work[Any]
    future: Future[Any] = field(default_factory=Future)


class GroupWriter:
    """One thread that writes for everybody: many commands, one COMMIT, one wait for the disk.

    Waiting commands (up to ``batch``) share a transaction, each inside its own SAVEPOINT so that
    one refused command undoes only itself; all are answered after the COMMIT. This needs a
    fraction of the time of a transaction each, and no two threads ever fight for the lock.
    The thread starts with the first command, so a server may fork before that.
    """

    def __init__(
        self, engine: Engine, *, batch: int = 256, capacity: int = 2048, patience: float = 30
    ) -> None:
        """Write with ``engine``; refuse when ``capacity`` wait, give up after ``patience`` s."""
        self._engine = engine
        self._batch = batch
        self._patience = patience
        self._queue: queue.Queue[_Job | None] = queue.Queue(capacity)
        self._door = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def run(self, work: Work[T]) -> T:
        """Queue ``work`` and wait for its commit; see ``Writer.run``."""
        job = _Job(work)
        with self._door:
            if self._closed:
                raise StoreUnavailable("closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="writer", daemon=True)
                self._thread.start()
            try:
                self._queue.put_nowait(job)
            except queue.Full:
                raise StoreUnavailable("too many commands are waiting") from None
        try:
            answer: T = job.future.result(self._patience)
        except TimeoutError:
            # Whatever comes of it, the caller was told "not recorded"; its key finds it later.
            job.future.cancel()
            raise StoreUnavailable("the disk did not answer in time") from None
        return answer

    def close(self) -> None:
        """Answer every queued command, then stop the thread and close the connections."""
        with self._door:
            first = not self._closed
            self._closed = True
        if first and self._thread is not None:
            self._queue.put(None)
            self._thread.join()
        self._engine.dispose()

    def _serve(self) -> None:
        while (job := self._queue.get()) is not None:
            jobs, last = [job], False
            while len(jobs) < self._batch and not last:
                try:
                    more = self._queue.get_nowait()
                except queue.Empty:
                    break
                last = more is None
                jobs.extend([more] if more is not None else [])
            self._commit([one for one in jobs if one.future.set_running_or_notify_cancel()])
            if last:
                return

    def _commit(self, jobs: list[_Job]) -> None:
        try:
            with self._engine.connect() as connection:
                try:
                    with connection.begin():
                        answers = [_attempt(connection, job.work) for job in jobs]
                except BaseException:
                    # A connection that failed once may hold a broken view of the file.
                    connection.invalidate()
                    raise
        except Exception as error:  # noqa: BLE001 - the thread must live, the callers must know
            failure = unavailable(error)
            for job in jobs:
                job.future.set_exception(failure)
            return
        for job, (answer, refusal) in zip(jobs, answers, strict=True):
            if refusal is None:
                job.future.set_result(answer)
            else:
                job.future.set_exception(refusal)


def _attempt(connection: Connection, work: Work[Any]) -> tuple[Any, Exception | None]:
    try:
        with connection.begin_nested():
            return work(connection), None
    except ONE_STATEMENT as error:
        return None, unavailable(error)
    except DATABASE_FAILURES:
        raise
    except Exception as refusal:  # noqa: BLE001 - handed on to the caller it belongs to
        return None, refusal


class RetryingWriter:
    """A transaction per command on PostgreSQL, repeated when it lost a race.

    Two requests that append to one case, or bring one key, meet at a unique constraint; the
    loser runs again and finds what the winner wrote. Reading at READ COMMITTED with these
    constraints is enough, and far cheaper than making every transaction serializable.
    """

    ATTEMPTS = 8

    def __init__(self, engine: Engine) -> None:
        """Write with ``engine``."""
        self._engine = engine

    def run(self, work: Work[T]) -> T:
        """Run ``work``, again if need be; it must not have effects outside the database."""
        for attempt in range(1, self.ATTEMPTS + 1):
            try:
                with self._engine.begin() as connection:
                    return work(connection)
            except DATABASE_FAILURES as error:
                if attempt == self.ATTEMPTS or not worth_repeating(error):
                    raise unavailable(error) from error
                # A random pause keeps the losers from meeting again.
                time.sleep(secrets.randbelow(10 * attempt) / 1000)
        raise AssertionError("unreachable")  # pragma: no cover

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()
