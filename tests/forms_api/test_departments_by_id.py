"""A store of the release before holds the names of departments; migrating makes ids of them."""

import json
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Column, Connection, MetaData, Table, insert, text

from forms_api import fsck, views
from forms_api.errors import StoreUnavailable
from forms_api.store import Store, case_texts, history, migrate, open_store, queues
from service_policy.content import read
from service_policy.promises.policy import Policy
from tests.forms_api.conftest import portal_on
from tests.forms_api.test_cli import run
from tooling.migration.migrate import migrate as migrate_content

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
OLD: dict[str, Any] = json.loads((FIXTURES / "store-0009.json").read_text("utf-8"))
"""Rows as the release before wrote them, and what its API answered for each case then."""
THEN = datetime.fromisoformat(OLD["shown_at"])


def written(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as both databases take it; what ends a first answer was not always said."""
    said = {name: bool(value) if name == "priority" else value for name, value in row.items()}
    if "payload" in said:
        said["payload"] = said["payload"].replace('"stops_on":"answered",', "")
    return said


@pytest.fixture
def old_store(database_url: str) -> Iterator[Store]:
    """Open a store with the tables and the rows of the release before."""
    opened = open_store(database_url)
    with opened.admin.begin() as connection:
        command.upgrade(migrate.config(connection), OLD["revision"])
        for table, rows in OLD["rows"].items():
            columns = [Column(name) for name in rows[0]]
            connection.execute(insert(Table(table, MetaData(), *columns)), list(map(written, rows)))
    yield opened
    opened.close()


def everything(store: Store) -> list[tuple[Any, ...]]:
    def look(connection: Connection) -> list[tuple[Any, ...]]:
        every = ("SELECT * FROM events ORDER BY case_ref, seq", "SELECT * FROM cases ORDER BY 1")
        return [tuple(row) for query in every for row in connection.execute(text(query))]

    return store.read(look)


def shown(store: Store, policy: Policy) -> dict[str, Any]:
    def look(connection: Connection) -> dict[str, Any]:
        return {
            one: views.case_view(one, history.load_events(connection, one), policy, THEN).as_json()
            for one in OLD["shown"]
        }

    return store.read(look)


def renamed(policy: Policy, department_id: str, **changes: Any) -> Policy:
    """Return the rules after somebody changed a department in the content."""
    departments = tuple(
        one.model_copy(update=changes) if one.id == department_id else one
        for one in policy.company.departments
    )
    return replace(policy, company=policy.company.model_copy(update={"departments": departments}))


def test_every_case_answers_as_it_did_before_the_migration(
    old_store: Store, policy: Policy
) -> None:
    migrate.upgrade(old_store, policy)
    assert shown(old_store, policy) == OLD["shown"]
    assert len(everything(old_store)) == len(OLD["rows"]["events"]) + len(OLD["rows"]["cases"])


def test_the_content_of_before_brought_up_by_program_answers_for_its_cases_as_it_did(
    old_store: Store, tmp_path: Path
) -> None:
    with tarfile.open(FIXTURES / "content-0.1.0.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    migrate_content(tmp_path / "content", write=True)
    policy = read(tmp_path / "content", THEN.date()).policy
    migrate.upgrade(old_store, policy)
    assert shown(old_store, policy) == OLD["shown"]


def test_no_name_of_a_department_is_stored_any_more(old_store: Store, policy: Policy) -> None:
    before = "".join(map(str, everything(old_store)))
    assert '"Kỹ thuật bảo hành"' in before
    migrate.upgrade(old_store, policy)
    after = everything(old_store)
    quoted = [f'department":"{one.name}"' for one in policy.company.departments]
    assert not [row for row in after if any(name in str(cell) for cell in row for name in quoted)]
    names = {one.name for one in policy.company.departments}
    assert not [row for row in after if names & set(map(str, row))]


def test_rows_follow_from_the_events_and_dangers_come_first(
    old_store: Store, policy: Policy
) -> None:
    migrate.upgrade(old_store, policy)
    old_store.write(case_texts.rebuild)

    def look(connection: Connection) -> None:
        held = connection.execute(queues.in_queue("held")).all()
        assert [row.danger for row in held] == sorted((row.danger for row in held), reverse=True)
        assert any(row.danger for row in held)
        assert case_texts.find(connection, "Binh Duong", "ky-thuat") != []

    old_store.read(look)
    left_out = ("submission", "other files")
    assert not [one for one in fsck.faults(old_store) if not any(word in one for word in left_out)]


def test_a_department_that_is_renamed_afterwards_keeps_its_open_cases(
    old_store: Store, policy: Policy
) -> None:
    migrate.upgrade(old_store, policy)
    later = renamed(policy, "ky-thuat", name="Phòng Dịch vụ")
    rows = old_store.read(lambda c: c.execute(queues.in_queue("held", "ky-thuat")).all())
    assert len(rows) == 1
    told = shown(old_store, later)[rows[0].reference]
    assert told["holder"]["department"] == "Phòng Dịch vụ"


def test_a_name_that_the_content_does_not_know_is_told_and_changes_nothing(
    old_store: Store, policy: Policy
) -> None:
    before, later = everything(old_store), renamed(policy, "ky-thuat", name="Phòng Dịch vụ")
    with pytest.raises(StoreUnavailable, match=r"Kỹ thuật bảo hành.*events.*formerly"):
        migrate.upgrade(old_store, later)
    assert everything(old_store) == before
    assert migrate.current(old_store) == OLD["revision"]
    with pytest.raises(StoreUnavailable, match="content is needed"):
        migrate.upgrade(old_store)
    known = renamed(policy, "ky-thuat", name="Phòng Dịch vụ", formerly=("Kỹ thuật bảo hành",))
    migrate.upgrade(old_store, known)
    assert old_store.read(lambda c: c.execute(queues.in_queue("held", "ky-thuat")).all()) != []


def test_the_operators_command_says_what_to_do_and_does_it(
    old_store: Store, policy: Policy, tmp_path: Path
) -> None:
    later = renamed(policy, "ky-thuat", name="Phòng Dịch vụ")
    refused = run(portal_on(old_store, later, tmp_path), "migrate")
    assert refused.exit_code == 1
    for word in ("Kỹ thuật bảo hành", "Nothing was changed", "formerly", "cong-ty.yaml"):
        assert word in refused.output
    done = run(portal_on(old_store, policy, tmp_path), "migrate")
    assert (done.exit_code, migrate.current(old_store)) == (0, migrate.newest())


def test_events_can_be_changed_by_nobody_after_the_migration(
    old_store: Store, policy: Policy
) -> None:
    migrate.upgrade(old_store, policy)
    for statement in ("UPDATE events SET type = 'x'", "DELETE FROM events"):
        with pytest.raises(StoreUnavailable):
            old_store.write(lambda c, sql=statement: c.execute(text(sql)))
