"""The accountant's day: debts by their day, a file that two people make, the bank's own words."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select

from forms_api import handling, kinds, service
from forms_api.errors import ValidationFailed
from forms_api.loading import Loaded, load
from forms_api.payments import files, statements
from forms_api.payments.files import need_not_under_way
from forms_api.payments.statements import Imported
from forms_api.portal import Portal
from forms_api.staff.people import Person
from forms_api.store.payment_rows import payment_lines
from forms_api.store.statement_rows import bank_lines
from forms_api.store.tables import audit
from forms_api.sweeping import sweep
from service_policy.actors import CUSTOMER
from service_policy.cases.money.payments import PaymentRecorded
from service_policy.cases.money.payout import ChoosePayout
from service_policy.cases.resolution.reopening import Withdraw
from service_policy.paying.accounts import memo_of
from tests.staff.conftest import LogIn
from tests.support.application import Clock
from tests.support.submissions import COMPLAINT
from tests.support.visitor import Seen, Visitor

NUMBER = "0011002345678"
CLERK = Person("NV-ke", "ke", "Người tên Ke", "accountant", "ke-toan")
SECOND = Person("NV-hai", "hai", "Người tên Hai", "accountant", "ke-toan")
HEAD = "Ngày giao dịch;Mã giao dịch;Ghi nợ;Ghi có;Nội dung"


@pytest.fixture
def environ(either_database: dict[str, str]) -> dict[str, str]:
    return either_database


@pytest.fixture
def owing(portal: Portal, clock: Clock) -> Any:
    """Return a maker of cases that are owed 50.000 đ or more and say where it should go."""

    def make(account: str | None = NUMBER, **changes: Any) -> str:
        complaint = kinds.of("complaint").read({**COMPLAINT, **changes}, portal.policy, clock())
        receipt = service.file_case(portal, complaint, None, clock())
        clock.move(days=1, hours=8)
        sweep(portal, clock())
        if account is not None:
            choose(portal, receipt.reference, clock, account)
        return receipt.reference

    return make


def choose(portal: Portal, reference: str, clock: Clock, account: str, **more: Any) -> None:
    whole = {"bank_bin": "970436", "account": account, "holder": "NGUYEN THI MAU"}
    command = ChoosePayout(CUSTOMER, way="transfer", account=whole, **more)
    handling.execute(portal, reference, command, clock())


def loaded(portal: Portal, reference: str) -> Loaded:
    return portal.store.read(lambda connection: load(connection, reference))


def statement(*lines: Sequence[object]) -> bytes:
    return "\n".join([HEAD, *(";".join(map(str, one)) for one in lines)]).encode()


def take(portal: Portal, clock: Clock, *lines: Sequence[object]) -> Imported:
    return statements.take(portal, statement(*lines), "hai-cot", CLERK, clock())


def out(reference: str, vnd: int, number: str = "FT1", on: str = "24/11/2026") -> list[object]:
    return [on, number, vnd, "", f"MBVCB {memo_of(reference)} tra tien"]


def back(reference: str, vnd: int, number: str = "FT9", on: str = "24/11/2026") -> list[object]:
    return [on, number, "", vnd, f"HOAN TRA {memo_of(reference)}"]


def approved(portal: Portal, clock: Clock, *references: str) -> int:
    number = files.make(portal, references, CLERK, clock())
    files.approve(portal, number, SECOND, clock())
    return number


@contextmanager
def refused(words: str) -> Iterator[None]:
    """What is done is refused, and the message says why."""
    with pytest.raises(ValidationFailed) as failure:
        yield
    assert any(words in one.message for one in failure.value.errors), failure.value.errors


def count(portal: Portal, table: Any) -> int:
    query = select(func.count()).select_from(table)
    return int(portal.store.read(lambda connection: connection.scalar(query)) or 0)


# ---------------------------------------------------------------- the list


def test_the_list_has_one_line_a_case_and_flags_what_deserves_a_look(
    owing: Any, log_in: LogIn, clock: Clock, portal: Portal
) -> None:
    known, unknown = owing(), owing(None, phone="0912 999 888")
    shared = owing(phone="0912 777 666")
    page = log_in("ke", "accountant", "ke-toan").get("/noi-bo/tien/")
    assert page.status == 200
    for reference in (known, unknown, shared):
        assert page.html.count(f'chon-{reference}"') == (reference != unknown)
    assert page.html.count("chưa biết trả vào đâu") == 1
    assert page.html.count("một tài khoản cho nhiều khách") == 2
    assert "VCB •••• 5678" in page.html
    assert NUMBER not in page.html


def test_one_customer_with_two_cases_is_no_reason_to_wonder(owing: Any, log_in: LogIn) -> None:
    owing()
    owing()
    page = log_in("ke", "accountant", "ke-toan").get("/noi-bo/tien/")
    assert "một tài khoản cho nhiều khách" not in page.html


def test_a_changed_account_and_another_holder_are_flagged_and_not_yet_payable(
    owing: Any, log_in: LogIn, portal: Portal, clock: Clock
) -> None:
    reference = owing()
    choose(portal, reference, clock, "19031234567890", other_holder=True)
    page = log_in("ke", "accountant", "ke-toan").get("/noi-bo/tien/")
    assert "chờ 4 giờ làm việc" in page.html
    assert "chủ tài khoản khác tên khách" in page.html
    assert f"chon-{reference}" not in page.html
    with pytest.raises(ValidationFailed):
        files.make(portal, [reference], CLERK, clock())


# ---------------------------------------------------------------- the file


def test_a_file_goes_from_the_accountant_over_a_second_person_to_the_bank(
    owing: Any, log_in: LogIn, portal: Portal
) -> None:
    reference = owing()
    vnd = loaded(portal, reference).case.open_vnd
    clerk = log_in("ke", "accountant", "ke-toan")
    made = press(clerk, clerk.get("/noi-bo/tien/"), "Lập tệp chi", {f"chon-{reference}": "on"})
    assert made.status == 303
    url = made.response.headers["Location"].partition("?")[0]
    mine = clerk.get(url)
    assert "người khác duyệt" in mine.html
    assert "Tải tệp chi" not in mine.html
    assert NUMBER in mine.html
    assert "data:image/svg+xml" in mine.html
    second = log_in("hai", "second_reader", "phap-che")
    theirs = second.get(url)
    assert NUMBER not in theirs.html
    assert "VCB •••• 5678" in theirs.html
    assert press(second, theirs, "Duyệt tệp").status == 303
    taken = press(clerk, clerk.get(url), "Tải tệp chi (CSV)")
    rows = list(csv.reader(io.StringIO(taken.response.get_data(as_text=True))))
    assert rows[1] == [
        "1", NUMBER, "NGUYEN THI MAU", "970436", "VCB", str(vnd), memo_of(reference),
    ]  # fmt: skip
    assert taken.response.get_data().isascii()
    noted = portal.store.read(
        lambda connection: set(
            connection.execute(select(audit.c.staff_id, audit.c.action, audit.c.case_ref)).all()
        )
    )
    assert ("NV-ke", "pay_read", reference) in noted
    assert {("NV-ke", "pay_taken", None), ("NV-hai", "pay_file", None)} <= noted


def press(visitor: Visitor, page: Seen, button: str, values: Any = None) -> Seen:
    return visitor.press(page, button, values)


def test_nobody_approves_alone_and_nobody_downloads_what_is_not_approved(
    owing: Any, portal: Portal, clock: Clock
) -> None:
    number = files.make(portal, [owing()], CLERK, clock())
    with refused("khác người lập"):
        files.approve(portal, number, CLERK, clock())
    with refused("chưa có người thứ hai"):
        files.content(portal, number)
    files.approve(portal, number, SECOND, clock())
    for decide in (files.approve, files.cancel):
        with pytest.raises(ValidationFailed):
            decide(portal, number, SECOND, clock())


def test_a_case_waits_in_one_file_at_most_until_that_is_cancelled(
    owing: Any, portal: Portal, clock: Clock
) -> None:
    reference = owing()
    number = files.make(portal, [reference], CLERK, clock())
    with pytest.raises(ValidationFailed):
        files.make(portal, [reference], CLERK, clock())
    files.cancel(portal, number, SECOND, clock())
    assert files.make(portal, [reference], CLERK, clock()) != number


def test_a_file_in_which_a_line_holds_no_more_is_not_approved(
    owing: Any, portal: Portal, clock: Clock
) -> None:
    reference = owing()
    number = files.make(portal, [reference], CLERK, clock())
    choose(portal, reference, clock, "19031234567890")
    with refused("đã đổi từ lúc lập tệp"):
        files.approve(portal, number, SECOND, clock())


def test_an_approved_file_is_what_it_was_and_is_refused_once_accounts_are_erased(
    owing: Any, portal: Portal, clock: Clock
) -> None:
    reference = owing()
    number = approved(portal, clock, reference)
    assert files.content(portal, number) == files.content(portal, number)
    take(portal, clock, out(reference, loaded(portal, reference).case.open_vnd))
    from forms_api import handling

    handling.execute(portal, reference, Withdraw(CUSTOMER), clock())
    clock.move(days=45)
    for _ in range(3):
        sweep(portal, clock())
        clock.move(hours=2)
    assert loaded(portal, reference).case.open_vnd == 0
    with refused("đã xóa theo thời hạn"):
        files.content(portal, number)


def test_money_under_way_goes_where_it_was_sent(owing: Any, portal: Portal, clock: Clock) -> None:
    reference = owing()
    need_not_under_way(portal, reference)
    number = approved(portal, clock, reference)
    with refused("đang được chuyển"):
        need_not_under_way(portal, reference)
    files.drop(portal, number, 1, clock())
    need_not_under_way(portal, reference)
    assert files.make(portal, [reference], CLERK, clock()) > number


# ---------------------------------------------------------------- the statement


def test_a_line_pays_its_case_once_however_often_it_comes(
    owing: Any, portal: Portal, clock: Clock
) -> None:
    reference = owing()
    vnd = loaded(portal, reference).case.open_vnd
    approved(portal, clock, reference)
    fee = ["24/11/2026", "FT1", 1100, "", "PHI CHUYEN TIEN"]
    salary = ["24/11/2026", "FT2", 9, "", "LUONG T11"]
    first = take(portal, clock, fee, out(reference, vnd), salary, fee)
    assert (first.paid, first.open, first.strangers) == (1, 0, 3)
    for _ in range(2):
        again = take(portal, clock, out(reference, vnd))
        assert (again.paid, again.known) == (0, 1)
    case = loaded(portal, reference).case
    assert case.open_vnd == 0
    assert len(case.paid) == 1
    assert count(portal, bank_lines) == 1
    (event,) = (one for one in loaded(portal, reference).events if isinstance(one, PaymentRecorded))
    assert (event.reference, str(event.booked_on)) == ("FT1", "2026-11-24")


@pytest.mark.parametrize("split", [1, 2])
def test_what_fits_nothing_or_two_things_is_listed_and_never_guessed(
    owing: Any, portal: Portal, clock: Clock, log_in: LogIn, split: int
) -> None:
    reference, other = owing(), owing(phone="0912 777 666", account="99990000111")
    vnd = loaded(portal, reference).case.open_vnd
    lines = [
        out(reference, vnd + 1, "FT1"),
        ["24/11/2026", "FT2", vnd, "", f"{memo_of(reference)} {memo_of(other)}"],
        ["24/11/2026", "FT3", vnd, "", "BU KN26ZZZZ9999"],
        back(reference, vnd, "FT4"),
    ]
    done = take(portal, clock, *lines)
    assert (done.paid, done.returned, done.open) == (0, 0, 4)
    assert loaded(portal, reference).case.open_vnd == vnd
    page = log_in("ke", "accountant", "ke-toan").get("/noi-bo/tien/")
    for number in ("FT1", "FT2", "FT3", "FT4"):
        assert number in page.html
    for words in ("ghi mã của nhiều hồ sơ", "không có hồ sơ mã này", "không khớp khoản nào"):
        assert words in page.html
    # What becomes clear later is settled by the same line, and only once.
    if split == 2:
        later = take(portal, clock, out(reference, vnd, "FT5"), *lines)
        assert (later.paid, later.open) == (1, 3)
        assert later.returned == 1


@pytest.mark.parametrize("order", ["together", "reversed", "out first", "back first"])
def test_a_transfer_that_came_back_is_owed_again_in_whatever_order_the_files_come(
    owing: Any, portal: Portal, clock: Clock, order: str
) -> None:
    reference = owing()
    vnd = loaded(portal, reference).case.open_vnd
    approved(portal, clock, reference)
    gone, came = out(reference, vnd, "FT1"), back(reference, vnd, "FT2")
    files_of = {
        "together": [[gone, came]],
        "reversed": [[came, gone]],
        "out first": [[gone], [came]],
        "back first": [[came], [gone]],
    }[order]
    for one in files_of:
        take(portal, clock, *one)
    case = loaded(portal, reference).case
    assert (case.open_vnd, case.payout) == (vnd, None)
    assert sum(one.vnd for one in case.paid if one.returned_at is None) == 0
    types = [one.type for one in loaded(portal, reference).events]
    assert types.count("payout_failed") == 1
    choose(portal, reference, clock, "99990000111")
    approved(portal, clock, reference)
    assert take(portal, clock, out(reference, vnd, "FT3")).paid == 1
    assert loaded(portal, reference).case.open_vnd == 0


def test_a_workbook_is_read_like_a_text(owing: Any, portal: Portal, clock: Clock) -> None:
    reference = owing()
    vnd = loaded(portal, reference).case.open_vnd
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["SAO KÊ TÀI KHOẢN"])
    sheet.merge_cells("A1:E1")
    sheet.append(HEAD.split(";"))
    sheet.append(out(reference, vnd))
    raw = io.BytesIO()
    book.save(raw)
    done = statements.take(portal, raw.getvalue(), "hai-cot", CLERK, clock())
    assert done.paid == 1


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xfe\x00", b"PK\x03\x04broken", b"a;b\n1;2", "Ngày;Mã\n1;2".encode(), b"\0" * 50],
)
def test_a_strangers_file_is_refused_whole(portal: Portal, clock: Clock, raw: bytes) -> None:
    with pytest.raises(ValidationFailed):
        statements.take(portal, raw, "hai-cot", CLERK, clock())
    assert count(portal, bank_lines) == 0


def test_one_bad_row_refuses_the_whole_statement(owing: Any, portal: Portal, clock: Clock) -> None:
    reference = owing()
    vnd = loaded(portal, reference).case.open_vnd
    with refused("Dòng 3"):
        take(portal, clock, out(reference, vnd), ["24/11/26", "FT2", 1, "", "x"])
    assert loaded(portal, reference).case.open_vnd == vnd


def test_the_page_imports_a_statement_and_says_what_became_of_it(
    owing: Any, log_in: LogIn, portal: Portal
) -> None:
    reference = owing()
    vnd = loaded(portal, reference).case.open_vnd
    clerk = log_in("ke", "accountant", "ke-toan")
    sent = {"layout": "hai-cot", "file": [("sao kê.csv", statement(out(reference, vnd)))]}
    page = clerk.press(clerk.get("/noi-bo/tien/"), "Nhập sao kê", sent)
    assert page.status == 200, page.html
    assert "1 khoản đã trả" in page.html
    faulty = {"layout": "hai-cot", "file": [("sao kê.csv", b"x;y\n1;2")]}
    assert clerk.press(page, "Nhập sao kê", faulty).status == 422
    assert clerk.press(page, "Nhập sao kê", {"layout": "hai-cot", "file": []}).status == 422


def test_what_a_statement_says_of_others_is_not_kept(
    owing: Any, portal: Portal, clock: Clock
) -> None:
    reference = owing()
    vnd = loaded(portal, reference).case.open_vnd
    take(
        portal,
        clock,
        ["24/11/2026", "FT1", vnd + 5, "", f"{memo_of(reference)} CT DEN {NUMBER} NGUYEN THI MAU"],
        ["24/11/2026", "FT2", 7_000_000, "", "LUONG LE VAN TAM 19031234567890"],
    )
    kept = portal.store.read(lambda connection: str(connection.execute(select(bank_lines)).all()))
    assert "FT1" in kept
    for stranger in (NUMBER, "NGUYEN THI MAU", "LE VAN TAM", "19031234567890", "FT2"):
        assert stranger not in kept


def test_money_that_is_late_costs_more_until_the_bank_line_comes(
    owing: Any, portal: Portal, clock: Clock
) -> None:
    reference = owing()
    before = loaded(portal, reference).case
    approved(portal, clock, reference)
    clock.moment = before.open_debts[0].pay_by + timedelta(hours=16)
    sweep(portal, clock())
    after = loaded(portal, reference).case
    assert any(one.reason == "late_payment" for one in after.debts)
    done = take(portal, clock, out(reference, before.open_vnd))
    assert done.paid == 1
    assert loaded(portal, reference).case.open_vnd == after.open_vnd - before.open_vnd
    assert count(portal, payment_lines) == 1


def test_only_the_accountant_pays_and_the_others_look(app: Flask, log_in: LogIn) -> None:
    lead = log_in("hoa", "lead", "qa").get("/noi-bo/tien/")
    assert lead.status == 200
    for words in ("Lập tệp chi", "Nhập sao kê"):
        assert words not in lead.html
    assert log_in("lan", "agent", "qa").get("/noi-bo/tien/").status == 403
