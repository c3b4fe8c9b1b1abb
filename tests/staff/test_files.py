"""Files at the desk: read behind login and role, attached to answers and as evidence."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forms_api import handling, kinds, service
from forms_api.audit import Wanted, trail
from forms_api.loading import load
from forms_api.store.tables import outbox
from forms_api.sweeping import sweep
from forms_api.uploads.incoming import receive
from service_policy.actors import CUSTOMER
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.refusal.refusing import applicable
from tests.staff.conftest import LogIn
from tests.support import pictures
from tests.support.submissions import COMPLAINT
from tests.support.visitor import Seen, Visitor
from tests.uploads.test_incoming import given

TEXT = "Chúng tôi đã kiểm tra: xe giao chậm vì hỏng, mai giao bù và trả tiền bù."


@pytest.fixture
def receipt(portal, clock):
    complaint = kinds.of("complaint").read(COMPLAINT, portal.policy, clock())
    return service.file_case(portal, complaint, None, clock())


@pytest.fixture
def file(portal, clock, receipt) -> str:
    """Let the customer send a photo and return the desk's address of it."""
    sent = receive(given(("ảnh nhà.jpg", pictures.photo()), ("đơn.pdf", pictures.PDF)))
    command = AddInformation(CUSTOMER, text="")
    handling.execute(portal, receipt.reference, command, clock(), files=sent)
    return f"/noi-bo/ho-so/{receipt.reference}/tep/{sent[0].id}/"


def loaded(portal, reference):
    return portal.store.read(lambda c: load(c, reference))


def do(visitor: Visitor, receipt, slug: str, button: str, **values: Any) -> Seen:
    page = visitor.get(f"/noi-bo/ho-so/{receipt.reference}/{slug}/")
    assert 'enctype="multipart/form-data"' in page.html
    return visitor.press(page, button, values)


def chosen(*files: tuple[str, bytes]) -> Any:
    return list(files)


def case_page(app: Flask, receipt) -> Seen:
    """Open the case as its customer, who has no desk's cookie."""
    visitor = Visitor(app.test_client())
    codes = {"reference": receipt.reference, "code": receipt.code}
    return visitor.press(visitor.get("/ho-so/"), "Xem hồ sơ", codes)


def saved(app: Flask, page: Seen) -> list[bytes]:
    """Press the button of every file on the customer's page."""
    client = app.test_client()
    token = Visitor(client).get("/ho-so/").forms[0].fields["csrf_token"]
    forms = [one.fields for one in page.forms if one.action == "/ho-so/tep/"]
    answers = [client.post("/ho-so/tep/", data={**one, "csrf_token": token}) for one in forms]
    assert {one.status_code for one in answers} <= {200}
    return [one.data for one in answers]


def test_a_picture_is_looked_at_in_a_sandbox_and_the_look_is_written_down(
    log_in: LogIn, portal, receipt, file: str
) -> None:
    lan = log_in("lan", "agent", "kho-van")
    page = lan.get(f"/noi-bo/ho-so/{receipt.reference}/")
    assert file in page.html
    assert "ảnh nhà.jpg" in page.html
    assert "Khách gửi" in page.html
    answer = lan.get(file).response
    assert answer.status_code == 200
    assert pictures.PLACE not in answer.data
    assert answer.headers["Content-Disposition"].startswith("inline; filename*=UTF-8")
    policy = answer.headers["Content-Security-Policy"]
    assert policy == "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    found = trail(portal, Wanted(case_ref=receipt.reference)).entries
    (line,) = [one for one in found if one.action == "mở tệp của phiếu"]
    assert line.staff_id == "NV-lan"
    assert "ảnh nhà" not in str(found)


def test_what_is_no_picture_is_saved_and_never_shown(log_in: LogIn, portal, receipt, file) -> None:
    pdf = loaded(portal, receipt.reference).files[1]
    answer = log_in("lan", "agent", "kho-van").get(f"{file.rpartition('/tep/')[0]}/tep/{pdf.id}/")
    assert answer.response.headers["Content-Disposition"].startswith("attachment")
    assert answer.response.data == pictures.PDF


def test_without_login_or_need_nobody_gets_a_file(
    log_in: LogIn, client: FlaskClient, receipt, file: str
) -> None:
    assert client.get(file).status_code == 303
    for name, role, department in (
        ("an", "auditor", "qa"), ("binh", "editor", "marketing"), ("chi", "agent", "marketing"),
    ):  # fmt: skip
        visitor = log_in(name, role, department)
        assert visitor.get(file).status == 403
        page = visitor.get(f"/noi-bo/ho-so/{receipt.reference}/")
        assert "ảnh nhà" not in page.html
        assert "/tep/" not in page.html


def test_a_file_of_another_case_is_not_found(log_in: LogIn, portal, clock, receipt, file) -> None:
    complaint = kinds.of("complaint").read(COMPLAINT, portal.policy, clock())
    other = service.file_case(portal, complaint, None, clock()).reference
    lan = log_in("lan", "agent", "kho-van")
    assert lan.get(file.replace(receipt.reference, other)).status == 404
    assert lan.get(f"/noi-bo/ho-so/{receipt.reference}/tep/..%2f..%2fportal.db/").status == 400


def test_an_answer_takes_files_that_the_customer_reads(
    log_in: LogIn, app: Flask, portal, receipt
) -> None:
    lan = log_in("lan", "agent", "kho-van")
    sent = do(
        lan, receipt, "tra-loi", "Trả lời", text=TEXT, files=chosen(("vận đơn.pdf", pictures.PDF))
    )
    assert sent.status == 303
    page = case_page(app, receipt)
    assert "vận đơn.pdf" in page.html
    assert "Chúng tôi gửi" in page.html
    assert set(saved(app, page)) == {pictures.PDF}
    (letter,) = [
        one for one in portal.store.read(lambda c: _bodies(c)) if "Trả lời của chúng tôi" in one
    ]
    assert "Kèm 1 tệp" in letter
    assert "vận đơn" not in letter


def _bodies(connection) -> list[str]:
    rows = connection.execute(select(outbox.c.subject, outbox.c.body))
    return [f"{row.subject}\n{row.body}" for row in rows]


def test_a_proposal_takes_files(log_in: LogIn, app: Flask, receipt) -> None:
    lan = log_in("lan", "agent", "kho-van")
    page = lan.get(f"/noi-bo/ho-so/{receipt.reference}/nhan-viec/")
    lan.press(page, "Nhận phụ trách", {"owner": "NV-lan"})
    proposed = do(
        lan, receipt, "de-nghi", "Đề nghị cách giải quyết", outcome="as_asked", text=TEXT,
        files=chosen(("lịch giao.png", pictures.PNG)),
    )  # fmt: skip
    assert proposed.status == 303
    assert saved(app, case_page(app, receipt))[0] == pictures.PNG


def refuse(log_in: LogIn, portal, receipt, **values: Any) -> Seen:
    log_in("hai", "second_reader", "phap-che")
    lan = log_in("lan", "lead", "kho-van")
    page = lan.get(f"/noi-bo/ho-so/{receipt.reference}/nhan-viec/")
    lan.press(page, "Nhận phụ trách", {"owner": "NV-lan"})
    if loaded(portal, receipt.reference).case.category != "HH":
        page = lan.get(f"/noi-bo/ho-so/{receipt.reference}/doi-loai/")
        lan.press(page, "Đổi loại phiếu", {"category": "HH", "text": "Hàng hỏng khi nhận."})
    clause = applicable(loaded(portal, receipt.reference).case, portal.policy)[0].id
    return do(
        lan, receipt, "tu-choi", "Từ chối",
        **{"clause": clause, "text": TEXT, "reader": "NV-hai", **values},
    )  # fmt: skip


def test_a_refusal_shows_its_files_once_a_second_reader_signed(
    log_in: LogIn, app: Flask, portal, receipt
) -> None:
    refused = refuse(
        log_in, portal, receipt, evidence="Ảnh đo điện áp 21/11", evidence_readable="true",
        files=chosen(("đo điện.jpg", pictures.photo())),
    )  # fmt: skip
    assert refused.status == 303
    assert "đo điện" not in case_page(app, receipt).html
    second = log_in("hai", "second_reader", "phap-che")
    page = second.get(f"/noi-bo/ho-so/{receipt.reference}/")
    assert "đo điện.jpg" in page.html
    assert "Khách chưa thấy" in page.html
    signing = second.get(f"/noi-bo/ho-so/{receipt.reference}/ky-tu-choi/")
    assert second.press(signing, "Ký lời từ chối").status == 303
    shown = case_page(app, receipt)
    assert "Ảnh đo điện áp 21/11" in shown.html
    assert "đo điện.jpg" in shown.html
    assert all(pictures.PLACE not in one for one in saved(app, shown))
    proposed = next(
        one for one in loaded(portal, receipt.reference).events if one.type == "refusal_proposed"
    )
    assert len(proposed.evidence) == 2
    assert len(proposed.files) == 1


def test_a_refusal_needs_words_with_its_file_and_a_customer_who_may_read_it(
    log_in: LogIn, app: Flask, portal, receipt
) -> None:
    file = ("đo điện.jpg", pictures.photo())
    mute = refuse(log_in, portal, receipt, evidence_readable="true", files=chosen(file))
    assert mute.status == 422
    assert "evidence" in mute.errors
    assert "Hãy chọn lại các tệp" in mute.errors["files"]
    hidden = refuse(log_in, portal, receipt, evidence="Ảnh đo điện áp", files=chosen(file))
    assert hidden.status == 422
    assert "khách đọc được" in hidden.errors["evidence"]
    assert "refusal_proposed" not in {one.type for one in loaded(portal, receipt.reference).events}


def test_an_exemption_takes_files_and_the_customer_reads_them(
    log_in: LogIn, app: Flask, portal, clock, receipt
) -> None:
    clock.move(days=3)
    sweep(portal, clock())
    truc = log_in("truc", "lead", "kho-van")
    page = truc.get(f"/noi-bo/ho-so/{receipt.reference}/mien-bu/")
    options = [one.get("value") for one in page.document.all("option") if "/" in one.get("value")]
    claimed = do(
        truc, receipt, "mien-bu", "Đề nghị miễn bù", exemption=options[0], text=TEXT,
        evidence="Công điện 12", evidence_readable="true",
        files=chosen(("công điện.pdf", pictures.PDF)),
    )  # fmt: skip
    assert claimed.status == 303
    assert set(saved(app, case_page(app, receipt))) == {pictures.PDF}


def test_a_bad_file_is_named_and_what_was_typed_stays(log_in: LogIn, portal, receipt) -> None:
    lan = log_in("lan", "agent", "kho-van")
    page = do(lan, receipt, "tra-loi", "Trả lời", text=TEXT, files=chosen(("x.jpg", pictures.EXE)))
    assert page.status == 422
    assert "“x.jpg” không phải ảnh" in page.errors["files"]
    assert TEXT in page.html
    assert loaded(portal, receipt.reference).files == ()
