"""A power cut, simulated by stopping the file system dead: nothing acknowledged is lost.

Killing a process proves nothing about the disk; this does. The last test proves that the cut
really cuts: a database that does not wait for the disk loses what it acknowledged.
"""

import os
import shutil
import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from forms_api import kinds, service
from forms_api.errors import StoreUnavailable
from forms_api.fsck import faults
from forms_api.portal import Portal
from forms_api.store import Store, open_store
from forms_api.store.store import (
    FIXED_SQLITE,
    Durability,
    for_sqlite,
    sqlite_reader,
    sqlite_writer,
)
from forms_api.store.tables import cases
from forms_api.store.writers import GroupWriter
from tests.forms_api.conftest import portal_on
from tests.support.disks import PowerDisk
from tests.support.submissions import COMPLAINT

THREADS = 8
ENOUGH = 60

WAL = for_sqlite(FIXED_SQLITE)
TRUNCATE = for_sqlite((3, 40, 1))
CARELESS = Durability("sqlite", "any", "WAL+OFF", durable=False, reason="only to test the test")


def store_on(file: Path, chosen: Durability) -> Store:
    url = f"sqlite:///{file}"
    writer = sqlite_writer(url, chosen)
    return Store(url, sqlite_reader(url), writer, GroupWriter(writer))


def file_until_the_power_is_cut(portal: Portal, disk: PowerDisk, now) -> set[str]:
    """File complaints from several threads, cut the power, return what was acknowledged by then.

    A machine without power tells nobody anything, so what these threads still hear afterwards
    does not count: a sync that is under way while the file system stops may yet report success.
    """
    complaint = kinds.of("complaint").read(COMPLAINT, portal.policy, now)
    acknowledged: set[str] = set()
    enough = threading.Event()

    def file_on() -> None:
        try:
            while True:
                reference = service.file_case(portal, complaint, None, now).reference
                acknowledged.add(reference)
                if len(acknowledged) >= ENOUGH:
                    enough.set()
        except StoreUnavailable:
            enough.set()

    threads = [threading.Thread(target=file_on) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    assert enough.wait(60)
    told = set(acknowledged)
    disk.cut_power()
    for thread in threads:
        thread.join()
    portal.store.close()
    disk.boot()
    return told


@pytest.mark.parametrize("chosen", [WAL, TRUNCATE], ids=lambda one: one.mode)
def test_no_acknowledged_case_is_lost_in_a_power_cut(
    chosen, power_disk, migrated_file, policy, now, tmp_path
) -> None:
    file = Path(shutil.copy(migrated_file, power_disk.path / "portal.db"))
    portal = portal_on(store_on(file, chosen), policy, tmp_path)
    acknowledged = file_until_the_power_is_cut(portal, power_disk, now)
    assert len(acknowledged) >= ENOUGH

    survivor = open_store(f"sqlite:///{file}")
    stored = survivor.read(lambda c: set(c.scalars(select(cases.c.reference))))
    assert acknowledged <= stored
    assert faults(survivor) == []
    survivor.close()


def test_the_power_cut_of_these_tests_really_loses_what_is_not_synced(
    power_disk, migrated_file, policy, now, tmp_path
) -> None:
    file = Path(shutil.copy(migrated_file, power_disk.path / "portal.db"))
    os.sync()
    portal = portal_on(store_on(file, CARELESS), policy, tmp_path)
    acknowledged = file_until_the_power_is_cut(portal, power_disk, now)

    survivor = open_store(f"sqlite:///{file}")
    stored = survivor.read(lambda c: set(c.scalars(select(cases.c.reference))))
    assert acknowledged - stored
    survivor.close()
