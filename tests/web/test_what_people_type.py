"""What people paste and type is read, or refused with the reason; nobody has to type it again."""

import unicodedata
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forms_api.store.tables import outbox
from tests.support.documents import LINES, REQUEST
from tests.support.forms import COMPLAINT as FORM
from tests.support.submissions import COMPLAINT, INQUIRY
from tests.support.visitor import Seen, Visitor

CHECK, SEND = "Xem lại trước khi gửi", "Gửi khiếu nại"
COMPLAINTS, INQUIRIES = "/api/v1/complaints", "/api/v1/invoice-inquiries"
REQUESTS = "/api/v1/document-requests"
KEY = "0b2f6a3e-1c57-4c4e-9a55-7a6f0f1f2d3c"


def checked(visitor: Visitor, **changes: str) -> Seen:
    """Fill in a complaint and look at the page of answers to check."""
    return visitor.press(visitor.get("/gui/khieu-nai/"), CHECK, {**FORM, **changes})


def asked(visitor: Visitor, **changes: str) -> Seen:
    """Fill in an inquiry about an invoice and look at the page of answers to check."""
    typed = {**{name: str(value) for name, value in INQUIRY.items()}, **changes}
    return visitor.press(visitor.get("/gui/hoa-don/"), CHECK, typed)


def main(seen: Seen) -> str:
    return seen.document.one("main").text


def faults(client: FlaskClient, url: str, body: dict[str, Any]) -> dict[str, str]:
    answer = client.post(url, json=body)
    assert answer.status_code == 422, answer.text
    return {one["field"]: one["message"] for one in answer.get_json()["errors"]}


# ------------------------------------------------------------ what cannot be seen


@pytest.mark.parametrize(
    "around",
    [
        "\u202a{}\u202c",
        "\u200e{}\u200f",
        "\u2066{}\u2069",
        "\ufeff{}",
        "\u200b{}\u00ad",
        "\u061c{}",
    ],
)
def test_what_is_copied_with_invisible_characters_is_read(visitor: Visitor, around: str) -> None:
    seen = checked(
        visitor,
        phone=around.format("0903 111 222"),
        email=around.format("mau@khach.example"),
        name=around.format("Nguyễn Thị Mẫu"),
        serial=around.format("SN-1234"),
        occurred_on=around.format("21/11/2026"),
    )
    assert seen.status == 200, seen.errors
    for words in ("0903 111 222", "mau@khach.example", "Nguyễn Thị Mẫu", "SN-1234", "21/11/2026"):
        assert words in main(seen)
    assert not set(main(seen)) & set("\u202a\u202c\u200e\u200f\u2066\u2069\ufeff\u200b\u061c")


def test_a_pasted_text_is_never_refused_for_its_direction_and_keeps_its_emoji(
    visitor: Visitor,
) -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    pasted = f"Máy hỏng\u202e từ hôm qua\u2069, cả nhà {family} không có cơm ăn \u2764\ufe0f."
    seen = checked(visitor, description=pasted)
    assert seen.status == 200, seen.errors
    assert f"cả nhà {family} không có cơm ăn \u2764\ufe0f." in main(seen)
    assert "\u202e" not in seen.html.partition('<div class="desk">')[2].replace(pasted, "")


def test_a_path_is_read_whatever_was_copied_around_it(visitor: Visitor) -> None:
    page = visitor.get("/gui/gop-y/?trang=/hoi-dap/&co-ich=co")
    for around in ("\u202a{}\u202c", "\u200b{}", " {}\ufeff"):
        typed = {"page_url": around.format("/hoi-dap/"), "useful": "yes"}
        assert visitor.press(page, "Gửi góp ý", typed).status == 200


@pytest.mark.parametrize("name", ["\u3164", "\u200b", "\u202a\u202c", "\u2800", "\u115f\u1160"])
def test_a_name_in_which_nothing_can_be_seen_is_no_name(client: FlaskClient, name: str) -> None:
    assert set(faults(client, COMPLAINTS, {**COMPLAINT, "name": name})) == {"name"}


@pytest.mark.parametrize("mark", ["\u0301", "\u0323", "\u20dd", "\u0300\u0323\u0331"])
def test_towers_of_marks_are_cut_and_what_is_shown_is_isolated(visitor: Visitor, mark: str) -> None:
    seen = checked(visitor, name=f"Nguyễn A{mark * 90}n", description="A" * 20 + mark * 900)
    assert seen.status == 200, seen.errors
    shown = [one for one in seen.document.all("bdi") if "Nguyễn" in one.text]
    assert shown
    run = longest = 0
    for character in unicodedata.normalize("NFD", main(seen)):
        run = run + 1 if unicodedata.combining(character) or character == "\u20dd" else 0
        longest = max(longest, run)
    assert longest <= 7


@pytest.mark.parametrize("words", ["مرحبا 123", "שלום (1)", "Nguyễn مرحبا"])
def test_words_from_right_to_left_turn_nothing_around(visitor: Visitor, words: str) -> None:
    check = checked(visitor, name=words, description=f"{words} {'máy hỏng từ hôm qua ' * 2}")
    assert f"<bdi>{words}</bdi>" in check.html
    case = visitor.press(visitor.press(check, SEND), "Xem hồ sơ")
    assert f'<blockquote class="said" dir="auto">{words}' in case.html


# ------------------------------------------------------------ names


@pytest.mark.parametrize(
    "name",
    [
        "Công ty TNHH MTV 79",
        'Nhà hàng "Sen & Súng" (Quận 1)',
        "3M",
        "Bếp ăn 24/7 - Cơ sở #2",
        "Đại lý Hoà Bình, chi nhánh 3; kho *B*",
        "<b>An</b>",
        "Café@Nhà_Mình 100%",
        "CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN THƯƠNG MẠI DỊCH VỤ XUẤT NHẬP KHẨU "
        + "MẪU " * 15,
    ],
)
def test_companies_and_people_have_the_names_they_have(visitor: Visitor, name: str) -> None:
    check = checked(visitor, name=name)
    assert check.status == 200, check.errors
    assert name.strip() in main(check)
    assert "<b>An</b>" not in check.html
    assert visitor.press(check, SEND).status == 200


@pytest.mark.parametrize("name", ["An\x08", "An\x1b[31m", "An\x7f"])
def test_a_name_has_no_control_characters_and_the_reason_names_them(
    visitor: Visitor, name: str
) -> None:
    seen = checked(visitor, name=name)
    assert set(seen.errors) == {"name"}
    assert f"U+{ord(name[2]):04X}" in seen.errors["name"]


def test_a_name_of_two_lines_is_one_line(visitor: Visitor) -> None:
    seen = checked(visitor, name="Nguyễn\r\nBcc: ai@khac.example")
    assert "Nguyễn Bcc: ai@khac.example" in main(seen)


# ------------------------------------------------------------ dashes, phones, days


@pytest.mark.parametrize(
    "dash",
    list("\u02d7\u2500\u2796\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u00ad"),
)
def test_every_dash_is_a_dash(visitor: Visitor, dash: str) -> None:
    seen = asked(
        visitor,
        phone=f"0903{dash}111{dash}222",
        invoice_date=f"21{dash}11{dash}2026",
        invoice_no=f"0000{dash}1234",
        tax_code=f"9900000016{dash}001",
        invoice_series=f"C26T{dash}NK",
        order_no=f"DH{dash}2026{dash}0042",
    )
    assert seen.status == 200, seen.errors
    for words in ("0903 111 222", "20/11/2026".replace("20/", "21/"), "C26TNK", "DH-2026-0042"):
        assert words in main(seen)
    assert "9900000016-001" in main(seen)


def test_a_reference_and_its_code_may_be_typed_with_any_dash(visitor: Visitor) -> None:
    receipt = visitor.press(checked(visitor), SEND)
    held = next(one.fields for one in receipt.forms if one.action == "/ho-so/")
    for dash in "\u2013\u2212\uff0d":
        codes = {name: held[name].replace("-", dash) for name in ("reference", "code")}
        seen = visitor.press(visitor.get("/ho-so/"), "Xem hồ sơ", codes)
        assert held["reference"] in seen.title


@pytest.mark.parametrize(
    "typed",
    [
        "028 3825 1234 máy lẻ 12",
        "(028) 3825 1234 ext 12",
        "028.3825.1234, số lẻ: 12",
        "+84 28 3825 1234 (nội bộ 12)",
        "02838251234 may le 12",
    ],
)
def test_an_extension_is_kept_and_said_back(
    client: FlaskClient, visitor: Visitor, typed: str
) -> None:
    assert "028 3825 1234, máy lẻ 12" in main(checked(visitor, phone=typed))
    assert client.post(COMPLAINTS, json={**COMPLAINT, "phone": typed}).status_code == 201


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("0912 345 678 gặp chị Lan", "chỉ nhận số điện thoại"),
        ("0912 345 678, 0987 654 321", "một số điện thoại"),
        ("0912 345 678 / 0987 654 321", "một số điện thoại"),
        ("0912345678 x9", "máy lẻ"),
        ("028 3825 1234 #12", "máy lẻ 12"),
        ("028 3825 1234 - 12", "máy lẻ 12"),
        ("028 3825 1234/12", "máy lẻ 12"),
        ("khong co", "số điện thoại có thật"),
    ],
)
def test_what_is_no_phone_number_alone_is_refused_with_the_reason(
    visitor: Visitor, typed: str, reason: str
) -> None:
    seen = checked(visitor, phone=typed)
    assert reason in seen.errors["phone"]
    kept = next(one.fields for one in seen.forms if one.action == "/gui/khieu-nai/")
    assert kept["phone"] == typed


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        # Today is 23 November 2026.
        ("21/11", "21/11/2026"),
        ("21.11", "21/11/2026"),
        ("21-11", "21/11/2026"),
        ("23/11", "23/11/2026"),
        ("24/11", "24/11/2025"),
        ("31/12", "31/12/2025"),
        ("1/1", "01/01/2026"),
        ("29/02", "29/02/2024"),
        ("ngày 21 tháng 11", "21/11/2026"),
        ("21 thg 11, 2026", "21/11/2026"),
        ("Thứ Bảy, 21/11/2026", "21/11/2026"),
        ("hôm qua", "22/11/2026"),
    ],
)
def test_a_day_without_a_year_is_the_nearest_past_one_and_is_said_back(
    visitor: Visitor, typed: str, day: str
) -> None:
    seen = checked(visitor, occurred_on=typed)
    assert seen.status == 200, seen.errors
    assert day in main(seen)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("11/2026", "không chỉ tháng"),
        ("21/11/2026 14:30", "không ghi giờ"),
        ("31/11", "không có trong lịch"),
        ("30/02/2026", "không có trong lịch"),
        ("24/11/2026", "chưa tới"),
        ("99999999999/1", "ngày/tháng/năm"),
        ("1/1/0001", "quá xa"),
        ("tuần trước", "ngày/tháng/năm"),
    ],
)
def test_a_day_that_cannot_be_read_is_refused_with_the_reason(
    visitor: Visitor, typed: str, reason: str
) -> None:
    seen = checked(visitor, occurred_on=typed)
    assert reason in seen.errors["occurred_on"]


def test_a_coming_day_without_a_year_is_the_next_one(client: FlaskClient) -> None:
    for typed, status in (("30/11", 201), ("1/1", 201), ("22/11", 422), ("22/11/2026", 422)):
        answer = client.post(REQUESTS, json={**REQUEST, "need_by": typed})
        assert answer.status_code == status, typed


# ------------------------------------------------------------ money and numbers


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1.250k", "1.250.000 đ"),
        ("1,250k", "1.250.000 đ"),
        ("12.500k", "12.500.000 đ"),
        ("1.250 triệu", "1.250.000.000 đ"),
        ("2 tỷ 500 triệu", "2.500.000.000 đ"),
        ("1tr250", "1.250.000 đ"),
        ("VNĐ 1.200.000,00", "1.200.000 đ"),
        ("1.250 nghin dong", "1.250.000 đ"),
        ("1,5 trieu", "1.500.000 đ"),
        ("2 ty 500 trieu", "2.500.000.000 đ"),
        ("1.200.000.", "1.200.000 đ"),
        ("0,5tr", "500.000 đ"),
    ],
)
def test_a_separator_with_three_digits_behind_it_groups(
    visitor: Visitor, typed: str, words: str
) -> None:
    seen = asked(visitor, total_vnd=typed)
    assert seen.status == 200, seen.errors
    assert words in main(seen).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [
        ("1,250 triệu", "1.250.000.000 đ", "1.250.000 đ"),
        ("500.000k", "500.000.000 đ", "500.000 đ"),
        ("2,500 tỷ", "2.500.000.000.000 đ", "2.500.000.000 đ"),
        ("0.250tr", "250.000.000 đ", "250.000 đ"),
        ("0.500k", "500.000 đ", "500 đ"),
    ],
)
def test_a_doubtful_amount_is_asked_back_with_both_readings(
    visitor: Visitor, typed: str, first: str, second: str
) -> None:
    said = asked(visitor, total_vnd=typed).errors["total_vnd"].replace("\u00a0", " ")
    assert first in said
    assert second in said


@pytest.mark.parametrize("typed", ["0.500", "0,500", "0.250.000"])
def test_groups_never_begin_with_a_zero(visitor: Visitor, typed: str) -> None:
    assert "total_vnd" in asked(visitor, total_vnd=typed).errors
    lines = {"quote_lines-1-product_code": "NC-18C", "quote_lines-1-quantity": typed}
    page = visitor.get("/gui/tai-lieu/?ma=BG-2026.11")
    seen = visitor.press(page, CHECK, {"copies": typed, **lines})
    assert {"copies", "quote_lines-1-quantity"} <= set(seen.errors)


HUGE = ["9" * 11, "9" * 30, "9" * 400, "9" * 5_000, "-1", "1e9"]


@pytest.mark.parametrize("number", HUGE)
def test_a_number_out_of_range_is_a_fault_of_its_field(visitor: Visitor, number: str) -> None:
    page = visitor.get("/gui/tai-lieu/?ma=BG-2026.11")
    lines = {"quote_lines-1-product_code": "NC-18C", "quote_lines-1-quantity": number}
    seen = visitor.press(page, CHECK, {"copies": number, "need_by": number, **lines})
    assert seen.status == 422
    assert {"copies", "need_by", "quote_lines-1-quantity"} <= set(seen.errors)
    kept = next(one.fields for one in seen.forms if one.action == "/gui/tai-lieu/")
    assert kept["copies"] == kept["need_by"] == number
    seen = asked(visitor, total_vnd=f"{number}0000", invoice_no=f"{number}0")
    assert {"total_vnd", "invoice_no"} <= set(seen.errors)


@pytest.mark.parametrize("number", [10**11, 10**30, -(10**18), -1, 0])
def test_a_number_out_of_range_is_named_by_the_api(client: FlaskClient, number: int) -> None:
    body = {**REQUEST, "copies": number, "version_shown": number}
    assert set(faults(client, REQUESTS, body)) == {"copies", "version_shown"}
    if number:
        wrong = {**INQUIRY, "total_vnd": number * 100}
        assert set(faults(client, INQUIRIES, wrong)) == {"total_vnd"}


@pytest.mark.parametrize(
    "address",
    [
        "/tim-kiem/?q=noi+com&tu=" + "9" * 3_000,
        "/tim-kiem/?q=noi+com&tu=-1",
        "/gui/tai-lieu/?ma=BG-2026.11&v=" + "9" * 3_000,
        "/gui/gop-y/?trang=/&phien-ban=" + "9" * 3_000,
    ],
)
def test_a_number_out_of_range_in_an_address_is_no_error(visitor: Visitor, address: str) -> None:
    assert visitor.get(address).status == 200


def test_a_case_page_forgives_numbers_that_it_never_wrote(visitor: Visitor) -> None:
    case = visitor.press(visitor.press(checked(visitor), SEND), "Xem hồ sơ")
    form = next(one for one in case.forms if "bo-sung-text" in one.fields)
    for name in ("seen", "target"):
        for number in HUGE:
            sent = {**form.fields, "bo-sung-text": "Máy vẫn hỏng như cũ.", name: number}
            answer = visitor.client.post(form.action, data=sent)
            assert answer.status_code in (200, 409, 422), (name, number)


# ------------------------------------------------------------ quotes, keys, long texts


def test_a_quote_is_asked_for_without_any_document(visitor: Visitor) -> None:
    page = visitor.get("/gui/tai-lieu/")
    typed = {
        "purpose": "quote",
        "quote_lines-1-product_code": "NC-18C",
        "quote_lines-1-quantity": "20",
        "send_by": "email",
        "segment": "dealer",
        "name": "Công ty TNHH MTV 79",
        "email": "mua@daily.example",
    }
    check = visitor.press(page, CHECK, typed)
    assert check.status == 200, check.errors
    receipt = visitor.press(check, "Gửi yêu cầu")
    assert receipt.status == 200
    assert "chưa phải đặt hàng, chưa phải giao kết hợp đồng" in main(receipt)
    assert "Đúng giá đã công bố" in main(receipt)
    assert "Tài liệu luôn có" not in main(receipt)
    assert visitor.press(receipt, "Xem hồ sơ").status == 200


def test_a_program_asks_for_a_quote_without_any_document(any_client: FlaskClient) -> None:
    for documents in ([], None):
        body = {**REQUEST, "purpose": "quote", "quote_lines": LINES, "segment": "dealer"}
        body["document_ids"] = documents
        receipt = any_client.post(REQUESTS, json=body)
        assert receipt.status_code == 201, receipt.text
        ids = [one["id"] for one in receipt.get_json()["promises"]]
        assert "CK-13" in ids
        assert "CK-14" not in ids
    wanted = {**REQUEST, "document_ids": []}
    assert set(faults(any_client, REQUESTS, wanted)) == {"document_ids"}


@pytest.mark.parametrize("key", ["1", "abc", "k" * 15, "2026-11-23"])
def test_a_short_key_is_refused_and_the_reason_says_what_to_use(
    client: FlaskClient, key: str
) -> None:
    posts = ((COMPLAINTS, COMPLAINT), (INQUIRIES, INQUIRY), (REQUESTS, REQUEST))
    remark = {"page_url": "/hoi-dap/", "useful": "yes"}
    for url, body in (*posts, ("/api/v1/feedback", remark)):
        answer = client.post(url, json=body, headers={"Idempotency-Key": key})
        assert answer.status_code == 400, url
        assert answer.mimetype == "application/problem+json"
        assert "UUID" in answer.text
        kept = client.post(url, json=body, headers={"Idempotency-Key": KEY + url})
        assert kept.status_code in (201, 400)
    seen = client.get("/api/v1/openapi.json").get_json()
    described = seen["paths"]["/api/v1/complaints"]["post"]["parameters"][0]
    assert described["schema"]["pattern"].endswith("{16,255}$")
    assert "UUID" in described["description"]


def test_a_uuid_is_a_key(client: FlaskClient) -> None:
    first, again = (
        client.post(COMPLAINTS, json=COMPLAINT, headers={"Idempotency-Key": KEY}) for _ in "12"
    )
    assert first.status_code == 201
    assert first.data == again.data


@pytest.mark.parametrize("field", ["description", "name", "serial", "phone", "email", "province"])
def test_what_is_far_too_long_comes_back_whole_and_is_linked(visitor: Visitor, field: str) -> None:
    text = "Máy hỏng. " * 1_500
    seen = checked(visitor, **{field: text})
    assert seen.status == 422
    assert set(seen.errors) == {field}
    kept = next(one.fields for one in seen.forms if one.action == "/gui/khieu-nai/")
    assert kept[field] == text


@pytest.mark.parametrize("name", ["مرحبا", "שלום 3M", "Nguyễn مرحبا"])
def test_a_letter_in_plain_text_isolates_words_from_right_to_left(
    app: Flask, client: FlaskClient, name: str
) -> None:
    assert client.post(COMPLAINTS, json={**COMPLAINT, "name": name}).status_code == 201
    store = app.extensions["portal"].store
    bodies = store.read(lambda connection: list(connection.scalars(select(outbox.c.body))))
    assert any(f"Họ và tên: \u2068{name}\u2069" in one for one in bodies)
    assert client.post(COMPLAINTS, json=COMPLAINT).status_code == 201
    bodies = store.read(lambda connection: list(connection.scalars(select(outbox.c.body))))
    assert any(f"Họ và tên: {COMPLAINT['name']}\n" in one for one in bodies)


@pytest.mark.parametrize(
    ("url", "body", "field"),
    [
        (COMPLAINTS, COMPLAINT, "description"),
        (INQUIRIES, INQUIRY, "correct_details"),
        (REQUESTS, REQUEST, "details"),
    ],
)
def test_a_receipt_quotes_words_from_right_to_left_in_isolation(
    app: Flask, client: FlaskClient, url: str, body: dict[str, Any], field: str
) -> None:
    words = "Máy hỏng rồi, (1) مرحبا שלום 12.5"
    assert client.post(url, json={**body, field: words}).status_code == 201
    store = app.extensions["portal"].store
    bodies = store.read(lambda connection: list(connection.scalars(select(outbox.c.body))))
    quoted = [one for one in bodies if words in one]
    assert len(quoted) == 2
    assert all(f"\u2068{words}\u2069" in one for one in quoted)
