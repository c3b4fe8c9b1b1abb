"""The customer says where money should go, on the case page; nobody else reads the number."""

import json
import logging
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from forms_api.desk import export
from forms_api.handling import delivered
from forms_api.portal import Portal
from forms_api.staff.people import Person
from forms_api.store.tables import case_texts, deeds, events, outbox, private
from forms_api.sweeping import sweep
from service_policy.actors import CUSTOMER
from service_policy.cases import Evidence
from service_policy.cases.money.payments import RecordPayment
from service_policy.cases.resolution.reopening import Withdraw
from service_policy.paying import vietqr
from tests.follow.conftest import MakeCustomer
from tests.support.application import Clock
from tests.support.customer import CLERK, Customer
from tests.support.visitor import Seen

NUMBER = "0011002345678"
BUTTON = "Gửi nơi nhận tiền"
ACCOUNT = {
    "payout-way": "transfer",
    "payout-bank": "970436",
    "payout-account": "0011 0023 45678",
    "payout-holder": "Trần Văn Thử",
}
PAID = (Evidence(id="FT26113000001"),)


@pytest.fixture
def owed(make_customer: MakeCustomer, clock: Clock, portal: Portal) -> Customer:
    """A customer whose first answer is late: money is owed, and swept."""
    customer = make_customer(name="Trần Văn Thử")
    clock.move(days=2)
    sweep(portal, clock())
    return customer


def say(customer: Customer, **changes: str) -> Seen:
    """Fill in the form and send it."""
    values = ACCOUNT | {f"payout-{name}": said for name, said in changes.items()}
    return customer.visitor.press(customer.open(), BUTTON, values)


def everything(portal: Portal, table: Any) -> str:
    rows = portal.store.read(lambda connection: connection.execute(select(table)).all())
    return json.dumps([list(map(str, row)) for row in rows], ensure_ascii=False)


def stored_account(customer: Customer) -> dict[str, Any]:
    payout = customer.loaded.case.payouts[-1]
    found: dict[str, Any] = customer.loaded.private.get(payout.number, {}).get("payout", {})
    return found


# ---------------------------------------------------------------- asking


def test_a_page_that_owes_asks_where_and_says_that_no_clock_stops(owed: Customer) -> None:
    page = owed.open()
    assert "Việc của Quý khách: cho biết nơi nhận tiền." in page.html
    assert "Quý khách không phải làm gì" not in page.html
    assert "Hạn trả của chúng tôi không lùi" in page.html
    assert "payout_asked" in owed.types


def test_the_letter_that_tells_of_a_debt_asks_in_the_same_breath(
    owed: Customer, portal: Portal
) -> None:
    letters = portal.store.read(
        lambda connection: connection.execute(
            select(outbox.c.kind, outbox.c.subject, outbox.c.body).where(outbox.c.kind != "notice")
        ).all()
    )
    (asked,) = (one for one in letters if "nơi nhận tiền" in one.subject)
    assert "Chúng tôi nợ Quý khách" in asked.body
    assert "OTP" in asked.body
    assert not [one for one in letters if one.kind == "news"]


def test_a_page_that_was_not_swept_asks_too(make_customer: MakeCustomer, clock: Clock) -> None:
    customer = make_customer()
    clock.move(days=2)
    assert BUTTON in customer.open().html


def test_nothing_is_asked_while_nothing_is_owed(customer: Customer) -> None:
    page = customer.open()
    assert BUTTON not in page.html
    assert "nơi nhận tiền" not in page.html.lower()


# ---------------------------------------------------------------- answering


def test_an_account_is_taken_and_shown_by_its_last_signs(owed: Customer, clock: Clock) -> None:
    page = say(owed)
    assert page.status == 200
    assert "Đã ghi nơi nhận tiền" in page.html
    assert "VCB •••• 5678" in page.html
    assert NUMBER not in page.html
    assert stored_account(owed) == {
        "bank_bin": "970436",
        "account": NUMBER,
        "holder": "TRAN VAN THU",
        "whose": "",
    }
    assert "Việc của Quý khách: cho biết nơi nhận tiền." not in owed.open().html


def test_a_pasted_code_fills_in_bank_and_number(owed: Customer) -> None:
    code = vietqr.payload("970436", NUMBER, 1, "XIN CHAO")
    assert say(owed, bank="", account="", qr=f"  {code} ").status == 200
    assert stored_account(owed)["account"] == NUMBER


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"way": ""}, "way"),
        ({"bank": ""}, "bank"),
        ({"bank": "796500"}, "bank"),
        ({"account": "123"}, "account"),
        ({"account": "1" * 20}, "account"),
        ({"account": ""}, "account"),
        ({"holder": " "}, "holder"),
        ({"holder": "Lê Thị Khác"}, "whose"),
        ({"qr": "00020101021238"}, "qr"),
        ({"qr": vietqr.payload("970407", "19031234567890", 1, "X")}, "qr"),
        ({"way": "cash", "place": ""}, "place"),
        ({"way": "cash", "place": "tt-99"}, "place"),
    ],
)
def test_what_nobody_can_pay_into_is_said_beside_its_field_and_nothing_typed_is_lost(
    owed: Customer, changes: dict[str, str], field: str
) -> None:
    page = say(owed, **changes)
    assert page.status == 422
    assert f"payout-{field}" in page.errors
    assert not owed.loaded.case.payouts
    typed = ACCOUNT | {f"payout-{name}": said for name, said in changes.items()}
    form = next(one for one in page.forms if one.action == "/ho-so/nhan-tien/")
    for name, said in typed.items():
        if said.strip() and name != "payout-place" and said != "796500":
            assert form.fields[name].strip() == said.strip()


def test_a_name_that_differs_is_asked_about_and_not_refused(
    owed: Customer,
) -> None:
    assert say(owed, holder="Lê Thị Khác", whose="family").status == 200
    assert owed.loaded.case.payouts[-1].other_holder
    assert stored_account(owed)["whose"] == "family"


def test_an_unusual_number_is_warned_of_and_taken(owed: Customer) -> None:
    page = say(owed, account="anh thu 99")
    assert page.status == 200
    assert "không giống số tài khoản thường gặp" in page.html
    assert stored_account(owed)["account"] == "ANHTHU99"


def test_cash_is_paid_at_a_shop_that_the_company_lists(owed: Customer) -> None:
    page = say(owed, way="cash", place="tt-07")
    assert "TT-07" in page.html
    assert stored_account(owed) == {}


def test_the_same_form_twice_is_one_answer(owed: Customer) -> None:
    page = owed.open()
    for _ in range(2):
        assert owed.visitor.press(page, BUTTON, ACCOUNT).status == 200
    assert owed.types.count("payout_chosen") == 1
    other = owed.visitor.press(page, BUTTON, ACCOUNT | {"payout-account": "99990000111"})
    assert other.status == 409
    assert owed.types.count("payout_chosen") == 1


def test_a_change_tells_every_address_and_waits_four_working_hours(
    owed: Customer, portal: Portal
) -> None:
    say(owed)
    page = say(owed, account="99990000111")
    assert "Nơi nhận mới được dùng từ" in page.html
    subjects = portal.store.read(
        lambda connection: list(connection.scalars(select(outbox.c.subject).order_by(outbox.c.id)))
    )
    assert any("Nơi nhận tiền vừa đổi" in one for one in subjects)


def test_a_closed_case_asks_takes_an_answer_and_stops_asking_when_paid(
    owed: Customer, clock: Clock, portal: Portal
) -> None:
    owed.staff(Withdraw(CUSTOMER))
    page = owed.open()
    assert "chúng tôi còn nợ Quý khách" in page.html
    assert say(owed).status == 200
    vnd = owed.loaded.case.open_vnd
    owed.staff(RecordPayment(CLERK, vnd=vnd, method="transfer", evidence=PAID))
    page = owed.open()
    assert BUTTON not in page.html
    assert "Không còn khoản nào chưa trả" in page.html


def test_a_closed_case_tells_its_customer_by_mail_and_counts_the_letter(
    owed: Customer, portal: Portal, clock: Clock
) -> None:
    owed.staff(Withdraw(CUSTOMER))
    question = owed.loaded.case.payout_questions[-1]
    delivered(portal, owed.reference, question.number, "mail_accepted", clock())
    assert owed.loaded.case.message(question.number).delivered_at == clock()  # type: ignore[union-attr]


# ---------------------------------------------------------------- masking


def test_the_number_stands_beside_its_event_and_nowhere_else(
    owed: Customer,
    app: Flask,
    portal: Portal,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    page = say(owed)
    assert NUMBER in everything(portal, private)
    for table in (events, outbox, case_texts, deeds):
        assert NUMBER not in everything(portal, table), table.name
    told = app.test_client().get("/api/v1/case", headers={"Authorization": f"Bearer {owed.code}"})
    lead = Person("NV-1", "lan", "Lan", "lead", "cskh", None)
    exported = b"".join(export.as_csv(export.rows(portal, lead, clock())))
    for shown in (page.html, owed.open().html, told.text, exported.decode(), caplog.text):
        assert NUMBER not in shown
        assert NUMBER[:-4] not in shown


# ---------------------------------------------------------------- erasure


def test_the_number_is_erased_thirty_days_after_the_money_was_paid(
    owed: Customer, portal: Portal, clock: Clock
) -> None:
    owed.staff(Withdraw(CUSTOMER))
    say(owed)
    vnd = owed.loaded.case.open_vnd
    owed.staff(RecordPayment(CLERK, vnd=vnd, method="transfer", evidence=PAID))
    for days in (28, 6):
        assert NUMBER in everything(portal, private)
        clock.move(days=days)
        for _ in range(2):
            sweep(portal, clock())
    assert NUMBER not in everything(portal, private)
    assert "TRAN VAN THU" not in everything(portal, private)
    assert owed.types.count("account_erased") == 1
    page = owed.open()
    assert "Đã trả" in page.html
    assert "5678" not in page.html


def test_no_table_has_a_column_for_accounts(portal: Portal) -> None:
    found = portal.store.read(
        lambda connection: connection.execute(text("SELECT * FROM private LIMIT 1")).keys()
    )
    assert set(found) == {"case_ref", "seq", "payload"}
