"""Letters leave at least once, to exactly one address, and keep nothing personal behind."""

import io
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from forms_api import embedded, kinds, outbox, service
from forms_api.codes import Codes
from forms_api.mail import ConsoleMailer, Mail, NotSent, SmtpMailer, mailer_for
from forms_api.outbox import Report, send_outbox
from forms_api.settings import Settings
from forms_api.store.outbox_rows import claim
from forms_api.store.tables import outbox as table
from tests.support.submissions import COMPLAINT, INQUIRY

CASE = COMPLAINT | {"priority": "on", "remedy_wanted": "refund", "occurred_on": "20/11/2026"}


class Recorder:
    """A mailer that remembers, or fails as it is told."""

    keeps_copy = False

    def __init__(self, failure: NotSent | None = None) -> None:
        self.failure = failure
        self.mails: list[Mail] = []
        self.enough = threading.Event()

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)
        if len(self.mails) == 2:
            self.enough.set()
        if self.failure is not None:
            raise self.failure


@pytest.fixture
def receipt(portal, policy, now):
    return service.file_case(portal, kinds.of("complaint").read(CASE, policy, now), "k", now)


@pytest.fixture
def smtp(mail_server, portal):
    settings = replace(portal.settings, smtp_url=mail_server.url)
    return mailer_for(settings, portal.policy.company)


def rows(portal) -> list[Any]:
    return portal.store.read(lambda c: list(c.execute(select(table).order_by(table.c.id))))


def test_receipt_and_notice_arrive_each_at_one_address(
    portal, receipt, smtp, mail_server, now
) -> None:
    assert send_outbox(portal, smtp, now) == Report(sent=2)
    to_customer, to_department = mail_server.delivered
    assert to_customer.recipients == ["mau@khach.example"]
    assert to_department.recipients == ["khovan@nhakhe.example"]
    assert to_customer.message["To"] == "mau@khach.example"
    assert to_customer.message["From"] == "Bếp Mẫu <cskh@nhakhe.example>"
    assert to_customer.message["Auto-Submitted"] == "auto-generated"
    assert send_outbox(portal, smtp, now) == Report()
    assert len(mail_server.delivered) == 2


def test_the_receipt_letter_holds_reference_code_owner_and_dates(
    portal, receipt, smtp, mail_server, now
) -> None:
    send_outbox(portal, smtp, now)
    letter = mail_server.delivered[0]
    for part in (
        receipt.reference,
        receipt.code,
        "Trưởng phòng Kho vận, Kho vận",
        "CK-02 Trả lời lần đầu có nội dung: trước Thứ Hai, 23/11/2026, 14:00. Nếu trễ: ",
        "https://camket.example/ho-so/",
        "Thư này do hệ thống gửi tự động",
        "1900 0000",
    ):
        assert part in letter.text
    assert receipt.code not in letter.message["Subject"]
    assert receipt.reference in letter.message["Subject"]
    assert CASE["description"] in letter.text
    for typed in ("Nguyễn Thị Mẫu", "912"):
        assert typed not in letter.text


def test_the_notice_tells_the_department_everything_but_the_code(
    portal, receipt, smtp, mail_server, now
) -> None:
    send_outbox(portal, smtp, now)
    notice = mail_server.delivered[1]
    for part in (
        "Họ và tên: Nguyễn Thị Mẫu",
        "Điện thoại: 0912 345 678",
        "Loại: GT · Giao trễ",
        "Mong muốn: Hoàn tiền",
        "Ngày xảy ra: 20/11/2026",
        "Cần ưu tiên: có",
        "Đơn hàng giao trễ ba ngày",
    ):
        assert part in notice.text
    assert "Nhận tin" not in notice.text
    assert receipt.code not in notice.text
    assert "Mẫu" not in notice.message["Subject"]


def test_an_inquiry_is_told_in_words(portal, policy, now) -> None:
    service.file_case(portal, kinds.of("invoice_inquiry").read(INQUIRY, policy, now), "k", now)
    mailer = Recorder()
    send_outbox(portal, mailer, now)
    notice = mailer.mails[1].body
    for part in (
        "Việc cần hỏi: Hóa đơn sai thông tin",
        "Loại sai: Sai tên, địa chỉ",
        "Tổng tiền: 12.345.678 đ",
        "Khách hàng: Đại lý",
    ):
        assert part in notice


def test_words_of_the_customer_never_become_the_code(portal, policy, now) -> None:
    sly = CASE | {"description": f"Cho tôi xem {outbox.CODE_MARK} của phiếu này với."}
    receipt = service.file_case(portal, kinds.of("complaint").read(sly, policy, now), "k", now)
    mailer = Recorder()
    send_outbox(portal, mailer, now)
    assert receipt.code in mailer.mails[0].body
    assert receipt.code not in mailer.mails[1].body


def test_after_smtp_took_a_letter_nothing_personal_stays(portal, receipt, smtp, now) -> None:
    send_outbox(portal, smtp, now)
    for row in rows(portal):
        assert (row.recipient, row.body, row.next_attempt_at) == (None, None, None)
        assert row.sent_at == now


def test_without_smtp_a_letter_is_shown_and_stays_readable(portal, receipt, now) -> None:
    out = io.StringIO()
    assert send_outbox(portal, ConsoleMailer(out), now) == Report(sent=2)
    assert "To: mau@khach.example" in out.getvalue()
    assert receipt.code in out.getvalue()
    assert all(row.body and row.recipient for row in rows(portal))
    assert not any(receipt.code in row.body for row in rows(portal))


def test_a_lost_answer_sends_the_same_message_again(
    portal, receipt, smtp, mail_server, now
) -> None:
    mail_server.mode = "accept_then_drop"
    send_outbox(portal, smtp, now)
    assert all(row.sent_at is None and row.body for row in rows(portal))
    mail_server.mode = "ok"
    later = now + timedelta(minutes=2)
    assert send_outbox(portal, smtp, later) == Report(sent=2)
    seen = [one.message["Message-ID"] for one in mail_server.delivered]
    assert len(seen) == 3
    assert len(set(seen)) == 2
    assert seen[0] in seen[1:]


@pytest.mark.parametrize("mode", ["greylist", "full"])
def test_a_temporary_refusal_is_tried_again_later(
    mode, portal, receipt, smtp, mail_server, now
) -> None:
    mail_server.mode = mode
    assert send_outbox(portal, smtp, now) == Report(put_off=2)
    assert send_outbox(portal, smtp, now) == Report()
    mail_server.mode = "ok"
    assert send_outbox(portal, smtp, now + timedelta(minutes=1)) == Report(sent=2)


@pytest.mark.parametrize("mode", ["no_such_user", "refused"])
def test_a_final_refusal_is_given_up_without_quoting_the_address(
    mode, portal, receipt, smtp, mail_server, now, caplog
) -> None:
    mail_server.mode = mode
    # The third is the notice that tells the department of the first.
    assert send_outbox(portal, smtp, now) == Report(given_up=3)
    assert send_outbox(portal, smtp, now + timedelta(days=9)) == Report()
    assert all(row.failed_at == now and row.sent_at is None for row in rows(portal))
    assert "khach" not in caplog.text + "".join(row.last_error for row in rows(portal))


def test_a_server_that_is_down_is_asked_once_a_round(portal, policy, now) -> None:
    for number in range(4):
        complaint = kinds.of("complaint").read(CASE, policy, now)
        service.file_case(portal, complaint, f"k{number}", now)
    mailer = Recorder(NotSent("ConnectionRefusedError", reachable=False))
    assert send_outbox(portal, mailer, now) == Report(put_off=1)
    assert len(mailer.mails) == 1
    mailer.failure = None
    assert send_outbox(portal, mailer, now + timedelta(minutes=1)) == Report(sent=8)


def test_pauses_grow_and_end_after_about_three_days(portal, receipt, now) -> None:
    mailer = Recorder(NotSent("recipient refused 451"))
    moment, given_up = now, 0
    while not given_up:
        given_up = send_outbox(portal, mailer, moment).given_up
        moment = max((row.next_attempt_at or moment) for row in rows(portal))
    assert timedelta(days=2) < moment - now < timedelta(days=4)
    first_two = [
        mail
        for mail in mailer.mails
        if mail.message_id in {row.message_id for row in rows(portal)[:2]}
    ]
    assert len(first_two) == 2 * outbox.MOST_ATTEMPTS


def test_a_letter_claimed_by_a_sender_that_died_is_sent_after_the_lease(
    portal, receipt, now
) -> None:
    portal.store.write(lambda c: (claim(c, now, outbox.LEASES), claim(c, now, outbox.LEASES)))
    mailer = Recorder()
    assert send_outbox(portal, mailer, now + timedelta(minutes=1)) == Report()
    assert send_outbox(portal, mailer, now + outbox.LEASES[0]) == Report(sent=2)


def test_after_the_secret_changed_the_letter_leaves_without_a_code(portal, receipt, now) -> None:
    mailer = Recorder()
    send_outbox(replace(portal, codes=Codes("another secret")), mailer, now)
    assert outbox.LOST_CODE in mailer.mails[0].body
    assert outbox.CODE_MARK not in mailer.mails[0].body


def test_an_address_that_cannot_be_sent_to_is_given_up(portal, receipt, smtp, now) -> None:
    bad = {"kind": "notice", "subject": "s", "body": "b", "case_ref": receipt.reference}
    bad |= {"created_at": now, "next_attempt_at": now, "attempts": 0}
    portal.store.write(
        lambda c: c.execute(
            insert(table),
            [
                bad | {"message_id": "<1@x>", "recipient": "a@b.example\r\nBcc: c@d.example"},
                bad | {"message_id": "<2@x>", "recipient": "a@b.example, c@d.example"},
            ],
        )
    )
    assert send_outbox(portal, smtp, now) == Report(sent=2, given_up=2)


def test_the_sender_thread_sends_and_stops_when_told(portal, receipt, now) -> None:
    stop, mailer = threading.Event(), Recorder()
    thread = threading.Thread(
        target=embedded.repeat,
        args=("the outbox", stop, 0.01, lambda: send_outbox(portal, mailer, now)),
    )
    thread.start()
    assert mailer.enough.wait(20)
    stop.set()
    thread.join(20)
    assert not thread.is_alive()
    assert len(mailer.mails) == 2


@pytest.mark.parametrize("url", ["smtp://127.0.0.1:1", "smtps://127.0.0.1:1"])
def test_a_refused_connection_is_an_unreachable_server(url, portal, now) -> None:
    mailer = mailer_for(replace(portal.settings, smtp_url=url), portal.policy.company)
    with pytest.raises(NotSent) as failure:
        mailer.send(Mail("<1@x>", "a@b.example", "s", "b", now))
    assert (failure.value.reachable, failure.value.permanent) == (False, False)


def test_a_server_without_encryption_gets_no_mail_when_encryption_is_asked_for(
    mail_server, portal, now
) -> None:
    url = mail_server.url.replace("smtp:", "smtp+starttls:")
    mailer = mailer_for(replace(portal.settings, smtp_url=url), portal.policy.company)
    with pytest.raises(NotSent):
        mailer.send(Mail("<1@x>", "a@b.example", "s", "b", now))
    assert mail_server.delivered == []


def test_the_settings_choose_the_mailer(policy) -> None:
    assert isinstance(mailer_for(Settings.from_environ({}), policy.company), ConsoleMailer)
    given = Settings.from_environ({"PORTAL_SMTP_URL": "smtp://mail.example:25"})
    assert isinstance(mailer_for(given, policy.company), SmtpMailer)
