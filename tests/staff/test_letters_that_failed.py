"""A letter that does not arrive is work for somebody, and nothing rests on it any more."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from forms_api.mail import mailer_for
from forms_api.outbox import Report, send_outbox
from forms_api.store.tables import outbox
from tests.support.mailserver import mail_server
from tests.support.scene import TEXT, Scene

__all__ = ["mail_server"]

MARK = "Thư không đến được – gọi khách"
QUEUE_MARK = "Thư không đến – gọi khách"
ADDRESS = "mau@khach.example"


@pytest.fixture
def scene(app, clock) -> Scene:
    """Give a complaint whose customer left an address."""
    return Scene(app, clock).at("2026-11-30T09:00").file(email=ADDRESS).owned()


@pytest.fixture
def post(scene, mail_server):
    """Return what carries the letters of the scene to the mail server."""
    settings = replace(scene.portal.settings, smtp_url=mail_server.url)
    mailer = mailer_for(settings, scene.portal.policy.company)

    def carry(mode: str = "ok") -> Report:
        mail_server.mode = mode
        return send_outbox(scene.portal, mailer, scene.clock.moment)

    return carry


def letters(scene: Scene, kind: str) -> list:
    query = select(outbox).where(outbox.c.kind == kind).order_by(outbox.c.id)
    return scene.portal.store.read(lambda c: list(c.execute(query)))


def report_of(row, *, action="failed", status="5.1.1", extra="", message_id=None) -> str:
    """Write what a mail server sends back (RFC 3464)."""
    return f"""From: MAILER-DAEMON@mail.example
To: cskh@nhakhe.example
Subject: Undelivered Mail
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {ADDRESS}
Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id or row.message_id}
Subject: x

{extra}--b--
"""


def bounce(scene: Scene, mail: str):
    return scene.app.test_cli_runner().invoke(args=["record-bounce"], input=mail)


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("no_such_user", "máy chủ thư của Quý khách không nhận"),
        ("refused", "máy chủ thư của Quý khách không nhận"),
    ],
)
def test_a_refused_message_is_seen_by_holder_lead_and_customer(scene, post, mode, words) -> None:
    post()
    scene.does("lan", "tra-loi", text=TEXT)
    post(mode)
    assert scene.case.message(scene.case.messages[-1].number).delivered_at is None
    desk = scene.staff("lan").get(scene.url())
    assert MARK in desk.html
    assert 'href="tel:' in desk.html
    assert "Ghi tin đã đến tay" in desk.html
    assert QUEUE_MARK in scene.staff("lan").get("/noi-bo/").html
    assert QUEUE_MARK not in scene.delivered().staff("lan").get("/noi-bo/").html
    assert MARK not in scene.staff("lan").get(scene.url()).html
    page = scene.page()
    assert "Thư chúng tôi gửi Quý khách không tới được" in page.html
    assert words in page.html
    assert ADDRESS not in page.html
    told = [one.subject for one in letters(scene, "notice")]
    assert f"[{scene.reference}] Thư không đến được khách: gọi khách" in told


def test_whoever_opens_the_page_has_what_the_mail_did_not_bring(scene, post) -> None:
    post("no_such_user")
    scene.does("lan", "tra-loi", text=TEXT)
    post("no_such_user")
    assert len(scene.case.mail_failures) == 2
    assert TEXT in scene.page().html
    assert scene.case.mail_failures == ()


def test_a_receipt_that_failed_is_a_mark_until_somebody_tells_the_customer(scene, post) -> None:
    post("no_such_user")
    assert [one.letter for one in scene.case.mail_failures] == ["receipt"]
    assert "Biên nhận" in scene.staff("lan").get(scene.url()).html
    failure = str(scene.case.mail_failures[0].number)
    scene.does("lan", "da-bao-khach", failure=failure, means="told_by_phone")
    assert scene.case.mail_failures == ()
    assert MARK not in scene.staff("lan").get(scene.url()).html


def test_a_letter_that_is_put_off_for_days_becomes_a_mark(scene, post) -> None:
    for _ in range(25):
        post("greylist")
        scene.clock.move(hours=7)
    assert {one.failure for one in scene.case.failed_letters} == {"no_answer"}


def test_a_notice_that_failed_closes_no_case_by_silence(scene, post) -> None:
    post()
    scene.does("lan", "de-nghi", outcome="as_asked", text=TEXT)
    post("no_such_user")
    scene.at("2027-01-20T09:00")
    assert scene.case.state == "open"


def test_a_bounce_after_the_closing_by_silence_opens_the_case_again(scene, post) -> None:
    post()
    scene.does("lan", "de-nghi", outcome="as_asked", text=TEXT)
    post()
    assert scene.case.state == "proposed"
    before = {one.key: one.due_at for one in scene.case.promises}
    scene.at("2026-12-20T09:00")
    assert scene.case.state == "closed"
    row = next(one for one in letters(scene, "message") if "Đề nghị" in one.subject)
    done = bounce(scene, report_of(row))
    assert done.exit_code == 0, done.output
    case = scene.case
    assert case.state == "open"
    assert (case.closed, case.outcome) == ((), None)
    assert case.proposal is not None
    assert case.proposal.confirm_by is None
    resolved = next(one for one in case.promises if one.stops_on == "resolved")
    assert resolved.is_open
    assert {one.key: one.due_at for one in case.promises} == before
    answered = next(one for one in case.promises if one.stops_on == "answered")
    assert answered.is_open, "the proposal was the only answer, and it never came"
    assert MARK in scene.staff("lan").get(scene.url()).html
    types = [one.type for one in scene.events]
    assert "resolution_confirmed" in types
    assert types.index("bounced") > types.index("resolution_confirmed")
    scene.sweep()
    assert scene.case.promise(resolved.key).missed_at is not None
    # The same bounce once more is no news, and reading it aloud starts the window anew.
    assert bounce(scene, report_of(row)).exit_code == 1
    scene.delivered()
    assert scene.case.state == "proposed"
    assert scene.case.mail_failures == ()


def test_the_desk_records_a_bounce_of_a_closed_case(scene, post) -> None:
    post()
    scene.does("lan", "de-nghi", outcome="as_asked", text=TEXT)
    post()
    scene.at("2026-12-20T09:00")
    number = str(scene.case.messages[-1].number)
    scene.does("lan", "thu-bi-tra", message=number)
    assert scene.case.state == "open"


def test_a_bounced_question_pauses_nothing(scene, post) -> None:
    post()
    due = next(one for one in scene.case.promises if one.stops_on == "resolved").due_at
    scene.does("lan", "hoi-khach", thing="photo", text="Xin gửi ảnh tem sau máy cho chúng tôi.")
    post()
    scene.at("2026-12-02T09:00")
    assert scene.case.pause(scene.clock.moment) is not None
    assert bounce(scene, report_of(letters(scene, "message")[-1])).exit_code == 0
    assert scene.case.pause(scene.clock.moment) is None
    assert next(one for one in scene.case.promises if one.stops_on == "resolved").due_at == due


def test_a_customer_who_confirmed_had_the_letter(scene, post) -> None:
    post()
    scene.does("lan", "de-nghi", outcome="as_asked", text=TEXT)
    post()
    scene.customer("Đồng ý, đã giải quyết xong")
    assert scene.case.state == "closed"
    done = bounce(scene, report_of(letters(scene, "message")[-1]))
    assert done.exit_code == 1
    assert scene.case.state == "closed"


def test_what_was_read_aloud_does_not_come_back_by_mail(scene, post) -> None:
    post()
    scene.does("lan", "tra-loi", text=TEXT).delivered()
    post()
    assert bounce(scene, report_of(letters(scene, "message")[-1])).exit_code == 1
    assert scene.case.messages[-1].counts


def test_a_bounced_receipt_is_a_mark(scene, post) -> None:
    post()
    assert bounce(scene, report_of(letters(scene, "receipt")[0])).exit_code == 0
    assert [one.failure for one in scene.case.mail_failures] == ["bounced"]


def test_what_is_no_final_bounce_changes_nothing(scene, post) -> None:
    post()
    scene.does("lan", "tra-loi", text=TEXT)
    post()
    row, before = letters(scene, "message")[-1], scene.case.seq
    quiet = [
        report_of(row, action="delayed", status="4.4.1"),
        report_of(row, action="failed", status="4.2.2"),
        report_of(row, action="delivered", status="2.0.0"),
        f"From: {ADDRESS}\nAuto-Submitted: auto-replied\nReferences: {row.message_id}\n\nNghỉ",
    ]
    for mail in quiet:
        done = bounce(scene, mail)
        assert (done.exit_code, done.output.startswith("nothing to do")) == (0, True), mail
    refused = [
        f"From: {ADDRESS}\nReferences: {row.message_id}\n\nThư của tôi 550 5.1.1 failed",
        report_of(row, message_id="<message.KN-26-AAAA-AAAA.0@nhakhe.example>"),
        report_of(
            row,
            extra="--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <other@x>\n\n",
        ),
        "\x00\xff",
        "",
    ]
    for mail in refused:
        done = bounce(scene, mail)
        assert done.exit_code == 1, mail
        assert "not taken" in done.output
        assert "Traceback" not in done.output
    assert scene.case.seq == before


def test_operators_see_dead_letters_and_send_them_again_or_let_them_rest(
    scene, post, mail_server
) -> None:
    post("no_such_user")
    lead, auditor = scene.staff("giam"), scene.staff("kiem")
    page = lead.get("/noi-bo/van-hanh/")
    assert scene.reference in page.html
    assert "recipient refused 550" in page.html
    assert ADDRESS not in page.html
    assert "/gui-lai/" not in auditor.get("/noi-bo/van-hanh/").html
    assert scene.staff("lan").get("/noi-bo/van-hanh/").status == 403
    assert "Xem phải làm gì" in lead.get("/noi-bo/").html
    ready = scene.app.test_client().get("/readyz")
    assert (ready.status_code, ready.json["status"]) == (200, "degraded")
    assert ready.json["dead_letters"] >= 2
    assert ready.json["cases_with_failed_mail"] == 1
    status = scene.app.test_cli_runner().invoke(args=["status"])
    assert status.exit_code == 1
    assert "Thư hỏng" in status.output
    receipt = letters(scene, "receipt")[0]
    client = lead.client
    scene.app.config["WTF_CSRF_ENABLED"] = False
    again = f"/noi-bo/van-hanh/thu/{receipt.id}/gui-lai/"
    assert client.post(again, data={"x": "1"}).status_code == 303
    assert client.post(again, data={"x": "1"}).status_code == 404
    arrived = len(mail_server.delivered)
    post()
    assert mail_server.delivered[arrived].message["Message-ID"] == receipt.message_id
    assert scene.case.mail_failures == ()
    for row in letters(scene, "notice"):
        if row.failed_at is not None:
            rest = f"/noi-bo/van-hanh/thu/{row.id}/bo/"
            assert client.post(rest, data={"x": "1"}).status_code == 303
    assert scene.app.test_client().get("/readyz").json["dead_letters"] == 0
    trail = auditor.get("/noi-bo/ai-da-xem/").html
    assert "gửi lại thư hỏng" in trail
    assert "bỏ thư hỏng" in trail


def test_a_mail_is_dated_when_it_leaves_and_asks_for_no_answer(scene, post, mail_server) -> None:
    scene.at("2026-12-01T15:00")
    post()
    mail = mail_server.delivered[0].message
    assert mail["Date"].datetime == scene.clock.moment
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Precedence"] is None
