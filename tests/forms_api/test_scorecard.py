"""From the store to a scorecard file: real databases, no personal data, the same bytes again."""

import json
from datetime import date
from pathlib import Path

import pytest

from forms_api.scorecard import NO_ORDERS, measured, read_events, write
from forms_api.store import Store, history
from service_policy.content import ContentErrors
from service_policy.promises.policy import Policy
from service_policy.scorecard.histories import closing
from service_policy.scorecard.orders import read_orders
from tests.service_policy.conftest import local
from tests.service_policy.story import Story

MONTH = "2026-12"
AS_OF = closing(MONTH)
ON = date(2027, 1, 10)
SECRET_NAME = "Nguyễn Thị Mẫu"
ORDERS = (
    b"order_no,received_at,confirmed_at,due_on,delivered_on,"
    b"lines_ordered,lines_delivered,units_ordered,units_delivered\n"
    b"A1,2026-12-01T09:00:00+07:00,2026-12-01T11:00:00+07:00,2026-12-02,2026-12-02,2,2,9,9\n"
)


def keep(store: Store, reference: str, story: Story) -> None:
    """Store a case as the desk does, its personal side beside it."""
    personal = {"name": SECRET_NAME, "phone": "+84912345678"}
    rows = history.rows_of(reference, story.events, personal)
    store.write(lambda connection: history.write(connection, rows))


def filed(policy: Policy) -> Story:
    return Story(policy, local("2026-12-01T09:00"))


@pytest.fixture
def two_cases(store: Store, policy: Policy) -> Store:
    keep(store, "KN-26-AAAA-0001", filed(policy).wait(hours=2).answer().propose().confirm())
    keep(store, "KN-26-AAAA-0002", filed(policy))
    return store


def test_a_month_is_measured_from_the_events_of_the_store(two_cases: Store, policy: Policy) -> None:
    found = measured(two_cases, policy, MONTH, AS_OF)
    assert (found.figure("K2").numerator, found.figure("K2").denominator) == (1, 2)
    assert (found.figure("K3").numerator, found.figure("K3").denominator) == (1, 2)
    assert found.figure("K1").note == NO_ORDERS
    assert found.compensation is not None
    assert found.compensation.owed_vnd > 0
    source, checks = found.sources
    assert (checks.id, checks.rows) == ("checks", 0)
    assert source.rows == len(filed(policy).events) + len(
        filed(policy).wait(hours=2).answer().propose().confirm().events
    )


def test_nothing_personal_and_no_reference_reaches_the_file(
    two_cases: Store, policy: Policy, tmp_path: Path
) -> None:
    file, _ = write(tmp_path, measured(two_cases, policy, MONTH, AS_OF), ON)
    text = file.read_text(encoding="utf-8")
    for secret in (SECRET_NAME, "84912", "KN-26", "u1"):
        assert secret not in text


def test_the_same_events_give_the_same_bytes(
    two_cases: Store, policy: Policy, tmp_path: Path
) -> None:
    first, _ = write(tmp_path / "a", measured(two_cases, policy, MONTH, AS_OF), ON)
    later = date(2027, 3, 1)
    second, _ = write(tmp_path / "b", measured(two_cases, policy, MONTH, AS_OF), later)
    third, _ = write(tmp_path / "a", measured(two_cases, policy, MONTH, AS_OF), later)
    assert first.read_bytes() == second.read_bytes() == third.read_bytes()


def test_events_after_the_closing_change_nothing(two_cases: Store, policy: Policy) -> None:
    before = measured(two_cases, policy, MONTH, AS_OF)
    keep(two_cases, "KN-26-AAAA-0003", Story(policy, local("2027-01-11T09:00")))
    assert measured(two_cases, policy, MONTH, AS_OF) == before


def test_a_closed_month_that_comes_out_otherwise_carries_a_correction(
    two_cases: Store, policy: Policy, tmp_path: Path
) -> None:
    file, _ = write(tmp_path, measured(two_cases, policy, MONTH, AS_OF), ON)
    keep(two_cases, "KN-26-AAAA-0003", filed(policy))
    _, again = write(tmp_path, measured(two_cases, policy, MONTH, AS_OF), date(2027, 2, 1))
    noted = {one.id: (one.numerator, one.denominator) for one in again.corrections}
    assert noted["K2"] == (1, 2)
    assert again.figure("K2").denominator == 3
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert [one["on"] for one in kept["corrections"]] == ["2027-02-01"] * len(again.corrections)


def test_words_of_editors_and_imported_orders_stay(
    two_cases: Store, policy: Policy, tmp_path: Path
) -> None:
    orders = read_orders(ORDERS)
    file, found = write(tmp_path, measured(two_cases, policy, MONTH, AS_OF, orders), ON)
    data = json.loads(file.read_text(encoding="utf-8"))
    data["indicators"][0]["note"] = "Đã đối chiếu với kho."
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    _, again = write(tmp_path, measured(two_cases, policy, MONTH, AS_OF), ON)
    assert again.figure("K1").note == "Đã đối chiếu với kho."
    assert again.figure("K1").denominator == found.figure("K1").denominator == 1
    assert {one.id for one in again.sources} == {"events", "orders", "checks"}
    assert again.corrections == ()


def test_a_faulty_file_is_not_overwritten(store: Store, policy: Policy, tmp_path: Path) -> None:
    file = tmp_path / "ket-qua" / f"{MONTH}.json"
    file.parent.mkdir()
    file.write_text('{"month": 5}', encoding="utf-8")
    with pytest.raises(ContentErrors):
        write(tmp_path, measured(store, policy, MONTH, AS_OF), ON)
    assert file.read_text(encoding="utf-8") == '{"month": 5}'


def test_an_empty_store_has_no_events_and_no_percentage(store: Store, policy: Policy) -> None:
    stored, source = store.read(read_events, AS_OF)
    assert (stored, source.rows) == ([], 0)
    found = measured(store, policy, MONTH, AS_OF)
    assert {one.tenths for one in found.figures} == {None}
