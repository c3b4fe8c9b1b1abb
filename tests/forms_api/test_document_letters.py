"""A document that is asked for by e-mail goes out at once: the copy that holds, and no other."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from forms_api import kinds, service
from forms_api.loading import load
from forms_api.mail import ConsoleMailer, mailer_for
from forms_api.outbox import Report, send_outbox
from forms_api.store.tables import outbox as table
from forms_api.sweeping import sweep
from service_policy.cases.core.facts import SentCopy
from tests.support.documents import LINES, REQUEST, content_of, publish

NEWEST = SentCopy(asked="BG-2026.11", id="BG-2026.11", version=2, format="pdf")


@pytest.fixture
def here(portal, policy, tmp_path):
    return replace(portal, site=publish(tmp_path / "output", policy.register))


@pytest.fixture
def smtp(mail_server, here):
    settings = replace(here.settings, smtp_url=mail_server.url)
    return mailer_for(settings, here.policy.company)


def ask(here: Any, now: Any, **changes: Any) -> Any:
    body = {**REQUEST, **changes}
    command = kinds.of("document_request").read(body, here.policy, now, json=True)
    return service.file_case(here, command, "k", now)


def loaded(here: Any, receipt: Any) -> Any:
    return here.store.read(lambda connection: load(connection, receipt.reference))


def copies(here: Any, receipt: Any) -> list[SentCopy]:
    return [copy for one in loaded(here, receipt).case.documents_sent for copy in one.copies]


def document_mails(server: Any) -> list[Any]:
    return [one for one in server.delivered if one.message.is_multipart()]


def files_of(mail: Any) -> dict[str, bytes]:
    return {one.get_filename(): one.get_content() for one in mail.message.iter_attachments()}


def text_of(mail: Any) -> str:
    return str(mail.message.get_body().get_content())


def issue_of(here: Any, document_id: str, version: int) -> Any:
    return here.policy.register.find(document_id, version)


def test_the_file_arrives_byte_for_byte_and_the_case_knows_which_version(
    here, smtp, mail_server, now
) -> None:
    receipt = ask(here, now)
    assert receipt.reference.startswith("TL-26-")
    assert send_outbox(here, smtp, now) == Report(sent=3)
    (mail,) = document_mails(mail_server)
    assert mail.recipients == ["mau@khach.example"]
    data = content_of(issue_of(here, "BG-2026.11", 2), "pdf")
    assert files_of(mail) == {"BG-2026.11-v2.pdf": data}
    assert "phiên bản 2" in text_of(mail)
    assert "https://camket.example/tai-lieu/bg-2026.11/?v=2" in text_of(mail)
    assert receipt.code not in text_of(mail)
    assert "Nguyễn" not in text_of(mail)
    case = loaded(here, receipt).case
    (sent,) = case.documents_sent
    assert (sent.copies, sent.way, sent.at) == ((NEWEST,), "email", now)
    assert case.promise("CK-14").status(now) == "kept"


def test_a_letter_whose_answer_was_lost_is_the_same_message_and_is_recorded_once(
    here, smtp, mail_server, now
) -> None:
    receipt = ask(here, now)
    mail_server.mode = "accept_then_drop"
    send_outbox(here, smtp, now)
    mail_server.mode = "ok"
    send_outbox(here, smtp, now + timedelta(minutes=2))
    ids = {one.message["Message-ID"] for one in document_mails(mail_server)}
    assert len(ids) == 1
    assert copies(here, receipt) == [NEWEST]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"version_shown": 1}, "Phiên bản 1 đã thay bằng phiên bản 2"),
        ({"document_ids": ["BG-2026.05"]}, "BG-2026.05 không còn hiệu lực"),
    ],
)
def test_an_old_version_brings_the_one_that_holds_and_says_so(
    here, smtp, mail_server, now, asked, said
) -> None:
    receipt = ask(here, now, **asked)
    assert [note for note in receipt.notes if "thay" in note]
    send_outbox(here, smtp, now)
    (mail,) = document_mails(mail_server)
    assert said in text_of(mail)
    assert list(files_of(mail)) == ["BG-2026.11-v2.pdf"]


def test_a_letter_that_waited_brings_what_holds_on_the_day_it_leaves(
    here, smtp, mail_server, now
) -> None:
    receipt = ask(here, now)
    mail_server.mode = "greylist"
    send_outbox(here, smtp, now)
    mail_server.mode = "ok"
    send_outbox(here, smtp, now + timedelta(days=45))
    (mail,) = document_mails(mail_server)
    assert list(files_of(mail)) == ["BG-2027.01-v1.pdf"]
    assert "BG-2026.11 không còn hiệu lực" in text_of(mail)
    assert [(one.asked, one.id, one.version) for one in copies(here, receipt)] == [
        ("BG-2026.11", "BG-2027.01", 1)
    ]


@pytest.mark.parametrize("change", ["gone", "other bytes"])
def test_a_file_that_is_not_what_was_promised_never_goes_out(
    here, smtp, mail_server, now, policy, change
) -> None:
    receipt = ask(here, now)
    path = here.site / issue_of(here, "BG-2026.11", 2).files["pdf"].lstrip("/")
    if change == "gone":
        path.unlink()
    else:
        path.write_bytes(b"not that file")
    assert send_outbox(here, smtp, now) == Report(sent=2, put_off=1)
    assert document_mails(mail_server) == []
    assert copies(here, receipt) == []
    publish(here.site, policy.register)
    assert send_outbox(here, smtp, now + timedelta(minutes=1)) == Report(sent=1)
    assert copies(here, receipt) == [NEWEST]


def test_a_file_that_was_built_again_goes_out_as_it_is_now(
    here, smtp, mail_server, now, policy, monkeypatch
) -> None:
    monkeypatch.setattr("tests.support.documents.content_of", lambda issue, kind: b"built again")
    receipt = ask(here, now)
    publish(here.site, policy.register)
    send_outbox(here, smtp, now)
    (mail,) = document_mails(mail_server)
    assert files_of(mail) == {"BG-2026.11-v2.pdf": b"built again"}
    assert copies(here, receipt) == [NEWEST]


def test_several_documents_come_in_one_letter_in_the_format_that_each_has(
    here, smtp, mail_server, now
) -> None:
    receipt = ask(here, now, document_ids=["bg-2026.11", "BHP-01"], format="xlsx")
    send_outbox(here, smtp, now)
    (mail,) = document_mails(mail_server)
    number = here.policy.register.of("BHP-01")[0].version
    assert list(files_of(mail)) == ["BG-2026.11-v2.xlsx", f"BHP-01-v{number}.pdf"]
    assert [one.format for one in copies(here, receipt)] == ["xlsx", "pdf"]


def test_a_link_needs_no_file(here, smtp, mail_server, now) -> None:
    ask(here, now, format="web")
    send_outbox(here, smtp, now)
    mail = mail_server.delivered[1]
    assert not mail.message.is_multipart()
    assert "https://camket.example/bang-gia/ban-le-2026-11/" in mail.text


@pytest.mark.parametrize(
    "way",
    [
        {"send_by": "post", "address": "12 phố Mẫu, xã Mẫu"},
        {"send_by": "fax", "fax": "028 3825 1234"},
        {"send_by": "pick_up", "shop": "Cửa hàng Mẫu"},
    ],
)
def test_other_ways_write_no_letter_with_files(here, now, way) -> None:
    receipt = ask(here, now, **way)
    kinds = here.store.read(lambda c: list(c.scalars(select(table.c.kind))))
    assert sorted(kinds) == ["notice", "receipt"]
    assert loaded(here, receipt).case.documents_missing


def test_without_smtp_nothing_is_recorded_as_sent(here, now) -> None:
    receipt = ask(here, now)
    send_outbox(here, ConsoleMailer(), now)
    assert copies(here, receipt) == []


def test_a_request_for_a_quote_says_what_it_is_not(here, smtp, mail_server, now) -> None:
    receipt = ask(here, now, purpose="quote", segment="dealer", quote_lines=LINES)
    send_outbox(here, smtp, now)
    said = "chưa phải đặt hàng, chưa phải giao kết hợp đồng"
    assert said in receipt.notes[0]
    to_customer = [one for one in mail_server.delivered if one.recipients == ["mau@khach.example"]]
    assert len(to_customer) == 2
    for mail in to_customer:
        assert said in text_of(mail)
    (notice,) = [one for one in mail_server.delivered if one not in to_customer]
    assert notice.recipients == ["kinhdoanh@nhakhe.example"]
    assert "NC-18C: 20 cái; CN-BT8: 1 cái" in notice.text


def test_some_days_later_the_reader_is_asked_once(here, smtp, mail_server, now) -> None:
    ask(here, now)
    send_outbox(here, smtp, now)
    for days in (1, 4, 5, 30):
        later = now + timedelta(days=days)
        sweep(here, later)
        send_outbox(here, smtp, later)
    link = "https://camket.example/gui/gop-y/?trang=/tai-lieu/bg-2026.11/&phien-ban=2"
    plain = [one for one in mail_server.delivered if not one.message.is_multipart()]
    assert sum(link in one.text for one in plain) == 1
