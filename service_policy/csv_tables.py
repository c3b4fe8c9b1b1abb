"""Tables of text as people save them: commas, semicolons or tabs, with or without empty rows.

Excel with Vietnamese settings writes ``;`` between cells, "Unicode Text" writes tabs in UTF-16, an
old Mac ends lines with a carriage return, and a sheet that once held more keeps empty columns.

No text that we write into a table is ever executed. A workbook says of each cell that it is a text,
so that it is written exactly as it is. A CSV file cannot say so: there a cell that begins like a
formula (also after white space, also with the full-width signs that some programs fold) gets an
apostrophe in front.
"""

import codecs
import csv
import io
import re
from dataclasses import dataclass
from typing import Final

SEPARATORS: Final = ",;\t|"
MAX_ROWS: Final = 5_000
MAX_COLUMNS: Final = 60

_SAID = re.compile(r"\A\ufeff?\"?sep=(.)\"?[ \t,;]*\n", re.IGNORECASE)
"""The first line with which Excel is told the separator."""

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
"""What nobody sees in the name of a column."""


class BadTable(ValueError):
    """Raised when a table cannot be read at all: where, what is wrong, and how to fix it."""

    def __init__(self, line: int, message: str, fix: str) -> None:
        super().__init__(message)
        self.line, self.message, self.fix = line, message, fix


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something: the line (or the row of the sheet) and a cell for each column."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the names of its columns, the line they stand in, and the rows below."""

    columns: tuple[str, ...]
    line: int
    rows: tuple[Row, ...]


def decoded(raw: bytes) -> bytes:
    """Return a table in UTF-8: Excel's "Unicode Text" is UTF-16 and says so in two bytes."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16").encode()
        except UnicodeError:
            return raw
    return raw


def read_csv(text: str) -> Table:
    """Read a table from text.

    Raises:
        BadTable: it has no columns, a quotation mark is never closed, or it is too large.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    said = _SAID.match(text)
    first = 1
    if said:
        text, first = text[said.end() :], 2
    separator = said.group(1) if said else _separator(text)
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begun = first
    try:
        for cells in reader:
            rows.append(Row(begun, tuple(cell.strip() for cell in cells)))
            begun = reader.line_num + first
    except csv.Error:
        message = "có dấu nháy kép không đóng, hoặc chữ đứng sau dấu nháy"
        raise BadTable(begun, message, "xem lại dấu nháy kép của dòng này") from None
    return table_of(rows)


def table_of(rows: list[Row]) -> Table:
    """Return the table of some rows, the first filled one being its columns.

    Raises:
        BadTable: there is none, or it is too large.
    """
    filled = [row for row in rows if any(row.cells)]
    if not filled:
        raise BadTable(1, "bảng trống", "viết dòng tên cột, rồi mỗi dòng giá một dòng")
    if len(filled) > MAX_ROWS or len(filled[0].cells) > 50 * MAX_COLUMNS:
        message = f"bảng lớn hơn {MAX_ROWS} dòng hoặc {MAX_COLUMNS} cột"
        raise BadTable(filled[0].line, message, "xóa phần thừa, hoặc tách thành nhiều bảng")
    width = max(_width(row.cells) for row in filled)
    if width > MAX_COLUMNS:
        message = f"bảng lớn hơn {MAX_COLUMNS} cột"
        raise BadTable(filled[0].line, message, "xóa các cột thừa bên phải")
    # Empty columns at the end are what is left of a wider sheet.
    head, *rest = (Row(row.line, row.cells[: max(_width(row.cells), 0)]) for row in filled)
    columns = tuple(_INVISIBLE.sub("", name).strip().casefold() for name in head.cells)
    return Table(columns, head.line, tuple(rest))


def _width(cells: tuple[str, ...]) -> int:
    """Return how many cells there are up to the last one that holds something."""
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1]), 0)


def _separator(text: str) -> str:
    """Return the separator that divides the first filled line most."""
    head = next((line for line in text.split("\n") if line.strip(SEPARATORS + ' "')), "")
    return max(SEPARATORS, key=head.count)


LONGEST_CELL = 32_767
"""Characters that a cell of a workbook may have."""

_PHONE = re.compile(r"\+84\d{8,10}")
_LEADING = re.compile(r"^[\s\x00-\x1f\x7f\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_STARTS = frozenset("=+-@|%＝＋－＠−﹢﹣﹦﹫")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def exact(text: str) -> str:
    """Return a text for a cell of a workbook: as it is, but for what such a file cannot hold."""
    return _NOT_XML.sub("", text)[:LONGEST_CELL]


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Phone numbers such as +84912345678 are let through: they hold nothing but digits.
    """
    clean = _NOT_XML.sub("", text)
    if _PHONE.fullmatch(clean):
        return clean
    bare = _LEADING.sub("", clean)
    starts = bare[:1] in _STARTS or clean[:1] in "\t\r\n"
    return f"'{clean}" if clean and starts else clean
