"""A bank's statement as rows of text: CSV or XLSX, bounded before anything is read.

Banks put titles in merged cells above the table, so nothing is refused for its looks; the layout
says which columns are read. A formula counts as the result that was saved with it.
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Final

from openpyxl import load_workbook

from service_policy.content.workbooks import as_text
from service_policy.csv_tables import decoded

LARGEST: Final = 5 * 1024 * 1024
"""Bytes of the file."""
MAX_UNPACKED: Final = 60_000_000
"""Bytes of all parts of a workbook together."""
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 60
_SEPARATORS: Final = ";\t,"
NO_SHEET = "Tệp không phải sao kê CSV hay Excel (.xlsx) đọc được."
TOO_LARGE = f"Sao kê quá lớn: nhiều nhất {LARGEST // 1024 // 1024} MB, {MAX_ROWS} dòng."


class BadSheet(ValueError):
    """Raised for a file that is no table; says so in Vietnamese."""


def rows_of(raw: bytes) -> Iterator[list[str]]:
    """Yield the rows of a statement, cells as texts.

    Raises:
        BadSheet: it is too large, or neither CSV in UTF-8 nor a workbook.
    """
    if len(raw) > LARGEST:
        raise BadSheet(TOO_LARGE)
    rows = _workbook(raw) if raw.startswith(b"PK\x03\x04") else _csv(raw)
    for number, row in enumerate(rows, 1):
        if number > MAX_ROWS:
            raise BadSheet(TOO_LARGE)
        yield row[:MAX_COLUMNS]


def _csv(raw: bytes) -> Iterator[list[str]]:
    try:
        text = decoded(raw).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadSheet(NO_SHEET) from None
    if "\0" in text:
        raise BadSheet(NO_SHEET)
    counts = {one: text.count(one) for one in _SEPARATORS}
    separator = max(_SEPARATORS, key=lambda one: counts[one])
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error:
        raise BadSheet(NO_SHEET) from None


def _workbook(raw: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            if sum(part.file_size for part in book.infolist()) > MAX_UNPACKED:
                raise BadSheet(TOO_LARGE)
            for part in book.infolist():
                if part.filename.endswith(".xml") and b"<!DOCTYPE" in book.read(part)[:2000]:
                    raise BadSheet(NO_SHEET)
        with warnings.catch_warnings():
            # The library warns of drawings and styles that it leaves out.
            warnings.simplefilter("ignore")
            opened = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            sheet = opened.worksheets[0]
            bounds = {"max_row": MAX_ROWS + 1, "max_col": MAX_COLUMNS}
            for row in sheet.iter_rows(values_only=True, **bounds):
                yield [as_text(one) for one in row]
    except BadSheet:
        raise
    except Exception:  # noqa: BLE001 - a damaged part can stop the library anywhere
        raise BadSheet(NO_SHEET) from None
