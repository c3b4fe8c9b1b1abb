"""The store keeps what it answered for, whole or not at all, on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.exc import StatementError

from forms_api.errors import NotFound, StoreUnavailable
from forms_api.store import Store, migrate, open_store
from forms_api.store.tables import events, metadata
from tests.support.together import together

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=7)))


def append(name: str, at: datetime = NOON, **payload: Any) -> Any:
    def work(connection: Connection) -> str:
        connection.execute(
            insert(events).values(case_ref=name, seq=1, type="test", at=at, payload=payload)
        )
        return name

    return work


def count_events(store: Store) -> int:
    return store.read(lambda c: c.scalar(select(func.count()).select_from(events))) or 0


def test_the_migrations_make_exactly_the_tables_the_code_queries(store: Store) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    assert store.read(differences) == []


def test_migrating_twice_changes_nothing(store: Store) -> None:
    store.write(append("a"))
    assert migrate.upgrade(store) == migrate.newest() == migrate.current(store)
    assert count_events(store) == 1


def test_a_fresh_database_has_no_revision(database_url: str) -> None:
    store = open_store(database_url)
    assert migrate.current(store) is None
    store.close()


def test_times_come_back_aware_and_in_utc(store: Store) -> None:
    store.write(append("a", at=NOON))
    stored = store.read(lambda c: c.scalar(select(events.c.at)))
    assert stored == NOON
    assert stored is not None
    assert stored.tzinfo is UTC


def test_a_naive_time_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="time zone"):
        store.write(append("a", at=datetime(2026, 11, 23, 12, 0)))  # noqa: DTZ001
    assert count_events(store) == 0


def test_payloads_are_kept_as_canonical_text(store: Store) -> None:
    store.write(append("a", b="Chứng từ", a=1))
    raw = store.read(lambda c: c.scalar(text("SELECT payload FROM events")))
    assert raw == '{"a":1,"b":"Chứng từ"}'


@pytest.mark.parametrize("statement", [update(events).values(type="other"), delete(events)])
def test_events_cannot_be_changed_or_removed(store: Store, statement: Any) -> None:
    store.write(append("a"))
    with pytest.raises(StoreUnavailable):
        store.write(lambda connection: connection.execute(statement))
    assert count_events(store) == 1


def test_a_refused_command_leaves_nothing_behind(store: Store) -> None:
    def refused(connection: Connection) -> None:
        append("a")(connection)
        raise NotFound

    with pytest.raises(NotFound):
        store.write(refused)
    assert count_events(store) == 0


def test_many_threads_write_at_once_and_nothing_is_lost(store: Store) -> None:
    def client(number: int) -> list[str]:
        return [store.write(append(f"{number}-{turn}")) for turn in range(5)]

    answers = together([partial(client, number) for number in range(64)])
    assert answers == [[f"{number}-{turn}" for turn in range(5)] for number in range(64)]
    assert count_events(store) == 64 * 5


def test_of_two_writers_of_one_row_the_second_sees_the_first(store: Store) -> None:
    def first_or_known(connection: Connection) -> str:
        if connection.scalar(select(events.c.seq).where(events.c.case_ref == "same")):
            return "known"
        append("same")(connection)
        return "new"

    answers = together([lambda: store.write(first_or_known)] * 16)
    assert sorted(answers) == ["known"] * 15 + ["new"]


def test_a_missing_table_is_an_unavailable_store_not_an_empty_one(database_url: str) -> None:
    store = open_store(database_url)
    with pytest.raises(StoreUnavailable):
        store.read(lambda connection: connection.execute(select(events)).all())
    with pytest.raises(StoreUnavailable):
        store.write(append("a"))
    store.close()


def test_the_store_says_how_it_keeps_a_write(store: Store) -> None:
    report = store.durability()
    assert report.durable
    assert report.engine == store.dialect
    assert report.as_json()["mode"]
