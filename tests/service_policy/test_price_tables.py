"""Tables of prices as spreadsheet programs save them: read, or refused with the cause."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from service_policy.content import check, read
from service_policy.content.workbooks import read_xlsx
from service_policy.csv_tables import BadTable, Row, read_csv
from tests.service_policy.broken_content import sub
from tests.service_policy.conftest import CONTENT, TODAY

SHEET = "bang-gia/ban-le-2026-11"
TEXT = (CONTENT / f"{SHEET}.csv").read_text(encoding="utf-8")
ROWS = list(csv.reader(io.StringIO(TEXT)))
Change = Callable[[Workbook, Any], None]

SAVED: dict[str, bytes] = {
    "semicolons": TEXT.replace(",", ";").encode(),
    "tabs": TEXT.replace(",", "\t").encode(),
    "a first line that names the separator": ("sep=;\r\n" + TEXT.replace(",", ";")).encode(),
    "a line in quotation marks that names the separator": (
        '"sep=;"\r\n' + TEXT.replace(",", ";")
    ).encode(),
    "a space that nobody sees in the name of a column": TEXT.replace(
        "price_vnd", "\u200bprice_vnd"
    ).encode(),
    "two byte order marks": b"\xef\xbb\xbf\xef\xbb\xbf" + TEXT.encode(),
    "a byte order mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "Unicode Text of Excel": TEXT.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"),
    "the line ends of an old Mac": TEXT.replace("\n", "\r").encode(),
    "empty rows and empty columns": TEXT.replace("\n", ",,,\n,,,,,,,,\n\n").encode(),
    "a line break within a cell": TEXT.replace("NC-10M,cái", 'NC-10M,"cái\n"').encode(),
    "capitals and spaces in the names of columns": TEXT.replace(
        "product_code,unit", "Product_Code , UNIT"
    ).encode(),
}


@pytest.mark.parametrize("way", SAVED)
def test_a_table_is_read_however_it_was_saved(content: Path, way: str) -> None:
    expected = read(CONTENT, TODAY).price_sheets
    (content / f"{SHEET}.csv").write_bytes(SAVED[way])
    assert [str(fault) for fault in check(content, TODAY)] == []
    assert read(content, TODAY).price_sheets == expected


def test_faults_name_the_line_of_the_file_as_it_was_saved(content: Path) -> None:
    text = "sep=;\n" + TEXT.replace(",", ";").replace("590000", "năm", 1)
    (content / f"{SHEET}.csv").write_text(text, encoding="utf-8")
    (fault,) = check(content, TODAY)
    assert (fault.line, fault.field) == (3, "lines.1.price_vnd")


def book(change: Change = lambda book, sheet: None) -> bytes:
    """Return a workbook with the prices of the sample, changed."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in ROWS:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    change(workbook, sheet)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def from_excel(content: Path, raw: bytes) -> None:
    """Let the price sheet take its lines from a workbook."""
    (content / f"{SHEET}.csv").unlink()
    (content / f"{SHEET}.xlsx").write_bytes(raw)
    sub(f"{SHEET}.md", r"^lines_from: .*$", "lines_from: ban-le-2026-11.xlsx")(content)


def test_a_workbook_is_read_as_it_is(content: Path) -> None:
    expected = read(CONTENT, TODAY).price_sheets
    from_excel(content, book(lambda _, sheet: sheet.insert_rows(1, 2)))
    assert [str(fault) for fault in check(content, TODAY)] == []
    assert [one.lines for one in read(content, TODAY).price_sheets] == [
        one.lines for one in expected
    ]


def _second(workbook: Workbook, _: Any) -> None:
    workbook.create_sheet("Khác")["A1"] = "x"


def _hidden(workbook: Workbook, _: Any) -> None:
    workbook.create_sheet("Giá đại lý").sheet_state = "hidden"


def _hide_row(_: Workbook, sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def _hide_column(_: Workbook, sheet: Any) -> None:
    sheet.column_dimensions["C"].hidden = True


def _set(cell: str, value: object) -> Change:
    def change(_: Workbook, sheet: Any) -> None:
        sheet[cell] = value

    return change


def _packed(name: str, data: bytes) -> bytes:
    """Return the workbook with another part in the place of one of its own."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, data if part == name else old.read(part))
    return out.getvalue()


REFUSED: dict[str, tuple[bytes, int, str]] = {
    "two sheets": (book(_second), 1, "2 trang tính: Sheet, Khác"),
    "a hidden sheet": (book(_hidden), 1, "trang tính ẩn: Giá đại lý"),
    "a hidden row": (book(_hide_row), 3, "dòng ẩn: dòng 3"),
    "a hidden column": (book(_hide_column), 1, "cột ẩn: cột 3"),
    "merged names of columns": (
        book(lambda _, sheet: sheet.merge_cells("A1:B1")),
        1,
        "ô gộp A1:B1",
    ),
    "a formula without a result": (book(_set("C2", "=590*1000")), 2, "ô C2 là công thức"),
    "an error in a cell": (book(_set("C3", "#N/A")), 3, "ô C3 báo lỗi #N/A"),
    "a cell far to the right": (book(_set("XFD1048576", "x")), 1048576, "ô XFD1048576 ở quá xa"),
    "a password or an old format": (b"\xd0\xcf\x11\xe0" + bytes(600), 1, "mật khẩu"),
    "no workbook": (b"product_code,unit\n", 1, "không phải sổ Excel"),
    "a damaged workbook": (_packed("xl/worksheets/sheet1.xml", b"<worksheet"), 1, "hỏng"),
    "a workbook that unpacks to 50 megabytes": (
        _packed("xl/worksheets/sheet1.xml", bytes(50_000_000)),
        1,
        "bung ra quá lớn",
    ),
    "entities that grow": (
        _packed("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        1,
        "DOCTYPE",
    ),
    "an empty workbook": (book(lambda _, sheet: sheet.delete_rows(1, 99)), 1, "bảng trống"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_workbook_with_two_readings_is_refused_with_the_cause(content: Path, what: str) -> None:
    raw, line, words = REFUSED[what]
    from_excel(content, raw)
    (fault,) = check(content, TODAY)
    assert (fault.file, fault.line) == (f"content/{SHEET}.xlsx", line), str(fault)
    assert words in fault.message


@pytest.mark.parametrize(
    ("value", "shown"),
    [(590000.0, "590000"), ("590000", "590000"), (590000.5, "590000.5"), (True, "true")],
)
def test_a_cell_is_read_as_an_editor_would_type_it(value: object, shown: str) -> None:
    assert read_xlsx(book(_set("C2", value))).rows[0].cells[2] == shown


def test_a_price_that_became_a_date_is_told(content: Path) -> None:
    from_excel(content, book(_set("C2", dt.datetime(2026, 5, 12))))  # noqa: DTZ001
    (fault,) = check(content, TODAY)
    assert (fault.line, fault.field) == (2, "lines.1.price_vnd")
    assert "2026-05-12" in fault.message


def test_a_workbook_that_calls_itself_csv_is_told(content: Path) -> None:
    (content / f"{SHEET}.csv").write_bytes(book())
    (fault,) = check(content, TODAY)
    assert "sổ Excel mang tên .csv" in fault.message


def test_a_quotation_mark_that_never_closes_is_told_with_its_line() -> None:
    with pytest.raises(BadTable) as refused:
        read_csv('a,b\n1,2\n3,"4\n5,6\n')
    assert refused.value.line == 3


def test_rows_keep_their_lines_past_a_cell_of_two_lines() -> None:
    assert read_csv('a,b\n"1\n1",2\n3,4\n').rows == (Row(2, ("1\n1", "2")), Row(4, ("3", "4")))
