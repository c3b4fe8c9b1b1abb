"""Late and short orders: the debt is written once and told once, whatever comes in which order."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, select

from forms_api.handling import execute
from forms_api.mail import Mail
from forms_api.outbox import send_outbox
from forms_api.own_reports.round import compare_books
from forms_api.portal import Portal
from forms_api.store import history, open_store
from forms_api.store.obligation_rows import obligations, own_reports
from forms_api.store.tables import cases, events, outbox
from forms_api.sweeping import sweep
from service_policy.actors import CUSTOMER, Actor
from service_policy.cases import Case, Evidence
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.money.payments import RecordFact, RecordPayment
from tests.forms_api.conftest import empty, sqlite_copy
from tests.own_reports.world import customers, deliveries, orders
from tests.support.application import MONDAY, Clock
from tests.support.customer import CLERK, SHOWN, Customer, photo
from tests.support.made_books import File, at, day, take
from tests.support.visitor import Visitor

UNTIL = at("2026-11-20T17:00")
LATE = dict.fromkeys(range(1, 13), "2026-11-12T09:00")
SHORT = frozenset(range(13, 18))
IN_TIME = dict.fromkeys(range(13, 31), "2026-11-10T09:00")


class Kept:
    """A mail server that keeps what it took."""

    keeps_copy = False

    def __init__(self) -> None:
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)


def all_cases(portal: Portal) -> dict[str, Case]:
    references = portal.store.read(lambda c: list(c.scalars(select(cases.c.reference))))
    return portal.store.read(partial(history.load_cases, references=references))


def letters(portal: Portal, kind: str = "receipt") -> list[Row[object]]:
    query = select(outbox).where(outbox.c.kind == kind).order_by(outbox.c.id)
    return portal.store.read(lambda connection: list(connection.execute(query)))


def debts(portal: Portal) -> dict[str, int]:
    """Return what is owed, by the number of the order."""
    query = select(own_reports.c.case_ref, own_reports.c.document_key)
    found = portal.store.read(lambda connection: list(connection.execute(query)))
    here = all_cases(portal)
    return {row.document_key: here[row.case_ref].open_vnd for row in found}


def test_twelve_late_and_five_short_orders_write_exactly_their_debts(portal: Portal) -> None:
    take(portal.store, *customers(30), *orders(30, UNTIL, short=SHORT))
    take(portal.store, deliveries({**LATE, **IN_TIME}, UNTIL))
    sweep(portal, MONDAY)
    # More than 5 % of what was compared: somebody looks first, for a working day at most.
    assert all_cases(portal) == {}
    later = at("2026-11-26T08:00")
    sweep(portal, later)
    # 0,5 % × 8.400.000 × 2 days; 1 % of two pots is less than the minimum.
    expected = dict.fromkeys((f"DH-{one}" for one in LATE), 84_000)
    expected |= dict.fromkeys((f"DH-{one}" for one in SHORT), 100_000)
    assert debts(portal) == expected
    assert len(letters(portal)) == 17
    for again in (later, later + timedelta(hours=2), later + timedelta(days=3)):
        sweep(portal, again)
    assert debts(portal) == expected
    assert len(letters(portal)) == 17
    assert letters(portal, "news") == []


def test_a_late_order_is_noticed_told_and_read_by_its_customer(
    portal: Portal, app: Flask, clock: Clock
) -> None:
    take(portal.store, *customers(1), *orders(1, UNTIL), deliveries({}, UNTIL))
    sweep(portal, clock())
    ((reference, case),) = all_cases(portal).items()
    assert reference.startswith("TM-")
    assert (case.kind, case.channel, case.owner_department) == ("own_report", "ledger", "kho-van")
    assert [(one.commitment_id, one.missed_at) for one in case.promises] == [("CK-09", clock())]
    # Eight working days by Friday evening: 0,5 % × 8.400.000 × 8.
    assert case.open_vnd == 336_000
    mailbox = Kept()
    send_outbox(portal, mailbox, clock())
    (letter,) = (one for one in mailbox.sent if one.recipient == "k1@khach.example")
    assert letter.subject == f"Chúng tôi tự thấy mình trễ hẹn với Quý khách (hồ sơ {reference})"
    for words in (
        "Quý khách chưa báo",
        "20/11/2026",
        "đơn hàng DH-1",
        "336.000 đ",
        "0,5 % × 8.400.000 đ",
        "Xin cho biết nơi nhận trên trang hồ sơ",
        "Số liệu này sai?",
    ):
        assert words in letter.body, words
    code = re.search(r"Mã bí mật: ([0-9A-Z-]{30,})", letter.body)
    assert code is not None
    page = Customer(portal, clock, Visitor(app.test_client()), reference, code.group(1)).open()
    assert page.status == 200
    text = page.html.replace("\u00a0", " ")
    for words in (reference, "đơn hàng DH-1", "336.000", "Giao đúng hẹn và đủ"):
        assert words in text, words


def test_what_is_owed_grows_with_newer_books_and_stops_with_the_delivery(
    portal: Portal, clock: Clock
) -> None:
    take(portal.store, *customers(1), *orders(1, UNTIL), deliveries({}, at("2026-11-12T17:00")))
    sweep(portal, clock())
    assert debts(portal) == {"DH-1": 84_000}
    take(portal.store, File("deliveries", UNTIL, ()))
    sweep(portal, clock())
    assert debts(portal) == {"DH-1": 336_000}
    take(portal.store, *orders(1, at("2026-11-23T08:30")))
    take(portal.store, deliveries({1: "2026-11-23T08:10"}, at("2026-11-23T08:30")))
    sweep(portal, clock())
    assert debts(portal) == {"DH-1": 378_000}
    clock.move(days=30)
    take(portal.store, *orders(1, clock()), deliveries({1: "2026-11-23T08:10"}, clock()))
    sweep(portal, clock())
    (case,) = all_cases(portal).values()
    # The extra for paying late is all that was added.
    assert sum(one.vnd for one in case.debts if one.reason == "missed") == 378_000
    assert [one.step for one in case.debts if one.reason == "missed"] == list(range(1, 10))
    assert len(letters(portal)) == 1


def test_an_order_that_proves_kept_later_is_shown_and_takes_nothing_back(
    portal: Portal, clock: Clock
) -> None:
    take(portal.store, *customers(1), *orders(1, UNTIL), deliveries({}, UNTIL))
    sweep(portal, clock())
    take(portal.store, deliveries({1: "2026-11-09T09:00"}, at("2026-11-23T08:00")))
    for _ in range(2):
        sweep(portal, clock())
    ((_, case),) = all_cases(portal).items()
    assert case.open_vnd == 336_000
    found = case.promises[0].found
    assert found is not None
    assert found.denied
    told = _types(portal)
    assert told.count("books_compared") == 2


def _types(portal: Portal) -> list[str]:
    """Return the types of all events, in order."""
    query = select(events.c.type).order_by(events.c.case_ref, events.c.seq)
    return portal.store.read(lambda connection: list(connection.scalars(query)))


def test_a_customer_without_an_address_waits_at_the_desk(portal: Portal, clock: Clock) -> None:
    ways = customers(1, phone="+84912345678")
    take(portal.store, *ways, *orders(1, UNTIL), deliveries({}, UNTIL))
    sweep(portal, clock())
    assert letters(portal) == []
    query = select(own_reports.c.told_at)
    assert portal.store.read(lambda connection: connection.scalar(query)) is None
    # The books learn an address: now the letter leaves, once.
    _, contacts = customers(1)
    take(portal.store, contacts)
    for _ in range(2):
        compare_books(portal, clock())
    assert [one.recipient for one in letters(portal)] == ["k1@khach.example"]


STEPS = st.lists(
    st.sampled_from(["orders", "lines", "early", "late", "sweep"]), min_size=1, max_size=8
)


def test_the_order_of_files_and_sweeps_changes_no_debt(
    portal: Portal, migrated_file: Path, tmp_path: Path
) -> None:
    numbers = count()

    @settings(max_examples=25)
    @given(steps=STEPS)
    def whatever(steps: list[str]) -> None:
        here = _emptied(portal, migrated_file, tmp_path / str(next(numbers)))
        _come(here, steps)
        # 84.000 for two days, 100.000 without a word, 252.000 for six, 336.000 and not there.
        expected = {"DH-1": 84_000, "DH-2": 100_000, "DH-3": 252_000, "DH-4": 336_000}
        assert debts(here) == expected
        assert len(letters(here)) == 4
        query = select(obligations.c.key).where(obligations.c.state == "missed")
        assert set(here.store.read(lambda connection: connection.scalars(query).all())) == {
            "CK-09:delivered:orders:DH-1:2026-11-10",
            "CK-10:shortage_notified:orders:DH-2",
            "CK-09:delivered:orders:DH-3:2026-11-10",
            "CK-09:delivered:orders:DH-4:2026-11-10",
        }

    whatever()


def _emptied(portal: Portal, migrated: Path, folder: Path) -> Portal:
    """Give the portal a store without anything in it."""
    if portal.store.dialect == "postgresql":
        empty(portal.store)
        return portal
    folder.mkdir()
    return replace(portal, store=open_store(sqlite_copy(migrated, folder)))


def _come(portal: Portal, steps: list[str]) -> None:
    """Let files come and sweeps run in this order, then whatever has not come yet."""
    now = MONDAY
    came = {1: "2026-11-12T09:00", 2: "2026-11-10T09:00", 3: "2026-11-18T09:00"}
    heads, lines = orders(4, UNTIL, short=frozenset({2}))
    files = {
        "orders": heads,
        "lines": lines,
        "early": deliveries(came, at("2026-11-13T17:00")),
        "late": deliveries(came, UNTIL),
    }
    take(portal.store, *customers(4))
    left = dict.fromkeys(files)
    for step in (*steps, *left, "sweep"):
        if step == "sweep":
            compare_books(portal, now)
            now += timedelta(minutes=1)
        elif step in left:
            del left[step]
            _in_time(portal, files[step], left)


def _in_time(portal: Portal, file: File, left: dict[str, None]) -> None:
    """Take a file; one that is older than what is known brings nothing, as an import would say."""
    if file.table == "deliveries" and file.as_of < UNTIL and "late" not in left:
        return
    take(portal.store, file)


@pytest.mark.parametrize("moment", [MONDAY])
def test_a_store_without_books_finds_nothing(portal: Portal, moment: datetime) -> None:
    assert compare_books(portal, moment).documents == 0


def test_what_was_done_and_paid_closes_by_itself_and_never_over_a_word(
    portal: Portal, app: Flask, clock: Clock
) -> None:
    take(portal.store, *customers(2), *orders(2, UNTIL))
    take(portal.store, deliveries(dict.fromkeys((1, 2), "2026-11-12T09:00"), UNTIL))
    sweep(portal, clock())
    spoken, silent = sorted(all_cases(portal))
    said = AddInformation(CUSTOMER, text="Hàng tới ngày 15 chứ không phải ngày 12.")
    execute(portal, spoken, said, clock())
    for reference in (spoken, silent):
        proof = (Evidence(id="UNC-1", kind="note"),)
        paid = RecordPayment(CLERK, vnd=84_000, method="transfer", evidence=proof)
        execute(portal, reference, paid, clock())
    sweep(portal, clock())
    assert {one: case.state for one, case in all_cases(portal).items()} == {
        spoken: "open",
        silent: "closed",
    }


def test_a_price_that_the_books_lack_is_recorded_by_a_person_and_then_owed(
    portal: Portal, clock: Clock
) -> None:
    slip = {
        "slip_no": "P-1",
        "sku": "NC-18T",
        "customer_id": "K1",
        "received_at": at("2026-11-02T09:00"),
        "promised_return_on": day("2026-11-06"),
        "returned_at": at("2026-11-11T10:00"),
    }
    take(portal.store, *customers(1), File("warranty_slips", UNTIL, (slip,)))
    sweep(portal, clock())
    ((reference, case),) = all_cases(portal).items()
    assert (case.open_vnd, case.owner_department) == (0, "ky-thuat")
    assert "sẽ báo sau" in str(letters(portal)[0].body)
    price = RecordFact(
        Actor(id="NV-9", role="agent", department="ky-thuat"),
        name="price_vnd",
        value=2_390_000,
        evidence=(SHOWN,),
    )
    execute(portal, reference, price, clock(), files=photo())
    sweep(portal, clock())
    # 2 % of the price for each of three late days.
    assert all_cases(portal)[reference].open_vnd == 144_000
    # What is owed now, and where it should go, is one letter.
    (told,) = letters(portal, "message")
    assert "144.000" in str(told.body)
