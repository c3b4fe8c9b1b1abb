"""Reading a price table from an .xlsx file as Excel saves it.

Everything is bounded before it is read: a small file can claim a million columns or unpack to
gigabytes. Rows are read one after another, so a cell far away costs nothing.
"""

import io
import re
import warnings
import zipfile
from datetime import date, datetime
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from service_policy.csv_tables import MAX_COLUMNS, MAX_ROWS, BadTable, Row, Table, table_of

MAX_UNPACKED: Final = 20_000_000
"""Bytes of all parts of a workbook together."""
_OLD = b"\xd0\xcf\x11\xe0"
"""How an .xls begins, and also an .xlsx with a password."""
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z0-9:]{2,20})\"")
_HIDDEN = re.compile(
    rb"<(?:\w+:)?(row|col)\s(?=[^>]{0,400}?hidden=\"(?:1|true)\")[^>]{0,400}?(?:\br|min)=\"([0-9]+)\""
)
_FILLED = re.compile(rb"<(?:\w+:)?c\s[^>]*?r=\"([A-Z]{1,3})([0-9]{1,7})\"[^>/]*>")
_SAVE = "mở bằng Excel, chọn Lưu thành (Save As) → Excel Workbook (.xlsx), không đặt mật khẩu"


def read_xlsx(raw: bytes) -> Table:
    """Read the one sheet of a workbook.

    Raises:
        BadTable: it is no workbook, it is too large, or people could read it in two ways.
    """
    _check_parts(raw)
    try:
        with warnings.catch_warnings():
            # The library warns of drawings and styles that it leaves out; a price has neither.
            warnings.simplefilter("ignore")
            formulas = load_workbook(io.BytesIO(raw), read_only=True, data_only=False)
            values = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            name = _only_sheet(formulas)
            return table_of(_rows(formulas[name], values[name]))
    except BadTable:
        raise
    except Exception:  # noqa: BLE001
        # A damaged part can stop the library anywhere; the file is at fault, not the reader.
        raise BadTable(1, "sổ Excel hỏng, không đọc được", _SAVE) from None


def _check_parts(raw: bytes) -> None:
    """Refuse what is no workbook, unpacks to too much or has merged cells."""
    if raw.startswith(_OLD):
        raise BadTable(1, "sổ Excel có mật khẩu hoặc là đời cũ (.xls)", _SAVE)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            parts = book.infolist()
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                message = "sổ Excel bung ra quá lớn"
                raise BadTable(1, message, "chép riêng bảng giá sang một sổ mới")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_part(part.filename, book.read(part))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise BadTable(1, "không phải sổ Excel (.xlsx)", _SAVE) from None


def _check_part(name: str, xml: bytes) -> None:
    """Refuse entities, which can grow without end, and what reading row by row would leave out."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise BadTable(1, "sổ Excel có phần lạ (DOCTYPE)", _SAVE)
    if not name.startswith("xl/worksheets/"):
        return
    if merged := _MERGED.search(xml):
        where = merged.group(1).decode()
        fix = "bỏ gộp ô (Unmerge Cells): mỗi ô một giá trị"
        raise BadTable(_row_of(where), f"có ô gộp {where}", fix)
    if hidden := _HIDDEN.search(xml):
        number = int(hidden.group(2))
        which, line = ("dòng", number) if hidden.group(1) == b"row" else ("cột", 1)
        fix = "cho hiện (Unhide, bỏ lọc), rồi xóa nếu không đăng: tệp này ai cũng xem được"
        raise BadTable(line, f"sổ có {which} ẩn: {which} {number}", fix)
    for found in _FILLED.finditer(xml):
        column, row = found.group(1).decode(), int(found.group(2))
        if row > MAX_ROWS or column_index_from_string(column) > MAX_COLUMNS:
            fix = f"xóa ô đó; bảng có nhiều nhất {MAX_ROWS} dòng, {MAX_COLUMNS} cột"
            raise BadTable(row, f"ô {column}{row} ở quá xa bảng giá", fix)


def _row_of(reference: str) -> int:
    digits = re.search(r"[0-9]+", reference)
    return int(digits.group()) if digits else 1


def _only_sheet(book: Any) -> str:
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    if hidden:
        message = f"sổ có trang tính ẩn: {', '.join(hidden)[:80]}"
        raise BadTable(1, message, "cho hiện rồi xóa trang đó: tệp này ai cũng xem được")
    names = [sheet.title for sheet in book.worksheets if _holds_something(sheet)]
    if len(names) > 1:
        message = f"sổ có {len(names)} trang tính: {', '.join(names)[:80]}"
        raise BadTable(1, message, "chỉ giữ trang bảng giá, xóa các trang khác")
    if not names:
        raise BadTable(1, "bảng trống", "viết dòng tên cột, rồi mỗi dòng giá một dòng")
    return str(names[0])


def _holds_something(sheet: Any) -> bool:
    rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS + 1, values_only=True)
    return any(value is not None for row in rows for value in row)


def _rows(formulas: Any, values: Any) -> list[Row]:
    """Return the rows as text; a formula counts as the result that Excel saved with it."""
    # One more row and column than allowed: so a larger sheet is noticed and not cut off.
    bounds = {"min_row": 1, "max_row": MAX_ROWS + 2, "max_col": MAX_COLUMNS + 1}
    found: list[Row] = []
    pairs = zip(formulas.iter_rows(**bounds), values.iter_rows(**bounds), strict=True)
    for number, (written, shown) in enumerate(pairs, 1):
        cells = []
        for column, (one, other) in enumerate(zip(written, shown, strict=True), 1):
            cells.append(_text(one, other, f"{get_column_letter(column)}{number}", number))
        found.append(Row(number, tuple(cells)))
    return found


def _text(written: Any, shown: Any, where: str, row: int) -> str:
    kind, value = written.data_type, shown.value
    if kind == "f" and value is None:
        fix = "mở bằng Excel rồi lưu lại, hoặc dán giá trị (Paste Values)"
        raise BadTable(row, f"ô {where} là công thức chưa có kết quả", fix)
    if shown.data_type == "e":
        raise BadTable(row, f"ô {where} báo lỗi {str(value)[:20]}", "sửa công thức hoặc gõ giá trị")
    return as_text(value)


def as_text(value: Any) -> str:
    """Return a cell's value as an editor would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
