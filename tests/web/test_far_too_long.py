"""Whatever somebody pastes into a form comes back in it, with the field that is too long named."""

import time
from typing import Any
from urllib.parse import quote_plus

import pytest

from tests.support import forms
from tests.support.hostile import CHARACTERS, SLOWEST
from tests.support.submissions import COMPLAINT, INQUIRY
from tests.support.visitor import Seen, Visitor
from tests.web.test_receipts_and_cases import codes_of

CHECK = "Xem lại trước khi gửi"
VIETNAMESE = "Đơn hàng giao trễ, gọi không ai nghe. "
"""Each letter with its marks takes up to nine bytes in a form."""
FORMS: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "/gui/khieu-nai/": (CHECK, forms.COMPLAINT, ("description", "name", "email")),
    "/gui/hoa-don/": (
        CHECK,
        {name: str(value) for name, value in INQUIRY.items()},
        ("details", "invoice_no", "tax_code", "total_vnd"),
    ),
    "/gui/cau-hoi/": (CHECK, forms.QUESTION, ("question", "phone")),
    "/gui/tai-lieu/": (CHECK, forms.DOCUMENTS, ("details", "address", "quote_lines-1-quantity")),
    "/gui/gop-y/": (
        "Gửi góp ý",
        {"page_url": "/bang-gia/", "useful": "no"},
        ("comment", "contact"),
    ),
}
PLACES = [(url, field) for url, (_, _, fields) in FORMS.items() for field in fields]


def of_size(pattern: str, size: int) -> str:
    """Repeat a pattern until it takes so many bytes in a form."""
    return pattern * (size // len(quote_plus(pattern))) + "x"


def kept(page: Seen, url: str) -> dict[str, str]:
    return next(one for one in page.forms if one.action == url).fields


@pytest.mark.parametrize("size", [150_000, 700_000])
@pytest.mark.parametrize(("url", "field"), PLACES)
def test_a_text_far_too_long_comes_back_with_everything_else_that_was_typed(
    visitor: Visitor, url: str, field: str, size: int
) -> None:
    button, typed, _ = FORMS[url]
    sent = {**typed, field: of_size(VIETNAMESE, size)}
    page = visitor.press(visitor.get(url), button, sent)
    assert page.status == 422
    assert page.title.startswith("Lỗi: ")
    assert field in page.errors
    assert kept(page, url).items() >= sent.items()


@pytest.mark.parametrize("name", CHARACTERS)
def test_as_much_as_a_form_may_hold_of_any_character_costs_no_second(
    visitor: Visitor, name: str
) -> None:
    texts = ("description", "name", "phone", "category", "idempotency_key", "incident_date")
    page = visitor.get("/gui/khieu-nai/")
    field = texts[list(CHARACTERS).index(name) % len(texts)]
    sent = {**forms.COMPLAINT, field: of_size(CHARACTERS[name], 700_000)}
    began = time.thread_time()
    answer = visitor.press(page, CHECK, sent)
    assert time.thread_time() - began < 3 * SLOWEST
    assert answer.status in (200, 422)


@pytest.mark.parametrize("field", ["description", "name", "order_no"])
def test_the_page_of_the_answers_gives_the_form_back_too(visitor: Visitor, field: str) -> None:
    page = visitor.get("/gui/khieu-nai/")
    check = visitor.press(page, CHECK, {name: str(one) for name, one in COMPLAINT.items()})
    long = of_size(VIETNAMESE, 700_000)
    back = visitor.press(check, "Gửi khiếu nại", {field: long})
    assert back.status == 422
    assert field in back.errors
    assert kept(back, "/gui/khieu-nai/")[field] == long


@pytest.fixture
def case(visitor: Visitor) -> Seen:
    """Give the page of a case."""
    page = visitor.get("/gui/khieu-nai/")
    check = visitor.press(page, CHECK, {name: str(one) for name, one in COMPLAINT.items()})
    return visitor.press(visitor.press(check, "Gửi khiếu nại"), "Xem hồ sơ")


def action(page: Seen, slug: str) -> tuple[str, str]:
    """Return the button of an action's form, and the name of its text."""
    form = next(one for one in page.forms if one.action == f"/ho-so/{slug}/")
    return form.buttons[-1][0], next((one for one in form.fields if one.endswith("-text")), "")


@pytest.mark.parametrize("files", [[], [("a.jpg", b"no picture")]])
@pytest.mark.parametrize("size", [5_000, 150_000, 700_000])
def test_what_is_added_to_a_case_comes_back_in_its_field(
    visitor: Visitor, case: Seen, size: int, files: Any
) -> None:
    button, text = action(case, "bo-sung")
    long = of_size("x", size)
    back = visitor.press(case, button, {text: long, "bo-sung-files": files})
    assert back.status == 422
    assert {text, "bo-sung-files"} >= set(back.errors) > set()
    assert kept(back, "/ho-so/bo-sung/")[text] == long


@pytest.mark.parametrize("size", [150_000, 700_000])
def test_the_reason_of_a_withdrawal_comes_back(visitor: Visitor, case: Seen, size: int) -> None:
    sure = visitor.press(case, action(case, "rut")[0])
    long = of_size(VIETNAMESE, size)
    back = visitor.press(sure, "Có, rút phiếu", {"rut-text": long})
    assert back.status == 422
    assert "rut-text" in back.errors
    assert kept(back, "/ho-so/rut/")["rut-text"] == long


def test_a_text_that_waits_for_the_codes_survives_a_slip_in_them(
    visitor: Visitor, case: Seen
) -> None:
    codes = {name: kept(case, "/ho-so/bo-sung/")[name] for name in ("reference", "code")}
    waiting = {"kept_slug": "bo-sung", "kept_text": "Tôi gửi thêm ảnh."}
    asked = visitor.get("/ho-so/")
    slip = visitor.press(asked, "Xem hồ sơ", {**codes, "code": "sai", **waiting})
    assert slip.status == 404
    back = visitor.press(slip, "Xem hồ sơ", codes)
    assert kept(back, "/ho-so/bo-sung/")["bo-sung-text"] == "Tôi gửi thêm ảnh."


@pytest.mark.parametrize("field", ["email", "reference", "code"])
def test_the_forms_of_the_codes_answer_in_words(visitor: Visitor, field: str) -> None:
    page = visitor.get("/gui/khieu-nai/")
    check = visitor.press(page, CHECK, {name: str(one) for name, one in COMPLAINT.items()})
    receipt = visitor.press(check, "Gửi khiếu nại")
    assert codes_of(receipt)
    back = visitor.press(receipt, "Gửi email", {"email": "a@b.vn", field: "x" * 700_000})
    assert back.status == (422 if field == "email" else 404)
    assert back.errors


@pytest.mark.parametrize("url", [*FORMS, "/ho-so/", "/ho-so/rut/", "/gui/bien-nhan/email/"])
def test_beyond_all_bounds_a_page_says_so_in_words(visitor: Visitor, url: str) -> None:
    answer = visitor.client.post(url, data={"name": "x" * 800_000})
    assert answer.status_code == 413
    words = " ".join(answer.text.split())
    assert "Nội dung quá dài" in words
    assert "Quay lại trang trước" in words
    assert "viết ngắn lại" in words


def test_beyond_all_bounds_a_form_with_files_says_so_too(visitor: Visitor, case: Seen) -> None:
    button, text = action(case, "bo-sung")
    back = visitor.press(case, button, {text: "x" * 800_000, "bo-sung-files": []})
    assert back.status == 413
    assert "viết ngắn lại" in " ".join(back.html.split())
