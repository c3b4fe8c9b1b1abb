"""`inv map FILE`: propose how the export of another system becomes a table of the ledger.

A proposal, made from the names of columns and the first rows: formats are stated with a remark
where the rows leave two readings open, and whoever knows the system looks at each line.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from forms_api.ledger.files import read_rows, sheets_of
from service_policy.csv_tables import BadTable
from service_policy.ledger.cells import Cell, as_text
from service_policy.ledger.columns import Column
from service_policy.ledger.faults import BadCell
from service_policy.ledger.headers import WORDS, called, columns_called
from service_policy.ledger.reading import Cells
from service_policy.ledger.tables import TABLES
from service_policy.text import slugify
from tooling.words import Refused

LOOKED_AT: Final = 200
_HEADER_WITHIN: Final = 25
_MOST_WORDS: Final = 12
_SLASHED = re.compile(
    r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})( [0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?"
)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}.*)?")
_TOTALS: Final = ("tong", "tong-cong", "cong")


@dataclass(frozen=True)
class Sample:
    """The head of a file: where the names of columns stand, what they are, and rows below."""

    sheet: str | None
    header_row: int
    names: tuple[str, ...]
    rows: tuple[Cells, ...]
    above: tuple[tuple[int, Cells], ...]

    def cells(self, index: int) -> list[Cell]:
        """Return what stands in a column, without empty cells."""
        found = (row[index] for row in self.rows if index < len(row))
        return [cell for cell in found if _text(cell)]


def propose(file: Path, table: str = "", sheet: str = "") -> str:
    """Return the text of a mapping file for a file.

    Raises:
        Refused: the file cannot be read, or looks like no table of ours.
        OSError: it cannot be opened.
    """
    if table and table not in TABLES:
        raise Refused(f"không có bảng {table}; chọn {', '.join(TABLES)}")
    try:
        sample = _sample(file, sheet or next(iter(sheets_of(file)), None))
    except BadTable as bad:
        raise Refused(f"{file.name}:{bad.line}: {bad.message} → {bad.fix}") from None
    chosen = table or _best(sample.names)
    return "\n".join([*_head(file, sample, chosen), *_columns(sample, chosen)]) + "\n"


def _sample(file: Path, sheet: str | None) -> Sample:
    rows = _rows(file, sheet, 1)
    if sheet is None:
        # The names of columns say what divides a text; a title above them does not.
        begins = [_rows(file, None, line) for line in range(1, _HEADER_WITHIN)]
        best = max(begins, key=lambda found: _fit(found[0][1]) if found else 0)
        rows = [*(row for row in rows if best and row[0] < best[0][0]), *best]
    if not rows:
        raise Refused(f"{file.name}: không có dòng nào")
    fits = [_fit(row) for _, row in rows[:_HEADER_WITHIN]]
    at = fits.index(max(fits))
    line, names = rows[at]
    return Sample(
        sheet,
        line,
        tuple(" ".join(_text(one).split()) for one in names),
        tuple(row for _, row in rows[at + 1 :]),
        tuple(rows[:at]),
    )


def _rows(file: Path, sheet: str | None, header_row: int) -> list[tuple[int, Cells]]:
    """Return the first rows that hold something."""
    found = islice(read_rows(file, sheet=sheet, header_row=header_row), LOOKED_AT)
    return [(line, row) for line, row in found if any(map(_text, row))]


def _fit(names: Sequence[Cell]) -> int:
    """Say how many names of a row some table of ours knows, the best table counting."""
    words = {called(_text(one)) for one in names if _text(one)}
    return max(len(words & columns_called(table).keys()) for table in TABLES)


def _best(names: Sequence[str]) -> str:
    """Return the table that most columns belong to; its key and required columns count double."""

    def score(table: str) -> int:
        known = columns_called(table)
        found = {known[one] for one in map(called, names) if one in known}
        needed = TABLES[table].required | set(TABLES[table].key)
        return len(found) + len(found & needed) - len(needed - found)

    best = max(TABLES, key=score)
    if not set(map(called, names)) & columns_called(best).keys():
        raise Refused("không nhận ra cột nào: nêu bảng bằng --table, rồi điền columns bằng tay")
    return best


def _head(file: Path, sample: Sample, table: str) -> Iterator[str]:
    yield f"# Đề xuất cho {file.name}: xem lại từng dòng, nhất là các dòng có dấu #."
    yield f"source: {slugify(file.stem) or 'he-thong'}  # tên hệ thống và chi nhánh, giữ nguyên mãi"
    yield f"table: {table}"
    place = [] if sample.sheet is None else [f"sheet: {_quoted(sample.sheet)}"]
    yield f"file: {{{', '.join([*place, f'header_row: {sample.header_row}'])}{_skips(sample)}}}"
    for line, row in sample.above:
        for index, cell in enumerate(row[:26]):
            if found := _SLASHED.findall(_text(cell)):
                pattern = f"dd{found[-1][1]}mm{found[-1][1]}yyyy"
                place_of = f"{chr(ord('A') + index)}{line}"
                yield f'as_of: {{cell: {place_of}, date: "{pattern}"}}  # ngày chốt số liệu'
                return
    yield "# as_of: tệp không ghi ngày chốt số liệu: thêm --as-of khi nhập"


def _skips(sample: Sample) -> str:
    """Propose to leave out rows of totals: those whose first filled cell says so."""
    for row in sample.rows[-3:]:
        for index, cell in enumerate(row):
            if slugify(_text(cell)) in _TOTALS and index < len(sample.names):
                name, word = _quoted(sample.names[index]), _quoted(_text(cell))
                return f", skip_where: {{{name}: [{word}]}}" if sample.names[index] else ""
    return ""


def _columns(sample: Sample, table: str) -> Iterator[str]:
    known, taken = columns_called(table), dict[str, int]()
    for index, name in enumerate(sample.names):
        ours = known.get(called(name))
        if ours is not None:
            taken.setdefault(ours, index)
    yield "columns:"
    words = []
    for column in TABLES[table].columns:
        if column.name in taken:
            cells = sample.cells(taken[column.name])
            yield f"  {column.name}: {_given(column, sample.names[taken[column.name]], cells)}"
            if column.kind == "choice" and (told := _words(column, cells)):
                words.append(f"  {column.name}: {told}")
        elif column.required or column.name in TABLES[table].key:
            yield f"  # {column.name}: cột này bắt buộc mà chưa thấy; viết {column.name}: (tên cột)"
    if words:
        yield from ("words:", *words)
    rest = [_quoted(one) for at, one in enumerate(sample.names) if one and at not in taken.values()]
    if rest:
        yield f"ignore: [{', '.join(rest)}]  # xem lại: cột cần thì chuyển lên columns"


def _given(column: Column, name: str, cells: list[Cell]) -> str:
    """Return where a column comes from and how it is written, with a remark where that is open."""
    stated, remark = "", ""
    texts = [as_text(cell) for cell in cells if isinstance(cell, str)]
    if column.kind in ("date", "moment") and texts:
        stated, remark = _dates(texts)
    elif column.kind in ("vnd", "quantity", "count", "rate") and texts:
        stated, remark = _numbers(texts)
    if column.kind == "moment" and _without_hours(cells):
        stated += ', at: "17:00"'
        remark = "chỉ có ngày: giờ nào thì công ty nêu và chịu trách nhiệm"
    given = f"{{from: {_quoted(name)}{stated}}}" if stated else _quoted(name)
    return f"{given}  # {remark}" if remark else given


def _dates(texts: list[str]) -> tuple[str, str]:
    found = [match for one in texts if (match := _SLASHED.fullmatch(one))]
    if not found:
        remark = "" if all(map(_ISO.fullmatch, texts)) else "kiểu ngày chưa rõ: nêu date"
        return "", remark
    sign = found[0][2]
    hour = (" hh:mm:ss" if found[0][6] else " hh:mm") if found[0][5] else ""
    if any(int(one[3]) > 12 for one in found):
        return f', date: "mm{sign}dd{sign}yyyy{hour}"', "tháng đứng trước ngày"
    sure = any(int(one[1]) > 12 for one in found)
    remark = "" if sure else "ngày trước hay tháng trước? các dòng đầu không cho biết"
    return f', date: "dd{sign}mm{sign}yyyy{hour}"', remark


def _without_hours(cells: list[Cell]) -> bool:
    """Say whether a column of moments holds days alone."""
    if all(isinstance(cell, str) for cell in cells):
        return bool(cells) and not any(":" in as_text(cell) for cell in cells)
    return all(isinstance(cell, date) and not _has_hour(cell) for cell in cells)


def _has_hour(cell: date) -> bool:
    return isinstance(cell, datetime) and (cell.hour, cell.minute) != (0, 0)


def _numbers(texts: list[str]) -> tuple[str, str]:
    for group, decimal in ((".", ","), (",", ".")):
        several = rf"-?[0-9]{{1,3}}(\{group}[0-9]{{3}}){{2,}}(\{decimal}[0-9]+)?"
        mixed = rf"-?[0-9]{{1,3}}\{group}[0-9]{{3}}\{decimal}[0-9]+"
        if any(re.fullmatch(f"{several}|{mixed}", one) for one in texts):
            return f', number: "1{group}234{group}567"', ""
    if any(
        re.fullmatch(r"-?[0-9]+,[0-9]+", one) and not re.search(r",[0-9]{3}$", one) for one in texts
    ):
        return ', number: "1234,5"', ""
    doubtful = next((one for one in texts if re.search(r"[.,][0-9]{3}$", one)), None)
    if doubtful is None:
        return "", ""
    sign = "." if "." in doubtful else ","
    return (
        f', number: "1{sign}234{sign}567"',
        f"{doubtful} là nghìn hay lẻ? các dòng đầu không cho biết",
    )


def _words(column: Column, cells: list[Cell]) -> str:
    """Return the words of a column with ours for those that are known; the others are faults."""
    told = list(dict.fromkeys(_text(cell) for cell in cells))[:_MOST_WORDS]
    if {one.casefold() for one in told} <= set(column.choices):
        return ""
    pairs, open_words = [], []
    for word in told:
        ours = WORDS.get(slugify(word))
        if ours in column.choices:
            pairs.append(f"{_quoted(word)}: {ours}")
        else:
            open_words.append(word)
    line = f"{{{', '.join([*pairs, chr(34) + '*' + chr(34) + ': error'])}}}"
    choices = ", ".join(column.choices)
    return f"{line}  # chưa dịch: {', '.join(open_words)}; chọn {choices}" if open_words else line


def _text(cell: Cell) -> str:
    try:
        return as_text(cell)
    except BadCell:
        return ""


def _quoted(text: str) -> str:
    """Write a text for YAML: plain where it can be, in quotes where it must."""
    plain = re.fullmatch(r"[^\W\d_][\w %/()*-]*", text) and not text.endswith(("*", " "))
    return (
        text
        if plain and text.casefold() not in ("true", "false", "null", "yes", "no")
        else (json.dumps(text, ensure_ascii=False))
    )
