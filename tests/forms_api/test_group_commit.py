"""The one writer of SQLite: many commands a commit, each of them whole or not at all."""

import os
import sqlite3
import threading
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, func, insert, select, text

from forms_api.errors import NotFound, StoreUnavailable
from forms_api.store import open_store
from forms_api.store.store import for_postgresql, for_sqlite, sqlite_writer
from forms_api.store.tables import events
from forms_api.store.writers import GroupWriter
from tests.support.together import together

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def append(name: str) -> Any:
    def work(connection: Connection) -> str:
        connection.execute(
            insert(events).values(case_ref=name, seq=1, type="test", at=NOW, payload={})
        )
        return name

    return work


@pytest.fixture
def engine(sqlite_store):
    return sqlite_store.admin


def count(store) -> int:
    return store.read(lambda c: c.scalar(select(func.count()).select_from(events)))


def commits_of(engine) -> list[Any]:
    seen: list[Any] = []
    event.listen(engine, "commit", seen.append)
    return seen


def held(writer: GroupWriter) -> tuple[threading.Event, threading.Thread]:
    """Keep the writer busy with one command until the returned event is set."""
    begun, release = threading.Event(), threading.Event()

    def work(_connection: Connection) -> None:
        begun.set()
        release.wait(20)

    thread = threading.Thread(target=lambda: writer.run(work))
    thread.start()
    assert begun.wait(20)
    return release, thread


def queued(writer: GroupWriter, number: int) -> None:
    while writer._queue.qsize() < number:
        threading.Event().wait(0.005)


def test_commands_that_wait_share_one_commit(sqlite_store, engine) -> None:
    writer = GroupWriter(engine)
    release, thread = held(writer)
    commits = commits_of(engine)
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda name=str(n): answers.append(writer.run(append(name))))
        for n in range(64)
    ]
    for one in threads:
        one.start()
    queued(writer, 64)
    release.set()
    for one in [thread, *threads]:
        one.join()
    assert sorted(answers) == sorted(str(n) for n in range(64))
    assert len(commits) == 2
    assert count(sqlite_store) == 64
    writer.close()


def test_a_commit_never_holds_more_commands_than_a_batch(sqlite_store, engine) -> None:
    writer = GroupWriter(engine, batch=10)
    release, thread = held(writer)
    commits = commits_of(engine)
    threads = [
        threading.Thread(target=partial(writer.run, append(str(number)))) for number in range(30)
    ]
    for one in threads:
        one.start()
    queued(writer, 30)
    release.set()
    for one in [thread, *threads]:
        one.join()
    assert len(commits) == 1 + 3
    writer.close()


def test_a_refused_command_undoes_only_itself(sqlite_store, engine) -> None:
    writer = GroupWriter(engine)
    release, thread = held(writer)

    def refused(connection: Connection) -> None:
        append("refused")(connection)
        raise NotFound

    def twice(connection: Connection) -> None:
        append("twice")(connection)
        append("twice")(connection)

    outcomes: dict[str, object] = {}

    def run(name: str, work: Any) -> None:
        try:
            outcomes[name] = writer.run(work)
        except (NotFound, StoreUnavailable) as failure:
            outcomes[name] = type(failure)

    works = {"a": append("a"), "refused": refused, "b": append("b"), "twice": twice}
    threads = [threading.Thread(target=run, args=one) for one in works.items()]
    for one in threads:
        one.start()
    queued(writer, 4)
    release.set()
    for one in [thread, *threads]:
        one.join()
    assert outcomes == {"a": "a", "refused": NotFound, "b": "b", "twice": StoreUnavailable}
    assert count(sqlite_store) == 2
    writer.close()


def test_a_full_queue_refuses_at_once(engine) -> None:
    writer = GroupWriter(engine, capacity=1)
    release, thread = held(writer)
    waiting = threading.Thread(target=lambda: writer.run(append("waits")))
    waiting.start()
    queued(writer, 1)
    with pytest.raises(StoreUnavailable):
        writer.run(append("one too many"))
    release.set()
    for one in (thread, waiting):
        one.join()
    writer.close()


def test_a_command_that_waits_too_long_is_given_up_and_not_written(sqlite_store, engine) -> None:
    writer = GroupWriter(engine, patience=0.05)
    begun, release = threading.Event(), threading.Event()

    def slow(_connection: Connection) -> None:
        begun.set()
        release.wait(20)

    def give_up(work: Any) -> None:
        with pytest.raises(StoreUnavailable):
            writer.run(work)

    thread = threading.Thread(target=give_up, args=(slow,))
    thread.start()
    assert begun.wait(20)
    give_up(append("late"))
    thread.join()
    release.set()
    writer.close()
    assert count(sqlite_store) == 0


def test_closing_answers_what_was_accepted_and_refuses_the_rest(sqlite_store, engine) -> None:
    writer = GroupWriter(engine)
    release, thread = held(writer)
    answers: list[str] = []
    waiting = threading.Thread(target=lambda: answers.append(writer.run(append("accepted"))))
    waiting.start()
    queued(writer, 1)
    closing = threading.Thread(target=writer.close)
    closing.start()
    release.set()
    for one in (thread, waiting, closing):
        one.join()
    assert answers == ["accepted"]
    with pytest.raises(StoreUnavailable):
        writer.run(append("too late"))
    writer.close()


def test_another_process_may_write_in_between(sqlite_store, tmp_path) -> None:
    with sqlite3.connect(tmp_path / "portal.db", timeout=5) as other:
        for number in range(20):
            sqlite_store.write(append(f"ours-{number}"))
            other.execute(
                "INSERT INTO events VALUES (?, 1, 't', '2026-11-23 02:00:00.000000', '{}')",
                (f"theirs-{number}",),
            )
            other.commit()
    other.close()
    assert count(sqlite_store) == 40


def test_two_stores_on_one_file_write_at_once_without_locking_each_other_out(
    sqlite_store,
) -> None:
    second = open_store(sqlite_store.url)

    def client(number: int) -> None:
        for turn in range(5):
            (second if number % 2 else sqlite_store).write(append(f"{number}-{turn}"))

    together([partial(client, number) for number in range(16)])
    second.close()
    assert count(sqlite_store) == 80


def test_a_database_locked_by_another_process_is_unavailable(sqlite_store, monkeypatch) -> None:
    monkeypatch.setattr("forms_api.store.store.BUSY_SECONDS", 0.1)
    store = open_store(sqlite_store.url)
    blocker = sqlite3.connect(store.url.removeprefix("sqlite:///"), isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreUnavailable):
        store.write(append("a"))
    blocker.execute("ROLLBACK")
    assert store.write(append("a")) == "a"
    blocker.close()
    store.close()


def test_a_reader_cannot_write(sqlite_store) -> None:
    with pytest.raises(StoreUnavailable):
        sqlite_store.read(append("a"))
    assert count(sqlite_store) == 0


def test_a_damaged_file_is_unavailable(sqlite_store) -> None:
    sqlite_store.write(append("a"))
    sqlite_store.close()
    file = Path(sqlite_store.url.removeprefix("sqlite:///"))
    file.write_bytes(b"SQLite format 3\x00" + os.urandom(8192))
    store = open_store(sqlite_store.url)
    with pytest.raises(StoreUnavailable):
        store.write(append("b"))
    with pytest.raises(StoreUnavailable):
        count(store)
    store.close()


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "TRUNCATE+EXTRA"),
        ((3, 51, 2), "TRUNCATE+EXTRA"),
        ((3, 51, 3), "WAL+FULL"),
        ((3, 54, 0), "WAL+FULL"),
    ],
)
def test_the_way_to_open_sqlite_follows_its_version(version, mode) -> None:
    assert for_sqlite(version).mode == mode


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 54, 0)])
def test_the_chosen_way_is_the_way_it_is_open(version, sqlite_store) -> None:
    chosen = for_sqlite(version)
    engine = sqlite_writer(sqlite_store.url, chosen)
    with engine.connect() as connection:
        journal = connection.scalar(text("PRAGMA journal_mode"))
        synchronous = connection.scalar(text("PRAGMA synchronous"))
    engine.dispose()
    names = {2: "FULL", 3: "EXTRA"}
    assert f"{journal}+{names[synchronous]}".upper() == chosen.mode


def test_in_wal_mode_everything_works_the_same(sqlite_store) -> None:
    chosen = for_sqlite((3, 54, 0))
    writer = GroupWriter(sqlite_writer(sqlite_store.url, chosen))
    together([partial(writer.run, append(str(number))) for number in range(32)])
    writer.close()
    assert count(sqlite_store) == 32


def test_a_server_that_does_not_wait_for_its_disk_is_reported() -> None:
    assert for_postgresql("15", "on", "on").durable
    assert not for_postgresql("15", "off", "on").durable
    assert not for_postgresql("15", "on", "off").durable
