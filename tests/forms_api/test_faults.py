"""A disk that fails costs an honest refusal, never a receipt for nothing."""

import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from forms_api import kinds, service
from forms_api.errors import StoreUnavailable
from forms_api.fsck import faults
from forms_api.portal import Portal
from forms_api.store import open_store
from forms_api.store.tables import cases, idempotency
from tests.forms_api.conftest import portal_on
from tests.support.submissions import COMPLAINT

MANY = 60


@pytest.fixture
def small_portal(small_disk, migrated_file, policy, tmp_path) -> Iterator[Portal]:
    """Open the desk on a disk with little room left."""
    file = shutil.copy(migrated_file, small_disk.path / "portal.db")
    store = open_store(f"sqlite:///{file}")
    yield portal_on(store, policy, tmp_path)
    store.close()


def long_complaint(portal: Portal, now):
    return kinds.of("complaint").read(COMPLAINT | {"description": "Chữ " * 990}, portal.policy, now)


def stored(portal: Portal) -> set[str]:
    return portal.store.read(lambda c: set(c.scalars(select(cases.c.reference))))


def test_on_a_full_disk_nothing_is_acknowledged_that_is_not_stored(
    small_portal, small_disk, now
) -> None:
    complaint = long_complaint(small_portal, now)
    acknowledged = {service.file_case(small_portal, complaint, "first", now).reference}
    hog = small_disk.fill()
    refused = 0
    for number in range(MANY):
        try:
            receipt = service.file_case(small_portal, complaint, f"key-{number}", now)
            acknowledged.add(receipt.reference)
        except StoreUnavailable:
            refused += 1
    assert refused > 0
    assert stored(small_portal) == acknowledged
    hog.unlink()
    cured = service.file_case(small_portal, complaint, f"key-{MANY - 1}", now)
    assert stored(small_portal) == acknowledged | {cured.reference}
    assert faults(small_portal.store) == []


def test_on_a_read_only_disk_nothing_is_acknowledged(small_portal, small_disk, now) -> None:
    complaint = long_complaint(small_portal, now)
    receipt = service.file_case(small_portal, complaint, "first", now)
    small_portal.store.close()
    with small_disk.read_only():
        reopened = replace(small_portal, store=open_store(small_portal.store.url))
        with pytest.raises(StoreUnavailable):
            service.file_case(reopened, complaint, "second", now)
        reopened.store.close()
    reopened = replace(small_portal, store=open_store(small_portal.store.url))
    assert service.follow_case(reopened, receipt.reference, receipt.code, now)
    assert service.file_case(reopened, complaint, "second", now)
    reopened.store.close()


def test_a_file_that_may_not_grow_is_unavailable(sqlite_portal, now) -> None:
    complaint = long_complaint(sqlite_portal, now)
    file = Path(sqlite_portal.store.url.removeprefix("sqlite:///"))
    acknowledged = {service.file_case(sqlite_portal, complaint, "first", now).reference}
    with largest_file(file.stat().st_size):
        for number in range(10):
            with pytest.raises(StoreUnavailable):
                service.file_case(sqlite_portal, complaint, f"key-{number}", now)
    assert stored(sqlite_portal) == acknowledged
    cured = service.file_case(sqlite_portal, complaint, "key-0", now)
    assert stored(sqlite_portal) == acknowledged | {cured.reference}


def test_a_refused_write_repeated_with_its_key_makes_one_case(
    small_portal, small_disk, now
) -> None:
    complaint = long_complaint(small_portal, now)
    hog = small_disk.fill()
    for _ in range(3):
        with pytest.raises(StoreUnavailable):
            service.file_case(small_portal, complaint, "mine", now)
    hog.unlink()
    receipts = [service.file_case(small_portal, complaint, "mine", now) for _ in range(3)]
    assert len({one.reference for one in receipts}) == 1
    count = select(func.count()).select_from(idempotency)
    assert small_portal.store.read(lambda c: c.scalar(count)) == 1


def test_a_database_that_is_gone_is_unavailable(policy, now, tmp_path, migrated_file) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    store = open_store(f"sqlite:///{shutil.copy(migrated_file, folder / 'portal.db')}")
    portal = portal_on(store, policy, tmp_path)
    shutil.rmtree(folder)
    with pytest.raises(StoreUnavailable):
        service.file_case(portal, long_complaint(portal, now), "k", now)
    store.close()


@pytest.mark.postgres
def test_a_lost_connection_to_postgresql_is_replaced(
    postgres_server, migrated_postgres, policy, now, tmp_path
) -> None:
    import psycopg

    store = open_store(migrated_postgres)
    portal = portal_on(store, policy, tmp_path)
    complaint = long_complaint(portal, now)
    service.file_case(portal, complaint, None, now)
    with psycopg.connect(
        host=str(postgres_server.socket_folder), user="portal", dbname="postgres"
    ) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
    assert service.file_case(portal, complaint, None, now)
    store.close()


@pytest.mark.postgres
def test_a_postgresql_that_is_down_is_unavailable(policy, now, tmp_path) -> None:
    store = open_store(f"postgresql+psycopg://portal@/none?host={tmp_path}")
    portal = portal_on(store, policy, tmp_path)
    with pytest.raises(StoreUnavailable):
        service.file_case(portal, long_complaint(portal, now), "k", now)
    with pytest.raises(StoreUnavailable):
        service.follow_case(portal, "KN-26-2222-2222", "x", now)
    store.close()


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond ``size`` bytes for a while."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
