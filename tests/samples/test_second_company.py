"""The second sample, only from content: the program says no word of the tests' own company."""

import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from forms_api.settings import Settings
from forms_api.web.app import assemble
from service_policy.content import Library, read
from tests.support.application import CONTENT, SECRET, Clock, clock, empty_file
from tests.support.site import BuiltSite, built_on
from tests.support.visitor import Visitor
from theme.filters import datetime_vi
from tooling.paths import ROOT

__all__ = ["clock", "empty_file"]
COMPANY = ROOT / "samples/companies/dien-lanh"
MONDAY = date(2026, 11, 23)
WHO = {"name": "Lê Thị Mẫu", "phone": "0912345678", "email": "mau@khach.example"}
COMPLAINT = {**WHO, "description": "Máy vừa sửa tuần trước, nay bật lên lại không lạnh."}
DOCUMENTS = {**WHO, "document_ids": ["BG-CT"], "purpose": "buy", "send_by": "post"}
DOCUMENTS |= {"address": "Số 1, đường Mẫu", "segment": "gia-dinh"}
QUOTE = {**WHO, "purpose": "quote", "send_by": "email", "segment": "noi-lam-viec"}
QUOTE |= {"quote_lines": [{"product_code": "Bảo dưỡng theo quý", "quantity": 10, "unit": "máy"}]}

FILED: dict[str, tuple[str, dict[str, Any], str]] = {
    # what: (end of its address in the API, what is sent on Monday at 9:00, when the first is due)
    "a repair that did not last": (
        "complaints",
        {**COMPLAINT, "category": "SL", "segment": "gia-dinh"},
        "2026-11-23T14:00",
    ),
    "a danger": (
        "complaints",
        {**COMPLAINT, "category": "NG", "segment": "gia-dinh"},
        "2026-11-23T09:30",
    ),
    "a technician who did not come": (
        "complaints",
        {**COMPLAINT, "category": "TH", "segment": "noi-lam-viec"},
        "2026-11-23T11:00",
    ),
    "an invoice": (
        "invoice-inquiries",
        {**WHO, "topic": "missing", "segment": "noi-lam-viec"},
        "2026-11-23T12:00",
    ),
    "a question": (
        "questions",
        {**WHO, "question": "Máy âm trần có vệ sinh được ban đêm không?"},
        "2026-11-23T14:00",
    ),
    "a printed price sheet": ("document-requests", DOCUMENTS, "2026-11-23T14:00"),
    # Tuesday, 24 November, is a holiday; Saturday is not.
    "a quote": ("document-requests", QUOTE, "2026-11-26T17:30"),
}
FORMS = {
    "complaints": ("/gui/khieu-nai/", "Gửi khiếu nại"),
    "invoice-inquiries": ("/gui/hoa-don/", "Gửi yêu cầu"),
    "questions": ("/gui/cau-hoi/", "Gửi câu hỏi"),
    "document-requests": ("/gui/tai-lieu/", "Gửi yêu cầu"),
}
"""The form of each kind and its button."""
FILINGS = pytest.mark.parametrize(("kind", "sent", "due"), FILED.values(), ids=FILED)


@pytest.fixture(scope="module")
def firm() -> Library:
    """Read the second company's content, for Monday 23 November 2026."""
    return read(COMPANY, MONDAY)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build the second company's site once."""
    folder = tmp_path_factory.mktemp("second")
    content = Path(shutil.copytree(COMPANY, folder / "content"))
    return built_on(MONDAY, folder / "output", content, "https://giosom.example")


@pytest.fixture
def app(firm: Library, clock: Clock, empty_file: Path, tmp_path: Path) -> Iterator[Flask]:
    """Open the form server of the second company, on Monday at 9:00."""
    file = tmp_path / "portal.db"
    file.write_bytes(empty_file.read_bytes())
    given = {
        "PORTAL_VAR_DIR": str(tmp_path / "var"),
        "PORTAL_DATABASE_URL": f"sqlite:///{file}",
        "PORTAL_SECRET_KEY": SECRET,
    }
    made = assemble(Settings.from_environ(given), firm, clock)
    yield made
    made.extensions["portal"].close()


@pytest.fixture(scope="module")
def words_of_the_first() -> re.Pattern[str]:
    """Match any name by which the first company knows itself, its rooms, its goods, its people."""
    first = read(CONTENT, MONDAY)
    company, matrix = first.company, first.policy.matrix
    names = {company.short_name, company.name, company.website, company.email, "nhakhe"}
    names |= {one.name for one in company.departments} | {one.name for one in matrix.families}
    names |= {one.role for one in company.departments} - {"Giám đốc"}
    names |= {one.name for one in matrix.segments} | {one.id for one in first.products}
    spelled = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"\b(?:{spelled})\b")


def typed(sent: dict[str, Any]) -> dict[str, str]:
    """Return what somebody types into the form to say the same."""
    body = dict(sent)
    for number, one in enumerate(body.pop("document_ids", ()), 1):
        body[f"document_ids-{number}-id"] = one
    for number, line in enumerate(body.pop("quote_lines", ()), 1):
        body |= {f"quote_lines-{number}-{name}": str(value) for name, value in line.items()}
    return body


def test_it_is_another_kind_of_company(firm: Library) -> None:
    first = read(CONTENT, MONDAY)
    assert firm.company.fictional
    assert firm.company.factory is None
    assert (firm.products, firm.catalogues, firm.policy.matrix.families) == ((), (), ())
    for theirs, ours in (
        (firm.company.departments, first.company.departments),
        (firm.policy.matrix.segments, first.policy.matrix.segments),
        (firm.policy.matrix.product_groups, first.policy.matrix.product_groups),
    ):
        assert {one.id for one in theirs}.isdisjoint(one.id for one in ours)
    assert {one.id for one in firm.policy.versions} == {f"CK-{number}" for number in range(1, 6)}


def test_no_page_is_named_that_the_company_does_not_have(site: BuiltSite) -> None:
    assert {url.split("/")[1] for url in site.pages} == {
        "", "404.html", "bang-gia", "bao-hanh", "cam-ket", "hoi-dap", "kenh-chinh-thuc", "ket-qua",
        "khieu-nai", "lich-nghi", "phap-ly", "tai-lieu", "thuat-ngu", "ve-chung-toi",
        "yeu-to-dich-vu",
    }  # fmt: skip


def test_no_page_knows_a_word_of_the_first_company(
    site: BuiltSite, words_of_the_first: re.Pattern[str]
) -> None:
    for file in sorted(site.output.rglob("*")):
        if file.suffix in (".html", ".xml", ".json", ".txt", ".webmanifest", ".csv"):
            assert words_of_the_first.findall(file.read_text("utf-8")) == [], file


def test_the_words_of_the_first_company_are_found_where_they_stand(
    words_of_the_first: re.Pattern[str],
) -> None:
    text = "Bếp Mẫu bán NC-18C; Kho vận giao cho Đại lý, xem nhakhe.example"
    found = words_of_the_first.findall(text)
    assert found == ["Bếp Mẫu", "NC-18C", "Kho vận", "Đại lý", "nhakhe.example"]


@FILINGS
def test_a_program_files_a_case_with_the_right_date(
    app: Flask, kind: str, sent: dict[str, Any], due: str
) -> None:
    answer = app.test_client().post(f"/api/v1/{kind}", json=sent)
    assert answer.status_code == 201, answer.text
    first = answer.get_json()["promises"][0]
    assert first["due_at"].startswith(due)


@FILINGS
def test_a_person_files_a_case_with_the_right_date(
    app: Flask, kind: str, sent: dict[str, Any], due: str, words_of_the_first: re.Pattern[str]
) -> None:
    visitor, (url, button) = Visitor(app.test_client()), FORMS[kind]
    page = visitor.get(url)
    check = visitor.press(page, "Xem lại trước khi gửi", typed(sent))
    assert check.status == 200, check.errors
    receipt = visitor.press(check, button)
    assert receipt.status == 200
    date_in_words = datetime_vi(datetime.fromisoformat(f"{due}+07:00"))
    assert " ".join(date_in_words.split()) in receipt.document.one("main").text
    case = visitor.press(receipt, "Xem hồ sơ")
    assert case.status == 200
    for seen in (page, check, receipt, case):
        assert len(seen.document.all("h1")) == 1
        assert words_of_the_first.findall(seen.html) == []


def test_a_saturday_is_a_working_day(app: Flask, clock: Clock) -> None:
    clock.moment = datetime.fromisoformat("2026-11-28T16:30+07:00")
    sent = {**WHO, "question": "Máy âm trần có vệ sinh được ban đêm không?"}
    answer = app.test_client().post("/api/v1/questions", json=sent)
    assert answer.get_json()["promises"][0]["due_at"].startswith("2026-11-30T11:30")


def test_nobody_asks_for_goods_balances_or_dealers_of_a_firm_without_them(app: Flask) -> None:
    client = app.test_client()
    pages = {url: Visitor(client).get(url) for url, _ in FORMS.values()}
    for url, page in pages.items():
        said = page.document.one("body").text.lower()
        goods = ("giao hàng", "công nợ", "hàng đang", "món hàng", "đại lý", "sản phẩm mới")
        found = [one for one in goods if one in said]
        assert found == [], url
    offered = {one.get("value") for one in pages["/gui/hoa-don/"].document.all("input")}
    assert "missing" in offered
    assert offered.isdisjoint({"balance", "delivery_status", "delivery_schedule"})
    asked = {**WHO, "topic": "delivery_status", "segment": "gia-dinh"}
    assert client.post("/api/v1/invoice-inquiries", json=asked).status_code == 422


def test_the_danger_that_a_form_names_is_the_company_s_own(app: Flask, firm: Library) -> None:
    text = Visitor(app.test_client()).get("/gui/khieu-nai/").document.one("main").text
    assert firm.policy.danger == "Rò điện, khét, xì gas, cháy"
    assert f"{firm.policy.danger}?" in text
    assert "bỏng" not in text


def test_the_search_box_and_the_head_of_the_warranty_page_say_the_company_s_own_words(
    site: BuiltSite, firm: Library
) -> None:
    page = site.pages["/bao-hanh/"]
    hints = [one.get("placeholder") for one in page.all("input") if one.get("name") == "q"]
    assert hints == [f"Tìm: {firm.chrome.search_example}…"]
    leads = [one.text for one in page.all("p") if one.get("class") == "lead"]
    assert leads == [firm.chrome.warranty_lead]


def test_a_list_of_prices_speaks_of_no_past_ones_and_no_register_that_are_not_there(
    site: BuiltSite,
) -> None:
    heads = [one.text for one in site.pages["/bang-gia/"].all("h2")]
    assert heads[:2] == ["Đang hiệu lực", "Giá cho nơi làm việc"]
    assert "Đã hết hiệu lực" not in heads
    assert "Bản in trong tay còn đúng không?" not in heads
