"""Files of the ledger as rows: CSV or XLSX by what they are, whatever their name says."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from openpyxl.utils import column_index_from_string

from forms_api.ledger.csv_rows import csv_cell, read_csv
from forms_api.ledger.xlsx_rows import OLD, read_xlsx, sheet_names, xlsx_cell
from service_policy.csv_tables import BadTable
from service_policy.ledger.cells import Cell
from service_policy.ledger.reading import Cells

MOST_BYTES: Final = 300_000_000
_ZIP: Final = b"PK\x03\x04"
_CHUNK: Final = 1 << 20


def read_rows(
    path: Path, *, sheet: str | None = None, header_row: int = 1
) -> Iterator[tuple[int, Cells]]:
    """Yield the physical row and the cells of each row, from the row with the names on.

    Raises:
        BadTable: the file is no table, or too large; says in which row, and what to do.
        OSError: it cannot be read.
    """
    if _is_workbook(path):
        yield from read_xlsx(path, sheet, header_row)
    else:
        yield from read_csv(path, header_row)


def cell_at(path: Path, place: str, *, sheet: str | None = None) -> Cell:
    """Return what stands in a cell such as ``A3``. Raises as ``read_rows`` does."""
    letters, digits = re.findall(r"[A-Z]+|[0-9]+", place)
    row, column = int(digits), column_index_from_string(letters)
    if _is_workbook(path):
        return xlsx_cell(path, sheet, row, column)
    return csv_cell(path, row, column)


def sheets_of(path: Path) -> list[str]:
    """Return the names of the sheets of a workbook; a CSV file has none."""
    return sheet_names(path) if _is_workbook(path) else []


def digest(path: Path) -> str:
    """Return the SHA-256 of a file. Raises ``BadTable`` where it is too large to be read."""
    if path.stat().st_size > MOST_BYTES:
        raise BadTable(1, f"tệp lớn hơn {MOST_BYTES // 1_000_000} MB", "tách thành nhiều tệp")
    told = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            told.update(chunk)
    return told.hexdigest()


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as stream:
        mark = stream.read(4)
    if mark == OLD:
        fix = "mở bằng Excel, chọn Save As → Excel Workbook (.xlsx), không đặt mật khẩu"
        raise BadTable(1, "sổ Excel có mật khẩu hoặc là đời cũ (.xls)", fix)
    return mark == _ZIP
