"""Rows of an .xlsx file of any length, one after another.

The library reads what a workbook says of itself (sheets, texts, which styles are dates), and
``sheet_cells`` the cells. Everything is bounded before it is read: a small file can unpack to
gigabytes, claim a million columns, or grow by entities. A formula counts as the result that Excel
saved with it.
"""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, NoReturn

from openpyxl import load_workbook

from forms_api.ledger.csv_rows import MOST_COLUMNS
from forms_api.ledger.sheet_cells import SheetCells, SheetFault
from service_policy.csv_tables import BadTable
from service_policy.ledger.cells import Cell

MOST_UNPACKED: Final = 400_000_000
MOST_TEXTS: Final = 48_000_000
MOST_OF_OTHERS: Final = 8_000_000
"""Bytes of all parts, of the table of texts, and of any part that is no sheet."""

OLD: Final = b"\xd0\xcf\x11\xe0"
"""How an .xls begins, and also an .xlsx with a password."""

LONGEST_ROW: Final = 2_000_000
"""Bytes of a row of a sheet, in its XML."""
_CHUNK: Final = 1 << 17
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
    with path.open("rb") as stream, _opened(stream) as book:
        chosen = _sheet_of(book, sheet)
        # What the library knows of a workbook has no public names; a test holds us to them.
        cells = SheetCells(chosen._shared_strings, book._date_formats, book.epoch, MOST_COLUMNS)
        with zipfile.ZipFile(path) as parts, parts.open(chosen._worksheet_path) as xml:
            try:
                for number, row in cells.read(xml):
                    if number >= header_row:
                        yield number, row
            except SheetFault as fault:
                fix = _RESULT if "công thức" in fault.message else _SAVE
                raise BadTable(fault.row, fault.message, fix) from None
            except (zipfile.BadZipFile, zlib.error):
                _refuse("sổ Excel hỏng, không đọc được")


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
    with path.open("rb") as stream, _opened(stream) as book:
        return [one.title for one in book.worksheets if one.sheet_state == "visible"]


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[Any]:
    """Open a workbook by what it is: of a path the library would ask for its ending."""
    with warnings.catch_warnings():
        # The library warns of drawings and styles that it leaves out; a record has neither.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        except Exception:  # noqa: BLE001
            # A damaged part can stop the library anywhere; the file is at fault, not the reader.
            _refuse("không phải sổ Excel (.xlsx), hoặc đã hỏng")
    try:
        yield book
    finally:
        book.close()


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
                _check_size(part)
                if part.filename.endswith((".xml", ".rels")):
                    with book.open(part) as stream:
                        _check_part(part, stream)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        _refuse("không phải sổ Excel (.xlsx), hoặc đã hỏng")


def _is_sheet(part: zipfile.ZipInfo) -> bool:
    return part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")


def _check_size(part: zipfile.ZipInfo) -> None:
    """Refuse a part that is too large, whatever its name: its texts may have any."""
    most = MOST_TEXTS if part.filename == "xl/sharedStrings.xml" else MOST_OF_OTHERS
    if part.file_size > (MOST_UNPACKED if _is_sheet(part) else most):
        _refuse(f"sổ Excel có phần quá lớn ({part.filename[:60]})")


def _check_part(part: zipfile.ZipInfo, stream: IO[bytes]) -> None:
    """Refuse entities, other encodings, and what the library would read at once."""
    rest, since_row = b"", 0
    while chunk := stream.read(_CHUNK):
        if b"\0" in chunk:
            _refuse("sổ Excel có phần không phải UTF-8")
        if b"<!DOCTYPE" in rest + chunk or b"<!ENTITY" in rest + chunk:
            _refuse("sổ Excel có phần lạ (DOCTYPE)")
        rest = chunk[-16:]
        # The library looks into a sheet as well, for its size, and forgets row by row.
        last = chunk.rfind(b"row>")
        since_row = len(chunk) - last if last >= 0 else since_row + len(chunk)
        if _is_sheet(part) and since_row > LONGEST_ROW:
            _refuse("sổ Excel có dòng dài quá mức")


def _refuse(message: str) -> NoReturn:
    raise BadTable(1, message, _SAVE)
