"""Files on the customer's page: sent with a form, listed, and given back to the code alone."""

import logging
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from forms_api.uploads.incoming import LARGEST_FILE, LARGEST_TOGETHER, MOST_FILES
from service_policy.cases.messages.answers import SendAnswer
from tests.follow.conftest import MakeCustomer
from tests.support import pictures
from tests.support.customer import AGENT, TEXT, Customer
from tests.support.visitor import Seen

PHOTO = ("ảnh nhà.jpg", pictures.photo())


def send(
    customer: Customer, *files: tuple[str, bytes], page: Seen | None = None, **more: str
) -> Seen:
    """Choose files beside "Gửi thông tin" and press it."""
    chosen: Any = list(files)
    return customer.press(
        page or customer.open(), "Gửi thông tin", **{"bo-sung-files": chosen, **more}
    )


def fetch(page: Seen, number: int = 0, **changes: str) -> Any:
    """Press the button of a listed file."""
    forms = [one for one in page.forms if one.action == "/ho-so/tep/"]
    return forms[number].fields | changes


def test_a_photo_is_sent_listed_and_saved_without_its_place(customer) -> None:
    page = send(customer, PHOTO, ("đơn hàng.pdf", pictures.PDF))
    assert page.status == 200
    for words in ("ảnh nhà.jpg", "Ảnh JPEG, 1 KB", "Quý khách gửi", "đơn hàng.pdf", "kèm 2 tệp"):
        assert words in page.html, words
    answer = customer.visitor.client.post("/ho-so/tep/", data=fetch(page))
    assert answer.status_code == 200
    assert answer.mimetype == "image/jpeg"
    assert pictures.PLACE not in answer.data
    assert answer.data.startswith(b"\xff\xd8")
    headers = answer.headers
    assert headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''%E1%BA%A3nh%20nh%C3%A0.jpg" in headers["Content-Disposition"]
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_a_file_needs_the_code_of_its_own_case(customer, make_customer) -> None:
    client = customer.visitor.client
    page = send(customer, PHOTO)
    other = make_customer()
    wrong = customer.code[:-1] + ("2" if customer.code[-1] != "2" else "3")
    for changes in (
        {"code": wrong}, {"code": ""}, {"reference": "KN-26-2222-2222"}, {"reference": ""},
        {"reference": other.reference, "code": other.code}, {"file": "a" * 32}, {"file": ""},
        {"file": "../portal.db"},
    ):  # fmt: skip
        answer = client.post("/ho-so/tep/", data=fetch(page, **changes))
        assert answer.status_code == 404, changes
        assert "Không có hồ sơ nào ứng với hai mã này" in answer.text
    assert client.get("/ho-so/tep/").status_code == 303
    assert client.post("/ho-so/tep/", data=fetch(page, csrf_token="forged")).status_code == 400
    file = fetch(page)["file"]
    for address in (f"/ho-so/tep/{file}/", f"/uploads/{file}", f"/theme/../var/uploads/{file}"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("hóa đơn.jpg", pictures.EXE, "không phải ảnh JPEG, PNG, WebP hay tệp PDF"),
        ("trống.png", b"", "trống, không có nội dung"),
        ("cụt.jpg", pictures.JPEG[:80], "bị hỏng hoặc gửi chưa trọn"),
        ("to.pdf", b"%PDF-1.4\n" + bytes(10 * 2**20) + b"%%EOF", "lớn hơn 10 MB"),
    ],
)
def test_a_bad_file_is_named_in_the_summary_and_the_text_stays(
    customer: Customer, name: str, data: bytes, words: str
) -> None:
    page = send(customer, PHOTO, (name, data), text="Giữ lại nhé.")
    assert page.status == 422
    assert page.title.startswith("Lỗi:")
    assert f"“{name}”" in page.errors["bo-sung-files"]
    assert words in page.errors["bo-sung-files"]
    assert "Giữ lại nhé." in page.html
    assert customer.loaded.files == ()
    assert "information_added" not in customer.types


def test_too_many_and_too_much_are_said_and_the_text_stays(customer: Customer) -> None:
    eleven = send(customer, *[PHOTO] * 11, text="Giữ lại nhé.")
    assert "Có 11 tệp" in eleven.errors["bo-sung-files"]
    large = b"%PDF-1.4\n" + bytes(LARGEST_TOGETHER // 3) + b"%%EOF"
    page = send(customer, *[("a.pdf", large)] * 3, text="Giữ lại nhé.")
    assert "quá 25 MB" in page.errors["bo-sung-files"]
    assert "Giữ lại nhé." in page.html
    assert customer.loaded.files == ()


def test_far_too_much_is_refused_before_it_is_read(customer: Customer, client) -> None:
    body = b"x" * (65 * 2**20)
    answer = client.post(
        "/ho-so/bo-sung/", data=body, content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 413
    assert "chọn ít tệp hơn" in " ".join(answer.text.split())


def test_a_fault_of_the_text_asks_to_choose_the_files_again(customer: Customer) -> None:
    page = send(customer, PHOTO, text="x" * 4001)
    assert page.status == 422
    assert "không quá" in page.errors["bo-sung-text"]
    assert "Hãy chọn lại các tệp" in page.errors["bo-sung-files"]
    assert customer.loaded.files == ()


def test_a_page_that_is_out_of_date_asks_to_choose_the_files_again(customer: Customer) -> None:
    page = customer.open()
    customer.staff(SendAnswer(AGENT, text=TEXT))
    stale = send(customer, PHOTO, page=page, text="Thêm ảnh.")
    assert stale.status == 409
    assert "Thêm ảnh." in stale.html
    assert "Hãy chọn lại các tệp" in stale.html
    assert customer.loaded.files == ()


def test_pressing_twice_sends_once(customer: Customer) -> None:
    page = customer.open()
    for _ in range(2):
        assert send(customer, PHOTO, page=page).status == 200
    assert len(customer.loaded.files) == 1
    assert send(customer, PHOTO).status == 200
    assert len(customer.loaded.files) == 2


def test_another_file_from_an_old_page_is_no_repetition(customer: Customer) -> None:
    page = customer.open()
    send(customer, PHOTO, page=page)
    assert send(customer, ("b.png", pictures.PNG), page=page).status == 409
    assert len(customer.loaded.files) == 1


def test_a_form_without_a_file_is_as_it_was(customer: Customer) -> None:
    empty: Any = []
    page = customer.press(
        customer.open(), "Gửi thông tin", **{"bo-sung-files": empty, "text": "Chỉ có chữ."}
    )
    assert page.status == 200
    assert "Chỉ có chữ." in page.html
    assert customer.loaded.files == ()
    nothing = customer.press(customer.open(), "Gửi thông tin", text="")
    assert "hoặc chọn tệp để gửi" in nothing.errors["bo-sung-text"]


@pytest.mark.parametrize(
    ("before", "button", "field", "event"),
    [
        ("proposed", "Không đồng ý", "khong-dong-y", "resolution_disputed"),
        ("refused", "Yêu cầu xem xét lại", "xem-xet-lai", "appeal_made"),
    ],
)
def test_objections_take_files_too(
    customer: Customer, before: str, button: str, field: str, event: str
) -> None:
    getattr(customer, before)()
    chosen: Any = [("ảnh.png", pictures.PNG)]
    page = customer.press(customer.open(), button, **{f"{field}-files": chosen})
    assert page.status == 200
    assert "ảnh.png" in page.html
    (told,) = [one for one in customer.loaded.events if one.type == event]
    assert len(told.files) == 1


def test_an_answer_is_contested_with_a_photo(customer: Customer) -> None:
    customer.staff(SendAnswer(AGENT, text=TEXT))
    page = customer.open()
    number = customer.loaded.case.messages[-1].number
    chosen: Any = [("ảnh.png", pictures.PNG)]
    customer.press(page, "Báo là chưa trả lời", **{f"chua-tra-loi-{number}-files": chosen})
    assert "answer_contested" in customer.types
    assert len(customer.loaded.files) == 1


@pytest.mark.parametrize(
    "body",
    [
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\xfe\r\n--x--\r\n',
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nA\x00B\r\n--x--\r\n',
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 2 + b"--x--\r\n",
    ],
)
def test_a_form_that_two_programs_could_read_differently_is_refused(client, body: bytes) -> None:
    answer = client.post(
        "/ho-so/bo-sung/", data=body, content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 400
    assert "Không đọc được yêu cầu" in answer.text


def test_only_forms_with_files_may_be_large_or_in_parts(client) -> None:
    for address in ("/ho-so/", "/ho-so/tep/", "/gui/khieu-nai/", "/noi-bo/vao/"):
        answer = client.post(address, data={"a": (BytesIO(b"x"), "a.jpg")})
        assert answer.status_code == 415, address
    form = {"a": "x" * 800_000}
    assert client.post("/ho-so/bo-sung/", data=form).status_code == 413


def test_the_store_out_of_reach_says_not_recorded_and_keeps_the_text(
    customer: Customer, app: Flask
) -> None:
    app.extensions["portal"].settings.upload_dir.write_bytes(b"no folder")
    page = send(customer, PHOTO, text="Giữ lại nhé.")
    assert page.status == 503
    assert "Giữ lại nhé." in page.html
    assert "information_added" not in customer.types


def test_names_of_files_are_in_no_log(customer: Customer, caplog) -> None:
    with caplog.at_level(logging.DEBUG):
        send(customer, ("căn cước của tôi.jpg", pictures.photo()))
    assert "căn cước" not in caplog.text


def test_a_name_is_text_never_html(customer: Customer) -> None:
    page = send(customer, ("<img src=x onerror=alert(1)>.png", pictures.PNG))
    assert "<img src=x" not in page.html
    assert "img src=x onerror=alert(1)" in page.html


def test_the_receipt_leads_to_sending_photos(customer: Customer) -> None:
    codes = {"reference": customer.reference, "code": customer.code}
    asked = customer.visitor.press(customer.visitor.get("/ho-so/"), "Xem hồ sơ", codes)
    receipt = customer.visitor.press(asked, "Xem lại biên nhận")
    page = customer.visitor.press(receipt, "Gửi thêm ảnh, giấy tờ")
    assert 'id="bo-sung-files"' in page.html
    assert 'accept="image/jpeg,image/png,image/webp,application/pdf"' in page.html
    assert "Tối đa 10 tệp, mỗi tệp 10 MB, tất cả 25 MB" in page.html
    group = page.document.all("div")
    told = {one.get("data-count") for one in group if one.get("data-module") == "files"}
    assert told == {str(MOST_FILES)}
    limits = f'data-each="{LARGEST_FILE}" data-together="{LARGEST_TOGETHER}"'
    assert limits in page.html


def test_the_interface_tells_how_many_files_and_nothing_of_them(
    customer: Customer, make_customer: MakeCustomer, client
) -> None:
    send(customer, PHOTO)
    answer = client.get("/api/v1/case", headers={"Authorization": f"Bearer {customer.code}"})
    assert "kèm 1 tệp" in answer.text
    assert "ảnh nhà" not in answer.text
    assert customer.loaded.files[0].sha256 not in answer.text
