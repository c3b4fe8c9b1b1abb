"""Each format of each price sheet is read back and says what the model says."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from plugins.pdf.press import Press
from plugins.pdf.price_sheet_files import ABOUT, PRICES, to_csv, to_xlsx
from plugins.pdf.price_table import price_table
from service_policy.price_sheets import PriceSheet
from service_policy.text import nfc
from tests.pdf.conftest import AUTUMN, WINTER, Papers
from tests.support.pdf import pages_of, text_of
from theme.filters import date_vi, number_vi, percent_vi

HOLDING = [
    (AUTUMN, "BG-2026.11", 2), (AUTUMN, "BG-2027.01", 1), (AUTUMN, "BG-PDV", 1),
    (AUTUMN, "BG-PDV", 2), (WINTER, "BG-2027.01", 1), (WINTER, "BG-PDV", 2),
]  # fmt: skip
WITHDRAWN = [
    (AUTUMN, "BG-2026.05", 1), (AUTUMN, "BG-2026.11", 1), (WINTER, "BG-2026.05", 1),
    (WINTER, "BG-2026.11", 1), (WINTER, "BG-2026.11", 2), (WINTER, "BG-PDV", 1),
]  # fmt: skip

holding = pytest.mark.parametrize(("day", "sheet_id", "version"), HOLDING)
withdrawn = pytest.mark.parametrize(("day", "sheet_id", "version"), WITHDRAWN)


def sheet_of(papers: Papers, sheet_id: str, version: int) -> PriceSheet:
    versions = papers.press.library.price_sheet_versions
    return next(one for one in versions if (one.id, one.version) == (sheet_id, version))


def name_of(papers: Papers, code: str, own: str | None) -> str:
    product = papers.press.library.product(code)
    return own or (product.name if product else "")


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_rows(content: bytes, page: str = PRICES) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content))[page].iter_rows(values_only=True))


def test_the_days_of_these_tests_cover_every_issue(papers_on) -> None:
    issued = {(one.id, one.version) for one in papers_on(WINTER).press.library.price_sheet_versions}
    assert issued == {case[1:] for case in HOLDING + WITHDRAWN}


@holding
def test_the_pdf_says_every_line_of_the_model(papers_on, day, sheet_id, version) -> None:
    papers = papers_on(day)
    sheet = sheet_of(papers, sheet_id, version)
    text = text_of(papers.of(sheet_id, version)["pdf"])
    for line in sheet.lines:
        name = name_of(papers, line.product_code, line.name)
        numbers = [number_vi(line.price_vnd), number_vi(line.net_vnd), number_vi(line.vat_vnd)]
        row = [line.product_code, name, line.unit, *numbers, percent_vi(line.vat_percent)]
        if line.warranty_months is not None:
            row += [str(line.warranty_months), str(line.dealer_minimum)]
        assert " ".join(" ".join(row).split()) in text
    for condition in sheet.conditions:
        assert " ".join(condition.split()) in text
    assert f"Bảng có {len(sheet.lines)} dòng." in text
    assert sheet.changes is not None
    assert f"Thay đổi so với bản trước {' '.join(sheet.changes.split())}" in text
    assert f"từ {date_vi(sheet.valid_from)} đến hết {date_vi(sheet.valid_to)}" in text
    assert nfc(text) == text


@holding
def test_the_workbook_holds_typed_values_of_the_model(papers_on, day, sheet_id, version) -> None:
    papers = papers_on(day)
    sheet = sheet_of(papers, sheet_id, version)
    content = papers.of(sheet_id, version)["xlsx"]
    rows = xlsx_rows(content)
    head = next(place for place, row in enumerate(rows) if row[0] == "Mã")
    found = {row[0]: dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]}
    assert len(found) == len(sheet.lines) == len(rows) - head - 1
    for line in sheet.lines:
        row = found[line.product_code]
        assert row["Tên"] == name_of(papers, line.product_code, line.name)
        assert row["Đơn vị tính"] == line.unit
        assert row["Giá gồm thuế (đồng)"] == line.price_vnd
        assert row["Giá chưa thuế (đồng)"] == line.net_vnd
        assert row["Tiền thuế (đồng)"] == line.vat_vnd
        assert row["Thuế suất"] == pytest.approx(float(line.vat_percent / 100))
        assert row["Bảo hành (tháng)"] == line.warranty_months
        assert row["Đại lý đặt tối thiểu"] == line.dealer_minimum
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book[PRICES]
    assert page.freeze_panes == f"B{head + 2}"
    price = page.cell(head + 2, 4)
    assert (price.data_type, price.number_format) == ("n", "#,##0")
    assert page.cell(head + 2, 7).number_format == "0%"
    about = dict(row[:2] for row in book[ABOUT].iter_rows(values_only=True))
    assert (about["Số hiệu"], about["Phiên bản"]) == (sheet.id, sheet.version)
    assert about["Số dòng"] == len(sheet.lines)
    assert [about[f"Điều kiện {n}"] for n in range(1, len(sheet.conditions) + 1)] == list(
        sheet.conditions
    )
    assert about["Kiểm tra bản này ở"].endswith(f"/tai-lieu/{sheet_id.lower()}/?v={version}")


@holding
def test_the_csv_holds_plain_numbers_of_the_model(papers_on, day, sheet_id, version) -> None:
    papers = papers_on(day)
    sheet = sheet_of(papers, sheet_id, version)
    content = papers.of(sheet_id, version)["csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    rows = csv_rows(content)
    head = next(place for place, row in enumerate(rows) if row[0] == "Mã")
    assert len(rows) - head - 1 == len(sheet.lines)
    found = {row[0]: dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]}
    for line in sheet.lines:
        row = found[line.product_code]
        assert row["Tên"] == name_of(papers, line.product_code, line.name)
        assert row["Đơn vị tính"] == line.unit
        assert row["Giá gồm thuế (đồng)"] == str(line.price_vnd)
        assert row["Giá chưa thuế (đồng)"] == str(line.net_vnd)
        assert row["Tiền thuế (đồng)"] == str(line.vat_vnd)
        assert row["Thuế suất"] == str(line.vat_percent)
        assert row["Bảo hành (tháng)"] == str(line.warranty_months or "")


@withdrawn
def test_a_withdrawn_sheet_says_so_first_and_holds_no_price(
    papers_on, day, sheet_id, version
) -> None:
    papers = papers_on(day)
    sheet = sheet_of(papers, sheet_id, version)
    files = papers.of(sheet_id, version)
    text = text_of(files["pdf"])
    cells = [str(cell) for row in csv_rows(files["csv"]) for cell in row]
    cells += [str(cell) for row in xlsx_rows(files["xlsx"]) for cell in row]
    for line in sheet.lines:
        assert number_vi(line.price_vnd) not in text.split()
        assert line.product_code in text
        assert str(line.price_vnd) not in cells
        assert str(line.net_vnd) not in cells
    replaced = papers.issue(sheet_id, version).state(day) == "superseded"
    words = f"ĐÃ THAY BẰNG PHIÊN BẢN {version + 1}" if replaced else "HẾT HIỆU LỰC"
    for first in (csv_rows(files["csv"])[0][0], str(xlsx_rows(files["xlsx"])[0][0])):
        assert first.startswith(words)
    assert words in pages_of(files["pdf"])[0]


def test_a_withdrawn_sheet_leads_to_the_copy_that_holds(papers: Papers) -> None:
    text = text_of(papers.of("BG-2026.05", 1)["pdf"])
    assert "Bản đang áp dụng: BG-2026.11, phiên bản 2, https://nhakhe.example/tai-lieu/" in text
    second = csv_rows(papers.of("BG-2026.11", 1)["csv"])[1][0]
    assert second.endswith("phiên bản 2, https://nhakhe.example/tai-lieu/bg-2026.11/?v=2")


def test_an_announced_sheet_says_from_when_it_holds(papers: Papers) -> None:
    files = papers.of("BG-2027.01", 1)
    wanted = "CHƯA ÁP DỤNG. Áp dụng từ 01/01/2027"
    assert wanted in text_of(files["pdf"])
    assert csv_rows(files["csv"])[0] == [wanted]
    assert xlsx_rows(files["xlsx"])[0][0] == wanted


def test_the_names_of_the_columns_stand_on_every_page(papers: Papers) -> None:
    pages = pages_of(papers.of("BG-PDV", 1)["pdf"])
    with_lines = [page for page in pages if "LK-" in page or "DV-" in page]
    assert len(with_lines) > 1
    assert all("Mã Tên ĐVT" in page for page in with_lines)


def test_nothing_in_a_cell_is_executed(papers: Papers) -> None:
    sheet = sheet_of(papers, "BG-PDV", 1)
    bad = ("=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "＝1+1")
    lines = tuple(
        sheet.lines[0].model_copy(update={"product_code": f"X-{n}", "name": text})
        for n, text in enumerate(bad)
    )
    sheet = sheet.model_copy(update={"lines": lines})
    issue = papers.issue("BG-PDV", 1)
    press: Press = papers.press
    table = price_table(sheet, replace(press.library, products=()), withdrawn=False)
    names = [row[1] for row in csv_rows(to_csv(press.validity(issue), table))[1:]]
    assert names == [f"'{text}" for text in bad]
    page = openpyxl.load_workbook(io.BytesIO(to_xlsx(press, issue, sheet, table)))[PRICES]
    cells = [page.cell(row, 2) for row in range(2, 2 + len(bad))]
    assert [(cell.data_type, cell.value) for cell in cells] == [("s", f"'{text}") for text in bad]


def test_no_workbook_holds_a_formula(papers: Papers) -> None:
    for issue in papers.issues:
        if issue.kind == "bang-gia":
            book = openpyxl.load_workbook(io.BytesIO(papers.of(issue.id, issue.version)["xlsx"]))
            kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
            assert kinds <= {"s", "n"}
            assert book.properties.created.date() == issue.issued_on
