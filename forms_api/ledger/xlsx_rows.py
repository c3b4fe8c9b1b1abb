"""Rows of an .xlsx file of any length, one after another.

Everything is bounded before the library reads it: a small file can unpack to gigabytes, claim a
million columns, or grow by entities. A formula counts as the result that Excel saved with it.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn

from openpyxl import load_workbook

from forms_api.ledger.csv_rows import MOST_COLUMNS
from service_policy.csv_tables import BadTable
from service_policy.ledger.cells import Cell

MOST_UNPACKED: Final = 400_000_000
MOST_TEXTS: Final = 48_000_000
MOST_OF_OTHERS: Final = 8_000_000
"""Bytes of all parts, of the table of texts, and of any part that is no sheet."""
LONGEST_ROW: Final = 2_000_000
"""Bytes of a row in its XML."""

OLD: Final = b"\xd0\xcf\x11\xe0"
"""How an .xls begins, and also an .xlsx with a password."""

_CHUNK = 1 << 18
_CELL = rb"<(?:\w+:)?c\b"
# MOST_COLUMNS is the column KN.
_FAR = re.compile(_CELL + rb"[^>]*?\sr=\"([A-Z]{3,9}|[L-Z][A-Z]|K[O-Z])[0-9]+\"")
_EMPTY_FORMULA = re.compile(
    _CELL + rb"([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_REFERENCE = re.compile(rb"\sr=\"([A-Z]{1,3})([0-9]{1,7})\"")
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_SAVE = "mở bằng Excel, chọn Save As → Excel Workbook (.xlsx), không đặt mật khẩu"
_RESULT = "mở bằng Excel rồi lưu lại, hoặc dán giá trị (Paste Values)"


def read_xlsx(
    path: Path, sheet: str | None, header_row: int
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Yield the number and the cells of each row of a sheet, from the row with the names on.

    Raises:
        BadTable: it is no workbook, too large, or people could read it in two ways.
    """
    _check_parts(path)
    with path.open("rb") as stream, warnings.catch_warnings():
        # The library warns of drawings and styles that it leaves out; a record has neither.
        warnings.simplefilter("ignore")
        book = _opened(stream)
        try:
            rows = _sheet_of(book, sheet).iter_rows(min_row=header_row, values_only=True)
            yield from enumerate(rows, header_row)
        except BadTable:
            raise
        except Exception:  # noqa: BLE001
            # A damaged part can stop the library anywhere; the file is at fault, not the reader.
            _refuse("sổ Excel hỏng, không đọc được")
        finally:
            book.close()


def xlsx_cell(path: Path, sheet: str | None, row: int, column: int) -> Cell:
    """Return what one cell holds.

    Raises:
        BadTable: the file cannot be read.
    """
    rows = read_xlsx(path, sheet, row)
    _, cells = next(rows, (row, ()))
    rows.close()  # type: ignore[attr-defined]
    return cells[column - 1] if column <= len(cells) else None


def sheet_names(path: Path) -> list[str]:
    """Return the names of the sheets that show."""
    _check_parts(path)
    with path.open("rb") as stream:
        book = _opened(stream)
        return [one.title for one in book.worksheets if one.sheet_state == "visible"]


def _opened(stream: BinaryIO) -> Any:
    """Open a workbook by what it is: of a path the library would ask for its ending."""
    try:
        return load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except Exception:  # noqa: BLE001
        _refuse("không phải sổ Excel (.xlsx), hoặc đã hỏng")


def _sheet_of(book: Any, wanted: str | None) -> Any:
    shown = [one for one in book.worksheets if one.sheet_state == "visible"]
    names = [one.title for one in shown]
    if wanted is None and len(shown) == 1:
        return shown[0]
    for number, one in enumerate(shown, 1):
        if wanted in (one.title, str(number)):
            return one
    told = ", ".join(names)[:200]
    if wanted is None:
        raise BadTable(1, f"sổ có nhiều trang: {told}", "nêu file.sheet trong tệp ánh xạ")
    raise BadTable(1, f"sổ không có trang {wanted}; có {told}", "sửa file.sheet trong tệp ánh xạ")


def _check_parts(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as book:
            parts = book.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                _refuse("sổ Excel bung ra quá lớn")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with book.open(part) as stream:
                        _check_part(part, stream)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        _refuse("không phải sổ Excel (.xlsx), hoặc đã hỏng")


def _check_part(part: zipfile.ZipInfo, stream: Any) -> None:
    """Refuse entities, other encodings, and rows that are endless or cannot be read safely."""
    is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    most = MOST_TEXTS if part.filename == "xl/sharedStrings.xml" else MOST_OF_OTHERS
    if part.file_size > (MOST_UNPACKED if is_sheet else most):
        _refuse(f"sổ Excel có phần quá lớn ({part.filename[:60]})")
    rest = b""
    while chunk := stream.read(_CHUNK):
        if b"\0" in chunk:
            _refuse("sổ Excel có phần không phải UTF-8")
        rest += chunk
        if b"<!DOCTYPE" in rest or b"<!ENTITY" in rest:
            _refuse("sổ Excel có phần lạ (DOCTYPE)")
        if not is_sheet:
            rest = rest[-16:]
            continue
        ends = [found.end() for found in _ROW_END.finditer(rest)]
        whole = ends[-1] if ends else 0
        _check_rows(rest[:whole])
        rest = rest[whole:]
        if len(rest) > LONGEST_ROW:
            _refuse("sổ Excel có dòng dài quá mức")


def _check_rows(xml: bytes) -> None:
    if far := _FAR.search(xml):
        message = f"sổ có cột {far.group(1).decode()}, nhiều hơn {MOST_COLUMNS} cột"
        raise BadTable(1, message, "chỉ xuất các cột cần dùng, xóa ô ở xa")
    for found in _EMPTY_FORMULA.finditer(xml):
        place = _REFERENCE.search(found.group(1))
        if b't="str"' in found.group(1):
            continue  # Its result is a text without letters.
        column, row = (place.group(1).decode(), int(place.group(2))) if place else ("", 1)
        raise BadTable(row, f"ô {column}{row} là công thức chưa có kết quả", _RESULT)


def _refuse(message: str) -> NoReturn:
    raise BadTable(1, message, _SAVE)
