"""Rows of a CSV file of any length, one after another; a line is bounded, the file is not."""

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final, TextIO

from service_policy.csv_tables import SEPARATORS, BadTable

LONGEST_LINE: Final = 500_000
"""Characters of a physical line."""
MOST_COLUMNS: Final = 300

_SAID = re.compile(r"\A\ufeff?\"?sep=(.)\"?[ \t,;]*\r?\n?\Z", re.IGNORECASE)
_NOT_UTF8 = re.compile("[\ud800-\udfff]")
_QUOTES = "xem lại dấu nháy kép của dòng này"
_SAVE = "lưu lại là CSV UTF-8 (Excel: Save As → CSV UTF-8)"


def read_csv(path: Path, header_row: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the physical line and the cells of each row, from the row with the names on.

    The separator is what Excel says in a line ``sep=``, or else what divides that row most. Before
    it, lines are passed over unread.

    Raises:
        BadTable: the text has no known encoding, or a line is endless or has a quote too many.
    """
    with _opened(path) as stream:
        lines = _lines(stream)
        before = list(islice(lines, header_row - 1))
        first = next(lines, "")
        said = _SAID.match(first) or (_SAID.match(before[0]) if before else None)
        start = header_row
        if _SAID.match(first):
            first, start = next(lines, ""), header_row + 1
        while first and not first.strip(SEPARATORS + ' "\r\n'):
            first, start = next(lines, ""), start + 1
        separator = said.group(1) if said else max(SEPARATORS, key=first.count)
        yield from _parsed(first, lines, start, separator)


def csv_cell(path: Path, row: int, column: int) -> str:
    """Return the text of one cell; the separator is the one that divides its own line most.

    Raises:
        BadTable: the file cannot be read.
    """
    with _opened(path) as stream:
        line = next(islice(_lines(stream), row - 1, None), "")
    separator = max(SEPARATORS, key=line.count)
    cells = next(csv.reader([line], delimiter=separator), [])
    return cells[column - 1] if column <= len(cells) else ""


def _parsed(
    first: str, lines: Iterator[str], start: int, separator: str
) -> Iterator[tuple[int, list[str]]]:
    def all_lines() -> Iterator[str]:
        yield first
        yield from lines

    reader = csv.reader(all_lines(), delimiter=separator, strict=True)
    begun = start
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                message = f"nhiều hơn {MOST_COLUMNS} cột"
                raise BadTable(begun, message, "chỉ xuất các cột cần dùng")
            yield begun, cells
            begun = start + reader.line_num
    except csv.Error:
        message = "có dấu nháy kép không đóng, hoặc chữ đứng sau dấu nháy"
        raise BadTable(begun, message, _QUOTES) from None


def _opened(path: Path) -> TextIO:
    """Open a text: UTF-8, or the UTF-16 of Excel's "Unicode Text", which says so in two bytes."""
    with path.open("rb") as stream:
        mark = stream.read(2)
    if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return path.open(encoding="utf-16", newline="")
    # Bytes that are no UTF-8 are kept as marks, so that they are found in their own line.
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def _lines(stream: TextIO) -> Iterator[str]:
    number = 0
    try:
        while line := stream.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE:
                raise BadTable(number, "dòng dài quá mức", "kiểm tra tệp có phải bảng không")
            if "\0" in line:
                raise BadTable(number, "có ký tự NUL, không phải bảng chữ", _SAVE)
            if not line.isascii() and _NOT_UTF8.search(line):
                raise BadTable(number, "không phải chữ UTF-8", _SAVE)
            yield line
    except UnicodeError:
        raise BadTable(number + 1, "không phải chữ UTF-16", _SAVE) from None
